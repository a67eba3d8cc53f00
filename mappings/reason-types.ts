export type Language = 'fr' | 'en';

/** Plain words for people, without data of any record: what happened, why it matters, what to do next. */
export interface ReasonText {
  what: string;
  why: string;
  next: string;
}

/**
 * What a reason does beside naming an outcome. `silent`: nothing, it is shown with the record. `informs`: an attention
 * item that may stay unanswered. `asks`: an item that waits for an answer, while the record goes on as far as it can.
 * `blocks`: an item without whose answer the record is not touched again.
 */
export type ReasonWeight = 'silent' | 'informs' | 'asks' | 'blocks';

/** What a person can answer to an attention item. */
export interface DecisionOffer {
  code: string;
  /** What the decision needs beside its code: the id of a record on the target. */
  argument?: string;
  label: Readonly<Record<Language, string>>;
  effect: Readonly<Record<Language, string>>;
}

/** The reasons of one pair by the text they are stored as; texts that this release does not know are told apart first. */
export interface Reasons {
  isCode(text: string): boolean;
  /** For a code that `isCode` admits; any other text speaks for itself. */
  text(code: string, language: Language): ReasonText;
  weight(code: string): ReasonWeight;
  /** None for a reason that raises no item. */
  decisions(code: string): DecisionOffer[];
}
