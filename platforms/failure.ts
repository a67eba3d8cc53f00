/**
 * Every way a call to a platform can fail, grouped by what the caller does next. One closed list: adapters produce it,
 * activities turn it into Temporal failures of the same `type`, workflows match on it.
 */
export const FailureKind = {
  /** 429, or 503 with Retry-After, and the wait is too long to sit out in place. Costs no attempt. */
  rateLimited: 'RateLimited',
  /** Network, timeout, 408, 425, 5xx on a call that changes nothing, or changes nothing when repeated. */
  transient: 'Transient',
  /** The same on a create: it may have happened. Look up by our external reference before any second create. */
  unknownOutcome: 'UnknownOutcome',
  /** 409, 412: someone else's state stands in the way. */
  conflict: 'Conflict',
  /** 400, 422: this record is refused by the platform; the run goes on. */
  refusedRecord: 'RefusedRecord',
  /** 404, 410. */
  missing: 'Missing',
  /** 401 twice, 403: the run stops. */
  accessLost: 'AccessLost',
  /** An answer that is not what the contract says. */
  defect: 'Defect',
} as const;
export type FailureKind = (typeof FailureKind)[keyof typeof FailureKind];

export interface PlatformFailureDetail {
  platform: string;
  /** `POST /exhibitor`, the route with its placeholders: never an id, never a query string. */
  operation: string;
  status?: number;
  /** The platform's own error code, such as `QuantityDecreaseNotAllowed`. */
  code?: string;
  /** Names of refused fields. Their values stay out: messages and histories hold no personal data. */
  fields?: string[];
  retryAfterMs?: number;
  /** Id of the object that already exists, when a conflict names it. */
  existingId?: string;
}

/** Thrown by every platform client. `message` is plain words, without personal data. */
export class PlatformFailure extends Error {
  override readonly name = 'PlatformFailure';

  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly detail: PlatformFailureDetail,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
