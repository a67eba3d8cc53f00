import type { Language, Reasons, ReasonText, ReasonWeight } from '../reason-types';
import { type DecisionOffer, offersOf } from './reasons/decision-offers';
import { ReasonCode, type ReasonTexts } from './reasons/reason-codes';
import { DOSSIER_TEXTS } from './reasons/reason-texts-dossier';
import { INWINK_TEXTS } from './reasons/reason-texts-inwink';
import { RUN_TEXTS } from './reasons/reason-texts-run';
import { SCOPE_TEXTS } from './reasons/reason-texts-scope';

export type { DecisionCode, DecisionOffer } from './reasons/decision-offers';
export { ReasonCode } from './reasons/reason-codes';

const TEXTS: ReasonTexts<ReasonCode> = { ...SCOPE_TEXTS, ...DOSSIER_TEXTS, ...INWINK_TEXTS, ...RUN_TEXTS };

const BLOCKING: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  ReasonCode.targetDeleted,
  ReasonCode.participantDeleted,
  ReasonCode.ambiguousTarget,
]);

const INFORMING: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  ReasonCode.noEmail,
  ReasonCode.malformedEmail,
  ReasonCode.malformedValue,
  ReasonCode.unknownValue,
  ReasonCode.sharedEmailDiffers,
  ReasonCode.duplicateTarget,
  ReasonCode.fieldAltered,
  ReasonCode.quantityHigherAtTarget,
  ReasonCode.malformedQuantity,
  ReasonCode.unmappedProduct,
]);

/** Seen with the record or the plan, and over by themselves. */
const SILENT: ReadonlySet<string> = new Set([...Object.keys(SCOPE_TEXTS), ReasonCode.changedSincePlan]);

const CODES: ReadonlySet<string> = new Set(Object.values(ReasonCode));

/** What happened, why it matters and what to do next, in plain words without data of any record. */
export function reasonText(code: ReasonCode, language: Language): ReasonText {
  return TEXTS[code][language];
}

/** What the reason means for the dossier and for the list of attention items. */
export function reasonWeight(code: ReasonCode): ReasonWeight {
  if (SILENT.has(code)) return 'silent';
  if (BLOCKING.has(code)) return 'blocks';
  return INFORMING.has(code) ? 'informs' : 'asks';
}

/** The decisions on offer for an attention item with this reason; none when the reason raises no item. */
export function decisionsFor(code: ReasonCode): DecisionOffer[] {
  return reasonWeight(code) === 'silent' ? [] : offersOf(code);
}

/** For codes that come from outside: a database row, the command line. */
export function isReasonCode(text: string): text is ReasonCode {
  return CODES.has(text);
}

/** What everything that serves several pairs knows of these reasons. */
export const planexpoInwinkReasons: Reasons = {
  isCode: isReasonCode,
  text: (code, language) =>
    isReasonCode(code) ? reasonText(code, language) : { what: code, why: '', next: '' },
  weight: (code) => (isReasonCode(code) ? reasonWeight(code) : 'silent'),
  decisions: (code) => (isReasonCode(code) ? decisionsFor(code) : []),
};
