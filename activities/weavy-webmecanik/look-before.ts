import { matchRecords } from '../../db/couple-matching';
import { markGone } from '../../db/crm-records';
import { inTransaction } from '../../db/pool';
import type { CrmRecord, Side } from '../../mappings/weavy-webmecanik/crm-record';
import { keyFieldOf } from '../../mappings/weavy-webmecanik/match-key';
import { callContext } from '../call-context';
import type { WeavyWebmecanikContext } from './context';
import type { CouplePass } from './couple-pass';
import { stage } from './stage';

/** Values asked for in one call. */
const BLOCK = 100;

/**
 * Reads again, in pages, what is about to be updated on one side, so that it is judged as it stands (settled question 44).
 * Entrants are not read back. Records that are no longer there are marked as gone.
 */
export async function readTargetsAgain(
  context: WeavyWebmecanikContext,
  side: Side,
  runId: number | null,
  passes: readonly CouplePass[],
): Promise<void> {
  const targets = passes.flatMap(({ [side]: target, kinds }) =>
    target === null || (side === 'weavy' && kinds.weavy === 'marketinginbound') ? [] : [target.record],
  );
  for (const [kind, records] of byKind(targets)) {
    const ids = records.map((record) => record.id);
    const found: CrmRecord[] = [];
    for (const block of blocksOf(ids)) found.push(...(await getMany(context, kind, block)));
    const there = new Set(found.map((record) => record.id));
    const missing = ids.filter((id) => !there.has(id)).map((id) => `${kind}/${id}`);
    await inTransaction(context.pool, async (tx) => {
      await stage(tx, context, runId, found);
      await markGone(tx, context.slug, missing);
    });
  }
}

/**
 * Looks up by key what is about to be created on one side: whatever is there already is taken into account instead of
 * being made a second time (promise 1). A person may be a Contact or an Entrant in weavy.
 */
export async function lookUpCounterparts(
  context: WeavyWebmecanikContext,
  side: Side,
  runId: number | null,
  passes: readonly CouplePass[],
): Promise<void> {
  const wanted = passes.filter((pass) => pass.draft.writes[side]?.operation === 'create');
  const keys = (kind: 'company' | 'person') =>
    wanted.flatMap(({ couple, weavy, mautic }) => {
      const key = (weavy ?? mautic)?.matchKey;
      return couple?.kind === kind && key != null ? [key] : [];
    });
  const found = [
    ...(await findBy(context, side, 'company', keys('company'))),
    ...(await findBy(context, side, 'person', keys('person'))),
  ];
  if (found.length === 0) return;
  await inTransaction(context.pool, async (tx) => {
    await stage(tx, context, runId, found);
    await matchRecords(tx, context.slug, [...keys('company'), ...keys('person')]);
  });
}

/** Live records of one side that are known by one of these keys. */
export async function findBy(
  context: WeavyWebmecanikContext,
  side: Side,
  kind: 'company' | 'person',
  keys: readonly string[],
): Promise<CrmRecord[]> {
  const found: CrmRecord[] = [];
  for (const block of blocksOf(keys)) {
    if (side === 'mautic') {
      const object = kind === 'company' ? 'company' : 'contact';
      const field = keyFieldOf(`mautic/${object}`, context.mapping);
      found.push(...(await context.mautic.findBy(object, field, block, callContext())));
      continue;
    }
    const entities =
      kind === 'company' ? (['customer'] as const) : (['customercontact', 'marketinginbound'] as const);
    for (const entity of entities) {
      if (entity === 'marketinginbound' && context.mapping.inbounds === null) continue;
      const field = keyFieldOf(`weavy/${entity}`, context.mapping);
      found.push(...(await context.weavy.findBy(entity, field, block, callContext())));
    }
  }
  return found;
}

/** Which of these e-mails belong to which contacts in Mautic: folded e-mail -> ids. */
export async function ownersOfEmails(
  context: WeavyWebmecanikContext,
  emails: readonly string[],
): Promise<Array<{ email: string; id: string }>> {
  const found = await findBy(context, 'mautic', 'person', emails);
  return found.map((record) => ({
    email: String(record.fields.email ?? '')
      .trim()
      .toLowerCase(),
    id: record.id,
  }));
}

/** Records of one kind by their ids; those that are gone are missing. */
export async function getMany(
  context: WeavyWebmecanikContext,
  kind: CrmRecord['kind'],
  ids: readonly string[],
): Promise<CrmRecord[]> {
  switch (kind) {
    case 'mautic/company':
      return context.mautic.getMany('company', ids, callContext());
    case 'mautic/contact':
      return context.mautic.getMany('contact', ids, callContext());
    case 'weavy/customer':
      return context.weavy.getMany('customer', ids, callContext());
    case 'weavy/customercontact':
      return context.weavy.getMany('customercontact', ids, callContext());
    case 'weavy/marketinginbound':
      return context.weavy.getMany('marketinginbound', ids, callContext());
  }
}

function byKind(records: readonly CrmRecord[]): Map<CrmRecord['kind'], CrmRecord[]> {
  const grouped = new Map<CrmRecord['kind'], CrmRecord[]>();
  for (const record of records) grouped.set(record.kind, [...(grouped.get(record.kind) ?? []), record]);
  return grouped;
}

export function blocksOf<T>(values: readonly T[], size = BLOCK): T[][] {
  const blocks: T[][] = [];
  for (let start = 0; start < values.length; start += size) blocks.push(values.slice(start, start + size));
  return blocks;
}
