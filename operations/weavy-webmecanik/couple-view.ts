import type { WeavyWebmecanikContext } from '../../activities/weavy-webmecanik/context';
import { type CouplePass, passesOf } from '../../activities/weavy-webmecanik/couple-pass';
import { loadKnowledge } from '../../activities/weavy-webmecanik/knowledge';
import type { Configuration } from '../../config/schema';
import type { WeavyWebmecanikSync } from '../../config/weavy-webmecanik';
import type { Couple } from '../../db/couples';
import type { StagedCrm } from '../../db/crm-records';
import type { FieldValue } from '../../mappings/fields';
import { parseRecordId } from '../../mappings/weavy-webmecanik/crm-record';
import type { Direction } from '../../mappings/weavy-webmecanik/field-mapping';
import { judgedPairsOf } from '../../mappings/weavy-webmecanik/judged-pairs';
import { isSameValue } from '../../mappings/weavy-webmecanik/same-value';
import type { BaseValue, JudgedPair } from '../../mappings/weavy-webmecanik/verdict';
import { recordPage } from './record-page';

/** Both records of a link as they were read last: `show --json` prints it under `couple`. */
export interface CoupleView {
  /** Null for a record that belongs to no link. */
  state: Couple['state'] | null;
  origin: Couple['origin'] | null;
  weavy: SideView | null;
  mautic: SideView | null;
  fields: FieldView[];
  pausedFields: string[];
  /** Mautic's company that the contact was given after its Tiers. */
  madeCompany: string | null;
  /** When a bounce was first seen. */
  bouncedAt: string | null;
  /** A create or an update is under way, or ended without an answer. */
  isUnsettled: boolean;
  /** Other records of the same side with the same key. */
  duplicates: string[];
}

export interface SideView {
  record: string;
  gone: boolean;
  /** By the platform's own clock. */
  changedAt: string | null;
  /** Since when it is known as it is: reading the same again does not move this. */
  knownSince: string | null;
  url: string | null;
}

/** One mapped field: what each side holds, and held when the two last agreed. */
export interface FieldView {
  weavyField: string;
  mauticField: string;
  direction: Direction;
  weavy: FieldValue;
  mautic: FieldValue;
  base: BaseValue | null;
  standing: 'same' | 'differs' | 'one-side' | 'paused';
  /** What the next pass would do about it, when something differs. */
  rule: string | null;
}

/** By the very code that plans and runs judge with, on what was read last: no platform is asked. */
export async function coupleView(
  context: WeavyWebmecanikContext,
  configuration: Configuration,
  sync: WeavyWebmecanikSync,
  recordId: string,
): Promise<CoupleView> {
  const [pass] = await passesOf(context, [recordId]);
  const { couple = null, weavy = null, mautic = null } = pass ?? {};
  const side = (id: string | null | undefined, staged: StagedCrm | null): SideView | null =>
    id == null ? null : sideView(configuration, sync, id, staged);
  const own = parseRecordId(recordId);
  const ownSide = own?.kind.startsWith('weavy/') ? 'weavy' : 'mautic';
  const idOf = (on: 'weavy' | 'mautic', linked: string | null | undefined) =>
    linked ?? (couple === null && on === ownSide ? recordId : null);
  return {
    state: couple?.state ?? null,
    origin: couple?.origin ?? null,
    weavy: side(idOf('weavy', couple?.weavyRecord), weavy),
    mautic: side(idOf('mautic', couple?.mauticRecord), mautic),
    fields: pass === undefined ? [] : await fieldViews(context, pass),
    pausedFields: couple?.pausedFields ?? [],
    madeCompany: couple?.madeCompany ?? null,
    bouncedAt: couple?.bouncedAt?.toISOString() ?? null,
    isUnsettled: couple !== null && (couple.creatingAt !== null || Object.keys(couple.pending).length > 0),
    duplicates: pass?.duplicates ?? [],
  };
}

function sideView(
  configuration: Configuration,
  sync: WeavyWebmecanikSync,
  record: string,
  staged: StagedCrm | null,
): SideView {
  const changedAt = staged?.record.modifiedAt ?? null;
  return {
    record,
    gone: staged?.gone ?? false,
    changedAt: changedAt === null ? null : new Date(changedAt).toISOString(),
    knownSince: staged?.stagedAt.toISOString() ?? null,
    url: recordPage(configuration, sync, record),
  };
}

async function fieldViews(context: WeavyWebmecanikContext, pass: CouplePass): Promise<FieldView[]> {
  const { schemas } = await loadKnowledge(context);
  return judgedPairsOf(pass.kinds, context.mapping, schemas).map((pair) => fieldView(pass, pair));
}

function fieldView({ couple, weavy, mautic, draft }: CouplePass, pair: JudgedPair): FieldView {
  const held = {
    weavy: weavy?.record.fields[pair.weavy] ?? null,
    mautic: mautic?.record.fields[pair.mautic] ?? null,
  };
  const isPaused = couple?.pausedFields.includes(pair.weavy) === true;
  const isSame = isSameValue(pair, held);
  const verdict = draft.verdicts.find((each) => each.pair.weavy === pair.weavy);
  const standing = isPaused
    ? 'paused'
    : weavy === null || mautic === null
      ? 'one-side'
      : isSame
        ? 'same'
        : 'differs';
  return {
    weavyField: pair.weavy,
    mauticField: pair.mautic,
    direction: pair.direction,
    ...held,
    base: couple?.base[pair.weavy] ?? null,
    standing,
    rule: standing === 'differs' ? (verdict?.rule ?? null) : null,
  };
}
