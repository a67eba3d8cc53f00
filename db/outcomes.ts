import { toJsonb } from './jsonb';
import type { Queryable } from './pool';
import { type Counts, countsOf } from './runs';

export type Outcome =
  | 'created'
  | 'updated'
  | 'unchanged'
  | 'withdrawn'
  | 'skipped'
  | 'waiting'
  | 'held'
  | 'refused';

/** What became of one record in one pass. */
export interface RecordOutcome {
  recordId: string;
  outcome: Outcome;
  reason: string | null;
  writes: number;
  /** Hash of the mapped record when it is now in step; null leaves the last one. */
  settledHash: string | null;
  /** In step as far as we know; the next run compares it with its target all the same. */
  lookAgain?: boolean;
}

/** A record in one of these states is looked at again by the next run although its source did not change (promise 2). */
const STAYS_DUE = ['waiting', 'held', 'refused'];

/**
 * Records outcomes: of the run when there is one, and as the standing of each record. A record that became due again
 * since its `dueMark` was read keeps its place in the queue.
 */
export async function saveOutcomes(
  db: Queryable,
  sync: string,
  runId: number | null,
  outcomes: Array<RecordOutcome & { dueMark: number }>,
): Promise<void> {
  if (outcomes.length === 0) return;
  const batch = toJsonb(
    outcomes.map((o) => ({
      record_id: o.recordId,
      outcome: o.outcome,
      reason: o.reason,
      writes: o.writes,
      settled_hash: o.settledHash,
      due_mark: o.dueMark,
      look_again: o.lookAgain === true,
      stays_due: o.lookAgain === true || STAYS_DUE.includes(o.outcome),
    })),
  );
  if (runId !== null) {
    // a record can be passed over twice in one run (a signal joined): `writes` counts all its passes of this run
    await db.query(
      `insert into run_outcome as r (run_id, record_id, outcome, reason, writes)
       select $1, o.record_id, o.outcome, o.reason, o.writes
       from jsonb_to_recordset($2::jsonb) as o(record_id text, outcome text, reason text, writes int)
       on conflict (run_id, record_id) do update set writes = excluded.writes, at = now(), reason = excluded.reason,
         outcome = case when r.outcome = 'created' and excluded.outcome in ('updated', 'unchanged') then r.outcome
           when r.outcome = 'updated' and excluded.outcome = 'unchanged' then r.outcome else excluded.outcome end`,
      [runId, batch],
    );
  }
  await db.query(
    `update staged_record s set outcome = o.outcome, reason = o.reason, settled_at = now(),
       settled_hash = case when o.look_again or o.outcome = 'withdrawn' then null else coalesce(o.settled_hash, s.settled_hash) end, due = o.stays_due or s.due_mark <> o.due_mark
     from jsonb_to_recordset($2::jsonb) as o(record_id text, outcome text, reason text, settled_hash text, look_again boolean, stays_due boolean, due_mark integer)
     where s.sync = $1 and s.record_id = o.record_id`,
    [sync, batch],
  );
}

/**
 * Counts over every record the sync knew when this run planned: those it passed over by what became of them, the others
 * as they stood (what was in step stays unchanged). A record that came since belongs to the next run. `read` is counted
 * on its own, so that a planned record without an outcome shows up as a gap.
 */
export async function countRun(
  db: Queryable,
  sync: string,
  runId: number,
  onlyRecord: string | null,
): Promise<Counts> {
  const { rows } = await db.query<{ bucket: string | null; n: number }>(
    `select coalesce(r.outcome, case when s.outcome in ('created', 'updated', 'withdrawn') then 'unchanged' else s.outcome end) as bucket, count(*)::int as n
     from staged_record s left join run_outcome r on r.run_id = $2 and r.record_id = s.record_id
     where s.sync = $1 and ($3::text is null or s.record_id = $3)
       and not (s.deleted_at is not null and s.outcome = 'skipped' and r.outcome is null)
       and (s.outcome is not null or exists (select 1 from plan_entry p where p.run_id = $2 and p.record_id = s.record_id))
     group by 1`,
    [sync, runId, onlyRecord],
  );
  return countsOf(rows);
}

/** Counts over the records of the plan that a run applied: nothing else was its business. */
export async function countApplied(db: Queryable, runId: number): Promise<Counts> {
  const { rows } = await db.query<{ bucket: string | null; n: number }>(
    `select coalesce(r.outcome, case when not p.needs_apply then p.outcome end) as bucket, count(*)::int as n
     from plan_entry p left join run_outcome r on r.run_id = p.run_id and r.record_id = p.record_id
     where p.run_id = $1 group by 1`,
    [runId],
  );
  return countsOf(rows);
}

/** Calls that changed something on the target, as the audit has them. */
export async function countWrites(db: Queryable, runId: number): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    'select coalesce(sum(writes), 0)::int as n from run_outcome where run_id = $1',
    [runId],
  );
  return rows[0]?.n ?? 0;
}

/** Where a sync stands: how many records by outcome. */
export async function standing(db: Queryable, sync: string): Promise<Record<string, number>> {
  const { rows } = await db.query<{ outcome: string; n: number }>(
    `select coalesce(outcome, 'not-yet') as outcome, count(*)::int as n from staged_record where sync = $1 group by 1`,
    [sync],
  );
  return Object.fromEntries(rows.map((row) => [row.outcome, row.n]));
}
