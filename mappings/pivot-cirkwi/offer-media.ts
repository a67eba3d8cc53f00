import { LANGUAGES, type Offer, type OfferMedia } from './offer';

/**
 * The tracks of an offer in a fixed order, since PIVOT promises none: the default media first, then by code. The first
 * one is published; more than one is `several-tracks`.
 */
export function tracksOf(offer: Pick<Offer, 'media'>): OfferMedia[] {
  return inOrder(offer.media.filter((media) => media.kind === 'gpx'));
}

/** Its photos in the same order. */
export function photosOf(offer: Pick<Offer, 'media'>): OfferMedia[] {
  return inOrder(offer.media.filter((media) => media.kind === 'photo'));
}

function inOrder(media: OfferMedia[]): OfferMedia[] {
  const keyed = media.map((one) => ({ one, key: sortKey(one) }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ one }) => one);
}

/** What follows the code only settles two mentions of one media: the order must not depend on how they came. */
function sortKey({ relation, code, url, modifiedAt, credit, caption }: OfferMedia): string {
  const captions = LANGUAGES.map((language) => caption[language]);
  return JSON.stringify([relation === 'default' ? 0 : 1, code, url, modifiedAt, credit, captions]);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1; // not localeCompare: the same on every machine
}
