import { cleanText } from '../../mappings/normalise/text';
import type { CrmRecord } from '../../mappings/weavy-webmecanik/crm-record';
import { foldKey } from '../../mappings/weavy-webmecanik/match-key';
import type { CallContext } from '../budget';
import { FailureKind, PlatformFailure } from '../failure';
import type { ReadCrmRecord } from '../weavy/client';
import { type MauticAccount, request, versionOf } from './account';
import { inBlocks } from './blocks';
import type { MauticObject, MauticPageQuery } from './client';
import {
  afterId,
  type Condition,
  changedWithin,
  conditionLength,
  IDENTIFIED,
  oneOf,
  oneOfIds,
  whereQuery,
} from './conditions';
import { listQuery, listSchema, PLURAL, type ReadMauticRecord, readRecord, singleSchema } from './contract';
import { mauticRules } from './rules';

/** As the instance sent it, by number; a row whose number nobody can read comes first, so that no cut loses it. */
interface Row {
  number: number | null;
  read: ReadMauticRecord;
}

/**
 * At least `limit` identified records by number, or all that are left: the loop goes on while the instance has more and
 * anonymous visitors took the places. Then cut to `limit`, so that the caller goes on after the highest number.
 */
export async function page(
  account: MauticAccount,
  query: MauticPageQuery,
  call?: CallContext,
): Promise<ReadCrmRecord[]> {
  const { object } = query;
  const size = Math.min(query.limit, mauticRules.lookupPage);
  const wanted = [
    ...(query.changed === undefined ? [] : [changedWithin(query.changed)]),
    ...(object === 'contact' ? [IDENTIFIED] : []),
  ];
  const kept: ReadCrmRecord[] = [];
  let after = query.after;
  while (kept.length < query.limit) {
    const rows = await readRows(account, { object, wanted, after, size }, call);
    kept.push(...rows.filter(isSynchronised).map(({ read }) => shown(read)));
    if (rows.length < size) break;
    after = highest(rows);
  }
  return kept.slice(0, query.limit);
}

function isSynchronised({ read }: Row): boolean {
  return read.kind === 'unreadable' || !read.isAnonymous;
}

function shown(read: ReadMauticRecord): ReadCrmRecord {
  return read.kind === 'unreadable' ? read : { kind: 'record', record: read.record };
}

function highest(rows: readonly Row[]): number {
  return Math.max(...rows.map((row) => row.number ?? 0));
}

interface RowsQuery {
  object: MauticObject;
  wanted: readonly Condition[];
  after: number;
  size: number;
}

async function readRows(account: MauticAccount, query: RowsQuery, call?: CallContext): Promise<Row[]> {
  const { object, after } = query;
  const list = PLURAL[object];
  const held = await request(
    account,
    object,
    {
      method: 'GET',
      path: [list],
      route: `/${list}`,
      query: { ...listQuery(query.size), ...whereQuery([afterId(after), ...query.wanted]) },
      repeatable: 'safe',
      schema: listSchema(object),
    },
    call,
  );
  const rows = held.map(({ key, wire }) => rowOf(readRecord(object, wire, key)));
  // An instance that leaves the condition out would be read for ever, or hand out strangers.
  const hasIgnored = rows.some((row) => row.number !== null && row.number <= after);
  if (hasIgnored || (rows.length >= query.size && highest(rows) <= after)) {
    throw defect(`GET /${list}`, 'answered a list without regard to the condition on the number');
  }
  // The order of the reply is lost: a JSON object keeps number-like keys in an order of its own.
  return rows.sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
}

function rowOf(read: ReadMauticRecord): Row {
  const id = read.kind === 'record' ? read.record.id : read.id;
  return { number: id !== null && /^\d+$/.test(id) ? Number(id) : null, read };
}

/** Null when it is gone (404): deleted, or merged into another one. */
export async function get(
  account: MauticAccount,
  object: MauticObject,
  id: string,
  call?: CallContext,
): Promise<CrmRecord | null> {
  const route = `/${PLURAL[object]}/{id}`;
  try {
    const wire = await request(
      account,
      object,
      {
        method: 'GET',
        path: [PLURAL[object], id],
        route,
        repeatable: 'safe',
        schema: singleSchema(object),
      },
      call,
    );
    const { record } = readable(readRecord(object, wire, null), `GET ${route}`);
    if (record.id === id) return record;
  } catch (error) {
    if (error instanceof PlatformFailure && error.kind === FailureKind.missing) return null;
    throw error;
  }
  throw defect(`GET ${route}`, 'answered another object than the one that was asked for');
}

/** Those of these numbers that exist. What is no number does not exist. */
export async function getMany(
  account: MauticAccount,
  object: MauticObject,
  ids: readonly string[],
  call?: CallContext,
): Promise<CrmRecord[]> {
  const asked = new Set(ids.filter((id) => /^\d+$/.test(id)));
  if (asked.size === 0) return [];
  const version = await versionOf(account, call);
  const found: CrmRecord[] = [];
  for (const block of blocksOf([...asked], version)) {
    const rows = await readAll(account, object, oneOfIds(block, version), call);
    found.push(...rows.map(({ record }) => record).filter((record) => asked.has(record.id)));
  }
  return found;
}

/** Values that one address takes. */
function blocksOf(values: readonly string[], version: string): string[][] {
  const most = { count: mauticRules.lookupValues, length: mauticRules.maxConditionLength };
  return inBlocks(values, most, (value) => conditionLength(value, version));
}

/** Identified records whose field equals one of the values, compared again by us. A blank value finds nothing. */
export async function findBy(
  account: MauticAccount,
  object: MauticObject,
  field: string,
  values: readonly string[],
  call?: CallContext,
): Promise<CrmRecord[]> {
  const asked = new Map(values.map((value) => [foldKey(value), cleanText(value)]));
  asked.delete('');
  if (asked.size === 0) return [];
  const version = await versionOf(account, call);
  const found = new Map<string, CrmRecord>();
  for (const block of blocksOf([...asked.values()], version)) {
    for (const { record, isAnonymous } of await readAll(
      account,
      object,
      oneOf(field, block, version),
      call,
    )) {
      const isAsked = asked.has(foldKey(String(record.fields[field] ?? '')));
      if (isAsked && !isAnonymous) found.set(record.id, record);
    }
  }
  return [...found.values()];
}

type Readable = Extract<ReadMauticRecord, { kind: 'record' }>;

/**
 * Every record that fulfils the condition, anonymous ones too. An unreadable one fails the lookup: leaving it out would
 * say that it does not exist, and lead to its duplicate.
 */
async function readAll(
  account: MauticAccount,
  object: MauticObject,
  condition: Condition,
  call?: CallContext,
): Promise<Readable[]> {
  const found: Readable[] = [];
  const size = mauticRules.lookupPage;
  for (let after = 0; ; ) {
    const rows = await readRows(account, { object, wanted: [condition], after, size }, call);
    found.push(...rows.map(({ read }) => readable(read, `GET /${PLURAL[object]}`)));
    if (rows.length < size) return found;
    after = highest(rows);
  }
}

function readable(read: ReadMauticRecord, operation: string): Readable {
  if (read.kind === 'record') return read;
  throw defect(operation, `answered a record that cannot be read (${read.problems.slice(0, 5).join('; ')})`);
}

function defect(operation: string, what: string): PlatformFailure {
  const message = `Mautic ${what}, at ${operation}.`;
  return new PlatformFailure(FailureKind.defect, message, { platform: 'mautic', operation });
}
