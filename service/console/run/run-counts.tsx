import type { FC } from 'hono/jsx';
import type { Counts } from '../../../db/runs';
import { OutcomeBadge } from '../parts/badge';
import { numberText, type View } from '../view';
import { RUN_WORDS } from './words';

const BUCKETS = [
  'created',
  'updated',
  'unchanged',
  'withdrawn',
  'skipped',
  'waiting',
  'held',
  'refused',
] as const satisfies Array<keyof Counts>;

/** Where every record stood at the end of the run, with the sum, which is what was read. */
export const RunCounts: FC<{ view: View; counts: Counts }> = ({ view, counts }) => {
  const words = RUN_WORDS[view.language];
  const sum = BUCKETS.reduce((all, bucket) => all + counts[bucket], 0);
  return (
    <section class="card" aria-labelledby="counts">
      <h2 id="counts">{words.counts}</h2>
      <table>
        <caption>{words.countsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.outcome}</th>
            <th scope="col" class="number">
              {words.records}
            </th>
          </tr>
        </thead>
        <tbody>
          {BUCKETS.map((bucket) => (
            <tr>
              <th scope="row">
                <OutcomeBadge outcome={bucket} language={view.language} />
              </th>
              <td class="number">{numberText(counts[bucket], view)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.sum}</th>
            <td class="number">{numberText(sum, view)}</td>
          </tr>
        </tfoot>
      </table>
      {sum !== counts.read && (
        <p class="notice bad" role="alert">
          {words.sumWrong} ({numberText(counts.read, view)})
        </p>
      )}
    </section>
  );
};
