import { plannedLinks } from '../../db/crm-reading';
import type { StoredPlanEntry } from '../../db/plans';
import type { Pool } from '../../db/pool';
import type { Language } from '../../mappings/reason-types';
import { COLON } from '../answer';

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
export async function withLinks(
  pool: Pool,
  sync: string,
  entries: readonly StoredPlanEntry[],
): Promise<LinkedEntry[]> {
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

const WORDS = {
  fr: { adopt: 'relie', ambiguous: 'de même clé, laissées' },
  en: { adopt: 'links', ambiguous: 'same key, left alone' },
} as const satisfies Record<Language, Record<string, string>>;

/** `links weavy/customercontact/C-1`, and what else has the same key; nothing for a link that stands. */
export function linkText(link: PlanLink | undefined, language: Language): string {
  if (link === undefined) return '';
  const words = WORDS[language];
  const lines = [
    ...(link.act === 'adopt' ? [`${words.adopt} ${link.counterpart}`] : []),
    ...(link.ambiguous.length === 0
      ? []
      : [`${words.ambiguous}${COLON[language]}${link.ambiguous.join(', ')}`]),
  ];
  return lines.join('\n');
}
