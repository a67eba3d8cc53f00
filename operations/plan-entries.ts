import { listPlanEntries, type PlanEntry } from '../db/plans';
import type { OperationContext } from './context';
import { syncOf } from './syncs';
import { type LinkedEntry, type PlanLink, withLinks } from './weavy-webmecanik/plan-link';

/** Entries of a plan in memory at a time: each holds every field of its record. */
const ENTRIES_AT_ONCE = 500;

/** An entry of a plan; of a CRM, with who is who. */
export type PlannedEntry = PlanEntry & { link?: PlanLink };

/** What a person has to see of a plan: what is in step says nothing, unless there is a reason to look at it. */
export function isTold({ outcome, reason, link }: PlannedEntry): boolean {
  return outcome !== 'unchanged' || reason !== null || link?.act === 'adopt';
}

/**
 * What a plan would do with each record, page by page in the order of their ids. Of a CRM with who is who: what a first
 * run would link is to be seen before anything is written.
 */
export async function* planPages(
  { configuration, pool }: OperationContext,
  sync: string,
  runId: number,
): AsyncGenerator<LinkedEntry[]> {
  const { pair } = syncOf(configuration, sync);
  for (let after = ''; ; ) {
    const page = await listPlanEntries(pool, { runId, after, limit: ENTRIES_AT_ONCE });
    const last = page.at(-1);
    if (last === undefined) return;
    yield pair === 'weavy-webmecanik' ? await withLinks(pool, sync, page) : page;
    after = last.recordId;
  }
}
