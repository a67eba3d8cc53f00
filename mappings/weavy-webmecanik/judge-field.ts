import type { FieldValue } from '../fields';
import { comparable } from './compare-value';
import type { Side } from './crm-record';
import { laterSide } from './later-side';
import { isSameValue } from './same-value';
import { spell } from './spell-value';
import type { BaseValue, JudgedPair, JudgeInput, Verdict, VerdictRule } from './verdict';

/** A rule, and the side whose value goes to the other; null when neither is written. */
interface Ruling {
  rule: VerdictRule;
  winner: Side | null;
  tie?: boolean;
}

/** One field of a couple, seen against its base. */
interface Case {
  pair: JudgedPair;
  input: JudgeInput;
  held: BaseValue;
  base: BaseValue | null;
}

const OTHER: Record<Side, Side> = { weavy: 'mautic', mautic: 'weavy' };

/**
 * The one verdict about one field: what both sides hold now, each against what it held when they last agreed. A side
 * changed a field when the meaning of its value differs from its own base; times count only between two changes. At
 * most one side is to be written, with the other's value in its own spelling; where a field is read-only, what stands
 * there is left.
 */
export function judgeField(pair: JudgedPair, input: JudgeInput): Verdict {
  const held = { weavy: fieldOf(input, 'weavy', pair), mautic: fieldOf(input, 'mautic', pair) };
  const base = Object.hasOwn(input.base, pair.weavy) ? (input.base[pair.weavy] ?? null) : null;
  const seen = { pair, input, held, base };
  return verdictOf(seen, ruleOn(seen));
}

function fieldOf(input: JudgeInput, side: Side, pair: JudgedPair): FieldValue {
  const { fields } = input[side];
  return Object.hasOwn(fields, pair[side]) ? (fields[pair[side]] ?? null) : null;
}

function ruleOn(seen: Case): Ruling {
  const { pair, input, held, base } = seen;
  if (input.paused.includes(pair.weavy)) return { rule: 'paused', winner: null };
  if (base !== null && !isChanged(seen, 'weavy') && !isChanged(seen, 'mautic'))
    return { rule: 'agree.unchanged', winner: null };
  if (isSameValue(pair, held)) return { rule: 'agree.same-value', winner: null };
  if (base === null) return ruleOnFirst(seen);
  const master = masterOf(pair);
  return master === null ? ruleOnBoth(seen) : ruleOnOneWay(seen, master);
}

/** Never agreed on this field before: nothing tells who changed it, and a blank erases nothing (settled question 32). */
function ruleOnFirst(seen: Case): Ruling {
  const master = masterOf(seen.pair);
  const blank = blankSideOf(seen);
  if (blank !== null) {
    if (blank === master && !seen.pair.enforce) return { rule: 'left.one-way', winner: null };
    const filled = OTHER[blank];
    return { rule: `first.filled-${filled}`, winner: filled };
  }
  if (master !== null) return { rule: `first.master-${master}`, winner: master };
  const later = laterOf(seen);
  if (later !== 'none') return { rule: `first.latest-${later}`, winner: later };
  const { tie } = seen.input.settings;
  return { rule: `first.tie-${tie}`, winner: tie === 'hold' ? null : tie, tie: true };
}

function ruleOnBoth(seen: Case): Ruling {
  const blank = blankSideOf(seen);
  if (blank !== null && isChanged(seen, blank) && !mayBlank(seen.pair, OTHER[blank]))
    return { rule: `blank-undone.${blank}`, winner: OTHER[blank] };
  for (const side of ['weavy', 'mautic'] as const)
    if (!isChanged(seen, OTHER[side])) return { rule: `changed.${side}`, winner: side };
  const later = laterOf(seen);
  if (later !== 'none') return { rule: `latest.${later}`, winner: later };
  const { tie } = seen.input.settings;
  return { rule: `tie.${tie}`, winner: tie === 'hold' ? null : tie, tie: true };
}

/**
 * One side has priority, whatever the times. With `enforce: false` the two may differ, and nothing is written to the
 * master: what was edited on the other side stays there until the master changes.
 */
function ruleOnOneWay(seen: Case, master: Side): Ruling {
  const { pair } = seen;
  const isBlank = blankSideOf(seen) === master;
  const isBarred = isBlank && !mayBlank(pair, OTHER[master]);
  if (isChanged(seen, master)) {
    if (!isBarred) return { rule: `master.${master}`, winner: master };
    if (pair.enforce) return { rule: `blank-undone.${master}`, winner: OTHER[master] };
    return { rule: 'left.one-way', winner: null };
  }
  // a blank that may not travel cannot put an edit back either, nor can one that never stood on both sides
  const isApart = isBlank && isFilledInBase(seen, OTHER[master]);
  if (!pair.enforce || isBarred || isApart) return { rule: 'left.one-way', winner: null };
  return { rule: `enforced.${master}`, winner: master };
}

function verdictOf(seen: Case, { rule, winner, tie = false }: Ruling): Verdict {
  const { pair, input, held, base } = seen;
  if (winner !== null && pair.readOnly[OTHER[winner]])
    return verdictOf(seen, { rule: 'left.one-way', winner: null });
  const isSettled = rule.startsWith('agree.') || rule === 'left.one-way';
  const verdict: Verdict = {
    pair,
    rule,
    write: null,
    problem: null,
    tie,
    agreed: isSettled ? held : null,
    evidence: { ...held, base, weavyAt: input.weavy.modifiedAt, mauticAt: input.mautic.modifiedAt },
  };
  if (winner === null) return verdict;
  const side = OTHER[winner];
  const spelled = spell(pair.as, side, held[winner], pair.limits[side]);
  if ('problem' in spelled) return { ...verdict, rule: 'not-spelled', problem: spelled.problem };
  return { ...verdict, write: { side, field: pair[side], before: held[side], after: spelled.value } };
}

function masterOf({ direction }: JudgedPair): Side | null {
  if (direction === 'both') return null;
  return direction === 'toMautic' ? 'weavy' : 'mautic';
}

/** A value that a platform altered equals its own base as altered: no change. */
function isChanged({ pair, held, base }: Case, side: Side): boolean {
  return comparable(pair.as, side, held[side]) !== comparable(pair.as, side, base?.[side]);
}

/** With a blank master: the two were left apart when they were linked, or one was created from the other. */
function isFilledInBase({ pair, base }: Case, side: Side): boolean {
  return comparable(pair.as, side, base?.[side]) !== null;
}

/** The side that is blank while the other is filled. */
function blankSideOf({ pair, held }: Case): Side | null {
  const isBlank = (side: Side) => comparable(pair.as, side, held[side]) === null;
  if (isBlank('weavy') === isBlank('mautic')) return null;
  return isBlank('weavy') ? 'weavy' : 'mautic';
}

/** Settled question 33. */
function mayBlank(pair: JudgedPair, target: Side): boolean {
  return pair.propagateBlank && !pair.identity && !pair.required[target];
}

/** Only records have times: each is the latest at which the field can have changed. */
function laterOf({ input }: Case): Side | 'none' {
  const evidence = {
    mauticCertain: null,
    mauticPossible: input.mautic.modifiedAt,
    weavyCertain: null,
    weavyPossible: input.weavy.modifiedAt,
  };
  return laterSide(evidence, input.settings.tieWithinMs);
}
