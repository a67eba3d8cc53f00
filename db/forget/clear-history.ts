import { toJsonb } from '../jsonb';
import type { Queryable } from '../pool';
import { FORGOTTEN, holds, type Matches } from './personal-values';

/** What of an item's detail is about records and fields, and about nobody. */
const KEPT_DETAIL = [
  ...['field', 'side', 'id', 'ids', 'owner', 'code', 'table', 'right', 'records', 'from', 'to'],
  ...['weavy', 'mautic', 'linked', 'others', 'usedByRun', 'refusedBecause', 'count'],
];

export interface ItemRow {
  id: number;
  recordId: string;
  place: string;
  reason: string;
  detail: Record<string, unknown>;
}

/** Takes the values out of the items of these records that `isTheirs` says are about the person. Answers how many. */
export async function clearItems(
  tx: Queryable,
  sync: string,
  recordIds: readonly string[],
  matches: Matches,
  isTheirs: (item: ItemRow) => boolean,
): Promise<number> {
  const { rows } = await tx.query<ItemRow>(
    `select id, record_id as "recordId", place, reason, detail from attention_item
     where sync = $1 and record_id = any($2) and not detail ? 'forgotten' for update`,
    [sync, recordIds],
  );
  const cleared = rows.filter(isTheirs).flatMap(({ id, detail }) => {
    const kept = Object.entries(detail).filter(
      ([key, value]) => KEPT_DETAIL.includes(key) && !holds(value, matches),
    );
    return kept.length === Object.keys(detail).length
      ? []
      : [{ id, detail: { ...Object.fromEntries(kept), forgotten: true } }];
  });
  await tx.query(
    `update attention_item a set detail = c.detail from jsonb_to_recordset($1::jsonb) as c(id bigint, detail jsonb) where a.id = c.id`,
    [toJsonb(cleared)],
  );
  return cleared.length;
}

/** One change or note of a plan's entry, as far as forgetting needs it. */
export interface PlannedPart {
  kind?: string;
  targetId?: string | null;
  field?: string;
  before?: unknown;
  after?: unknown;
  raw?: unknown;
  sent?: unknown;
}

export interface EntryRow {
  runId: number;
  recordId: string;
  changes: PlannedPart[];
  notes: PlannedPart[];
}

/** Entries of these records, and those that hold one of the patterns or speak of one of these participants. */
export async function plannedEntries(
  tx: Queryable,
  sync: string,
  about: { recordIds: readonly string[]; participants: readonly string[]; patterns: readonly string[] },
): Promise<EntryRow[]> {
  const { rows } = await tx.query<EntryRow>(
    `select run_id as "runId", record_id as "recordId", changes, notes from plan_entry
     where run_id in (select id from run where sync = $1)
       and (record_id = any($2) or changes::text ilike any($3)
         or changes @> any(select jsonb_build_array(jsonb_build_object('targetId', id)) from unnest($4::text[]) as id))
     for update`,
    [sync, about.recordIds, about.patterns, about.participants],
  );
  return rows;
}

/** Stores what became of these entries, and answers how many changed. */
export async function saveEntries(
  tx: Queryable,
  entries: readonly EntryRow[],
  next: (entry: EntryRow) => Pick<EntryRow, 'changes' | 'notes'>,
): Promise<number> {
  const changed = entries.flatMap((entry) => {
    const became = { ...entry, ...next(entry) };
    return JSON.stringify(became) === JSON.stringify(entry) ? [] : [became];
  });
  await tx.query(
    `update plan_entry p set changes = e.changes, notes = e.notes
     from jsonb_to_recordset($1::jsonb) as e("runId" bigint, "recordId" text, changes jsonb, notes jsonb)
     where p.run_id = e."runId" and p.record_id = e."recordId"`,
    [toJsonb(changed)],
  );
  return changed.length;
}

/** The same part of a plan without what was to be written; a blank stays one, so that what happened can still be followed. */
export function masked(part: PlannedPart): PlannedPart {
  const mask = (value: unknown) => (value === null ? null : FORGOTTEN);
  return {
    ...part,
    ...('before' in part ? { before: mask(part.before) } : {}),
    ...('after' in part ? { after: mask(part.after) } : {}),
    ...('raw' in part ? { raw: FORGOTTEN } : {}),
    ...('sent' in part ? { sent: mask(part.sent) } : {}),
  };
}

/** What masks values in the history of writes: a SET list for `audit`, and the rows that have any. */
export const MASK_AUDIT = `before = case when before is null or before = 'null' then before else to_jsonb('${FORGOTTEN}'::text) end,
  after = case when after is null or after = 'null' then after else to_jsonb('${FORGOTTEN}'::text) end, evidence = null`;
const BLANK = `('null', '"${FORGOTTEN}"')`;
export const HAS_VALUES = `(coalesce(before, 'null') not in ${BLANK} or coalesce(after, 'null') not in ${BLANK} or evidence is not null)`;
