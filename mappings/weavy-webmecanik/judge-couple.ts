import { judgeField } from './judge-field';
import type { JudgeInput, Verdict } from './verdict';

/** One verdict per pair, in the order of the pairs. No verdict depends on another. */
export function judgeCouple(input: JudgeInput): Verdict[] {
  return input.pairs.map((pair) => judgeField(pair, input));
}
