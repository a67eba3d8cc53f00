import type { FC } from 'hono/jsx';
import type { AuditListRow } from '../../../db/lists/audit';
import { Time } from '../parts/time';
import { paths, withQuery } from '../paths';
import { LongValue } from '../plan/long-value';
import type { View } from '../view';
import { AUDIT_WORDS, actRuleText, objectText } from './words';

/** Acts with what each field held before and holds after. */
export const ChangesTable: FC<{ view: View; rows: readonly AuditListRow[] }> = ({ view, rows }) => {
  const words = AUDIT_WORDS[view.language];
  return (
    <div class="scroll card">
      <table>
        <caption>{words.caption}</caption>
        <thead>
          <tr>
            {[words.when, words.where, words.what, words.before, words.after, words.rule].map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row view={view} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Row: FC<{ view: View; row: AuditListRow }> = ({ view, row }) => {
  const { language } = view;
  const words = AUDIT_WORDS[language];
  return (
    <tr>
      <td>
        <Time at={row.at} view={view} />
        <br />
        <By view={view} row={row} />
      </td>
      <th scope="row">
        <Where view={view} row={row} />
      </th>
      <td>
        {objectText(row.kind, language)}{' '}
        <span class="soft">{words.acts[row.operation] ?? row.operation}</span>
        {row.field !== null && (
          <>
            <br />
            <span class="mono">{row.field}</span>
          </>
        )}
      </td>
      <td class="before">
        {row.field !== null && <LongValue value={row.before} field={row.field} language={language} />}
      </td>
      <td class="after">
        {row.field !== null && <LongValue value={row.after} field={row.field} language={language} />}
      </td>
      <td title={row.rule}>{actRuleText(row.rule, language)}</td>
    </tr>
  );
};

/** Who did it leads to all that they did. */
const By: FC<{ view: View; row: AuditListRow }> = ({ view, row }) => {
  const words = AUDIT_WORDS[view.language];
  const run = row.runId !== null && <a href={paths.run(row.runId)}>{words.byRun(row.runId)}</a>;
  if (row.actor === null) return run || <span class="soft">{words.byItself}</span>;
  return (
    <>
      <a href={withQuery(paths.audit, { by: row.id })}>{row.actor}</a>
      {run && <> · {run}</>}
    </>
  );
};

const Where: FC<{ view: View; row: AuditListRow }> = ({ view, row: { sync, recordId, publicId, name } }) => {
  if (recordId === null)
    return (
      <>
        <span class="soft">{AUDIT_WORDS[view.language].wholeSync}</span>
        <br />
        <a href={paths.sync(sync)}>{sync}</a>
      </>
    );
  return (
    <>
      <a href={paths.record(sync, recordId)}>{name ?? publicId ?? recordId}</a>
      <br />
      <span class="soft small">
        {sync} · <span class="mono">{publicId ?? recordId}</span>
      </span>
    </>
  );
};
