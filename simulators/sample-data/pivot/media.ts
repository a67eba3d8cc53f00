import type { GpxRecipe } from '../../pivot/gpx-recipe';
import type { PivotOffer, PivotRelation } from '../../pivot/offer';
import { FIELD, LINK, MEDIA_KIND } from '../../pivot/urns';
import type { OfferSlot } from './slots';

/** Offers that share one photo. */
const OFFERS_PER_PHOTO = 4;
const MADE_AT = '2025-11-03T10:00:00+01:00';

export interface SampleMedia {
  media: PivotOffer[];
  links: PivotRelation[];
}

/** Photos are shared, as in a picture library; only the first of the sharers brings the record. */
export function photosOf({ position }: OfferSlot): SampleMedia {
  const number = Math.floor(position / OFFERS_PER_PHOTO);
  const code = mediaCode('P', number);
  const link = { urn: LINK.defaultMedia, offre: { codeCgt: code } };
  return { media: position % OFFERS_PER_PHOTO === 0 ? [photo(code, number)] : [], links: [link] };
}

function photo(code: string, number: number): PivotOffer {
  return {
    codeCgt: code,
    dateCreation: MADE_AT,
    dateModification: MADE_AT,
    nom: `Vue ${number + 1}`,
    estActive: 30,
    visibilite: 30,
    typeOffre: { idTypeOffre: 268 },
    spec: [
      { urn: FIELD.mediaKind, type: 'Choice', value: MEDIA_KIND.photo },
      { urn: FIELD.mediaUrl, type: 'URL', value: `{base}/img/${code}` },
      ...(number % 5 === 4
        ? []
        : [{ urn: FIELD.credit, type: 'String', value: '© Photothèque imaginée / A. Exemple' }]),
    ],
  };
}

const FLAWS = ['cut-off', 'not-a-number', 'out-of-range', 'entity', 'web-page'] as const;

/** The track of an itinerary, or what it has in place of one. */
export function tracksOf(
  slot: OfferSlot,
  start: { lat: number; lon: number },
): SampleMedia & { points: number } {
  const { special, rank, random } = slot;
  const points = special === 'longTrack' ? 3000 + 1500 * (rank % 4) : 60 + random.below(180);
  const recipe: GpxRecipe = { points, seed: random.below(2 ** 31), ...start, ...recipeFor(slot) };
  if (special === 'noTrack') return { media: [], links: [], points };
  // The second of a sharing pair stands right behind the first.
  if (special === 'sharedTrack' && rank % 2 === 0)
    return { media: [], links: [trackLink(mediaCode('G', rank - 1))], points };
  const own = track(mediaCode('G', rank), recipe);
  if (special !== 'twoTracks') return { media: [own], links: [trackLink(own.codeCgt)], points };
  const second = track(mediaCode('H', rank), { ...recipe, seed: recipe.seed + 1 });
  return { media: [own, second], links: [trackLink(own.codeCgt), trackLink(second.codeCgt)], points };
}

function recipeFor({ special, rank }: OfferSlot): Partial<GpxRecipe> {
  switch (special) {
    case 'severalSegments':
      return rank % 2 === 0 ? { segments: 4 } : { segments: 1, tracks: 3 };
    case 'longTrack':
      return rank % 2 === 0 ? {} : { segments: 3 };
    case 'route':
      return { shape: 'route' };
    case 'noElevation':
      return { elevation: 'without' };
    case 'byteOrderMark':
      return { bom: true };
    case 'gpx10':
      return { version: '1.0' };
    case 'brokenTrack':
      return { flaw: FLAWS[(rank + Math.floor(rank / 7)) % FLAWS.length] ?? 'cut-off' };
    default:
      return {};
  }
}

function track(code: string, recipe: GpxRecipe): PivotOffer {
  return {
    codeCgt: code,
    dateCreation: MADE_AT,
    dateModification: MADE_AT,
    nom: `Trace ${code}`,
    estActive: 30,
    visibilite: 30,
    typeOffre: { idTypeOffre: 268 },
    spec: [
      { urn: FIELD.mediaKind, type: 'Choice', value: MEDIA_KIND.gpx },
      { urn: FIELD.mediaUrl, type: 'URL', value: `{base}/medias/${code}/${code}.gpx` },
    ],
    file: { recipe },
  };
}

function trackLink(code: string): PivotRelation {
  return { urn: LINK.otherMedia, offre: { codeCgt: code } };
}

export function mediaCode(letter: 'G' | 'H' | 'P', number: number): string {
  return `ANX-0A-${letter}${number.toString(36).toUpperCase().padStart(5, '0')}`;
}
