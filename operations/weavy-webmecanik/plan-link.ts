import { plannedLinks } from '../../db/crm-reading';
import type { StoredPlanEntry } from '../../db/plans';
import type { Pool } from '../../db/pool';

/** What an entry of a plan says about who is who: `plan --json` prints it under `link`. */
export interface PlanLink {
  /** `adopt`: found on both sides, not linked yet. `create`: the counterpart is to be made. */
  act: 'adopt' | 'create' | 'linked';
  counterpart: string | null;
  /** Further records with the same key: only one of them is synchronised. */
  ambiguous: string[];
}

export type LinkedEntry = StoredPlanEntry & { link?: PlanLink };

/** The entries with the links that matching has found, before anything is written. */
export async function withLinks<Entry extends { recordId: string }>(
  pool: Pool,
  sync: string,
  entries: readonly Entry[],
): Promise<Array<Entry & { link?: PlanLink }>> {
  const links = await plannedLinks(
    pool,
    sync,
    entries.map((entry) => entry.recordId),
  );
  const byLead = new Map(links.map((link) => [link.lead, link]));
  return entries.map((entry) => {
    const found = byLead.get(entry.recordId);
    if (found === undefined) return entry;
    const { weavyRecord, mauticRecord, state, others } = found;
    const counterpart = entry.recordId === mauticRecord ? weavyRecord : mauticRecord;
    const act =
      state !== 'proposed' ? ('linked' as const) : counterpart === null ? ('create' as const) : 'adopt';
    return { ...entry, link: { act, counterpart, ambiguous: others } };
  });
}
