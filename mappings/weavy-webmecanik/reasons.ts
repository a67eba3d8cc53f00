import type { Language, ReasonText, ReasonWeight } from '../reason-types';
import { type DecisionOffer, offersOf } from './reasons/decision-offers';
import { CrmReason, type ReasonTexts } from './reasons/reason-codes';
import { FIELD_TEXTS } from './reasons/reason-texts-field';
import { PLATFORM_TEXTS } from './reasons/reason-texts-platform';
import { RECORD_TEXTS } from './reasons/reason-texts-record';
import { SCOPE_TEXTS } from './reasons/reason-texts-scope';

export type { DecisionOffer } from './reasons/decision-offers';
export { CrmReason } from './reasons/reason-codes';

const TEXTS: ReasonTexts<CrmReason> = { ...SCOPE_TEXTS, ...RECORD_TEXTS, ...FIELD_TEXTS, ...PLATFORM_TEXTS };

const BLOCKING: ReadonlySet<CrmReason> = new Set<CrmReason>([
  CrmReason.counterpartDeleted,
  CrmReason.codeTaken,
]);

const INFORMING: ReadonlySet<CrmReason> = new Set<CrmReason>([
  CrmReason.noEmail,
  CrmReason.noKey,
  CrmReason.duplicateSet,
  CrmReason.mergedInMautic,
  CrmReason.becameContact,
  CrmReason.fieldAltered,
]);

/** Seen with the record or the plan, and over by themselves. */
const SILENT: ReadonlySet<string> = new Set(Object.keys(SCOPE_TEXTS));

const CODES: ReadonlySet<string> = new Set(Object.values(CrmReason));

/**
 * The reasons of this pair, by codes that may come from outside (a database row, the command line). `isCode` tells
 * whether a code is one of them; the others throw a `RangeError` for a code that is not.
 */
export const crmReasons = {
  isCode,
  /** What happened, why it matters and what to do next, in plain words without data of any record. */
  text: (code: string, language: Language): ReasonText => TEXTS[known(code)][language],
  /** What the reason means for the record and for the list of attention items. */
  weight: (code: string): ReasonWeight => weightOf(known(code)),
  /** The decisions on offer for an attention item with this reason; none when the reason raises no item. */
  decisions: (code: string): DecisionOffer[] => {
    const reason = known(code);
    return weightOf(reason) === 'silent' ? [] : offersOf(reason);
  },
};

function isCode(text: string): text is CrmReason {
  return CODES.has(text);
}

function known(code: string): CrmReason {
  if (!isCode(code)) throw new RangeError(`"${code}" is no reason of the pair weavy-webmecanik`);
  return code;
}

function weightOf(code: CrmReason): ReasonWeight {
  if (SILENT.has(code)) return 'silent';
  if (BLOCKING.has(code)) return 'blocks';
  return INFORMING.has(code) ? 'informs' : 'asks';
}
