import type { FC } from 'hono/jsx';
import type { RunBar } from '../../../db/lists/runs';
import { outcomeText } from '../../../operations/outcome-words';
import { moodOf, OutcomeBadge } from '../parts/badge';
import { Time } from '../parts/time';
import { paths } from '../paths';
import { durationText, numberText, timeText, type View } from '../view';
import { OVERVIEW_WORDS, type OverviewWords } from './words';

/** Runs in the chart. */
export const BARS = 20;

const WIDTH = 12;
const HEIGHT = 48;
/** Room above a bar for its sign. */
const HEAD = 12;
const SIGNS = { warn: '!', bad: '×', good: '', calm: '' } as const;

interface RunChartProps {
  view: View;
  sync: string;
  /** The oldest first. */
  bars: readonly RunBar[];
}

/** The last runs as bars, and as a table for those who cannot see them. */
export const RunChart: FC<RunChartProps> = ({ view, sync, bars }) => {
  if (bars.length === 0) return null;
  const words = OVERVIEW_WORDS[view.language];
  const longest = Math.max(...bars.map(({ seconds }) => seconds ?? 0), 0.001);
  const width = Math.max(BARS, bars.length) * WIDTH;
  return (
    <div class="stack">
      <svg
        viewBox={`0 0 ${width} ${HEAD + HEIGHT + 1}`}
        width={width}
        height={HEAD + HEIGHT + 1}
        role="img"
        aria-labelledby={`chart-${sync}-title chart-${sync}-text`}
      >
        <title id={`chart-${sync}-title`}>{`${words.chart} (${sync})`}</title>
        <desc id={`chart-${sync}-text`}>{`${words.chartText} ${summary(bars, view, words)}`}</desc>
        {bars.map((bar, place) => (
          <Bar bar={bar} place={place} longest={longest} view={view} />
        ))}
        <path class="axis" d={`M0 ${HEAD + HEIGHT + 0.5} H${width}`} />
      </svg>
      <details>
        <summary class="small">{words.asTable}</summary>
        <BarTable view={view} sync={sync} bars={bars} />
      </details>
    </div>
  );
};

const Bar: FC<{ bar: RunBar; place: number; longest: number; view: View }> = ({
  bar,
  place,
  longest,
  view,
}) => {
  const { language } = view;
  const height = Math.max(2, Math.round(((bar.seconds ?? 0) / longest) * HEIGHT));
  const mood = moodOf(bar.outcome);
  const x = place * WIDTH + 1;
  const y = HEAD + HEIGHT - height;
  const words = OVERVIEW_WORDS[language];
  const outcome = bar.outcome === null ? words.states.running : outcomeText(bar.outcome, language);
  return (
    <g>
      <title>
        {`${words.run} ${bar.id}, ${timeText(bar.startedAt, view)}, ${outcome}, ${durationOf(bar)}, ${bar.writes} ${words.writes}`}
      </title>
      <rect class={mood} x={x} y={y} width={WIDTH - 3} height={height} rx="1" />
      {SIGNS[mood] !== '' && (
        <text x={x + (WIDTH - 3) / 2} y={y - 2} text-anchor="middle">
          {SIGNS[mood]}
        </text>
      )}
    </g>
  );
};

const BarTable: FC<RunChartProps> = ({ view, sync, bars }) => {
  const words = OVERVIEW_WORDS[view.language];
  return (
    <div class="scroll">
      <table>
        <caption>{`${words.chart} (${sync})`}</caption>
        <thead>
          <tr>
            <th scope="col">{words.run}</th>
            <th scope="col">{words.began}</th>
            <th scope="col">{words.outcome}</th>
            <th scope="col" class="number">
              {words.duration}
            </th>
            <th scope="col" class="number">
              {words.written}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...bars].reverse().map((bar) => (
            <tr>
              <th scope="row">
                <a href={paths.run(bar.id)}>{bar.id}</a>
              </th>
              <td>
                <Time at={bar.startedAt} view={view} />
              </td>
              <td>
                {bar.outcome === null ? (
                  words.states.running
                ) : (
                  <OutcomeBadge outcome={bar.outcome} language={view.language} />
                )}
              </td>
              <td class="number">{durationOf(bar)}</td>
              <td class="number">{numberText(bar.writes, view)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

function durationOf({ seconds }: RunBar): string {
  return seconds === null ? '–' : durationText(seconds);
}

/** `18 terminé, 2 arrêté`: what the colours say. */
function summary(bars: readonly RunBar[], { language }: View, words: OverviewWords): string {
  const counts = new Map<string, number>();
  for (const { outcome } of bars) {
    const said = outcome === null ? words.states.running : outcomeText(outcome, language);
    counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  return `${bars.length} ${words.runs} (${[...counts].map(([said, n]) => `${n} ${said}`).join(', ')}).`;
}
