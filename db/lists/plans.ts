import type { FieldNote } from '../../mappings/fields';
import type { Outcome } from '../outcomes';
import type { PlannedChange } from '../plans';
import type { Queryable } from '../pool';
import { type Page, pageOf } from './page';
import { searchCondition } from './search';
import { toldAgain } from './told-again';

/** What a plan would do with one record. */
export interface PlanListRow {
  recordId: string;
  publicId: string | null;
  name: string | null;
  kind: string | null;
  outcome: Outcome;
  reason: string | null;
  changes: PlannedChange[];
  notes: FieldNote[];
  withdraws: boolean;
  blanks: boolean;
  needsApply: boolean;
  /** The sides to write to, for a pair that writes to both. */
  sides: string[];
  plannedAt: Date;
}

export interface PlanFilter {
  outcome?: Outcome | undefined;
  /** Part of an id, a public id or a name. */
  text?: string | undefined;
  /** Only what is to be written, only what would be withdrawn, only what would empty a field. */
  only?: 'to-apply' | 'withdraws' | 'blanks' | undefined;
}

const ONLY = { 'to-apply': 'e.needs_apply', withdraws: 'e.withdraws', blanks: 'e.blanks' } as const;

/** Entries of a plan in the order of their records' ids, from behind `after`. */
export async function listPlanEntriesPage(
  db: Queryable,
  runId: number,
  asked: PlanFilter & { after?: string | undefined; limit: number },
): Promise<Page<PlanListRow, string>> {
  const params: unknown[] = [runId, asked.after ?? '', asked.limit + 1, asked.outcome ?? null];
  const { rows } = await db.query<PlanListRow>(
    `select e.record_id as "recordId", s.public_id as "publicId", s.name, s.kind, e.outcome, e.reason, e.changes, e.notes, e.withdraws,
       e.blanks, e.needs_apply as "needsApply", e.sides, e.planned_at as "plannedAt"
     from plan_entry e
     left join staged_record s on s.sync = (select sync from run where id = $1) and s.record_id = e.record_id
     where e.run_id = $1 and e.record_id > $2 and ($4::text is null or e.outcome = $4)
       and ${asked.only === undefined ? 'true' : ONLY[asked.only]} and ${searchCondition('s', asked.text, params)}
     order by e.record_id limit $3`,
    params,
  );
  return pageOf(rows, asked.limit, (row) => row.recordId);
}

/** A plan in numbers of records. */
export interface PlanSummary {
  entries: number;
  byOutcome: Partial<Record<Outcome, number>>;
  needsApply: number;
  withdraws: number;
  blanks: number;
}

/** Of many records it may be some seconds old. */
export async function planSummary(db: Queryable, runId: number): Promise<PlanSummary> {
  return toldAgain(
    db,
    `plan ${runId}`,
    () => sumUp(db, runId),
    (summary) => summary.entries,
  );
}

async function sumUp(db: Queryable, runId: number): Promise<PlanSummary> {
  const { rows } = await db.query<{ outcome: Outcome } & Omit<PlanSummary, 'byOutcome'>>(
    `select outcome, count(*)::int as entries, count(*) filter (where needs_apply)::int as "needsApply",
       count(*) filter (where withdraws)::int as withdraws, count(*) filter (where blanks)::int as blanks
     from plan_entry where run_id = $1 group by outcome`,
    [runId],
  );
  const summary: PlanSummary = { entries: 0, byOutcome: {}, needsApply: 0, withdraws: 0, blanks: 0 };
  for (const row of rows) {
    summary.byOutcome[row.outcome] = row.entries;
    summary.entries += row.entries;
    summary.needsApply += row.needsApply;
    summary.withdraws += row.withdraws;
    summary.blanks += row.blanks;
  }
  return summary;
}
