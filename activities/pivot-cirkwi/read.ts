import { Context } from '@temporalio/activity';
import { z } from 'zod';
import { openItem } from '../../db/attention';
import {
  joinUnapplied,
  markAcknowledged,
  markApplied,
  type StoredChange,
  storeAnswer,
} from '../../db/change-answers';
import { withEntityLock } from '../../db/entity-lock';
import {
  countToRead,
  isInQuery,
  markOfferDeleted,
  markUnseenLeft,
  type OfferRow,
  offersToRead,
  stageOffers,
  vanishedOffers,
} from '../../db/offers';
import { inTransaction } from '../../db/pool';
import { getCursor, moveCursor } from '../../db/staging';
import { canonicalHash } from '../../mappings/canonical-hash';
import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import type { OfferPage, ReadOffer } from '../../platforms/pivot/client';
import { callContext } from '../call-context';
import { inFlight } from '../in-flight';
import { compareAllCodes } from './compare-codes';
import type { FindPivotCirkwi, PivotCirkwiContext } from './context';

/** Pages one attempt reads before it hands over; each is staged with its place, so nothing is read twice. */
const PAGES_PER_ATTEMPT = 10;
/** Single offers that one attempt asks for, one call each. */
const OFFERS_PER_ATTEMPT = 100;
/** With more changes than this, reading everything by pages asks PIVOT for less. */
const MOST_SINGLE_READS = 1_000;

const readingSchema = z.object({
  token: z.string().nullable(),
  page: z.number(),
  pages: z.number().nullable(),
  read: z.number(),
  restarts: z.number().default(0),
  done: z.boolean(),
});
type Reading = z.infer<typeof readingSchema>;

/** How often one reading may start again because PIVOT forgot its pages. */
const MOST_RESTARTS = 5;

/** Reading PIVOT: what changed, everything, or one offer; always into Postgres first. */
export function createPivotReadActivities(find: FindPivotCirkwi) {
  return {
    /**
     * Takes PIVOT's change list and stores it before anything is done with it. `resync`: the list is too long for single
     * reads, or PIVOT lost what it knew of us and lists everything as new, which says nothing: read everything instead.
     */
    async takeChanges(input: {
      sync: string;
      runId: number;
    }): Promise<{ answerId: number; toRead: number; resync: boolean }> {
      const context = find(input.sync);
      // one consumer at a time: a second call in between would acknowledge what the first never saw
      return withEntityLock(context.pool, changeList(context), async () => {
        const items = await listChanges(context);
        const answerId = await inTransaction(context.pool, async (tx) => {
          const id = await storeAnswer(tx, input.sync, items);
          await joinUnapplied(tx, input.sync, id);
          return id;
        });
        const toRead = await countToRead(context.pool, input.sync, answerId);
        return { answerId, toRead, resync: toRead > MOST_SINGLE_READS };
      });
    },

    /** Reads the offers of a stored change list one by one, in the order of their codes. */
    async readChanged(input: {
      sync: string;
      runId: number;
      answerId: number;
      after: string;
    }): Promise<{ after: string | null; read: number }> {
      const context = find(input.sync);
      const lines = await offersToRead(context.pool, input.sync, { ...input, limit: OFFERS_PER_ATTEMPT });
      await inFlight(context.sourceInFlight, lines, async ({ code, left }) => {
        await stageOne(context, code, input.runId, left ? 'left-query' : 'in-query');
        Context.current().heartbeat();
      });
      const last = lines.at(-1);
      const more = lines.length === OFFERS_PER_ATTEMPT && last !== undefined;
      return { after: more ? last.code : null, read: lines.length };
    },

    /** Everything that the list told is staged: PIVOT may forget it. A lost reply is harmless: the list comes again. */
    async acknowledgeChanges(input: { sync: string; answerId: number }): Promise<void> {
      const context = find(input.sync);
      await withEntityLock(context.pool, changeList(context), async () => {
        await markApplied(context.pool, input.answerId);
        if (context.policies.changeFeed === 'diff')
          await context.source.ack(context.configuration.query, callContext());
        await markAcknowledged(context.pool, input.sync, input.answerId);
      });
    },

    /** Reads on from where the run's full reading stands, by a query of our own that leaves the change list alone. */
    async readOfferPages(input: { sync: string; runId: number }): Promise<{ read: number; done: boolean }> {
      const context = find(input.sync);
      const name = `reading/${input.runId}`;
      const stored = await getCursor(context.pool, context.slug, name);
      let reading = stored === null ? newReading() : readingSchema.parse(stored);
      for (let page = 0; page < PAGES_PER_ATTEMPT && !reading.done; page += 1) {
        reading = await readOnePage(context, name, input.runId, reading);
        Context.current().heartbeat({ read: reading.read });
      }
      return { read: reading.read, done: reading.done };
    },

    /**
     * Offers that Cirkwi is offered and that a complete read did not contain are asked for one by one. With more of them
     * missing than the guard allows, nothing is marked: `tooMany` (promise 4). `more`: call again.
     */
    async confirmVanishedOffers(input: {
      sync: string;
      runId: number;
      allowed?: number;
    }): Promise<{ tooMany: boolean; missing: number; known: number; more: boolean }> {
      const context = find(input.sync);
      const { codes, known } = await vanishedOffers(context.pool, input.sync, input.runId);
      const { maxVanishedShare, ignoreBelow } = context.policies.guard;
      if (codes.length > (input.allowed ?? ignoreBelow) && codes.length > known * maxVanishedShare)
        return { tooMany: true, missing: codes.length, known, more: false };
      await markUnseenLeft(context.pool, input.sync, input.runId);
      const page = codes.slice(0, OFFERS_PER_ATTEMPT);
      await inFlight(context.sourceInFlight, page, async (code) => {
        await stageOne(context, code, input.runId, 'left-query');
        Context.current().heartbeat();
      });
      return { tooMany: false, missing: codes.length, known, more: codes.length > OFFERS_PER_ATTEMPT };
    },

    /** Reads one offer now and stages what PIVOT says. Answers its code as PIVOT writes it, null when there is none. */
    async readOffer(input: {
      sync: string;
      recordId: string;
      runId: number | null;
    }): Promise<{ code: string | null }> {
      return { code: await stageOne(find(input.sync), input.recordId, input.runId, 'as-known') };
    },
  };
}

function changeList(context: PivotCirkwiContext) {
  return { sync: context.sourceAccount, kind: 'change-list', key: context.configuration.query };
}

function listChanges(context: PivotCirkwiContext): Promise<StoredChange[]> {
  if (context.policies.changeFeed === 'compare') return compareAllCodes(context);
  return context.source.diff(context.configuration.query, callContext());
}

/**
 * Stages one offer as PIVOT has it now. Answers its code as PIVOT writes it: people may write it in another case. Null
 * when PIVOT has no such offer. `as-known`: one read says nothing about the query, only lists and full reads do.
 */
export async function stageOne(
  context: PivotCirkwiContext,
  code: string,
  runId: number | null,
  standing: OfferRow['standing'] | 'as-known',
): Promise<string | null> {
  const { pool, slug } = context;
  const read = await context.source.getOffer(code, callContext());
  if (read === null) {
    await markOfferDeleted(pool, slug, code);
    return null;
  }
  const known = standing === 'as-known' ? await isInQuery(pool, slug, code) : standing === 'in-query';
  const rows = toRows([read], known ? 'in-query' : 'left-query');
  await stageOffers(pool, slug, runId, rows);
  return rows[0]?.code ?? null;
}

function newReading(): Reading {
  return { token: null, page: 0, pages: null, read: 0, restarts: 0, done: false };
}

async function readOnePage(
  context: PivotCirkwiContext,
  name: string,
  runId: number,
  reading: Reading,
): Promise<Reading> {
  const page = await fetchPage(context, reading);
  if (page === 'pages-forgotten')
    return restart(context, name, reading, 'PIVOT forgot the pages of its answer');
  const next: Reading = {
    token: page.token,
    page: page.page,
    pages: page.pages,
    read: reading.read + page.offers.length,
    restarts: reading.restarts,
    done: page.page >= page.pages,
  };
  // an answer that is shorter than PIVOT's own count of it is a partial read: it must not look complete
  if (next.done && next.read < page.total)
    return restart(context, name, reading, `PIVOT's pages held ${next.read} of ${page.total} offers`);
  await inTransaction(context.pool, async (tx) => {
    await stageOffers(tx, context.slug, runId, toRows(page.offers, 'in-query'));
    if (page.offers.some((read) => read.kind === 'unreadable' && read.code === null))
      await openItem(tx, context.slug, runId, {
        recordId: null,
        reason: OfferReason.unreadableRecord,
        place: 'offer without a code',
        severity: 'action',
      });
    await moveCursor(tx, context.slug, name, next);
  });
  return next;
}

/** The full read begins again with pages of its own; after some times it is given up, and nothing was withdrawn. */
async function restart(
  context: PivotCirkwiContext,
  name: string,
  reading: Reading,
  why: string,
): Promise<Reading> {
  if (reading.restarts >= MOST_RESTARTS)
    throw new PlatformFailure(
      FailureKind.defect,
      `${why}, ${MOST_RESTARTS + 1} times: the full read is taken for partial and nothing is withdrawn`,
      { platform: 'pivot', operation: 'POST /query/paginated' },
    );
  const restarted = { ...newReading(), restarts: reading.restarts + 1 };
  await moveCursor(context.pool, context.slug, name, restarted);
  return restarted;
}

async function fetchPage(
  context: PivotCirkwiContext,
  reading: Reading,
): Promise<OfferPage | 'pages-forgotten'> {
  const call = callContext();
  try {
    if (reading.token === null)
      return await context.source.firstPage(
        { queryId: context.configuration.query, content: 3, perPage: context.readPageSize },
        call,
      );
    return await context.source.page({ token: reading.token, page: reading.page + 1, content: 3 }, call);
  } catch (error) {
    const forgotten =
      error instanceof PlatformFailure &&
      error.kind === FailureKind.conflict &&
      error.detail.code === 'CCM006' &&
      reading.token !== null;
    if (forgotten) return 'pages-forgotten';
    throw error;
  }
}

function toRows(reads: ReadOffer[], standing: OfferRow['standing']): OfferRow[] {
  return reads.flatMap((read): OfferRow[] => {
    if (read.kind === 'offer') {
      const { offer } = read;
      return [{ code: offer.code, bodyHash: canonicalHash(offer), offer, unreadable: null, standing }];
    }
    if (read.code === null) return [];
    const bodyHash = canonicalHash(read.problems);
    return [{ code: read.code, bodyHash, offer: null, unreadable: read.problems, standing }];
  });
}
