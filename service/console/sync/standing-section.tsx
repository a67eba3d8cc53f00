import type { FC } from 'hono/jsx';
import type { SyncOverview } from '../../../db/lists/overview';
import { OutcomeBadge } from '../parts/badge';
import { paths, withQuery } from '../paths';
import { numberText, type View } from '../view';
import { SYNC_WORDS } from './words';

/** The order in which people read outcomes. */
const ORDER = [
  'held',
  'refused',
  'waiting',
  'not-yet',
  'created',
  'updated',
  'unchanged',
  'withdrawn',
  'skipped',
];

/** Records by outcome; each number leads to the list behind it. */
export const StandingSection: FC<{ view: View; overview: SyncOverview }> = ({ view, overview }) => {
  const words = SYNC_WORDS[view.language];
  const { sync, standing } = overview;
  const rows = Object.entries(standing).sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));
  const sum = rows.reduce((all, [, n]) => all + n, 0);
  return (
    <section class="card stack" aria-labelledby="standing">
      <h2 id="standing">{words.standing}</h2>
      {rows.length === 0 ? (
        <p class="empty">{words.noRecord}</p>
      ) : (
        <table>
          <caption>{words.standingCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.outcome}</th>
              <th scope="col" class="number">
                {words.number}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([outcome, n]) => (
              <tr>
                <th scope="row">
                  <a href={withQuery(paths.records(sync), { outcome })}>
                    <OutcomeBadge outcome={outcome} language={view.language} />
                  </a>
                </th>
                <td class="number">{numberText(n, view)}</td>
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
      )}
      <p>
        <a href={paths.records(sync)}>{words.allRecords}</a>
      </p>
    </section>
  );
};
