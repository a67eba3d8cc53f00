/**
 * Why something cannot be had: it is not there, the question is wrong, it does not fit how things stand now, somebody
 * whose help it takes is out of reach, or it was tried and did not work.
 */
export type RefusalKind = 'not-found' | 'invalid' | 'conflict' | 'unavailable' | 'failed';

/** What was asked for cannot be had. The message says why and what to do next; no stack is worth showing. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly kind: RefusalKind,
    message: string,
    /** The single points, where there are several. */
    readonly problems?: readonly unknown[],
  ) {
    super(message);
  }
}
