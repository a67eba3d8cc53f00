import { Context } from '@temporalio/activity';
import { z } from 'zod';
import { openItem, resolveItems } from '../../db/attention';
import { inTransaction, type Queryable } from '../../db/pool';
import {
  getCursor,
  markDeleted,
  moveCursor,
  type StagedRow,
  stageRecords,
  vanishedRecords,
} from '../../db/staging';
import { canonicalHash } from '../../mappings/canonical-hash';
import { contactKeyOf } from '../../mappings/planexpo-inwink/contact-key';
import { ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import type { OrderPage, ReadRow } from '../../platforms/planexpo/client';
import { planexpoRules } from '../../platforms/planexpo/rules';
import type { FindPlanexpoInwink, PlanexpoInwinkContext } from './context';

/** Pages one attempt reads before it hands over; each page is staged with its cursor, so nothing is read twice. */
const PAGES_PER_ATTEMPT = 20;
/** Missing dossiers that one attempt asks for, one call each. */
const VANISHED_PER_ATTEMPT = 100;

const sourceCursorSchema = z.object({ updatedAt: z.string() });
const readingSchema = z.object({
  cursor: z.string().nullable(),
  since: z.string().nullable(),
  lastSeen: z.string().nullable(),
  read: z.number(),
  /** Rows without an id: nothing can be said about them but that they are there. */
  nameless: z.number().default(0),
  done: z.boolean(),
});
type Reading = z.infer<typeof readingSchema>;

/** Reading Planexpo: pages into Postgres, one dossier on demand, and a second look at those that vanished. */
export function createReadActivities(find: FindPlanexpoInwink) {
  return {
    /** Reads on from where the run's reading stands. `done` when the source has no further page. */
    async readPages(input: {
      sync: string;
      runId: number;
      full: boolean;
    }): Promise<{ read: number; done: boolean }> {
      const context = find(input.sync);
      const name = `reading/${input.runId}`;
      let reading = await startReading(context, name, input.full);
      for (let page = 0; page < PAGES_PER_ATTEMPT && !reading.done; page += 1) {
        reading = await readOnePage(context, name, input.runId, reading);
        Context.current().heartbeat({ read: reading.read });
      }
      return { read: reading.read, done: reading.done };
    },

    /**
     * Dossiers that a complete read did not contain are asked for one by one; only a clear "gone" marks them deleted.
     * With more of them missing than the guard allows, nothing is marked: `tooMany` (promise 4). `more`: call again.
     */
    async confirmVanished(input: {
      sync: string;
      runId: number;
      /** This many may be missing: a person allowed it. */
      allowed?: number;
    }): Promise<{ tooMany: boolean; missing: number; known: number; more: boolean }> {
      const context = find(input.sync);
      const { ids, known } = await vanishedRecords(context.pool, input.sync, input.runId);
      const { maxVanishedShare, ignoreBelow } = context.policies.guard;
      if (ids.length > (input.allowed ?? ignoreBelow) && ids.length > known * maxVanishedShare) {
        return { tooMany: true, missing: ids.length, known, more: false };
      }
      for (const id of ids.slice(0, VANISHED_PER_ATTEMPT)) {
        Context.current().heartbeat();
        if ((await stageOne(context, id, input.runId)) === false)
          await markDeleted(context.pool, input.sync, [id]);
      }
      return { tooMany: false, missing: ids.length, known, more: ids.length > VANISHED_PER_ATTEMPT };
    },

    /** Reads one dossier now, with its embedded co-exhibitors, and stages what it finds. */
    async readDossier(input: {
      sync: string;
      recordId: string;
      runId: number | null;
    }): Promise<{ found: boolean; version: number | null }> {
      const context = find(input.sync);
      const version = await stageOne(context, input.recordId, input.runId);
      if (version === false) await markDeleted(context.pool, input.sync, [input.recordId]);
      return { found: version !== false, version: version === false ? null : version };
    },
  };
}

/** Where this run's reading stands; a new one starts at the sync's cursor, or at the beginning when it is full. */
async function startReading(context: PlanexpoInwinkContext, name: string, full: boolean): Promise<Reading> {
  const stored = await getCursor(context.pool, context.slug, name);
  if (stored !== null) return readingSchema.parse(stored);
  const cursor = full
    ? null
    : sourceCursorSchema.nullable().parse(await getCursor(context.pool, context.slug, 'source'));
  const since =
    cursor === null ? null : new Date(Date.parse(cursor.updatedAt) - planexpoRules.overlapMs).toISOString();
  return { cursor: null, since, lastSeen: cursor?.updatedAt ?? null, read: 0, nameless: 0, done: false };
}

async function readOnePage(
  context: PlanexpoInwinkContext,
  name: string,
  runId: number,
  reading: Reading,
): Promise<Reading> {
  const page = await fetchPage(context, reading);
  if (page === 'cursor-expired') {
    // the order is by time of change and the bound inclusive: starting again from the last row seen misses nothing
    const restarted = { ...reading, cursor: null, since: reading.lastSeen ?? reading.since };
    await moveCursor(context.pool, context.slug, name, restarted);
    return restarted;
  }
  const lastSeen = latestChange(page.rows) ?? reading.lastSeen;
  const next: Reading = {
    cursor: page.nextCursor,
    since: reading.since,
    lastSeen,
    read: reading.read + page.rows.length,
    nameless: reading.nameless + namelessOf(page.rows).length,
    done: page.nextCursor === null,
  };
  await inTransaction(context.pool, async (tx) => {
    await stageRecords(tx, context.slug, runId, page.rows.flatMap(toStaged));
    await tellNameless(tx, context.slug, runId, page.rows, next);
    await moveCursor(tx, context.slug, name, next);
    if (lastSeen !== null) await moveCursor(tx, context.slug, 'source', { updatedAt: lastSeen });
  });
  return next;
}

async function fetchPage(
  context: PlanexpoInwinkContext,
  reading: Reading,
): Promise<OrderPage | 'cursor-expired'> {
  try {
    return await context.source.listOrders(
      {
        cursor: reading.cursor ?? undefined,
        updatedSince: reading.since ?? undefined,
        limit: context.readPageSize,
      },
      { signal: Context.current().cancellationSignal },
    );
  } catch (error) {
    const expired =
      error instanceof PlatformFailure &&
      error.kind === FailureKind.conflict &&
      error.detail.code === 'invalid_cursor';
    if (expired && reading.cursor !== null) return 'cursor-expired';
    throw error;
  }
}

/** Stages one dossier and its embedded co-exhibitors. False when the source no longer has it; else its version. */
async function stageOne(
  context: PlanexpoInwinkContext,
  recordId: string,
  runId: number | null,
): Promise<number | null | false> {
  // an embedded co-exhibitor has no address of its own: its order is asked for
  const orderId = recordId.split('/co/')[0] ?? recordId;
  const rows = await context.source.getOrder(orderId, { signal: Context.current().cancellationSignal });
  const staged = rows.flatMap(toStaged);
  await inTransaction(context.pool, (tx) => stageRecords(tx, context.slug, runId, staged));
  const own = staged.find((row) => row.recordId === recordId);
  if (own === undefined) return false;
  return own.dossier?.version ?? null;
}

function toStaged(row: ReadRow): StagedRow[] {
  if (row.kind === 'dossier') {
    return [
      {
        recordId: row.dossier.id,
        bodyHash: canonicalHash(row.dossier),
        dossier: row.dossier,
        unreadable: null,
        contactKey: contactKeyOf(row.dossier),
      },
    ];
  }
  if (row.id === null) return [];
  const bodyHash = canonicalHash(row.problems);
  return [{ recordId: row.id, bodyHash, dossier: null, unreadable: row.problems, contactKey: null }];
}

function namelessOf(rows: ReadRow[]): string[][] {
  return rows.flatMap((row) => (row.kind === 'unreadable' && row.id === null ? [row.problems] : []));
}

/**
 * A row without an id stops no other (promise 3): a person is told. It can hide no deletion, because what is missing is
 * asked for by its id before it counts as deleted.
 */
async function tellNameless(
  tx: Queryable,
  sync: string,
  runId: number,
  rows: ReadRow[],
  reading: Reading,
): Promise<void> {
  const [problems] = namelessOf(rows);
  if (problems !== undefined)
    await openItem(tx, sync, runId, {
      recordId: null,
      reason: ReasonCode.unreadableRecord,
      place: 'row without an id',
      detail: { problems },
      severity: 'action',
    });
  else if (reading.done && reading.since === null && reading.nameless === 0)
    await resolveItems(tx, sync, null, { reasons: [ReasonCode.unreadableRecord] });
}

function latestChange(rows: ReadRow[]): string | null {
  const times = rows.flatMap((row) => (row.kind === 'dossier' ? [row.dossier.updatedAt] : []));
  return times.reduce<string | null>(
    (latest, at) => (latest === null || Date.parse(at) > Date.parse(latest) ? at : latest),
    null,
  );
}
