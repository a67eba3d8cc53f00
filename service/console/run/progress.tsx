import type { FC } from 'hono/jsx';
import { countsText } from '../../../operations/outcome-words';
import type { RunLive } from '../../live/run-live';
import { durationText, numberText, type View } from '../view';
import { phaseText } from './run-words';
import { RUN_WORDS, type RunWords } from './words';

/** How far a run is, as one part of its page: the page holds it, and live events replace it. */
export const Progress: FC<{ view: View; live: RunLive }> = ({ view, live }) => {
  const words = RUN_WORDS[view.language];
  const { phase, paused, progress } = live;
  return (
    <>
      <p class="row">
        <span class="badge calm">{phaseText(phase, view.language)}</span>
        {paused && <span class="badge warn">{words.paused}</span>}
        {progress !== null && <span class="soft">{leftText(live, words)}</span>}
      </p>
      {progress === null ? (
        <p class="soft">{words.noAnswer}</p>
      ) : (
        <>
          <Bar view={view} live={live} />
          <ul class="figures">
            <Figure n={numberText(progress.read, view)} label={words.read} />
            <Figure n={numberText(progress.planned, view)} label={words.compared} />
            <Figure
              n={`${numberText(progress.applied, view)} / ${numberText(progress.toApply, view)}`}
              label={words.written}
            />
            {progress.appliedPerMinute !== null && (
              <Figure n={numberText(progress.appliedPerMinute, view)} label={words.perMinute} />
            )}
          </ul>
          {Object.keys(progress.outcomes).length > 0 && <p>{countsText(progress.outcomes, view.language)}</p>}
        </>
      )}
    </>
  );
};

const Figure: FC<{ n: string; label: string }> = ({ n, label }) => (
  <li>
    <b>{n}</b>
    <span>{label}</span>
  </li>
);

/** Comparing counts against what was read so far, writing against what is to be written. */
const Bar: FC<{ view: View; live: RunLive }> = ({ view, live: { phase, progress } }) => {
  const words = RUN_WORDS[view.language];
  if (progress === null) return null;
  const isWriting = phase === 'apply' || phase === 'confirm' || phase === 'report' || phase === 'closed';
  const isComparing = phase === 'plan' || phase === 'guard';
  // before that nobody knows how much there is to read
  if (!isWriting && !isComparing) return <progress aria-label={phaseText(phase, view.language)} />;
  const [done, of] = isWriting ? [progress.applied, progress.toApply] : [progress.planned, progress.read];
  const label = `${numberText(done, view)} ${words.of} ${numberText(of, view)} ${isWriting ? words.written : words.compared}`;
  return <progress value={of === 0 ? 1 : Math.min(done, of)} max={Math.max(1, of)} aria-label={label} />;
};

function leftText({ phase, secondsLeft }: RunLive, words: RunWords): string {
  if (secondsLeft !== null) return `${words.left} ${durationText(secondsLeft)}`;
  return phase === 'apply' ? words.leftUnknown : '';
}
