import { toJsonb } from './jsonb';
import type { Outcome } from './outcomes';
import type { Queryable } from './pool';

/** What a pass came to for one couple, or for a record that belongs to none. */
export interface CoupleOutcome {
  /** All its records; the first one leads and carries the writes. */
  recordIds: string[];
  outcome: Outcome;
  reason: string | null;
  writes: number;
  /** Records as they were read for this pass: one that became due again since stays due. */
  dueMarks: Record<string, number>;
  /** Another step of this pass, or the next run, has to look again. */
  staysDue: boolean;
}

/**
 * Records outcomes, of the run when there is one, and where each record stands. A couple may be passed over once for each
 * side: writes add up, a problem outlasts what went well, a create outlasts an update.
 */
export async function saveCoupleOutcomes(
  db: Queryable,
  sync: string,
  runId: number | null,
  outcomes: readonly CoupleOutcome[],
): Promise<void> {
  const rows = outcomes.flatMap(({ recordIds, outcome, reason, writes, dueMarks, staysDue }) =>
    recordIds.map((record_id, index) => ({
      record_id,
      outcome,
      reason,
      writes: index === 0 ? writes : 0,
      due_mark: dueMarks[record_id] ?? null,
      stays_due: staysDue,
    })),
  );
  if (rows.length === 0) return;
  const batch = toJsonb(rows);
  if (runId !== null)
    await db.query(
      `insert into run_outcome as r (run_id, record_id, outcome, reason, writes)
       select $1, o.record_id, o.outcome, o.reason, o.writes
       from jsonb_to_recordset($2::jsonb) as o(record_id text, outcome text, reason text, writes int)
       on conflict (run_id, record_id) do update set writes = r.writes + excluded.writes, at = now(),
         reason = case when r.outcome in ('held', 'refused') and excluded.outcome in ('created', 'updated', 'unchanged') then r.reason else excluded.reason end,
         outcome = case
           when r.outcome in ('held', 'refused') and excluded.outcome in ('created', 'updated', 'unchanged') then r.outcome
           when r.outcome = 'created' and excluded.outcome in ('updated', 'unchanged') then r.outcome
           when r.outcome = 'updated' and excluded.outcome = 'unchanged' then r.outcome else excluded.outcome end`,
      [runId, batch],
    );
  await db.query(
    `update staged_record s set outcome = o.outcome, reason = o.reason, settled_at = now(),
       due = o.stays_due or s.due_mark <> coalesce(o.due_mark, s.due_mark)
     from jsonb_to_recordset($2::jsonb) as o(record_id text, outcome text, reason text, due_mark integer, stays_due boolean)
     where s.sync = $1 and s.record_id = o.record_id`,
    [sync, batch],
  );
}

/** A record of a run whose own workflow told this run nothing: it counts as it stands now. */
export async function countAsItStands(
  db: Queryable,
  sync: string,
  runId: number,
  recordId: string,
): Promise<void> {
  await db.query(
    `insert into run_outcome (run_id, record_id, outcome, reason)
     select $2, s.record_id, coalesce(s.outcome, 'refused'), s.reason from staged_record s where s.sync = $1 and s.record_id = $3
     on conflict (run_id, record_id) do nothing`,
    [sync, runId, recordId],
  );
}

/** Counterparts that we made count from the next run on: they stand as what they are, in step. */
export async function countOwnRecords(db: Queryable, sync: string): Promise<void> {
  await db.query(
    "update staged_record set outcome = 'unchanged', settled_at = now() where sync = $1 and outcome is null and not due and kind is not null",
    [sync],
  );
}

/** Records that are left out for one of these reasons, by reason. */
export async function countSkipped(
  db: Queryable,
  sync: string,
  reasons: readonly string[],
): Promise<Record<string, number>> {
  const { rows } = await db.query<{ reason: string; n: number }>(
    `select reason, count(*)::int as n from staged_record
     where sync = $1 and outcome = 'skipped' and reason = any($2) and not due and deleted_at is null group by reason`,
    [sync, reasons],
  );
  return Object.fromEntries(rows.map((row) => [row.reason, row.n]));
}
