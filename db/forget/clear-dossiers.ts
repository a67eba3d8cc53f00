import type { Queryable } from '../pool';
import {
  clearItems,
  type EntryRow,
  HAS_VALUES,
  type ItemRow,
  MASK_AUDIT,
  masked,
  type PlannedPart,
  plannedEntries,
  saveEntries,
} from './clear-history';
import type { PersonIn } from './find-person';
import { holds, likePatterns, type Matches } from './personal-values';

/** The one field of a participant that names a dossier, not a person. */
const OWN_REFERENCE = 'customFields.planexpo_order_id';

/** Rows that were changed or removed, by table. */
export type Cleared = Record<string, number>;

/**
 * Takes a booking contact out of everything that a Planexpo -> Inwink sync remembers. The dossier stays with its hash and
 * without a contact, which says nothing about the participant: nothing is sent, and a dossier that comes again unchanged is
 * not stored again. The participant's link goes, because its key is the e-mail; its id stays in the history of writes.
 */
export async function clearDossiers(
  tx: Queryable,
  person: PersonIn,
  emails: readonly string[],
  matches: Matches,
): Promise<Cleared> {
  const { sync, records, former, keys, participants } = person;
  const named = keys.filter((key) => key.startsWith('email:'));
  const count = async (sql: string, values: unknown[]) => (await tx.query(sql, values)).rowCount ?? 0;
  const staged = await count(
    `update staged_record set body = (body - 'bookingContact') || '{"forgotten": true}', contact_key = null
     where sync = $1 and record_id = any($2) and body ? 'bookingContact'`,
    [sync, records],
  );
  const link = await count(
    "delete from link where sync = $1 and kind = 'participant' and source_key = any($2)",
    [sync, named],
  );
  const emptied = await count(
    `update link set base = '{}', altered = '{}' where sync = $1 and kind = 'participant' and source_key = any($2) and (base <> '{}' or altered <> '{}')`,
    [sync, keys],
  );
  const intent = await count(
    "delete from intent where sync = $1 and kind = 'participant' and source_key = any($2)",
    [sync, named],
  );
  const audit = await count(
    `update audit set ${MASK_AUDIT} where sync = $1 and kind = 'participant' and target_id = any($2) and field <> '${OWN_REFERENCE}' and ${HAS_VALUES}`,
    [sync, participants],
  );
  const isTheirs = (item: ItemRow) => isAboutContact(person, matches, item);
  return {
    staged_record: staged,
    link: link + emptied,
    intent,
    audit,
    attention_item: await clearItems(tx, sync, [...records, ...former], matches, isTheirs),
    plan_entry: await clearEntries(tx, person, emails, matches),
  };
}

/** Items name the contact that they are about by its key; one without a key is about the contact of today. */
function isAboutContact({ records, keys }: PersonIn, matches: Matches, item: ItemRow): boolean {
  const { key } = item.detail;
  if (typeof key === 'string') return keys.includes(key) || matches(key);
  if (holds(item.detail, matches)) return true;
  return item.place.startsWith('participant') && records.includes(item.recordId);
}

async function clearEntries(
  tx: Queryable,
  person: PersonIn,
  emails: readonly string[],
  matches: Matches,
): Promise<number> {
  const entries = await plannedEntries(tx, person.sync, {
    recordIds: [...person.records, ...person.former],
    participants: person.participants,
    patterns: likePatterns(emails),
  });
  return saveEntries(tx, entries, (entry) => {
    const isTheirs = namesPerson(person, matches, entry);
    const change = (part: PlannedPart) =>
      isTheirs && part.kind === 'participant' && part.field !== OWN_REFERENCE ? masked(part) : part;
    const note = (part: PlannedPart) =>
      part.field?.startsWith('participant.') && (isTheirs || person.records.includes(entry.recordId))
        ? masked(part)
        : part;
    return { changes: entry.changes.map(change), notes: entry.notes.map(note) };
  });
}

/** A participant that is to be created has no id yet: its e-mail tells, and without one the dossier. */
function namesPerson({ records, participants }: PersonIn, matches: Matches, entry: EntryRow): boolean {
  const parts = entry.changes.filter(({ kind }) => kind === 'participant');
  if (parts.some(({ targetId }) => targetId != null && participants.includes(targetId))) return true;
  const emails = parts.filter(({ field }) => field === 'email');
  if (emails.length > 0) return emails.some((part) => holds([part.before, part.after], matches));
  return records.includes(entry.recordId) && parts.every(({ targetId }) => targetId == null);
}
