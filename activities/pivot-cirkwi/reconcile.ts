import { itemsOfRecords } from '../../db/attention';
import { handedOverObjects } from '../../db/reading';
import type { Marks } from '../../mappings/pivot-cirkwi/find-marks';
import { ITINERARY_TYPE } from '../../mappings/pivot-cirkwi/offer';
import {
  DIFFERENCE_KINDS,
  type Difference,
  type DifferenceKind,
} from '../../mappings/pivot-cirkwi/reconcile/reconcile-difference';
import { reconcileOffer } from '../../mappings/pivot-cirkwi/reconcile/reconcile-offer';
import { reconcileServed } from '../../mappings/pivot-cirkwi/reconcile/reconcile-served';
import { type HandedOver, reconcileShown } from '../../mappings/pivot-cirkwi/reconcile/reconcile-shown';
import type { ReadOffer } from '../../platforms/pivot/client';
import { callContext } from '../call-context';
import { inFlight } from '../in-flight';
import type { PivotCirkwiContext } from './context';
import { type Draft, draftOffer } from './draft';
import { readShown } from './reconcile-cirkwi';
import { servedCodes } from './reconcile-feed';
import { candidatesOf, everyOffer, type FreshOffer, NotComparable, readMarks } from './reconcile-pivot';

/** Offers that are asked for one by one because the query no longer answers them: beyond, the query itself is wrong. */
const MOST_SINGLE_READS = 1_000;
const AT_ONCE = 100;

export interface ReconcileOptions {
  /** `fetch`: every GPX file of PIVOT anew, because one that is replaced inside its media shows in no date. */
  tracks: 'fetch' | 'as-stored';
  /** Differences that are listed; all are counted. */
  limit: number;
}

export interface Reconciliation {
  read: { offers: number; unreadable: number; offered: number; circuits: number; pois: number };
  /** Offers that Cirkwi should show as PIVOT has them, and those of them without any difference. */
  expected: number;
  inStep: number;
  /** Differences that Cirkwi's next import may put right by itself. */
  awaitingImport: number;
  counts: Record<DifferenceKind, number>;
  total: number;
  /** The first ones, by code. */
  differences: Difference[];
}

/**
 * Reads PIVOT and Cirkwi anew and compares both with what is offered: PIVOT by the very code that plans and runs draft
 * with, but not with what a run staged, so that a fault of the runs shows too. Writes nothing anywhere, and keeps no more
 * than a page of offers at a time. Rejects as the platform clients do, or with `NotComparable`.
 */
export async function reconcile(
  context: PivotCirkwiContext,
  options: ReconcileOptions,
): Promise<Reconciliation> {
  const tally = newTally(options.limit);
  const handedOver = await handedOverObjects(context.pool, context.slug);
  const marks = await readMarks(context);
  const seen = await compareSource(context, marks, options, tally);
  await compareVanished(context, marks, options, tally, unseen(handedOver, seen.codes));
  if (context.policies.delivery === 'feed') {
    const offered = handedOver.filter((object) => object.isOffered);
    tally.add(reconcileServed(offered, await servedCodes(context.pool, context.slug)));
  }
  const { shown, circuits, pois } = await readShown(context);
  tally.add(reconcileShown(handedOver, shown, Date.now() - context.policies.verifyWithin));
  return tally.result({
    offers: seen.codes.size,
    unreadable: seen.unreadable,
    offered: handedOver.filter((object) => object.isOffered).length,
    circuits,
    pois,
  });
}

async function compareSource(
  context: PivotCirkwiContext,
  marks: Marks,
  options: ReconcileOptions,
  tally: Tally,
): Promise<{ codes: Set<string>; unreadable: number }> {
  const codes = new Set<string>();
  let unreadable = 0;
  for await (const page of everyOffer(context)) {
    const fresh = page.flatMap((read): FreshOffer[] => {
      const code = codeOf(read);
      if (code === null || codes.has(code)) return [];
      codes.add(code);
      if (read.kind === 'unreadable') unreadable += 1;
      return [{ code, read, standing: 'in-query' }];
    });
    await compareOffers(context, marks, options, tally, fresh);
  }
  return { codes, unreadable };
}

function codeOf(read: ReadOffer): string | null {
  return read.kind === 'offer' ? read.offer.code : read.code;
}

function unseen(handedOver: readonly HandedOver[], codes: ReadonlySet<string>): string[] {
  return handedOver.filter((object) => object.isOffered && !codes.has(object.code)).map(({ code }) => code);
}

/** Offered, and not among what the query answers: each is read by its code before anything is said of it. */
async function compareVanished(
  context: PivotCirkwiContext,
  marks: Marks,
  options: ReconcileOptions,
  tally: Tally,
  codes: readonly string[],
): Promise<void> {
  if (codes.length > MOST_SINGLE_READS)
    throw new NotComparable(
      `${codes.length} offers that stand in the feed are not in what PIVOT's query answers: check the query first`,
    );
  for (let first = 0; first < codes.length; first += AT_ONCE) {
    const fresh: FreshOffer[] = [];
    await inFlight(context.sourceInFlight, codes.slice(first, first + AT_ONCE), async (code) => {
      const read = await context.source.getOffer(code, callContext());
      fresh.push({ code, read, standing: 'left-query' });
    });
    await compareOffers(context, marks, options, tally, fresh);
  }
}

async function compareOffers(
  context: PivotCirkwiContext,
  marks: Marks,
  options: ReconcileOptions,
  tally: Tally,
  fresh: readonly FreshOffer[],
): Promise<void> {
  const items = await itemsOfRecords(
    context.pool,
    context.slug,
    fresh.map(({ code }) => code),
  );
  for (const candidate of await candidatesOf(context, marks, fresh, options.tracks)) {
    const own = items.filter((item) => item.record_id === candidate.code);
    const draft = draftOffer(context, marks, candidate, own);
    if (draft.act === 'publish' || draft.outcome === 'unchanged') tally.expect(candidate.code);
    tally.add(differencesOf(draft));
  }
}

function differencesOf({ candidate, act, reason, changes, mapped }: Draft): Difference[] {
  const { code, offer, published } = candidate;
  const entity = mapped?.object.kind ?? (offer?.type === ITINERARY_TYPE ? 'circuit' : 'poi');
  return reconcileOffer({ code, entity, act, reason, isOffered: published !== null, changes });
}

interface Tally {
  expect(code: string): void;
  add(differences: readonly Difference[]): void;
  result(read: Reconciliation['read']): Reconciliation;
}

/** Counts everything and keeps what is to be listed: the texts of all differences may be as much as all offers. */
function newTally(limit: number): Tally {
  const counts = Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, 0])) as Record<
    DifferenceKind,
    number
  >; // one entry for each
  const differing = new Set<string>();
  const listed: Difference[] = [];
  const expected = new Set<string>();
  const sums = { awaitingImport: 0, total: 0 };
  return {
    expect: (code) => void expected.add(code),
    add(differences) {
      for (const found of differences) {
        counts[found.kind] += 1;
        sums.total += 1;
        if (found.awaitsImport) sums.awaitingImport += 1;
        differing.add(found.record);
        if (listed.length < limit) listed.push(found);
      }
    },
    result: (read) => ({
      read,
      expected: expected.size,
      inStep: [...expected].filter((code) => !differing.has(code)).length,
      ...sums,
      counts,
      differences: listed.sort(byRecord),
    }),
  };
}

function byRecord(a: Difference, b: Difference): number {
  return order(a.record, b.record) || order(a.kind, b.kind) || order(a.field ?? '', b.field ?? '');
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
