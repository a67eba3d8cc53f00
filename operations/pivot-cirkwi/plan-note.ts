import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import type { Language } from '../../mappings/reason-types';

const NOTES = {
  shownNowhere: { fr: 'livrée, affichée nulle part', en: 'delivered, shown nowhere' },
  withoutFilter: { fr: 'livrée, sans le filtre', en: 'delivered, without the filter' },
  leftOut: { fr: 'cochée à moitié, non livrée', en: 'half ticked, not delivered' },
} as const satisfies Record<string, Record<Language, string>>;

const DELIVERED = ['created', 'updated', 'unchanged'];

/**
 * What a plan says of an offer that is only half ticked; null for the others. The tags alone decide where Cirkwi shows an
 * offer, so one with the filter alone is delivered for nobody to see (settled question 24).
 */
export function halfTickedNote(
  { outcome, reason }: { outcome: string; reason: string | null },
  language: Language,
): string | null {
  if (reason !== OfferReason.filterWithoutTag && reason !== OfferReason.tagWithoutFilter) return null;
  if (!DELIVERED.includes(outcome)) return NOTES.leftOut[language];
  const note = reason === OfferReason.filterWithoutTag ? NOTES.shownNowhere : NOTES.withoutFilter;
  return note[language];
}

/** Dates of the feed are seconds since 1970; people read them as dates. Null for every other field. */
export function dateText(field: string, value: unknown): string | null {
  if (!field.startsWith('date_') || typeof value !== 'number') return null;
  return new Date(value * 1_000).toISOString().replace('.000', '');
}
