import { Context } from '@temporalio/activity';
import { z } from 'zod';
import { openItem, resolveItems } from '../../db/attention';
import {
  awaitsVerification,
  drawingsToRead,
  drawingsWithTwin,
  forgetDrawings,
  type KnownObject,
  knownObjects,
  markDrifted,
  resolveVerified,
  type Sighting,
  saveDrawings,
  saveSightings,
  settleUnseen,
  unverifiedObjects,
} from '../../db/look';
import { inTransaction } from '../../db/pool';
import { getCursor, moveCursor } from '../../db/staging';
import { keptEdits } from '../../db/track-edits';
import { textDifferences } from '../../mappings/pivot-cirkwi/compare-read-back';
import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import type { CirkwiEntry } from '../../platforms/cirkwi/client';
import { callContext } from '../call-context';
import { inFlight } from '../in-flight';
import type { FindPivotCirkwi, PivotCirkwiContext } from './context';
import { lookAtTrack } from './look-at-track';
import { MAX_TRACK_BYTES, readTrackFile } from './track-file';

/** Entries of Cirkwi's feed that one attempt looks at. */
const ROWS = 50;
/** How far before the last look the next one begins: clocks differ, and entries may show up late (assumed). */
const OVERLAP_S = 600;

const watchSchema = z.object({ since: z.number() }).nullable();

export interface LookInput {
  sync: string;
  runId: number | null;
  kind: 'circuit' | 'poi';
  /** `changes`: what Cirkwi says was changed since the last look; `all`: every object of the account. */
  scope: 'changes' | 'all';
  first: number;
  /** When this look began, in milliseconds since 1970. */
  startedAt: number;
}

/** Looking at what Cirkwi shows: whether it imported what we published, and what people edited there. */
export function createLookActivities(find: FindPivotCirkwi) {
  return {
    /** One page of a look. Each edited track is kept before anything else can happen to it. */
    async lookAtCirkwi(input: LookInput): Promise<{ next: number | null; edits: number }> {
      const context = find(input.sync);
      const changedSince = input.scope === 'changes' ? await sinceOf(context) : undefined;
      const { kind, first } = input;
      const listing = await context.target.list(
        { kind, first, rows: ROWS, ...(changedSince === undefined ? {} : { changedSince }) },
        callContext(),
      );
      const known = await ownedObjects(context, input, listing.entries);
      let edits = 0;
      const sightings: Sighting[] = [];
      await inFlight(context.targetInFlight, [...known], async ([id, object]) => {
        const entry = listing.entries.find((one) => one.id === id);
        if (entry === undefined) return;
        const seen = await lookAtOne(context, entry, object);
        if (seen.sighting !== null) sightings.push(seen.sighting);
        edits += seen.edits;
        Context.current().heartbeat();
      });
      await saveSightings(context.pool, input.sync, sightings);
      if (kind === 'circuit') await lookAtDrawings(context, listing.entries, known);
      const next = first + listing.entries.length;
      return { next: listing.entries.length > 0 && next < listing.total ? next : null, edits };
    },

    /** The next watch begins where this one did: what was changed during it is seen again. */
    async closeWatch(input: { sync: string; startedAt: number }): Promise<{ records: string[] }> {
      const context = find(input.sync);
      await moveCursor(context.pool, input.sync, 'watch', {
        since: Math.floor(input.startedAt / 1_000) - OVERLAP_S,
      });
      await resolveItems(context.pool, input.sync, null, { reasons: [OfferReason.trackLookFailed] });
      return { records: await keptEdits(context.pool, input.sync) };
    },

    /** After a look at everything: what is gone, what is not shown though it should be, drawings that have served. */
    async closeLook(input: { sync: string; runId: number | null; startedAt: number }): Promise<void> {
      const context = find(input.sync);
      const { pool, slug } = context;
      const since = new Date(input.startedAt).toISOString();
      const drawings = await context.target.listIds('circuit', callContext());
      await inTransaction(pool, async (tx) => {
        await settleUnseen(tx, slug, since);
        await resolveVerified(tx, slug, [OfferReason.notVerified]);
        for (const late of await unverifiedObjects(tx, slug, context.policies.verifyWithin))
          await openItem(tx, slug, input.runId, {
            recordId: late.code,
            reason: OfferReason.notVerified,
            detail: { publishedAt: late.publishedAt, state: late.state },
            severity: 'action',
          });
        for (const id of await forgetDrawings(tx, slug, drawings)) await resolveDrawing(tx, slug, id);
        for (const twin of await drawingsWithTwin(tx, slug))
          await openItem(tx, slug, input.runId, {
            recordId: null,
            reason: OfferReason.drawingLeftOver,
            place: `circuit ${twin.cirkwiId}`,
            detail: { cirkwiId: twin.cirkwiId, offer: twin.code },
            severity: 'info',
          });
      });
    },

    /** A look of a run came to nothing: what was published stands, what was edited in Cirkwi is not known. */
    async tellLookFailed(input: { sync: string; runId: number; failure: string }): Promise<void> {
      const { pool, slug } = find(input.sync);
      await openItem(pool, slug, input.runId, {
        recordId: null,
        reason: OfferReason.trackLookFailed,
        place: 'run',
        detail: { failure: input.failure },
        severity: 'action',
      });
    },

    /** Whether a run has anything to look for in Cirkwi. */
    async hasToConfirm(input: { sync: string }): Promise<boolean> {
      return awaitsVerification(find(input.sync).pool, input.sync);
    },
  };
}

async function resolveDrawing(tx: Parameters<typeof resolveItems>[0], sync: string, id: string) {
  await resolveItems(tx, sync, null, {
    reasons: [OfferReason.drawingLeftOver],
    place: `circuit ${id}`,
  });
}

async function sinceOf(context: PivotCirkwiContext): Promise<number | undefined> {
  return watchSchema.parse(await getCursor(context.pool, context.slug, 'watch'))?.since;
}

/** The objects of ours among the entries; two entries that claim one object are left alone, and a person is told. */
async function ownedObjects(
  context: PivotCirkwiContext,
  input: LookInput,
  entries: CirkwiEntry[],
): Promise<Map<string, KnownObject>> {
  const known = await knownObjects(
    context.pool,
    input.sync,
    entries.map(({ id, codeCgt, privateTags }) => ({ id, codeCgt, privateTags })),
  );
  const claims = new Map<string, KnownObject[]>();
  for (const object of known) claims.set(object.code, [...(claims.get(object.code) ?? []), object]);
  const owned = new Map<string, KnownObject>();
  for (const [code, objects] of claims) {
    const [first] = objects;
    if (objects.length === 1 && first !== undefined) {
      owned.set(first.cirkwiId, first);
      continue;
    }
    await openItem(context.pool, input.sync, input.runId, {
      recordId: code,
      reason: OfferReason.identityAmbiguous,
      detail: { cirkwiIds: objects.map((object) => object.cirkwiId) },
      severity: 'action',
    });
  }
  return owned;
}

async function lookAtOne(
  context: PivotCirkwiContext,
  entry: CirkwiEntry,
  object: KnownObject,
): Promise<{ sighting: Sighting | null; edits: number }> {
  if (object.publishedHash === null) return { sighting: null, edits: 0 }; // withdrawn, and not yet deleted there
  const changed = entry.modifiedAt === null || entry.modifiedAt !== object.comparedAt || !object.verified;
  const track = changed ? await lookAtTrack(context, entry, object) : 'ours';
  const differing = textDifferences(object.fields, entry.texts);
  await tellEditedTexts(context, object, differing);
  const shows = differing.length === 0 && track === 'ours' ? 'published' : 'something-else';
  if (shows === 'something-else' && object.verified && context.policies.delivery === 'push')
    await markDrifted(context.pool, context.slug, [object.code]);
  return {
    sighting: {
      code: object.code,
      cirkwiId: entry.id,
      shows,
      modifiedAt: entry.modifiedAt,
      publishedHash: object.publishedHash,
    },
    edits: track === 'edited' ? 1 : 0,
  };
}

/** Only what was seen as published before can have been edited since: the rest waits for Cirkwi's next import. */
async function tellEditedTexts(
  context: PivotCirkwiContext,
  object: KnownObject,
  differing: string[],
): Promise<void> {
  const reason = OfferReason.editedInCirkwi;
  if (differing.length === 0) {
    await resolveItems(context.pool, context.slug, object.code, { reasons: [reason] });
    return;
  }
  if (!object.verified) return;
  await openItem(context.pool, context.slug, null, {
    recordId: object.code,
    reason,
    detail: { fields: differing },
    severity: 'info',
  });
}

/** Circuits that people drew in Cirkwi are read, and nothing else ever happens to them. */
async function lookAtDrawings(
  context: PivotCirkwiContext,
  entries: CirkwiEntry[],
  owned: ReadonlyMap<string, KnownObject>,
): Promise<void> {
  const drawn = entries
    .filter((entry) => !owned.has(entry.id) && entry.trackUrl !== null)
    .map(({ id, modifiedAt }) => ({ cirkwiId: id, modifiedAt }));
  const toRead = new Set(await drawingsToRead(context.pool, context.slug, drawn));
  await inFlight(
    context.targetInFlight,
    drawn.filter(({ cirkwiId }) => toRead.has(cirkwiId)),
    async ({ cirkwiId, modifiedAt }) => {
      const bytes = await context.target.fetchTrack(cirkwiId, { maxBytes: MAX_TRACK_BYTES }, callContext());
      const read = bytes === null ? null : readTrackFile(bytes);
      const lineHash = read?.ok === true ? read.body.lineHash : null;
      await saveDrawings(context.pool, context.slug, [{ cirkwiId, modifiedAt, lineHash }]);
      Context.current().heartbeat();
    },
  );
}
