import { coupleKindOf, parseRecordId, type RecordKind, type Side } from '../crm-record';
import type { FieldMapping } from '../field-mapping';
import { type CoupleKinds, kindsOf } from '../judged-pairs';
import { correctedTime } from '../later-side';
import { compareCouple } from './reconcile-couple';
import {
  type CoupleRules,
  type Difference,
  type LinkedCouple,
  type LiveRecord,
  ofRecords,
  type PresentCouple,
} from './reconcile-difference';
import { type Awaits, compareKeys } from './reconcile-keys';

/** Both CRMs as they were read just now, and the links between them. */
export interface BothSides {
  mapping: FieldMapping;
  live: ReadonlyMap<string, LiveRecord>;
  /** Records that are there and cannot be read: nothing is said of them. */
  unreadable: ReadonlySet<string>;
  couples: readonly LinkedCouple[];
  /** Tables that are not to be read: what depends on them is not compared. */
  deniedTables: readonly RecordKind[];
  /** How far each clock is ahead of ours, and ours, in ms. */
  skewMs: Record<Side, number>;
  now: number;
  rulesOf(kinds: CoupleKinds): CoupleRules;
}

export interface SidesComparison {
  differences: Difference[];
  /** Links whose two records should be the same, and those of them without a difference. */
  expected: number;
  inStep: number;
  /** Fields that differ for a reason that is on record. */
  accepted: number;
  /** Records of which only a call for each could tell whether they should have a counterpart. */
  unknown: number;
}

/** Compares both sides as they were read, by the links and the mapping, and answers every difference. Pure. */
export function reconcileSides(sides: BothSides): SidesComparison {
  const found: SidesComparison = { differences: [], expected: 0, inStep: 0, accepted: 0, unknown: 0 };
  for (const couple of sides.couples) {
    if (!couple.isStopped) addCouple(found, sides, couple);
  }
  for (const kind of ['company', 'person'] as const) {
    // an Entrant may be the counterpart: without them nobody knows who is missing
    if (sides.deniedTables.some((table) => coupleKindOf(table) === kind)) continue;
    const compared = compareKeys({
      records: [...sides.live.values()].filter(({ record }) => coupleKindOf(record.kind) === kind),
      couples: sides.couples,
      awaits: (record) => awaits(sides.mapping, record),
    });
    found.differences.push(...compared.differences);
    found.unknown += compared.unknown;
  }
  found.differences.push(...sides.deniedTables.map((table) => ofRecords('not-readable', [table])));
  return found;
}

/** A couple that waits for its counterpart is no link yet: its record counts among those that stand alone. */
function addCouple(found: SidesComparison, sides: BothSides, couple: LinkedCouple): void {
  const { weavyRecord, mauticRecord } = couple;
  if (weavyRecord === null || mauticRecord === null) return;
  if (sides.unreadable.has(weavyRecord) || sides.unreadable.has(mauticRecord)) return;
  const isDenied = (recordId: string) => sides.deniedTables.some((table) => recordId.startsWith(`${table}/`));
  if (isDenied(weavyRecord) || isDenied(mauticRecord)) return;
  const weavy = liveOf(sides, weavyRecord);
  const mautic = liveOf(sides, mauticRecord);
  if (weavy === null && mautic === null) return; // nothing is left to tell of
  if (weavy === null || mautic === null) {
    const ids = weavy === null ? [mauticRecord, weavyRecord] : [weavyRecord, mauticRecord];
    found.differences.push(ofRecords('orphan', ids));
    return;
  }
  const seen = presentCouple(sides, couple, weavy, mautic);
  const rules = sides.rulesOf(seen.kinds);
  if (rules.pairs.length === 0) return; // no longer part of the mapping
  const { differences, accepted } = compareCouple(seen, rules);
  found.expected += 1;
  found.accepted += accepted;
  if (differences.length === 0) found.inStep += 1;
  found.differences.push(...differences);
}

function liveOf({ live }: BothSides, recordId: string): LiveRecord | null {
  const record = live.get(recordId);
  return record === undefined || record.record.deleted ? null : record;
}

function presentCouple(
  { skewMs, now }: BothSides,
  couple: LinkedCouple,
  weavy: LiveRecord,
  mautic: LiveRecord,
): PresentCouple {
  const timeOf = (side: Side, { record }: LiveRecord) => correctedTime(record.modifiedAt, skewMs[side], now);
  return {
    couple,
    kinds: kindsOf(weavy.record, mautic.record),
    weavy,
    mautic,
    modifiedAt: { weavy: timeOf('weavy', weavy), mautic: timeOf('mautic', mautic) },
  };
}

/** Settled questions 34 and 35. Segments would have to be asked for contact by contact. */
function awaits(mapping: FieldMapping, { record }: LiveRecord): Awaits {
  if (coupleKindOf(record.kind) === 'company') return mapping.companies === null ? 'nothing' : 'counterpart';
  if (mapping.contacts === null) return 'nothing';
  if (record.kind !== 'mautic/contact') return 'counterpart';
  const create = mapping.inbounds?.create ?? 'none';
  if (create === 'none') return 'nothing';
  if (create === 'all') return 'counterpart';
  if ('segment' in create) return 'unknown';
  return record.tags.includes(create.tag) ? 'counterpart' : 'nothing';
}

/** Records to be read once more before anything is said of them: pages are read while people go on working. */
export function doubtfulRecords({ differences }: SidesComparison): string[] {
  const ids = differences.flatMap(({ records }) => records).filter((id) => parseRecordId(id) !== null);
  return [...new Set(ids)];
}
