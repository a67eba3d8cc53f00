import type { Queryable } from '../pool';
import type { PlanFilter } from './plans';
import { searchCondition } from './search';

const ONLY = { 'to-apply': 'true', withdraws: 'e.withdraws', blanks: 'e.blanks' } as const;

/** Ids of the records that a filter leaves of a plan and that it would write to, at most `limit` of them, in their order. */
export async function planIdsToApply(
  db: Queryable,
  runId: number,
  asked: PlanFilter & { limit: number },
): Promise<string[]> {
  const params: unknown[] = [runId, asked.limit, asked.outcome ?? null];
  const { rows } = await db.query<{ id: string }>(
    `select e.record_id as id from plan_entry e
     left join staged_record s on s.sync = (select sync from run where id = $1) and s.record_id = e.record_id
     where e.run_id = $1 and e.needs_apply and ($3::text is null or e.outcome = $3)
       and ${asked.only === undefined ? 'true' : ONLY[asked.only]} and ${searchCondition('s', asked.text, params)}
     order by e.record_id limit $2`,
    params,
  );
  return rows.map(({ id }) => id);
}
