import type { PlatformSummary } from '../core/platform';
import { trackRelations } from './media';
import { MEDIA_TYPE } from './offer';
import { isTrackMedia } from './offer-form';
import type { PivotWorld } from './world';

/**
 * Counts what must never happen: two track media of one name, which is how a repeated track return would show, and an
 * offer to which a call gave more than one track and which still has them.
 */
export function pivotSummary(world: PivotWorld): PlatformSummary {
  const names = new Set<string>();
  let offers = 0;
  let repeated = 0;
  for (const offer of world.offers.all()) {
    if (offer.typeOffre.idTypeOffre !== MEDIA_TYPE) offers += 1;
    else if (isTrackMedia(offer) && offer.nom) {
      if (names.has(offer.nom)) repeated += 1;
      names.add(offer.nom);
    }
  }
  const several = [...world.severalTracks].filter((code) => {
    const offer = world.offers.get(code);
    return offer !== undefined && trackRelations(world, offer) > 1;
  });
  return { externalReferences: offers, duplicates: { media: repeated, offers: several.length } };
}
