import type { CrmRecord } from '../../mappings/weavy-webmecanik/crm-record';
import type { DiscoveredField } from '../../mappings/weavy-webmecanik/field-mapping';
import type { CallContext } from '../budget';
import { FailureKind, PlatformFailure } from '../failure';
import { askTable, defect, type WeavyAccount } from './account';
import type { ReadCrmRecord, WeavyEntity, WeavyPageQuery } from './client';
import { dictionarySchema, keyOf, paths, recordSchema, rowsSchema } from './contract';
import { weavyRules } from './rules';
import { type Condition, type Selection, selectBody } from './select-body';

export function readDictionary(
  account: WeavyAccount,
  entity: WeavyEntity,
  call?: CallContext,
): Promise<DiscoveredField[]> {
  return askTable(account, entity, 'READ', {
    method: 'GET',
    path: paths.dictionary(account.project, entity),
    route: `/Dictionary/{project}/${entity}`,
    repeatable: 'safe',
    schema: dictionarySchema(entity),
    ...call,
  });
}

/**
 * One page by code, of what changed in a fixed window or of everything. A row that changes meanwhile leaves the window
 * and moves no other: the next window has it. At most 1,000 rows a page (`RangeError`).
 */
export async function readPage(
  account: WeavyAccount,
  query: WeavyPageQuery,
  call?: CallContext,
): Promise<ReadCrmRecord[]> {
  if (query.limit > weavyRules.maxPageSize) throw new RangeError('A page of weavy has at most 1,000 rows.');
  const changed: Condition[] =
    query.changed === undefined
      ? []
      : [
          {
            field: 'srvDate',
            operator: 'GreaterThanOrEqual',
            value: account.wallClock.atOrAfter(query.changed),
          },
          { field: 'srvDate', operator: 'LessThan', value: account.wallClock.endOf(query.changed) },
        ];
  const selection: Selection = {
    entity: query.entity,
    rows: query.deleted ? 'deleted' : 'live',
    all: changed,
    any: [],
    limit: query.limit,
  };
  return select(account, selection, query.after, call);
}

/** Null when the code is unknown. */
export async function readRecord(
  account: WeavyAccount,
  entity: WeavyEntity,
  id: string,
  call?: CallContext,
): Promise<CrmRecord | null> {
  const route = `/Data/{project}/${entity}/{id}`;
  try {
    const record = await askTable(account, entity, 'READ', {
      method: 'GET',
      path: paths.record(account.project, entity, id),
      route,
      repeatable: 'safe',
      schema: recordSchema(entity),
      ...call,
    });
    if (comparable(record.id) === comparable(id)) return record;
  } catch (error) {
    if (error instanceof PlatformFailure && error.kind === FailureKind.missing) return null;
    throw error;
  }
  throw defect(`GET ${route}`, `Weavy answered GET ${route} with another record than the one asked for.`);
}

/**
 * Live records whose `field` is one of `values`, in blocks; blank values are asked about never. The answer is checked
 * against the question, so that a filter that weavy ignored hands us no strangers. A row that cannot be read is a
 * `Defect`: a lookup that misses a record would lead to its duplicate.
 */
export async function findByValues(
  account: WeavyAccount,
  entity: WeavyEntity,
  field: string,
  values: readonly string[],
  call?: CallContext,
): Promise<CrmRecord[]> {
  const asked = [...new Set(values.map((value) => value.trim()))].filter((value) => value !== '');
  const wanted = new Set(asked.map(comparable));
  const found = new Map<string, CrmRecord>();
  for (let start = 0; start < asked.length; start += weavyRules.searchBlock) {
    const block = asked.slice(start, start + weavyRules.searchBlock);
    for (const row of await readAnyOf(account, entity, field, block, call)) {
      if (row.kind === 'unreadable') throw unreadable(row.problems);
      const held = field === keyOf(entity) ? row.record.id : (row.record.fields[field] ?? '');
      if (!row.record.deleted && wanted.has(comparable(String(held)))) found.set(row.record.id, row.record);
    }
  }
  return [...found.values()];
}

/** Every row with one of the values: several may share one, so there may be more of them than a page holds. */
async function readAnyOf(
  account: WeavyAccount,
  entity: WeavyEntity,
  field: string,
  values: readonly string[],
  call?: CallContext,
): Promise<ReadCrmRecord[]> {
  const limit = weavyRules.maxPageSize;
  const any = values.map((value): Condition => ({ field, operator: 'Equal', value }));
  const selection: Selection = { entity, rows: 'live', all: [], any, limit };
  const rows: ReadCrmRecord[] = [];
  for (let after = ''; ; after = lastCode(rows) ?? after) {
    const page = await select(account, selection, after, call);
    rows.push(...page);
    if (page.length < limit) return rows;
  }
}

async function select(
  account: WeavyAccount,
  selection: Selection,
  after: string,
  call?: CallContext,
): Promise<ReadCrmRecord[]> {
  const { entity, limit } = selection;
  const next: Condition[] =
    after === '' ? [] : [{ field: keyOf(entity), operator: 'GreaterThan', value: after }];
  const route = `/Data/{project}/Select (${entity})`;
  const rows = await askTable(account, entity, 'READ', {
    method: 'POST',
    path: paths.select(account.project),
    route,
    body: { json: selectBody(account.company, { ...selection, all: [...selection.all, ...next] }) },
    repeatable: 'safe',
    schema: rowsSchema(entity),
    ...call,
  });
  const isStuck = after !== '' && rows.some((row) => codeOf(row) === after);
  if (isStuck || (rows.length >= limit && lastCode(rows) === null)) {
    const message = `Weavy does not go on after a code in its answers to POST ${route}: reading on would never end.`;
    throw defect(`POST ${route}`, message);
  }
  return rows;
}

const codeOf = (row: ReadCrmRecord) => (row.kind === 'record' ? row.record.id : row.id);

function lastCode(rows: readonly ReadCrmRecord[]): string | null {
  return rows.map(codeOf).findLast((code) => code !== null) ?? null;
}

function unreadable(problems: readonly string[]): PlatformFailure {
  const message = `Weavy answered a lookup with a row that cannot be read: ${problems.slice(0, 10).join('; ')}.`;
  return defect('POST /Data/{project}/Select', message);
}

/** How weavy compares text is not stated: case and spaces make no difference to us, as for keys on the other side. */
function comparable(value: string): string {
  return value.trim().replace(/\s+/g, ' ').toLowerCase();
}
