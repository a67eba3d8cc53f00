import { gpxFromRecipe } from './gpx-recipe';
import { MEDIA_TYPE, type PivotFile, type PivotOffer } from './offer';
import { isTrackMedia } from './offer-form';
import { LINK, MEDIA_KIND } from './urns';
import type { PivotWorld } from './world';

/** Kind of media by the ending of a file's name. */
export const MEDIA_EXTENSION: ReadonlyMap<string, string> = new Map([
  ['gpx', MEDIA_KIND.gpx],
  ['jpg', MEDIA_KIND.photo],
  ['png', MEDIA_KIND.photo],
  ['gif', MEDIA_KIND.photo],
  ['pdf', MEDIA_KIND.doc],
  ['kml', MEDIA_KIND.doc],
]);

/** A grey point: every photo looks like this. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);
/** What the picture service shows for a media that is no photo, and for an offer without one. */
export const PICTOGRAM = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==',
  'base64',
);

/** The bytes of a media's file. A photo without one shows the same grey point; anything else without one has none. */
export function mediaBytes(media: PivotOffer): Buffer | null {
  const { file } = media;
  if (file !== undefined) return bytesOf(file);
  return isTrackMedia(media) ? null : PHOTO;
}

export function bytesOf(file: PivotFile): Buffer {
  if (typeof file === 'string') return Buffer.from(file);
  return 'base64' in file ? Buffer.from(file.base64, 'base64') : Buffer.from(gpxFromRecipe(file.recipe));
}

/** A media, or the default photo of another offer; null when there is neither. */
export function mediaOf(world: PivotWorld, code: string): PivotOffer | null {
  const offer = world.offers.get(code);
  if (!offer || offer.typeOffre.idTypeOffre === MEDIA_TYPE) return offer ?? null;
  const link = offer.relOffre?.find((each) => each.urn === LINK.defaultMedia);
  return (link && world.offers.get(link.offre.codeCgt)) ?? null;
}

/** How many relations of an offer lead to a track. */
export function trackRelations(world: PivotWorld, offer: PivotOffer): number {
  const tracks = (offer.relOffre ?? []).flatMap(({ offre }) => {
    const target = world.offers.get(offre.codeCgt);
    return target && isTrackMedia(target) ? target : [];
  });
  return tracks.length;
}
