import { allCouples } from '../../db/crm-reading';
import type { RecordKind } from '../../mappings/weavy-webmecanik/crm-record';
import type { DiscoveredSchemas } from '../../mappings/weavy-webmecanik/field-mapping';
import { type CoupleKinds, judgedPairsOf } from '../../mappings/weavy-webmecanik/judged-pairs';
import {
  type CoupleRules,
  DIFFERENCE_KINDS,
  type Difference,
  type DifferenceKind,
} from '../../mappings/weavy-webmecanik/reconcile/reconcile-difference';
import {
  doubtfulRecords,
  reconcileSides,
  type SidesComparison,
} from '../../mappings/weavy-webmecanik/reconcile/reconcile-sides';
import { callContext } from '../call-context';
import type { WeavyWebmecanikContext } from './context';
import { objectOf } from './couple-pass';
import { discoverSchemas } from './discover-schemas';
import { loadKnowledge } from './knowledge';
import { type LiveSides, readAgain, readBothSides } from './reconcile-read';

export interface Reconciliation {
  /** Rows by kind, and how many of them could not be read. */
  read: Record<RecordKind, number> & { unreadable: number; couples: number };
  /** Links whose two records should be the same, and those of them without a difference. */
  expected: number;
  inStep: number;
  /** Fields that differ for a reason that is on record. */
  accepted: number;
  /** Contacts of which only a call for each could tell whether they should be an Entrant (a segment decides). */
  unknown: number;
  counts: Record<DifferenceKind, number>;
  total: number;
  /** The first ones, by kind and record. */
  differences: Difference[];
}

/**
 * Reads both CRMs anew and compares them by the links: not with what a run staged, so that a fault of the runs shows too.
 * What seems to differ is read once more, because people go on working meanwhile. Writes nothing, here and there. Rejects
 * as the platform clients do; a table that may not be read is named, and what depends on it is left out.
 */
export async function reconcile(
  context: WeavyWebmecanikContext,
  options: { limit: number },
): Promise<Reconciliation> {
  const { schemas, missingRights } = await discoverSchemas(context.weavy, context.mautic, callContext());
  const sides = await readBothSides(context);
  for (const { table, right } of missingRights)
    if (right === 'READ' && isMapped(context, table) && !sides.deniedTables.includes(table))
      sides.deniedTables.push(table);
  const first = await compare(context, schemas, sides);
  await readAgain(context, doubtfulRecords(first), sides);
  const { differences, couples, ...sums } = await compare(context, schemas, sides);
  return {
    read: { ...sides.read, unreadable: sides.unreadable.size, couples },
    ...sums,
    counts: countsOf(differences),
    total: differences.length,
    differences: differences.sort(byKind).slice(0, options.limit),
  };
}

function isMapped({ mapping }: WeavyWebmecanikContext, table: RecordKind): boolean {
  switch (table) {
    case 'weavy/customer':
    case 'mautic/company':
      return mapping.companies !== null;
    case 'weavy/marketinginbound':
      return mapping.inbounds !== null;
    default:
      return mapping.contacts !== null;
  }
}

/** The links are read for each comparison: a run under way may have made some meanwhile. */
async function compare(
  context: WeavyWebmecanikContext,
  schemas: DiscoveredSchemas,
  { live, unreadable, deniedTables }: LiveSides,
): Promise<SidesComparison & { couples: number }> {
  const { pool, slug, mapping, policies } = context;
  const [couples, { skewMs, gone }] = await Promise.all([allCouples(pool, slug), loadKnowledge(context)]);
  const rules = new Map<string, CoupleRules>();
  const rulesOf = (kinds: CoupleKinds): CoupleRules => {
    const known = rules.get(kinds.weavy) ?? {
      pairs: judgedPairsOf(kinds, mapping, schemas),
      gone: gone[objectOf(kinds)],
      bounceField: mapping.contacts?.bounceField ?? null,
      settings: { tie: policies.tie, tieWithinMs: policies.tieWithin },
    };
    rules.set(kinds.weavy, known);
    return known;
  };
  const compared = reconcileSides({
    mapping,
    live,
    unreadable,
    couples,
    deniedTables,
    skewMs,
    now: Date.now(),
    rulesOf,
  });
  return { ...compared, couples: couples.length };
}

function countsOf(differences: readonly Difference[]): Record<DifferenceKind, number> {
  // one entry for each kind
  const counts = Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, 0])) as Record<
    DifferenceKind,
    number
  >;
  for (const { kind } of differences) counts[kind] += 1;
  return counts;
}

function byKind(a: Difference, b: Difference): number {
  return (
    DIFFERENCE_KINDS.indexOf(a.kind) - DIFFERENCE_KINDS.indexOf(b.kind) ||
    order(a.records.join(), b.records.join()) ||
    order(a.field ?? '', b.field ?? '')
  );
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
