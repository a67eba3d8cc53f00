import { Context } from '@temporalio/activity';
import { openItem } from '../../db/attention';
import {
  drawingsToRead,
  drawingsWithTwin,
  forgetDrawings,
  resolveOtherPlaces,
  saveDrawings,
} from '../../db/look';
import type { Queryable } from '../../db/pool';
import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import type { CirkwiEntry } from '../../platforms/cirkwi/client';
import { callContext } from '../call-context';
import { inFlight } from '../in-flight';
import type { PivotCirkwiContext } from './context';
import { isOfThisTrackAlone } from './look-at-track';
import { MAX_TRACK_BYTES, readTrackFile } from './track-file';

/**
 * Circuits that people drew in Cirkwi are read, and nothing else ever happens to them. One that bears somebody's code came
 * out of a feed, so nobody drew it. A drawing that cannot be had is asked for again by the next look.
 */
export async function lookAtDrawings(
  context: PivotCirkwiContext,
  entries: readonly CirkwiEntry[],
  claiming: ReadonlySet<string>,
): Promise<void> {
  const drawn = entries
    .filter((entry) => !claiming.has(entry.id) && entry.codeCgt === null && entry.trackUrl !== null)
    .map(({ id, modifiedAt }) => ({ cirkwiId: id, modifiedAt }));
  const toRead = new Set(await drawingsToRead(context.pool, context.slug, drawn));
  await inFlight(
    context.targetInFlight,
    drawn.filter(({ cirkwiId }) => toRead.has(cirkwiId)),
    async ({ cirkwiId, modifiedAt }) => {
      const lineHash = await lineOf(context, cirkwiId);
      if (lineHash !== 'unknown')
        await saveDrawings(context.pool, context.slug, [{ cirkwiId, modifiedAt, lineHash }]);
      Context.current().heartbeat();
    },
  );
}

async function lineOf(context: PivotCirkwiContext, id: string): Promise<string | null | 'unknown'> {
  try {
    const bytes = await context.target.fetchTrack(id, { maxBytes: MAX_TRACK_BYTES }, callContext());
    const read = bytes === null ? null : readTrackFile(bytes);
    return read?.ok === true ? read.body.lineHash : null;
  } catch (error) {
    if (isOfThisTrackAlone(error)) return 'unknown';
    throw error;
  }
}

/** Reminders to delete the drawings whose twin from PIVOT is published; those that need none any more are closed. */
export async function remindOfDrawings(
  tx: Queryable,
  sync: string,
  look: { runId: number | null; seenIds: string[] },
): Promise<void> {
  const reason = OfferReason.drawingLeftOver;
  await forgetDrawings(tx, sync, look.seenIds);
  const twins = await drawingsWithTwin(tx, sync);
  await resolveOtherPlaces(
    tx,
    sync,
    reason,
    twins.map(({ cirkwiId }) => placeOf(cirkwiId)),
  );
  for (const { cirkwiId, code } of twins)
    await openItem(tx, sync, look.runId, {
      recordId: null,
      reason,
      place: placeOf(cirkwiId),
      detail: { cirkwiId, offer: code },
      severity: 'info',
    });
}

function placeOf(cirkwiId: string): string {
  return `circuit ${cirkwiId}`;
}
