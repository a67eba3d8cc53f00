import { offerReasons } from './pivot-cirkwi/reasons';
import { planexpoInwinkReasons } from './planexpo-inwink/reasons';
import type { Reasons } from './reason-types';
import { crmReasons } from './weavy-webmecanik/reasons';

/** Reasons that every pair gives, because the frame of a run gives them. */
export const SharedReason = { guardStopped: 'guard-stopped', accessLost: 'access-lost' } as const;

const BY_PAIR: Readonly<Record<string, Reasons>> = {
  'planexpo-inwink': forAnyText(planexpoInwinkReasons),
  'pivot-cirkwi': forAnyText(offerReasons),
  'weavy-webmecanik': forAnyText(crmReasons),
};

/** The reasons of a pair, as stored in outcomes and attention items. Throws for a pair that does not exist. */
export function reasonsOf(pair: string): Reasons {
  const reasons = BY_PAIR[pair];
  if (reasons !== undefined) return reasons;
  throw new Error(`there is no pair "${pair}"`);
}

/** A text that this release does not know (stored by a newer one) speaks for itself. */
function forAnyText(reasons: Reasons): Reasons {
  return {
    isCode: reasons.isCode,
    text: (code, language) =>
      reasons.isCode(code) ? reasons.text(code, language) : { what: code, why: '', next: '' },
    weight: (code) => (reasons.isCode(code) ? reasons.weight(code) : 'silent'),
    decisions: (code) => (reasons.isCode(code) ? reasons.decisions(code) : []),
  };
}
