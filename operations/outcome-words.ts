import type { Language } from '../mappings/reason-types';

const OUTCOMES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  created: { fr: 'créé', en: 'created' },
  updated: { fr: 'mis à jour', en: 'updated' },
  unchanged: { fr: 'inchangé', en: 'unchanged' },
  withdrawn: { fr: 'retiré', en: 'withdrawn' },
  skipped: { fr: 'hors périmètre', en: 'skipped' },
  waiting: { fr: 'en attente', en: 'waiting' },
  held: { fr: 'retenu', en: 'held' },
  refused: { fr: 'refusé', en: 'refused' },
  'not-yet': { fr: 'pas encore traité', en: 'not yet looked at' },
  completed: { fr: 'terminé', en: 'completed' },
  'completed-with-attention': { fr: 'terminé, attention requise', en: 'completed, needs attention' },
  planned: { fr: 'simulé', en: 'planned' },
  stopped: { fr: 'arrêté', en: 'stopped' },
  failed: { fr: 'échoué', en: 'failed' },
  cancelled: { fr: 'annulé', en: 'cancelled' },
};

/** The outcome of a record or of a run in plain words; one that this release does not know as it is. */
export function outcomeText(outcome: string | null, language: Language): string {
  return OUTCOMES[outcome ?? 'not-yet']?.[language] ?? outcome ?? '';
}

/** Postgres gives the keys of JSON back in an order of its own. */
const ORDER = Object.keys(OUTCOMES);

/** `120 unchanged, 3 held`: what there is, without the zeros. */
export function countsText(counts: Readonly<Record<string, number>>, language: Language): string {
  const parts = Object.entries(counts)
    .filter(([bucket, n]) => bucket !== 'read' && n > 0)
    .sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
    .map(([bucket, n]) => `${n} ${outcomeText(bucket, language)}`);
  return parts.join(', ') || '0';
}
