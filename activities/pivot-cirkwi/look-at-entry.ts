import { openItem } from '../../db/attention';
import { type KnownObject, markDrifted, type Sighting } from '../../db/look';
import { textDifferences } from '../../mappings/pivot-cirkwi/compare-read-back';
import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import type { CirkwiEntry } from '../../platforms/cirkwi/client';
import type { PivotCirkwiContext } from './context';
import { lookAtTrack, type SeenTrack } from './look-at-track';

/** Times in Cirkwi are whole seconds: within so many of the last change another one may bear the same time (assumed). */
const SETTLED_AFTER_S = 3;

export interface SeenEntry {
  sighting: Sighting;
  /** Null when nothing has changed since the track was compared. */
  track: SeenTrack | null;
  /** The texts are as published. */
  hasOurTexts: boolean;
}

/** Compares one object of ours with what Cirkwi shows of it; an edited track is kept before this answers. */
export async function lookAtEntry(
  context: PivotCirkwiContext,
  entry: CirkwiEntry,
  object: KnownObject,
): Promise<SeenEntry> {
  const differing = object.publishedHash === null ? [] : textDifferences(object.fields, entry.texts);
  const isAsCompared = entry.modifiedAt !== null && entry.modifiedAt === object.comparedAt;
  // what Cirkwi has not imported yet, as its texts tell, cannot have become ours since
  const isKnown = isAsCompared && (object.verified || differing.length > 0 || object.publishedHash === null);
  const track = isKnown ? null : await lookAtTrack(context, entry, object);
  await tellEditedTexts(context, object, differing);
  const isOurs = differing.length === 0 && (track === null ? object.verified : track.shows === 'ours');
  const shows = isOurs ? 'published' : 'something-else';
  if (!isOurs && object.verified && context.policies.delivery === 'push')
    await markDrifted(context.pool, context.slug, [object.code]);
  return {
    sighting: {
      code: object.code,
      cirkwiId: entry.id,
      shows,
      comparedAt: settledTime(entry.modifiedAt),
      publishedHash: object.publishedHash,
    },
    track,
    hasOurTexts: differing.length === 0,
  };
}

/** Null while an edit within the same second could still come: then the next look compares again. */
function settledTime(modifiedAt: number | null): number | null {
  if (modifiedAt === null) return null;
  return modifiedAt + SETTLED_AFTER_S < Date.now() / 1_000 ? modifiedAt : null;
}

/** Only what was seen as published before can have been edited since: the rest waits for Cirkwi's next import. */
async function tellEditedTexts(
  context: PivotCirkwiContext,
  object: KnownObject,
  differing: string[],
): Promise<void> {
  if (differing.length === 0 || !object.verified) return;
  await openItem(context.pool, context.slug, null, {
    recordId: object.code,
    reason: OfferReason.editedInCirkwi,
    detail: { fields: differing },
    severity: 'info',
  });
}
