import type { FC } from 'hono/jsx';
import type { Pair } from '../../../config/schema';
import type { PlannedChange } from '../../../db/plans';
import { halfTickedNote } from '../../../operations/pivot-cirkwi/plan-note';
import { recordWords } from '../../../operations/record-words';
import { OutcomeBadge } from '../parts/badge';
import { paths } from '../paths';
import type { View } from '../view';
import { kindText } from './kind-words';
import { LongValue } from './long-value';
import type { EntryView } from './plan-page';
import { ruleText } from './rule-words';
import { PLAN_WORDS } from './words';

interface PlanRecordProps {
  view: View;
  sync: string;
  pair: Pair | null;
  entry: EntryView;
  /** The form that its tick belongs to; none for what writes nothing. */
  tickedFor: string | undefined;
}

/** What a plan would do with one record, field by field. */
export const PlanRecord: FC<PlanRecordProps> = ({ view, sync, pair, entry, tickedFor }) => {
  const words = PLAN_WORDS[view.language];
  const { recordId, name, publicId, changes } = entry;
  const one = pair === null ? words.record : recordWords(pair, view.language).One;
  return (
    <article class="card stack">
      <div class="row between">
        <h3>
          <a href={paths.record(sync, recordId)}>
            {one} {name ?? publicId ?? recordId}
          </a>{' '}
          {name !== null && <span class="mono soft">{publicId ?? recordId}</span>}
        </h3>
        <span class="row">
          {entry.withdraws && <span class="badge bad">{words.withdrawn}</span>}
          {entry.blanks && <span class="badge warn">{words.blanked}</span>}
          <OutcomeBadge outcome={entry.outcome} language={view.language} />
        </span>
      </div>
      {tickedFor !== undefined && (
        <label class="check">
          <input type="checkbox" name="record" value={recordId} form={tickedFor} />
          {words.choose} {name ?? publicId ?? recordId}
        </label>
      )}
      <Told view={view} sync={sync} entry={entry} />
      {changes.length > 0 && <Changes view={view} entry={entry} />}
    </article>
  );
};

/** Why, and who is who. */
const Told: FC<{ view: View; sync: string; entry: EntryView }> = ({ view, sync, entry }) => {
  const words = PLAN_WORDS[view.language];
  const note = halfTickedNote(entry, view.language);
  const { link, changes } = entry;
  return (
    <>
      {entry.reasonText !== null && (
        <p>
          {entry.reasonText} {note !== null && <span class="badge warn">{note}</span>}
        </p>
      )}
      {link?.act === 'adopt' && link.counterpart !== null && (
        <p>
          {words.links} <a href={paths.record(sync, link.counterpart)}>{link.counterpart}</a>
        </p>
      )}
      {link?.act === 'create' && <p>{words.creates}</p>}
      {link !== undefined && link.ambiguous.length > 0 && (
        <p>
          {words.ambiguous} {link.ambiguous.join(', ')}
        </p>
      )}
      {changes.length === 0 && entry.reasonText === null && (
        <p class="soft">{entry.needsApply ? words.noted : words.noChange}</p>
      )}
    </>
  );
};

/** A new record is all changes: it opens where somebody wants to see each of them. */
const Changes: FC<{ view: View; entry: EntryView }> = ({ view, entry }) => {
  const words = PLAN_WORDS[view.language];
  if (entry.outcome !== 'created') return <ChangesTable view={view} entry={entry} />;
  return (
    <details>
      <summary>{words.fields(entry.changes.length)}</summary>
      <ChangesTable view={view} entry={entry} />
    </details>
  );
};

const ChangesTable: FC<{ view: View; entry: EntryView }> = ({ view, entry }) => {
  const words = PLAN_WORDS[view.language];
  const { language } = view;
  return (
    <div class="scroll">
      <table>
        <caption class="visually-hidden">
          {words.caption} {entry.name ?? entry.recordId}
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.before}</th>
            <th scope="col">{words.after}</th>
            <th scope="col">{words.rule}</th>
          </tr>
        </thead>
        <tbody>
          {entry.changes.map((change) => (
            <tr>
              <th scope="row">
                <FieldName change={change} view={view} />
              </th>
              <td class="before">
                <LongValue value={change.before} field={change.field} language={language} />
              </td>
              <td class="after">
                <LongValue value={change.after} field={change.field} language={language} />
              </td>
              <td title={change.rule}>{ruleText(change.rule, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** Under the name of what it belongs to: `Partner name`, `Webmecanik contact email`. */
const FieldName: FC<{ change: PlannedChange; view: View }> = ({ change: { kind, field }, view }) => (
  <>
    <span class="soft">{kindText(kind, view.language)}</span>{' '}
    <span class="mono">{field.startsWith(`${kind}.`) ? field.slice(kind.length + 1) : field}</span>
  </>
);
