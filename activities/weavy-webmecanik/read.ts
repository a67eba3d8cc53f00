import { Context } from '@temporalio/activity';
import { z } from 'zod';
import { openItem } from '../../db/attention';
import { type CrmRow, markGone, rowOf, stageCrm, stagedCrm, vanishedCrm } from '../../db/crm-records';
import { inTransaction, type Queryable } from '../../db/pool';
import { databaseNow, getCursor, moveCursor } from '../../db/staging';
import { canonicalHash } from '../../mappings/canonical-hash';
import type { RecordKind, Side } from '../../mappings/weavy-webmecanik/crm-record';
import { recordIdOf, sideOf } from '../../mappings/weavy-webmecanik/crm-record';
import { matchKeyOf } from '../../mappings/weavy-webmecanik/match-key';
import { CrmReason } from '../../mappings/weavy-webmecanik/reasons';
import { PlatformFailure } from '../../platforms/failure';
import type { ReadCrmRecord } from '../../platforms/weavy/client';
import { callContext } from '../call-context';
import type { FindWeavyWebmecanik, WeavyWebmecanikContext } from './context';
import { deniedKinds, readKinds, setDenied } from './denied';
import { loadKnowledge } from './knowledge';
import { blocksOf, getMany } from './look-before';
import { isMissingRight } from './send-writes';

/** Where a reading stands, so that an attempt that dies costs one page. Times in ms by the platform's clock. */
const readingSchema = z.object({
  runId: z.number(),
  changed: z.object({ from: z.number(), to: z.number() }).nullable(),
  pass: z.enum(['live', 'deleted']),
  after: z.string(),
  to: z.number(),
});
type Reading = z.infer<typeof readingSchema>;
const sinceSchema = z.number().nullable();

/** How long one attempt goes on reading pages. */
const ATTEMPT_MS = 30_000;

export interface ReadKindInput {
  sync: string;
  runId: number;
  kind: RecordKind;
  full: boolean;
}

/** Reading one side: windows by the time of the last change, every page, nothing lost between two runs (J26). */
export function createCrmReadActivities(find: FindWeavyWebmecanik, side: Side) {
  return {
    /** The kinds of this side that the sync reads. */
    async readKind(input: ReadKindInput): Promise<{ done: boolean; read: number }> {
      const context = await find(input.sync);
      if (!readKinds(context).includes(input.kind)) return { done: true, read: 0 };
      try {
        return await readPages(context, side, input);
      } catch (error) {
        if (!(error instanceof PlatformFailure) || !isMissingRight(error)) throw error;
        await deny(context, input);
        return { done: true, read: 0 };
      }
    },

    /** After a full read: those that it did not contain are asked for once more before they count as gone. */
    async confirmVanishedRecords(input: {
      sync: string;
      runId: number;
      allowed?: number;
    }): Promise<{ tooMany: boolean; missing: number; known: number; more: boolean }> {
      const context = await find(input.sync);
      const denied = await deniedKinds(context.pool, input.sync);
      const kinds = readKinds(context).filter((kind) => sideOf(kind) === side && !denied.includes(kind));
      const { ids, known } = await vanishedCrm(context.pool, input.sync, input.runId, kinds);
      const { guard } = context.policies;
      const isMany = ids.length > guard.ignoreBelow && ids.length > known * guard.maxVanishedShare;
      if (isMany && ids.length > (input.allowed ?? 0))
        return { tooMany: true, missing: ids.length, known, more: false };
      for (const kind of kinds) await confirmGone(context, kind, input.runId, ids);
      return { tooMany: false, missing: ids.length, known, more: false };
    },

    /** One record, read for its own workflow; false when it is gone. */
    async readRecord(input: { sync: string; kind: RecordKind; id: string }): Promise<{ found: boolean }> {
      const context = await find(input.sync);
      const [record] = await getMany(context, input.kind, [input.id]);
      if (record === undefined) {
        await markGone(context.pool, input.sync, [`${input.kind}/${input.id}`]);
        return { found: false };
      }
      await stageCrm(context.pool, input.sync, null, [rowOf(record, matchKeyOf(record, context.mapping))]);
      return { found: true };
    },
  };
}

async function readPages(
  context: WeavyWebmecanikContext,
  side: Side,
  input: ReadKindInput,
): Promise<{ done: boolean; read: number }> {
  let reading = await begin(context, side, input);
  const until = Date.now() + ATTEMPT_MS;
  let read = 0;
  for (;;) {
    const askedAt = await databaseNow(context.pool);
    const page = await pageOf(context, input.kind, reading);
    const rows = page.map((row) => toRow(context, input.kind, row));
    const next = nextOf(reading, page, context.pageSize[side], input);
    await inTransaction(context.pool, async (tx) => {
      const kept = reading.pass === 'deleted' ? await knownOnly(tx, context, rows) : rows;
      await stageCrm(
        tx,
        input.sync,
        input.runId,
        kept.filter((row) => row.recordId !== ''),
        askedAt,
      );
      await tellUnnamed(tx, context, input, rows);
      if (next === null) await moveCursor(tx, input.sync, `since/${input.kind}`, reading.to);
      await moveCursor(tx, input.sync, `reading/${input.kind}`, next ?? { ...reading, runId: 0 });
    });
    read += page.length;
    Context.current().heartbeat();
    if (next === null) return { done: true, read };
    reading = next;
    if (Date.now() >= until) return { done: false, read };
  }
}

/** Goes on where an earlier attempt of this run stopped; else from the end of the last reading, less the overlap. */
async function begin(context: WeavyWebmecanikContext, side: Side, input: ReadKindInput): Promise<Reading> {
  const { pool, slug, policies } = context;
  const stored = readingSchema.nullable().parse(await getCursor(pool, slug, `reading/${input.kind}`));
  if (stored !== null && stored.runId === input.runId) return stored;
  const since = sinceSchema.parse(await getCursor(pool, slug, `since/${input.kind}`));
  const { skewMs } = await loadKnowledge(context);
  const to = Date.now() + skewMs[side];
  const isFull = input.full || since === null;
  return {
    runId: input.runId,
    changed: isFull ? null : { from: since - policies.overlap, to },
    pass: 'live',
    after: '',
    to,
  };
}

async function pageOf(
  context: WeavyWebmecanikContext,
  kind: RecordKind,
  { changed, after, pass }: Reading,
): Promise<ReadCrmRecord[]> {
  const window = changed === null ? {} : { changed };
  switch (kind) {
    case 'mautic/company':
    case 'mautic/contact':
      return context.mautic.page(
        {
          object: kind === 'mautic/company' ? 'company' : 'contact',
          after: after === '' ? 0 : Number(after),
          limit: context.pageSize.mautic,
          ...window,
        },
        callContext(),
      );
    default:
      return context.weavy.page(
        {
          entity:
            kind === 'weavy/customer'
              ? 'customer'
              : kind === 'weavy/customercontact'
                ? 'customercontact'
                : 'marketinginbound',
          after,
          limit: context.pageSize.weavy,
          deleted: pass === 'deleted',
          ...window,
        },
        callContext(),
      );
  }
}

/** weavy tells logical deletions to those who ask; a full read finds them by what is missing. */
function nextOf(
  reading: Reading,
  page: ReadCrmRecord[],
  limit: number,
  { kind }: ReadKindInput,
): Reading | null {
  const last = page.at(-1);
  const lastId = last === undefined ? null : last.kind === 'record' ? last.record.id : last.id;
  if (page.length >= limit && lastId !== null) return { ...reading, after: lastId };
  const asksDeleted = sideOf(kind) === 'weavy' && reading.pass === 'live' && reading.changed !== null;
  return asksDeleted ? { ...reading, pass: 'deleted', after: '' } : null;
}

function toRow(context: WeavyWebmecanikContext, kind: RecordKind, row: ReadCrmRecord): CrmRow {
  if (row.kind === 'record') return rowOf(row.record, matchKeyOf(row.record, context.mapping));
  const recordId = row.id === null ? '' : recordIdOf({ kind, id: row.id });
  return { recordId, kind, matchKey: null, record: null, unreadable: row.problems };
}

/** A row without an id cannot be followed up: it is told once, by what is wrong with it. */
async function tellUnnamed(
  tx: Queryable,
  context: WeavyWebmecanikContext,
  input: ReadKindInput,
  rows: readonly CrmRow[],
): Promise<void> {
  for (const row of rows)
    if (row.recordId === '')
      await openItem(tx, context.slug, input.runId, {
        recordId: null,
        reason: CrmReason.unreadableRecord,
        place: `${input.kind} ${canonicalHash(row.unreadable).slice(0, 8)}`,
        detail: { problems: row.unreadable ?? [] },
        severity: 'action',
      });
}

/** A deletion of something we never knew is nobody's business. */
async function knownOnly(tx: Queryable, context: WeavyWebmecanikContext, rows: CrmRow[]): Promise<CrmRow[]> {
  const known = await stagedCrm(
    tx,
    context.slug,
    rows.map((row) => row.recordId),
  );
  return rows.filter((row) => known.has(row.recordId));
}

async function confirmGone(
  context: WeavyWebmecanikContext,
  kind: RecordKind,
  runId: number,
  missing: readonly string[],
): Promise<void> {
  const ids = missing.filter((id) => id.startsWith(`${kind}/`)).map((id) => id.slice(kind.length + 1));
  for (const block of blocksOf(ids)) {
    const found = await getMany(context, kind, block);
    const there = new Set(found.map((record) => record.id));
    await inTransaction(context.pool, async (tx) => {
      await stageCrm(
        tx,
        context.slug,
        runId,
        found.map((record) => rowOf(record, matchKeyOf(record, context.mapping))),
      );
      await markGone(
        tx,
        context.slug,
        block.filter((id) => !there.has(id)).map((id) => `${kind}/${id}`),
      );
    });
    Context.current().heartbeat();
  }
}

async function deny(context: WeavyWebmecanikContext, input: ReadKindInput): Promise<void> {
  const known = await deniedKinds(context.pool, input.sync);
  await setDenied(context.pool, input.sync, [...known, input.kind]);
  await openItem(context.pool, input.sync, input.runId, {
    recordId: null,
    reason: CrmReason.missingRight,
    place: `${input.kind} READ`,
    detail: { table: input.kind, right: 'READ' },
    severity: 'action',
  });
}
