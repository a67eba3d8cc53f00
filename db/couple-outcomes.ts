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
  const ours = await madeSincePlan(
    db,
    sync,
    runId,
    outcomes.flatMap(({ recordIds }) => recordIds),
  );
  const rows = outcomes.flatMap(({ recordIds, outcome, reason, writes, dueMarks, staysDue }) => {
    const counted = recordIds.find((recordId) => !ours.has(recordId));
    return recordIds.map((record_id) => ({
      record_id,
      outcome,
      reason,
      writes: record_id === counted ? writes : 0,
      due_mark: dueMarks[record_id] ?? null,
      stays_due: staysDue,
      ours: ours.has(record_id),
    }));
  });
  if (rows.length === 0) return;
  const batch = toJsonb(rows);
  if (runId !== null)
    await db.query(
      `insert into run_outcome as r (run_id, record_id, outcome, reason, writes)
       select $1, o.record_id, o.outcome, o.reason, o.writes
       from jsonb_to_recordset($2::jsonb) as o(record_id text, outcome text, reason text, writes int, ours boolean)
       where not o.ours
       on conflict (run_id, record_id) do update set writes = r.writes + excluded.writes, at = now(),
         reason = case when r.outcome in ('held', 'refused') and excluded.outcome in ('created', 'updated', 'unchanged') then r.reason else excluded.reason end,
         outcome = case
           when r.outcome in ('held', 'refused') and excluded.outcome in ('created', 'updated', 'unchanged') then r.outcome
           when r.outcome = 'created' and excluded.outcome in ('updated', 'unchanged') then r.outcome
           when r.outcome = 'updated' and excluded.outcome = 'unchanged' then r.outcome else excluded.outcome end`,
      [runId, batch],
    );
  await db.query(
    `update staged_record s set outcome = case when o.ours then s.outcome else o.outcome end,
       reason = case when o.ours then s.reason else o.reason end, settled_at = now(),
       due = o.stays_due or s.due_mark <> coalesce(o.due_mark, s.due_mark)
     from jsonb_to_recordset($2::jsonb) as o(record_id text, outcome text, reason text, due_mark integer, stays_due boolean, ours boolean)
     where s.sync = $1 and s.record_id = o.record_id`,
    [sync, batch],
  );
}

/** Counterparts that this run made: they count from the next one on, and their writes are those of whom they were made for. */
async function madeSincePlan(
  db: Queryable,
  sync: string,
  runId: number | null,
  recordIds: readonly string[],
): Promise<Set<string>> {
  if (runId === null || recordIds.length === 0) return new Set();
  const { rows } = await db.query<{ record_id: string }>(
    `select s.record_id from staged_record s
     join couple c on c.sync = s.sync and c.origin = 'created' and c.weavy_record is not null and c.mautic_record is not null
       and c.id in (select w.id from couple w where w.sync = s.sync and w.weavy_record = s.record_id
                    union all select m.id from couple m where m.sync = s.sync and m.mautic_record = s.record_id)
     where s.sync = $1 and s.record_id = any($2) and s.outcome is null
       and not exists (select 1 from plan_entry p where p.run_id = $3 and p.record_id = s.record_id)`,
    [sync, recordIds, runId],
  );
  return new Set(rows.map((row) => row.record_id));
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
