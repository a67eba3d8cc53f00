import { randomUUID } from 'node:crypto';
import type { Queryable } from '../pool';

/** A sync whose place somebody else holds. */
export interface PlaceTaken {
  sync: string;
  workflowId: string;
}

/**
 * Takes the places of these syncs for as long as the transaction lasts: a run that opens meanwhile waits for its end.
 * Answers who holds a place already; then nothing may be touched. Nobody else ever sees the rows that stand for us.
 */
export async function holdPlaces(tx: Queryable, syncs: readonly string[]): Promise<PlaceTaken | null> {
  await tx.query("set local lock_timeout = '10s'");
  for (const sync of [...syncs].sort()) {
    const { rowCount } = await tx.query(
      `with own as (
         insert into run (sync, mode, trigger, workflow_id, workflow_run_id) values ($1, 'run', 'forget', 'forget', $2) returning id, workflow_run_id
       )
       insert into run_place (sync, run_id, workflow_id, workflow_run_id) select $1, id, 'forget', workflow_run_id from own
       on conflict (sync) do nothing`,
      [sync, `forget/${randomUUID()}`],
    );
    if (rowCount === 1) continue;
    const { rows } = await tx.query<{ workflow_id: string }>(
      'select workflow_id from run_place where sync = $1',
      [sync],
    );
    return { sync, workflowId: rows[0]?.workflow_id ?? '' };
  }
  return null;
}

/** Call it last in the transaction of `holdPlaces`. */
export async function freePlaces(tx: Queryable, syncs: readonly string[]): Promise<void> {
  await tx.query("delete from run_place where sync = any($1) and workflow_id = 'forget'", [syncs]);
  await tx.query(
    "delete from run where sync = any($1) and workflow_id = 'forget' and finished_at is null and workflow_run_id like 'forget/%'",
    [syncs],
  );
}

/**
 * Keeps attempts on these participants away until the end of the transaction (the same lock as theirs). False while one
 * of them is being written.
 */
export async function holdParticipants(
  tx: Queryable,
  sync: string,
  keys: readonly string[],
): Promise<boolean> {
  const { rows } = await tx.query<{ held: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended($1 || '/participant/' || key, 0)) as held from unnest($2::text[]) as key`,
    [sync, keys],
  );
  return rows.every((row) => row.held);
}
