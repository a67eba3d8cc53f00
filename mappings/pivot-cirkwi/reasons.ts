import type { Language, ReasonText, ReasonWeight } from '../reason-types';
import { type DecisionOffer, offersOf } from './reasons/decision-offers';
import { OfferReason, type ReasonTexts } from './reasons/reason-codes';
import { OFFER_TEXTS } from './reasons/reason-texts-offer';
import { SCOPE_TEXTS } from './reasons/reason-texts-scope';
import { TARGET_TEXTS } from './reasons/reason-texts-target';
import { TRACK_TEXTS } from './reasons/reason-texts-track';

export type { DecisionOffer } from './reasons/decision-offers';
export { OfferReason } from './reasons/reason-codes';

const TEXTS: ReasonTexts<OfferReason> = { ...SCOPE_TEXTS, ...OFFER_TEXTS, ...TRACK_TEXTS, ...TARGET_TEXTS };

const INFORMING: ReadonlySet<OfferReason> = new Set<OfferReason>([
  OfferReason.unknownCode,
  OfferReason.noTrack,
  OfferReason.severalTracks,
  OfferReason.trackUnavailable,
  OfferReason.editedInCirkwi,
  OfferReason.trackKept,
  OfferReason.drawingLeftOver,
]);

/** Seen with the record or the plan, and over by themselves. */
const SILENT: ReadonlySet<string> = new Set(Object.keys(SCOPE_TEXTS));

const CODES: ReadonlySet<string> = new Set(Object.values(OfferReason));

/**
 * The reasons of this pair, by codes that may come from outside (a database row, the command line). `isCode` tells
 * whether a code is one of them; the others throw a `RangeError` for a code that is not.
 */
export const offerReasons = {
  isCode,
  /** What happened, why it matters and what to do next, in plain words without data of any record. */
  text: (code: string, language: Language): ReasonText => TEXTS[known(code)][language],
  /** What the reason means for the offer and for the list of attention items. */
  weight: (code: string): ReasonWeight => weightOf(known(code)),
  /** The decisions on offer for an attention item with this reason; none when the reason raises no item. */
  decisions: (code: string): DecisionOffer[] => {
    const reason = known(code);
    return weightOf(reason) === 'silent' ? [] : offersOf(reason);
  },
};

function isCode(text: string): text is OfferReason {
  return CODES.has(text);
}

function known(code: string): OfferReason {
  if (!isCode(code)) throw new RangeError(`"${code}" is no reason of the pair pivot-cirkwi`);
  return code;
}

function weightOf(code: OfferReason): ReasonWeight {
  if (SILENT.has(code)) return 'silent';
  return INFORMING.has(code) ? 'informs' : 'asks';
}
