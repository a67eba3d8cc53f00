import { matchRecords } from '../../db/couple-matching';
import { type Couple, couplesOf, saveCouples } from '../../db/couples';
import { markGone } from '../../db/crm-records';
import { inTransaction } from '../../db/pool';
import { type CrmRecord, recordIdOf, type Side } from '../../mappings/weavy-webmecanik/crm-record';
import { foldKey, keyFieldOf, matchKeyOf } from '../../mappings/weavy-webmecanik/match-key';
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
 * being made a second time (promise 1). A person may be a Contact or an Entrant in weavy. What an earlier attempt may have
 * created is looked up by the key that it sent, also when the key was edited since. Answers the ids of the couples whose
 * key was found: one that is still to be created after this has a double, and is not.
 */
export async function lookUpCounterparts(
  context: WeavyWebmecanikContext,
  side: Side,
  runId: number | null,
  passes: readonly CouplePass[],
): Promise<Set<number>> {
  const known = new Set<number>();
  for (const kind of ['company', 'person'] as const) {
    const wanted = passes.flatMap((pass) => {
      const key = (pass.weavy ?? pass.mautic)?.matchKey;
      const creates = pass.draft.writes[side]?.operation === 'create' && pass.couple?.kind === kind;
      return creates && pass.couple !== null && key != null
        ? [{ couple: pass.couple, key, sent: sentKey(context, side, pass.couple) }]
        : [];
    });
    const keys = new Set(wanted.flatMap(({ key, sent }) => (sent === null ? [key] : [key, sent])));
    const found = await findBy(context, side, kind, [...keys]);
    if (found.length === 0) continue;
    const byKey = new Map(found.map((record) => [matchKeyOf(record, context.mapping), record]));
    await inTransaction(context.pool, async (tx) => {
      await stage(tx, context, runId, found);
      for (const { couple, key, sent } of wanted) {
        const own = sent === null || sent === key ? undefined : byKey.get(sent);
        if (own === undefined) continue;
        const [taken] = await couplesOf(tx, context.slug, [recordIdOf(own)]);
        if (taken === undefined)
          await saveCouples(tx, [{ id: couple.id, turn: null, [`${side}Record`]: recordIdOf(own) }]);
      }
      await matchRecords(tx, context.slug, [...keys]);
    });
    for (const { couple, key } of wanted) if (byKey.has(key)) known.add(couple.id);
  }
  return known;
}

/** What an attempt without an answer sent for the key, folded; null when there was none. */
function sentKey(context: WeavyWebmecanikContext, side: Side, couple: Couple): string | null {
  const field = couple.kind === 'company' ? keyFieldOf('weavy/customer', context.mapping) : 'email';
  const sent = couple.pending[side]?.[field]?.sent;
  return couple.creatingAt === null || sent == null ? null : foldKey(String(sent));
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
