/** Slugs of the three syncs. */
export const SYNCS = { offers: 'itineraires', dossiers: 'salon-2027', crm: 'crm' } as const;

/** Mostly in step, a few of everything else; `null` for those that no pass has looked at. */
export const OUTCOME = (
  i: string,
): string => `case ${i} % 100 when 0 then 'held' when 1 then 'waiting' when 2 then 'refused' when 3 then 'withdrawn'
  when 4 then 'skipped' when 5 then 'created' when 6 then 'updated' when 7 then 'updated' when 8 then null else 'unchanged' end`;
export const REASON = (i: string): string =>
  `case ${i} % 100 when 0 then 'edited-in-cirkwi' when 1 then 'no-track' when 2 then 'refused-by-target' when 4 then 'not-publishable' end`;

/** Ids of the i-th record of each sync. */
export const OFFER_ID = (i: string): string => `'ITB-0A-' || lpad((${i})::text, 6, '0')`;
export const DOSSIER_ID = (i: string): string => `md5('dossier' || ${i})`;
