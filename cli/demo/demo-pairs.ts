import type { Pair } from '../../config/schema';
import { UsageError } from '../context';

/** Pairs that can be shown, in the order in which they are. */
export const DEMO_PAIRS = [
  'planexpo-inwink',
  'pivot-cirkwi',
  'weavy-webmecanik',
] as const satisfies readonly Pair[];
export type DemoPair = (typeof DEMO_PAIRS)[number];

/** With fewer, the samples do not hold everything that the stories tell of. */
export const FEWEST = 120;
const MOST = 100_000;

/** Records of the main kind where no number is given. */
export const DEMO_RECORDS: Readonly<Record<DemoPair, number>> = {
  'planexpo-inwink': 120,
  'pivot-cirkwi': 160,
  'weavy-webmecanik': 200,
};

/** The pairs that `--sync` names: one, or all when it is not given. */
export function pairsOf(sync: string | undefined): readonly DemoPair[] {
  if (sync === undefined) return DEMO_PAIRS;
  const pairs = DEMO_PAIRS.filter((pair) => pair === sync);
  if (pairs.length > 0) return pairs;
  throw new UsageError(`--sync: "${sync}" is none of ${DEMO_PAIRS.join(', ')}`);
}

/** How many records each pair gets: what `--records` says, at least `least`. */
export function recordsOf(records: string | undefined, least = FEWEST): Readonly<Record<DemoPair, number>> {
  if (records === undefined) return DEMO_RECORDS;
  const n = wholeNumber('--records', records, least);
  return { 'planexpo-inwink': n, 'pivot-cirkwi': n, 'weavy-webmecanik': n };
}

export function wholeNumber(option: string, text: string, least: number): number {
  const n = Number(text);
  if (Number.isInteger(n) && n >= least && n <= MOST) return n;
  throw new UsageError(`${option}: "${text}" is not a whole number from ${least} to ${MOST}`);
}
