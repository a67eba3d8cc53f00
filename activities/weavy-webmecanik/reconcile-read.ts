import {
  type CrmRecord,
  parseRecordId,
  RECORD_KINDS,
  type RecordKind,
  recordIdOf,
} from '../../mappings/weavy-webmecanik/crm-record';
import { keyFieldOf, matchKeyOf } from '../../mappings/weavy-webmecanik/match-key';
import type { LiveRecord } from '../../mappings/weavy-webmecanik/reconcile/reconcile-difference';
import { PlatformFailure } from '../../platforms/failure';
import type { ReadCrmRecord } from '../../platforms/weavy/client';
import { callContext } from '../call-context';
import type { WeavyWebmecanikContext } from './context';
import { readKinds } from './denied';
import { blocksOf, getMany } from './look-before';
import { isMissingRight } from './send-writes';

/** What both CRMs hold now, as far as they let us read it. */
export interface LiveSides {
  live: Map<string, LiveRecord>;
  unreadable: Set<string>;
  deniedTables: RecordKind[];
  /** Rows by kind, readable or not. */
  read: Record<RecordKind, number>;
}

/** Every page of every kind that the mapping names, Entrants too. Rejects as the platform clients do. */
export async function readBothSides(context: WeavyWebmecanikContext): Promise<LiveSides> {
  const sides: LiveSides = {
    live: new Map(),
    unreadable: new Set(),
    deniedTables: [],
    read: {
      'weavy/customer': 0,
      'weavy/customercontact': 0,
      'weavy/marketinginbound': 0,
      'mautic/company': 0,
      'mautic/contact': 0,
    },
  };
  const kinds = readKinds(context);
  if (context.mapping.inbounds !== null) kinds.push('weavy/marketinginbound');
  for (const kind of kinds) {
    try {
      await readKind(context, kind, sides);
    } catch (error) {
      if (!(error instanceof PlatformFailure) || !isMissingRight(error)) throw error;
      sides.deniedTables.push(kind);
    }
  }
  return sides;
}

async function readKind(context: WeavyWebmecanikContext, kind: RecordKind, sides: LiveSides): Promise<void> {
  const keep = keeper(context);
  for (let after = ''; ; ) {
    const { rows, limit } = await pageOf(context, kind, after);
    sides.read[kind] += rows.length;
    for (const row of rows) {
      if (row.kind === 'record') sides.live.set(recordIdOf(row.record), keep(row.record));
      else if (row.id !== null) sides.unreadable.add(recordIdOf({ kind, id: row.id }));
    }
    const last = rows.at(-1);
    const lastId = last?.kind === 'record' ? last.record.id : (last?.id ?? null);
    if (rows.length < limit || lastId === null) return;
    after = lastId;
  }
}

async function pageOf(
  context: WeavyWebmecanikContext,
  kind: RecordKind,
  after: string,
): Promise<{ rows: ReadCrmRecord[]; limit: number }> {
  const { pageSize, weavy, mautic } = context;
  switch (kind) {
    case 'mautic/company':
    case 'mautic/contact': {
      const object = kind === 'mautic/company' ? 'company' : 'contact';
      const limit = pageSize.mautic;
      return { rows: await mautic.page({ object, after: Number(after), limit }, callContext()), limit };
    }
    default: {
      const entity = ENTITIES[kind];
      const limit = pageSize.weavy;
      return { rows: await weavy.page({ entity, after, limit, deleted: false }, callContext()), limit };
    }
  }
}

const ENTITIES = {
  'weavy/customer': 'customer',
  'weavy/customercontact': 'customercontact',
  'weavy/marketinginbound': 'marketinginbound',
} as const;

/** These once more, by their ids; those that are gone now leave the sides. */
export async function readAgain(
  context: WeavyWebmecanikContext,
  recordIds: readonly string[],
  sides: LiveSides,
): Promise<void> {
  const keep = keeper(context);
  const known = recordIds.flatMap((recordId) => parseRecordId(recordId) ?? []);
  for (const kind of RECORD_KINDS) {
    if (sides.deniedTables.includes(kind)) continue;
    for (const block of blocksOf(known.filter((each) => each.kind === kind).map(({ id }) => id))) {
      const found = await getMany(context, kind, block);
      for (const id of block) sides.live.delete(recordIdOf({ kind, id }));
      for (const record of found) sides.live.set(recordIdOf(record), keep(record));
    }
  }
}

/** Keeps of a record what is compared: both CRMs are in memory at once. */
function keeper({ mapping }: WeavyWebmecanikContext): (record: CrmRecord) => LiveRecord {
  const parts = [mapping.companies, mapping.contacts, mapping.inbounds].filter((part) => part !== null);
  const names = new Set(
    parts.flatMap(({ fields }) => fields.flatMap(({ weavy, mautic }) => [weavy, mautic])),
  );
  if (mapping.contacts?.bounceField != null) names.add(mapping.contacts.bounceField);
  return (record) => {
    const keyField = keyFieldOf(record.kind, mapping);
    const fields = Object.entries(record.fields).filter(([name]) => names.has(name) || name === keyField);
    return {
      recordId: recordIdOf(record),
      key: matchKeyOf(record, mapping),
      record: { ...record, fields: Object.fromEntries(fields) },
    };
  };
}
