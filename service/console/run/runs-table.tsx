import type { FC } from 'hono/jsx';
import type { RunListRow } from '../../../db/lists/runs';
import { countsText } from '../../../operations/outcome-words';
import { OutcomeBadge } from '../parts/badge';
import { Time } from '../parts/time';
import { paths } from '../paths';
import { durationText, numberText, type View } from '../view';
import { modeText, phaseText, triggerText } from './run-words';
import { RUN_WORDS } from './words';

/** Runs of one sync, the newest first. */
export const RunsTable: FC<{ view: View; caption: string; runs: readonly RunListRow[] }> = ({
  view,
  caption,
  runs,
}) => {
  const words = RUN_WORDS[view.language];
  return (
    <div class="scroll">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.run}</th>
            <th scope="col">{words.kind}</th>
            <th scope="col">{words.began}</th>
            <th scope="col" class="number">
              {words.duration}
            </th>
            <th scope="col">{words.outcome}</th>
            <th scope="col">{words.records}</th>
            <th scope="col" class="number">
              {words.writes}
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow view={view} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const RunRow: FC<{ view: View; run: RunListRow }> = ({ view, run }) => {
  const { language } = view;
  return (
    <tr>
      <th scope="row">
        <a href={paths.run(run.id)}>{run.id}</a>
      </th>
      <td>
        {modeText(run.mode, language)}
        {run.fullRead && <span class="soft">, {RUN_WORDS[language].full}</span>}
        <br />
        <span class="soft small">{triggerText(run.trigger, language)}</span>
      </td>
      <td>
        <Time at={run.startedAt} view={view} />
      </td>
      <td class="number">
        {run.finishedAt === null ? '–' : durationText(secondsOf(run.startedAt, run.finishedAt))}
      </td>
      <td>
        {run.outcome === null ? (
          <span class="badge calm">{phaseText(run.phase, language)}</span>
        ) : (
          <OutcomeBadge outcome={run.outcome} language={language} />
        )}
      </td>
      <td>{run.counts === null ? '–' : countsText({ ...run.counts }, language)}</td>
      <td class="number">{numberText(run.writes, view)}</td>
    </tr>
  );
};

/** From one moment to another, in seconds. */
export function secondsOf(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1_000;
}
