import type { Change, FieldNote } from '../mappings/fields';
import { toJsonb } from './jsonb';
import type { Outcome } from './outcomes';
import type { Queryable } from './pool';
import { type Counts, countsOf } from './runs';

/** One write a plan would make, on one record of the target. */
export interface PlannedChange extends Change {
  kind: string;
  targetId: string | null;
}

/** A plan's look at the target counts as recent for this long. */
const FRESH = "interval '10 minutes'";

/** What a run would do with one record. */
export interface PlanEntry {
  recordId: string;
  /** 0 for exhibitors, 1 for their co-exhibitors: parents go first. */
  depth: number;
  outcome: Outcome;
  reason: string | null;
  mappedHash: string | null;
  changes: PlannedChange[];
  notes: FieldNote[];
  withdraws: boolean;
  blanks: boolean;
  needsApply: boolean;
  /** The sides to write to, for a pair that writes to both. @default [] */
  sides?: string[];
}

export async function savePlanEntries(db: Queryable, runId: number, entries: PlanEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await db.query(
    `insert into plan_entry (run_id, record_id, depth, outcome, reason, mapped_hash, changes, notes, withdraws, blanks, needs_apply, sides)
     select $1, e.record_id, e.depth, e.outcome, e.reason, e.mapped_hash, e.changes, e.notes, e.withdraws, e.blanks, e.needs_apply, e.sides
     from jsonb_to_recordset($2::jsonb) as e(record_id text, depth smallint, outcome text, reason text, mapped_hash text, changes jsonb,
       notes jsonb, withdraws boolean, blanks boolean, needs_apply boolean, sides text[])
     on conflict (run_id, record_id) do update set depth = excluded.depth, outcome = excluded.outcome, reason = excluded.reason,
       mapped_hash = excluded.mapped_hash, changes = excluded.changes, notes = excluded.notes, withdraws = excluded.withdraws,
       blanks = excluded.blanks, needs_apply = excluded.needs_apply, sides = excluded.sides`,
    [
      runId,
      toJsonb(
        entries.map((e) => ({
          record_id: e.recordId,
          depth: e.depth,
          outcome: e.outcome,
          reason: e.reason,
          mapped_hash: e.mappedHash,
          changes: e.changes,
          notes: e.notes,
          withdraws: e.withdraws,
          blanks: e.blanks,
          needs_apply: e.needsApply,
          sides: e.sides ?? [],
        })),
      ),
    ],
  );
}

/** The next records to apply, exhibitors before co-exhibitors. `after` is the last one of the page before. */
export async function nextToApply(
  db: Queryable,
  query: { runId: number; depth: number; after: string; limit: number },
): Promise<string[]> {
  const { rows } = await db.query<{ record_id: string }>(
    `select record_id from plan_entry where run_id = $1 and needs_apply and depth = $2 and record_id > $3 order by record_id limit $4`,
    [query.runId, query.depth, query.after, query.limit],
  );
  return rows.map((row) => row.record_id);
}

/** The entries of flat records that a run has to apply, by id: those to write, or those to withdraw. */
export async function entriesToApply(
  db: Queryable,
  query: { runId: number; act: 'write' | 'withdraw'; after: string; limit: number },
): Promise<Array<{ recordId: string; mappedHash: string | null }>> {
  const { rows } = await db.query<{ record_id: string; mapped_hash: string | null }>(
    `select record_id, mapped_hash from plan_entry
     where run_id = $1 and needs_apply and withdraws = $2 and record_id > $3 order by record_id limit $4`,
    [query.runId, query.act === 'withdraw', query.after, query.limit],
  );
  return rows.map((row) => ({ recordId: row.record_id, mappedHash: row.mapped_hash }));
}

/** The next records of a plan that are to be written to one side, in the order of their ids. */
export async function nextOfSide(
  db: Queryable,
  query: { runId: number; side: string; depth: number; after: string; limit: number },
): Promise<Array<{ recordId: string; changes: PlannedChange[] }>> {
  const { rows } = await db.query<{ record_id: string; changes: PlannedChange[] }>(
    `select record_id, changes from plan_entry
     where run_id = $1 and needs_apply and $2 = any(sides) and depth = $3 and record_id > $4 order by record_id limit $5`,
    [query.runId, query.side, query.depth, query.after, query.limit],
  );
  return rows.map((row) => ({ recordId: row.record_id, changes: row.changes }));
}

export async function planTotals(
  db: Queryable,
  runId: number,
): Promise<{ entries: number; toApply: number; withdrawn: number; blanked: number }> {
  const { rows } = await db.query<{ entries: number; to_apply: number; withdrawn: number; blanked: number }>(
    `select count(*)::int as entries, count(*) filter (where needs_apply)::int as to_apply, count(*) filter (where withdraws)::int as withdrawn,
       count(*) filter (where blanks)::int as blanked from plan_entry where run_id = $1`,
    [runId],
  );
  const row = rows[0];
  return {
    entries: row?.entries ?? 0,
    toApply: row?.to_apply ?? 0,
    withdrawn: row?.withdrawn ?? 0,
    blanked: row?.blanked ?? 0,
  };
}

/** What a plan would do, counted by proposed outcome. */
export async function countPlan(db: Queryable, runId: number): Promise<Counts> {
  const { rows } = await db.query<{ bucket: Outcome; n: number }>(
    'select outcome as bucket, count(*)::int as n from plan_entry where run_id = $1 group by outcome',
    [runId],
  );
  return countsOf(rows);
}

/** An entry as stored: `fresh` while its look at the target is recent enough to act on without another. */
export interface StoredPlanEntry extends PlanEntry {
  fresh: boolean;
}

interface EntryRow {
  record_id: string;
  depth: number;
  outcome: Outcome;
  reason: string | null;
  mapped_hash: string | null;
  changes: PlannedChange[];
  notes: FieldNote[];
  withdraws: boolean;
  blanks: boolean;
  needs_apply: boolean;
  fresh: boolean;
}

const COLUMNS = `record_id, depth, outcome, reason, mapped_hash, changes, notes, withdraws, blanks, needs_apply,
  planned_at > now() - ${FRESH} as fresh`;

export async function getPlanEntry(
  db: Queryable,
  runId: number,
  recordId: string,
): Promise<StoredPlanEntry | null> {
  const { rows } = await db.query<EntryRow>(
    `select ${COLUMNS} from plan_entry where run_id = $1 and record_id = $2`,
    [runId, recordId],
  );
  return rows[0] === undefined ? null : fromRow(rows[0]);
}

/** The entries of a plan that would write or need a person, by id. */
export async function listPlanEntries(
  db: Queryable,
  query: { runId: number; after: string; limit: number },
): Promise<StoredPlanEntry[]> {
  const { rows } = await db.query<EntryRow>(
    `select ${COLUMNS} from plan_entry where run_id = $1 and record_id > $2 order by record_id limit $3`,
    [query.runId, query.after, query.limit],
  );
  return rows.map(fromRow);
}

/** Carries the entries of a plan that is applied later, all or those that were chosen, over to the run that applies it. */
export async function copyPlan(
  db: Queryable,
  from: number,
  to: number,
  choice: number | null = null,
): Promise<void> {
  await db.query(
    `insert into plan_entry (run_id, record_id, depth, outcome, reason, mapped_hash, changes, notes, withdraws, blanks, needs_apply, sides)
     select $2, record_id, depth, outcome, reason, mapped_hash, changes, notes, withdraws, blanks, needs_apply, sides from plan_entry
     where run_id = $1 and ($3::bigint is null or record_id in (select unnest(record_ids) from plan_choice where id = $3 and plan_run = $1))
     on conflict (run_id, record_id) do nothing`,
    [from, to, choice],
  );
}

/** Keeps which records of a plan are to be applied. Answers the number of the choice, and how many of them the plan has. */
export async function savePlanChoice(
  db: Queryable,
  choice: { planRun: number; recordIds: readonly string[]; actor: string },
): Promise<{ id: number; found: number }> {
  const { rows } = await db.query<{ id: number; found: number }>(
    `with chosen as (select array_agg(record_id) as ids from plan_entry where run_id = $1 and record_id = any($2))
     insert into plan_choice (plan_run, record_ids, actor) select $1, coalesce(ids, '{}'), $3 from chosen
     returning id, cardinality(record_ids) as found`,
    [choice.planRun, choice.recordIds, choice.actor],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the choice was not stored');
  return row;
}

function fromRow(row: EntryRow): StoredPlanEntry {
  return {
    recordId: row.record_id,
    depth: row.depth,
    outcome: row.outcome,
    reason: row.reason,
    mappedHash: row.mapped_hash,
    changes: row.changes,
    notes: row.notes,
    withdraws: row.withdraws,
    blanks: row.blanks,
    needsApply: row.needs_apply,
    fresh: row.fresh,
  };
}
