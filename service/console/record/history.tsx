import type { FC } from 'hono/jsx';
import type { HistoryRow } from '../../../db/lists/history';
import type { Page } from '../../../db/lists/page';
import { Time } from '../parts/time';
import { paths, withQuery } from '../paths';
import { kindText } from '../plan/kind-words';
import { LongValue } from '../plan/long-value';
import { ruleText } from '../plan/rule-words';
import type { View } from '../view';
import { FRAME_WORDS } from '../words';
import { RECORD_WORDS } from './words';

/** Lines of one run, or of one act outside of any. */
interface Group {
  runId: number | null;
  actor: string | null;
  at: Date;
  rows: HistoryRow[];
}

interface HistoryProps {
  view: View;
  history: Page<HistoryRow>;
  /** Where the page begins that is shown; undefined for the newest. */
  before: number | undefined;
}

/** What was written and decided, the newest first, by the run that did it. */
export const History: FC<HistoryProps> = ({ view, history, before }) => {
  const words = RECORD_WORDS[view.language];
  return (
    <section aria-labelledby="history">
      <h2 id="history">{words.history}</h2>
      {history.rows.length === 0 && <p class="empty">{words.historyEmpty}</p>}
      {groupsOf(history.rows).map((group) => (
        <GroupTable view={view} group={group} />
      ))}
      {(before !== undefined || history.next !== null) && (
        <nav class="pager" aria-label={words.history}>
          {before !== undefined && <a href={`${view.path}#history`}>{FRAME_WORDS[view.language].first}</a>}
          {history.next !== null && (
            <a href={`${withQuery(view.path, { before: history.next })}#history`} rel="next">
              {words.older}
            </a>
          )}
        </nav>
      )}
    </section>
  );
};

/** Neighbours of the same run belong together; acts of people by who and when. */
export function groupsOf(rows: readonly HistoryRow[]): Group[] {
  const groups: Group[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    const isSame =
      last !== undefined &&
      last.runId === row.runId &&
      last.actor === row.actor &&
      (row.runId !== null || last.at.getTime() === row.at.getTime());
    if (isSame) last.rows.push(row);
    else groups.push({ runId: row.runId, actor: row.actor, at: row.at, rows: [row] });
  }
  return groups;
}

const GroupTable: FC<{ view: View; group: Group }> = ({ view, group }) => {
  const { language } = view;
  const words = RECORD_WORDS[language];
  return (
    <div class="card">
      <h3 class="row">
        {group.runId === null ? (
          <span>{group.actor === null ? words.byItself : `${words.byPerson} ${group.actor}`}</span>
        ) : (
          <a href={paths.run(group.runId)}>{words.byRun(group.runId)}</a>
        )}
        <span class="soft small">
          <Time at={group.at} view={view} />
        </span>
      </h3>
      <div class="scroll">
        <table>
          <caption class="visually-hidden">{words.history}</caption>
          <thead>
            <tr>
              {[words.act, words.field, words.before, words.after, words.rule].map((head) => (
                <th scope="col">{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {group.rows.map((row) => (
              <tr>
                <td>
                  {kindText(row.kind, language)}{' '}
                  <span class="soft">{words.acts[row.operation] ?? row.operation}</span>
                </td>
                <th scope="row" class="mono">
                  {row.field ?? '–'}
                </th>
                <td class="before">
                  {row.field !== null && (
                    <LongValue value={row.before} field={row.field} language={language} />
                  )}
                </td>
                <td class="after">
                  {row.field !== null && (
                    <LongValue value={row.after} field={row.field} language={language} />
                  )}
                </td>
                <td title={row.rule}>{ruleText(row.rule, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
};
