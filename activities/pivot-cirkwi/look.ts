import { Context } from '@temporalio/activity';
import { z } from 'zod';
import { openItem, resolveItems } from '../../db/attention';
import {
  awaitsVerification,
  type KnownObject,
  latestChange,
  markDrifted,
  resolveForRecords,
  resolveNotFoundAgain,
  resolveVerified,
  saveSightings,
  settleUnseen,
  unverifiedObjects,
} from '../../db/look';
import { inTransaction } from '../../db/pool';
import { getCursor, moveCursor } from '../../db/staging';
import { editsDue, markUndone } from '../../db/track-edits';
import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import type { CirkwiEntry } from '../../platforms/cirkwi/client';
import { callContext } from '../call-context';
import { inFlight } from '../in-flight';
import type { FindPivotCirkwi, PivotCirkwiContext } from './context';
import { lookAtDrawings, remindOfDrawings } from './look-at-drawings';
import { lookAtEntry, type SeenEntry } from './look-at-entry';
import { isOfThisTrackAlone, tellUnusable } from './look-at-track';
import { ownEntries } from './own-entries';
import { TRACK_ITEMS } from './return-decision';

/** Entries of Cirkwi's feed that one attempt looks at. */
const ROWS = 50;
/** Rows seen again by the next page: what is deleted between two pages moves the others forward. */
const ROWS_AGAIN = 5;
/** How far before the latest change that was seen the next watch begins: entries may show up late (assumed). */
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
  /** Of `changes`: where the first page of this look began, so that its pages are of one list. */
  since?: number | null;
}

export interface LookedPage {
  next: number | null;
  /** Edited tracks that were not known before. */
  edits: number;
  /** Seconds since 1970; null for everything. */
  since: number | null;
}

/** Looking at what Cirkwi shows: whether it imported what we published, and what people edited there. */
export function createLookActivities(find: FindPivotCirkwi) {
  return {
    /** One page of a look. Each edited track is kept before anything else can happen to it. */
    async lookAtCirkwi(input: LookInput): Promise<LookedPage> {
      const context = find(input.sync);
      const { kind, first } = input;
      const since = input.scope === 'all' ? null : await sinceOf(context, input);
      const listing = await context.target.list(
        { kind, first, rows: ROWS, ...(since === null ? {} : { changedSince: since }) },
        callContext(),
      );
      const { owned, claiming } = await ownEntries(context, input, listing.entries);
      const seen = await lookAtEntries(context, listing.entries, owned);
      await noteSeen(context, input, seen);
      // a drawing is in no danger: the last look before an import has no time for it
      if (kind === 'circuit' && input.scope === 'all')
        await lookAtDrawings(context, listing.entries, claiming);
      const { length } = listing.entries;
      const end = first + length;
      const more = length > 0 && end < listing.total;
      return {
        next: more ? Math.max(first + 1, end - ROWS_AGAIN) : null,
        edits: seen.filter(({ track }) => track?.shows === 'edited' && track.isNew).length,
        since,
      };
    },

    /** The next watch begins where this one did, by Cirkwi's clock: what was changed during it is seen again. */
    async closeWatch(input: { sync: string; startedAt: number }): Promise<{ records: string[] }> {
      const { pool, slug } = find(input.sync);
      const began = Math.floor(input.startedAt / 1_000);
      const since = Math.min(began, (await latestChange(pool, slug)) ?? began) - OVERLAP_S;
      await moveCursor(pool, slug, 'watch', { since });
      await resolveItems(pool, slug, null, { reasons: [OfferReason.trackLookFailed] });
      return { records: await editsDue(pool, slug, TRACK_ITEMS) };
    },

    /** After a look at everything: what is gone, what is not shown though it should be, drawings that have served. */
    async closeLook(input: { sync: string; runId: number | null; startedAt: number }): Promise<void> {
      const context = find(input.sync);
      const { pool, slug } = context;
      const since = new Date(input.startedAt).toISOString();
      const seenIds = await context.target.listIds('circuit', callContext());
      await inTransaction(pool, async (tx) => {
        const missing = await settleUnseen(tx, slug, since);
        // no import puts back what was handed over object by object
        if (context.policies.delivery === 'push') await markDrifted(tx, slug, missing);
        await resolveVerified(tx, slug, [OfferReason.notVerified]);
        await resolveNotFoundAgain(tx, slug, OfferReason.identityAmbiguous, since);
        for (const late of await unverifiedObjects(tx, slug, context.policies.verifyWithin))
          await openItem(tx, slug, input.runId, {
            recordId: late.code,
            reason: OfferReason.notVerified,
            detail: { publishedAt: late.publishedAt, state: late.state },
            severity: 'action',
          });
        await remindOfDrawings(tx, slug, { runId: input.runId, seenIds });
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

async function sinceOf({ pool, slug }: PivotCirkwiContext, { since }: LookInput): Promise<number | null> {
  if (since !== undefined) return since;
  return watchSchema.parse(await getCursor(pool, slug, 'watch'))?.since ?? null;
}

/** One track that cannot be had stops no other; when none can be had, it is not the tracks. */
async function lookAtEntries(
  context: PivotCirkwiContext,
  entries: readonly CirkwiEntry[],
  owned: ReadonlyMap<string, KnownObject>,
): Promise<SeenEntry[]> {
  const ours = entries.flatMap((entry) => {
    const object = owned.get(entry.id);
    return object === undefined ? [] : [{ entry, object }];
  });
  const seen: SeenEntry[] = [];
  const failed: Array<{ entry: CirkwiEntry; object: KnownObject; error: Error }> = [];
  await inFlight(context.targetInFlight, ours, async ({ entry, object }) => {
    try {
      seen.push(await lookAtEntry(context, entry, object));
    } catch (error) {
      if (!isOfThisTrackAlone(error)) throw error;
      failed.push({ entry, object, error });
    }
    Context.current().heartbeat();
  });
  const [first, second] = failed;
  if (first !== undefined && second !== undefined && !seen.some(({ track }) => track !== null))
    throw first.error;
  for (const { entry, object, error } of failed) await tellUnusable(context, object, entry, error.message);
  return seen;
}

async function noteSeen(context: PivotCirkwiContext, input: LookInput, seen: SeenEntry[]): Promise<void> {
  const { pool, slug } = context;
  const codes = (wanted: (one: SeenEntry) => boolean) =>
    seen.filter(wanted).map(({ sighting }) => sighting.code);
  const since = new Date(input.startedAt).toISOString();
  await saveSightings(
    pool,
    slug,
    since,
    seen.map(({ sighting }) => sighting),
  );
  await markUndone(
    pool,
    slug,
    codes(({ track }) => track?.shows === 'ours' || track?.shows === 'earlier'),
  );
  const edited = { reason: OfferReason.editedInCirkwi, place: '' };
  await resolveForRecords(
    pool,
    slug,
    edited,
    codes(({ hasOurTexts }) => hasOurTexts),
  );
  const unusable = { reason: OfferReason.trackRefused, place: 'Cirkwi' };
  const readable = codes(({ track }) => track !== null && track.shows !== 'none');
  await resolveForRecords(pool, slug, unusable, readable);
}
