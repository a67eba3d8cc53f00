import { type AttentionItem, itemsOfRecords } from '../../db/attention';
import { type Couple, companiesOfTiers, couplesOf } from '../../db/couples';
import { recordsByKey, type StagedCrm, stagedCrm } from '../../db/crm-records';
import type { Outcome } from '../../db/outcomes';
import type { RecordKind, Side } from '../../mappings/weavy-webmecanik/crm-record';
import { type CoupleDraft, draftCouple, NO_DRAFT } from '../../mappings/weavy-webmecanik/draft-couple';
import type { FieldMapping } from '../../mappings/weavy-webmecanik/field-mapping';
import { type CoupleKinds, judgedPairsOf, kindsOf } from '../../mappings/weavy-webmecanik/judged-pairs';
import { correctedTime } from '../../mappings/weavy-webmecanik/later-side';
import { CrmReason } from '../../mappings/weavy-webmecanik/reasons';
import type { WeavyWebmecanikContext } from './context';
import { type Knowledge, loadKnowledge } from './knowledge';

/** A couple, or a record that belongs to none, and what a pass would do with it. Plans, runs and single records all come from it. */
export interface CouplePass {
  /** The record that names the pass: Mautic's where there is one. */
  lead: string;
  couple: Couple | null;
  weavy: StagedCrm | null;
  mautic: StagedCrm | null;
  kinds: CoupleKinds;
  /** `write`: something is to be written or to be noted as agreed. */
  act: 'none' | 'write';
  outcome: Outcome;
  reason: string | null;
  draft: CoupleDraft;
  /** Mautic's company that the contact is to belong to, and the one that we made its own before. */
  company: { wanted: string | null; made: string | null; madeIsOurs: boolean } | null;
  /** A bounce came, at the time we first saw it, or went; null when nothing happened. */
  bounce: { seenAt: string | null; write: { field: string; after: string } | null } | null;
  /** Other records of the same side with the same key. */
  duplicates: string[];
  items: AttentionItem[];
}

/** The passes over the couples of these records, each couple once. */
export async function passesOf(
  context: WeavyWebmecanikContext,
  recordIds: readonly string[],
): Promise<CouplePass[]> {
  const { pool, slug } = context;
  const couples = await couplesOf(pool, slug, recordIds);
  const ids = new Set([
    ...recordIds,
    ...couples.flatMap((c) => [c.weavyRecord ?? [], c.mauticRecord ?? []].flat()),
  ]);
  const [staged, knowledge, items] = await Promise.all([
    stagedCrm(pool, slug, [...ids]),
    loadKnowledge(context),
    itemsOfRecords(pool, slug, [...ids]),
  ]);
  const tiers = await companiesOfTiers(pool, slug, tiersOf(staged));
  const coupled = new Set(couples.flatMap((c) => [c.weavyRecord, c.mauticRecord]));
  const passes = couples.map((couple) => {
    const weavy = staged.get(couple.weavyRecord ?? '') ?? null;
    const mautic = staged.get(couple.mauticRecord ?? '') ?? null;
    const lead = couple.mauticRecord ?? couple.weavyRecord ?? '';
    const own = items.filter(
      (item) => item.record_id === couple.weavyRecord || item.record_id === couple.mauticRecord,
    );
    return passOver(context, knowledge, { lead, couple, weavy, mautic, items: own }, tiers);
  });
  for (const recordId of recordIds) {
    const record = staged.get(recordId);
    if (coupled.has(recordId) || record === undefined) continue;
    passes.push(
      alone(
        context,
        record,
        items.filter((item) => item.record_id === recordId),
      ),
    );
  }
  return withDuplicates(context, passes);
}

type Found = Pick<CouplePass, 'lead' | 'couple' | 'weavy' | 'mautic' | 'items'>;

function passOver(
  context: WeavyWebmecanikContext,
  knowledge: Knowledge,
  found: Found & { couple: Couple },
  tiers: Map<string, { mauticRecord: string | null }>,
): CouplePass {
  const { couple, weavy, mautic, items } = found;
  const kinds = kindsOf(weavy?.record ?? null, mautic?.record ?? null);
  const pass: CouplePass = {
    ...found,
    kinds,
    act: 'none',
    outcome: 'unchanged',
    reason: null,
    draft: NO_DRAFT,
    company: null,
    bounce: null,
    duplicates: [],
  };
  const obstacle = obstacleOf(context, knowledge, pass, couple);
  if (obstacle !== null) return { ...pass, ...obstacle };
  if (items.some((item) => item.state === 'decided' && item.decision === 'stop'))
    return { ...pass, outcome: 'skipped', reason: CrmReason.stoppedByDecision };

  const { mapping, policies } = context;
  const pairs = judgedPairsOf(kinds, mapping, knowledge.schemas);
  if (pairs.length === 0) return { ...pass, outcome: 'skipped', reason: CrmReason.notMapped };
  const now = Date.now();
  const timeOf = (side: Side, record: StagedCrm | null) =>
    correctedTime(record?.record.modifiedAt ?? null, knowledge.skewMs[side], now);
  pass.draft = draftCouple(
    {
      kinds,
      weavy: weavy?.record ?? null,
      mautic: mautic?.record ?? null,
      modifiedAt: { weavy: timeOf('weavy', weavy), mautic: timeOf('mautic', mautic) },
      base: couple.base,
      paused: [...couple.pausedFields, ...knowledge.gone[objectOf(kinds)]],
      pending: couple.pending,
      chosen: chosenOf(items),
    },
    pairs,
    { tie: policies.tie, tieWithinMs: policies.tieWithin },
  );
  pass.company = companyOf(mapping, pass, couple, tiers);
  pass.bounce = bounceOf(mapping, pass, couple);
  return { ...pass, ...endOf(pass, couple) };
}

/** Ties that a person settled. */
function chosenOf(items: readonly AttentionItem[]): Record<string, Side> {
  const chosen: Record<string, Side> = {};
  for (const { reason, decision, place } of items) {
    if (reason !== CrmReason.tieHeld) continue;
    if (decision === 'take-weavy') chosen[place] = 'weavy';
    if (decision === 'take-mautic') chosen[place] = 'mautic';
  }
  return chosen;
}

/** What keeps a couple from being looked at at all. */
function obstacleOf(
  context: WeavyWebmecanikContext,
  { denied }: Knowledge,
  pass: CouplePass,
  couple: Couple,
): Pick<CouplePass, 'outcome' | 'reason'> | null {
  const { weavy, mautic, kinds } = pass;
  if (couple.state === 'stopped') return { outcome: 'skipped', reason: CrmReason.stoppedByDecision };
  const there = [weavy, mautic].filter((record) => record !== null);
  const needed = [`weavy/${kinds.weavy}`, `mautic/${kinds.mautic}`];
  // whether somebody is unknown shows only beside the Contacts
  if (kinds.weavy === 'marketinginbound') needed.push('weavy/customercontact');
  if (needed.some((kind) => denied.includes(kind)))
    return { outcome: 'held', reason: CrmReason.missingRight };
  const isUnreadable =
    (couple.weavyRecord !== null && weavy === null) || (couple.mauticRecord !== null && mautic === null);
  if (isUnreadable) return { outcome: 'held', reason: CrmReason.unreadableRecord };
  if (there.length > 0 && there.every((record) => record.gone))
    return { outcome: 'skipped', reason: CrmReason.deletedAtPlatform };
  if (there.some((record) => record.gone)) return { outcome: 'held', reason: CrmReason.counterpartDeleted };
  if (
    weavy === null &&
    mautic !== null &&
    kinds.weavy === 'marketinginbound' &&
    !isSelected(context.mapping, mautic)
  )
    return { outcome: 'skipped', reason: CrmReason.notSelected };
  return null;
}

/** Segments are asked for right before an Entrant is created: no list tells them. */
function isSelected(mapping: FieldMapping, contact: StagedCrm): boolean {
  const create = mapping.inbounds?.create ?? 'none';
  if (create === 'none') return false;
  if (create === 'all' || 'segment' in create) return true;
  return contact.record.tags.includes(create.tag);
}

/** The Tiers of a Contact becomes the contact's company (settled question 35); null leaves companies alone. */
function companyOf(
  mapping: FieldMapping,
  { weavy, kinds }: CouplePass,
  couple: Couple,
  tiers: Map<string, { mauticRecord: string | null }>,
): CouplePass['company'] {
  const follows = mapping.contacts?.company === true && mapping.companies !== null;
  if (!follows || kinds.weavy !== 'customercontact' || weavy === null) return null;
  const { tiersId } = weavy.record;
  const made = couple.madeCompany;
  if (tiersId === null)
    return made === null ? null : { wanted: null, made, madeIsOurs: couple.companyIsOurs };
  const known = tiers.get(`weavy/customer/${tiersId}`);
  if (known === undefined) return null; // not synchronised: a Tiers without a key, say
  const wanted = known.mauticRecord ?? TO_COME;
  return wanted === made ? null : { wanted, made, madeIsOurs: couple.companyIsOurs };
}

/** Stands for the company of a Tiers that is to be created first. */
export const TO_COME = 'to-come';

/** Written once per bounce, at the time we first saw it; a date that is there already is the first one (settled question 40). */
function bounceOf(
  mapping: FieldMapping,
  { weavy, mautic, kinds }: CouplePass,
  couple: Couple,
): CouplePass['bounce'] {
  const field = mapping.contacts?.bounceField ?? null;
  if (field === null || kinds.weavy !== 'customercontact' || weavy === null || mautic === null) return null;
  if (mautic.record.bounced === (couple.bouncedAt !== null)) return null;
  if (!mautic.record.bounced) return { seenAt: null, write: null };
  const seenAt = mautic.stagedAt.toISOString();
  const isFilled = (weavy.record.fields[field] ?? '') !== '';
  return { seenAt, write: isFilled ? null : { field, after: seenAt.slice(0, 19) } };
}

function endOf(pass: CouplePass, couple: Couple): Pick<CouplePass, 'act' | 'outcome' | 'reason'> {
  const { draft, company, bounce } = pass;
  const isWhole = pass.weavy !== null && pass.mautic !== null;
  const cannotCreate = !isWhole && draft.writes.weavy === null && draft.writes.mautic === null;
  if (cannotCreate) {
    const problem = draft.problems.find(({ pair }) => pair.identity);
    return { act: 'none', outcome: 'held', reason: problem?.reason ?? CrmReason.notMapped };
  }
  const held = draft.problems.find((problem) => problem.reason === CrmReason.tieHeld);
  const creates = draft.writes.weavy?.operation === 'create' || draft.writes.mautic?.operation === 'create';
  const writes =
    draft.writes.weavy !== null || draft.writes.mautic !== null || company !== null || bounce?.write != null;
  const notes =
    couple.state === 'proposed' ||
    Object.keys(draft.agreed).length > 0 ||
    Object.keys(couple.pending).length > 0 ||
    bounce !== null;
  // found where an attempt of ours left it without an answer
  const isOurs =
    couple.state === 'proposed' && couple.creatingAt !== null && pass.weavy !== null && pass.mautic !== null;
  const outcome =
    held !== undefined ? 'held' : creates || isOurs ? 'created' : writes ? 'updated' : 'unchanged';
  return { act: writes || notes ? 'write' : 'none', outcome, reason: held?.reason ?? null };
}

/** A record that belongs to no couple: why not. */
function alone(context: WeavyWebmecanikContext, record: StagedCrm, items: AttentionItem[]): CouplePass {
  const { kind } = record.record;
  const isWeavy = kind.startsWith('weavy/');
  const [weavy, mautic] = isWeavy ? [record, null] : [null, record];
  const kinds = kindsOf(weavy?.record ?? null, mautic?.record ?? null);
  return {
    lead: record.recordId,
    couple: null,
    weavy,
    mautic,
    kinds,
    act: 'none',
    outcome: 'skipped',
    reason: whyAlone(context, record, kind),
    draft: NO_DRAFT,
    company: null,
    bounce: null,
    duplicates: [],
    items,
  };
}

function whyAlone(context: WeavyWebmecanikContext, record: StagedCrm, kind: RecordKind): string {
  if (record.gone) return CrmReason.deletedAtPlatform;
  if (kind === 'weavy/marketinginbound') return CrmReason.entrantAlone;
  const isCompany = kind === 'weavy/customer' || kind === 'mautic/company';
  if ((isCompany ? context.mapping.companies : context.mapping.contacts) === null) return CrmReason.notMapped;
  if (record.matchKey === null) return isCompany ? CrmReason.noKey : CrmReason.noEmail;
  return CrmReason.duplicateKey;
}

/** The sets of records with one key, for the linked one of each (seed: one of them is updated). */
async function withDuplicates(context: WeavyWebmecanikContext, passes: CouplePass[]): Promise<CouplePass[]> {
  for (const side of ['weavy', 'mautic'] as const) {
    const keyed = passes.flatMap((pass) =>
      pass.couple !== null && pass[side]?.matchKey != null && pass[side]?.gone === false ? [pass] : [],
    );
    const keys = keyed.map((pass) => pass[side]?.matchKey ?? '');
    const kinds: RecordKind[] =
      side === 'weavy' ? ['weavy/customer', 'weavy/customercontact'] : ['mautic/company', 'mautic/contact'];
    const same = await recordsByKey(context.pool, context.slug, kinds, keys);
    for (const pass of keyed) {
      const own = pass[side];
      pass.duplicates.push(
        ...same
          .filter(({ recordId, key }) => key === own?.matchKey && recordId !== own.recordId)
          .map(({ recordId }) => recordId)
          .filter((recordId) => recordId.split('/')[1] === own?.recordId.split('/')[1]),
      );
    }
  }
  return passes;
}

function tiersOf(staged: Map<string, StagedCrm>): string[] {
  return [...staged.values()].flatMap(({ record }) =>
    record.tiersId === null ? [] : [`weavy/customer/${record.tiersId}`],
  );
}

/** The part of the mapping that a couple falls under. */
export function objectOf(kinds: CoupleKinds): 'companies' | 'contacts' | 'inbounds' {
  if (kinds.weavy === 'customer') return 'companies';
  return kinds.weavy === 'customercontact' ? 'contacts' : 'inbounds';
}
