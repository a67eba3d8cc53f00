import type { FC } from 'hono/jsx';
import type { RecordListRow } from '../../../db/lists/records';
import type { Reasons } from '../../../mappings/reason-types';
import { OutcomeBadge } from '../parts/badge';
import { Time } from '../parts/time';
import { paths } from '../paths';
import { numberText, type View } from '../view';
import { RECORDS_WORDS } from './words';

interface RecordsTableProps {
  view: View;
  sync: string;
  rows: readonly RecordListRow[];
  reasons: Reasons;
}

/** Records of a sync with where they stand, and why. */
export const RecordsTable: FC<RecordsTableProps> = ({ view, sync, rows, reasons }) => {
  const words = RECORDS_WORDS[view.language];
  return (
    <div class="scroll">
      <table>
        <caption>{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.id}</th>
            <th scope="col">{words.outcome}</th>
            <th scope="col">{words.reason}</th>
            <th scope="col" class="number">
              {words.items}
            </th>
            <th scope="col">{words.settled}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">
                <a href={paths.record(sync, row.recordId)}>{row.name ?? words.noName}</a>
              </th>
              <td class="mono">
                {row.recordId}
                {row.publicId !== null && row.publicId !== row.recordId && (
                  <>
                    <br />
                    <span class="soft">{row.publicId}</span>
                  </>
                )}
              </td>
              <td>
                <OutcomeBadge outcome={row.outcome} language={view.language} />
                {row.due && <span class="soft small"> {words.isDue}</span>}
                {row.deletedAt !== null && <span class="soft small"> {words.deleted}</span>}
              </td>
              <td>{row.reason === null ? '' : reasons.text(row.reason, view.language).what}</td>
              <td class="number">{row.openItems === 0 ? '–' : numberText(row.openItems, view)}</td>
              <td>
                <Time at={row.settledAt} view={view} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
