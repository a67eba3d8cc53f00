import type { Queryable } from '../pool';

/** Counting up to this many rows takes a few milliseconds: it is done each time. */
const FEW_ROWS = 20_000;
const TIMES_WHAT_IT_TOOK = 10;
const AT_MOST_MS = 10_000;

interface Told {
  answer: unknown;
  until: number;
}

const TOLD = new WeakMap<Queryable, Map<string, Told>>();

/**
 * Answers a count over many rows again for ten times as long as it took, so that people who look at a large sync, and pages
 * that refresh themselves, cost the database a tenth of its time at most. `rowsOf` says how many rows an answer counted; a
 * count over few is never told twice. `question` names the question with all it depends on, and one kind of answer.
 */
export async function toldAgain<T>(
  db: Queryable,
  question: string,
  ask: () => Promise<T>,
  rowsOf: (answer: T) => number,
): Promise<T> {
  const told = TOLD.get(db) ?? new Map<string, Told>();
  TOLD.set(db, told);
  const startedAt = performance.now();
  const earlier = told.get(question);
  // whoever asks this question stored it, so the answer is of its kind
  if (earlier !== undefined && earlier.until > startedAt) return earlier.answer as T;

  const answer = await ask();
  const now = performance.now();
  for (const [each, { until }] of told) if (until <= now) told.delete(each);
  if (rowsOf(answer) > FEW_ROWS) {
    const lasts = Math.min((now - startedAt) * TIMES_WHAT_IT_TOOK, AT_MOST_MS);
    told.set(question, { answer, until: now + lasts });
  }
  return answer;
}

/** How many rows counts by name add up to. */
export function sumOf(counts: Readonly<Partial<Record<string, number>>>): number {
  return Object.values(counts).reduce<number>((sum, n) => sum + (n ?? 0), 0);
}
