import { comparable } from '../compare-value';
import type { Side } from '../crm-record';
import { judgeField } from '../judge-field';
import { isSameValue } from '../same-value';
import type { JudgedPair, Verdict } from '../verdict';
import type { CoupleRules, Difference, LinkedCouple, PresentCouple } from './reconcile-difference';

export interface CoupleComparison {
  differences: Difference[];
  /** Fields that are not the same on purpose: altered by a platform and told, kept by a person, left to one side, paused. */
  accepted: number;
}

/**
 * What two linked records do not agree on, field by field, as they are now. A field that holds two values is accepted
 * only with a reason that is on record; that the stored base says so is none, because a base may be what went wrong.
 */
export function compareCouple(seen: PresentCouple, rules: CoupleRules): CoupleComparison {
  const found: CoupleComparison = { differences: [], accepted: 0 };
  for (const pair of rules.pairs) {
    if (isSameValue(pair, heldOf(seen, pair))) continue;
    const verdict = verdictOf(seen, rules, pair);
    if (isAccepted(seen, verdict)) found.accepted += 1;
    else found.differences.push(differenceOf(seen, verdict));
  }
  const bounce = bounceOf(seen, rules);
  if (bounce !== null) found.differences.push(bounce);
  return found;
}

function heldOf({ weavy, mautic }: PresentCouple, pair: JudgedPair) {
  return {
    weavy: weavy.record.fields[pair.weavy] ?? null,
    mautic: mautic.record.fields[pair.mautic] ?? null,
  };
}

/** By the very code that plans and runs judge with: it says what the next run would do. */
function verdictOf(
  { couple, weavy, mautic, modifiedAt }: PresentCouple,
  rules: CoupleRules,
  pair: JudgedPair,
) {
  return judgeField(pair, {
    pairs: rules.pairs,
    weavy: { fields: weavy.record.fields, modifiedAt: modifiedAt.weavy },
    mautic: { fields: mautic.record.fields, modifiedAt: modifiedAt.mautic },
    base: couple.base,
    paused: [...couple.pausedFields, ...rules.gone],
    settings: rules.settings,
  });
}

function isAccepted({ couple }: PresentCouple, verdict: Verdict): boolean {
  const { pair, rule, evidence } = verdict;
  if (rule === 'paused' || rule === 'left.one-way') return true;
  if (rule !== 'agree.unchanged') return false;
  if (isLeftToOneSide(verdict) || isLeftByCreate(couple, verdict)) return true;
  if (couple.keptFields.includes(pair.weavy)) return true;
  const altered = couple.altered[pair.weavy];
  if (altered === undefined) return false;
  const { side, stored } = altered;
  return comparable(pair.as, side, evidence[side]) === comparable(pair.as, side, stored);
}

/** A one-way field that is not enforced, or whose master is blank and may not blank the other (settled questions 33 and 40). */
function isLeftToOneSide({ pair, evidence }: Verdict): boolean {
  if (pair.direction === 'both') return false;
  if (!pair.enforce) return true;
  const [master, target]: [Side, Side] =
    pair.direction === 'toMautic' ? ['weavy', 'mautic'] : ['mautic', 'weavy'];
  const mayBlank = pair.propagateBlank && !pair.identity && !pair.required[target];
  return comparable(pair.as, master, evidence[master]) === null && !mayBlank;
}

/** A create sends only what may travel; a filled field stays where its master's new record is blank (settled questions 32 and 43). */
function isLeftByCreate({ origin }: LinkedCouple, { pair, evidence }: Verdict): boolean {
  if (origin !== 'created') return false;
  return (['weavy', 'mautic'] as const).some((side) => {
    const isClosed = pair.direction === (side === 'weavy' ? 'toMautic' : 'toWeavy') || pair.readOnly[side];
    return isClosed && comparable(pair.as, side, evidence[side]) === null;
  });
}

function differenceOf({ weavy, mautic }: PresentCouple, { pair, rule, evidence }: Verdict): Difference {
  return {
    kind: pair.direction === 'both' ? 'differs' : 'not-as-master',
    records: [weavy.recordId, mautic.recordId],
    field: pair.weavy,
    mauticField: pair.mautic,
    rule,
    weavy: evidence.weavy,
    mautic: evidence.mautic,
  };
}

/** A date that a person cleared stays cleared: only a bounce that was never noted is missing (settled question 40). */
function bounceOf({ couple, kinds, weavy, mautic }: PresentCouple, rules: CoupleRules): Difference | null {
  const field = rules.bounceField;
  if (field === null || kinds.weavy !== 'customercontact' || rules.gone.includes(field)) return null;
  const isFilled = (weavy.record.fields[field] ?? '') !== '';
  if (!mautic.record.bounced || couple.hasBounceNoted || isFilled) return null;
  return {
    kind: 'bounce-missing',
    records: [weavy.recordId, mautic.recordId],
    field,
    mauticField: null,
    rule: 'bounce',
    weavy: null,
    mautic: null,
  };
}
