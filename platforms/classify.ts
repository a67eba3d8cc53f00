import { FailureKind, PlatformFailure, type PlatformFailureDetail } from './failure';
import { type Problem, presentable } from './problem';
import type { WireFailure } from './wire';

/**
 * What a call is, as far as its failures go.
 * `safe`: sending it twice leaves the platform as sending it once (reads, searches, updates, quantities).
 * `create`: a second one makes a second object, so no answer means "perhaps".
 */
export type Repeatable = 'safe' | 'create';

export interface CallName {
  platform: string;
  /** Method and route template: `PATCH /exhibitor/{id}`. */
  operation: string;
  repeatable: Repeatable;
}

/** The failure for a reply whose status is not 2xx. `problem` is null when the body is not in the platform's form. */
export function failureOfStatus(call: CallName, status: number, problem: Problem | null): PlatformFailure {
  const kind = problem?.kind ?? kindOfStatus(status, call.repeatable, problem);
  const known = presentable(problem);
  const detail: PlatformFailureDetail = {
    platform: call.platform,
    operation: call.operation,
    status,
    ...known,
  };
  const answer = [String(status), known.code].filter(Boolean).join(' ');
  return new PlatformFailure(kind, statusMessage(kind, call, answer, known.fields), detail);
}

function kindOfStatus(status: number, repeatable: Repeatable, problem: Problem | null): FailureKind {
  if (status >= 500 || status === 408 || status === 425) return lostAnswer(repeatable);
  switch (status) {
    case 400:
    case 413:
    case 422:
      return FailureKind.refusedRecord;
    case 401:
    case 403:
      return FailureKind.accessLost;
    case 404:
    case 410:
      // A gateway or a wrong address says 404 for everything: only the platform itself can say that a record is gone.
      return problem === null ? FailureKind.defect : FailureKind.missing;
    case 409:
    case 412:
      return FailureKind.conflict;
    default:
      return FailureKind.defect;
  }
}

function statusMessage(kind: FailureKind, call: CallName, answer: string, fields?: string[]): string {
  const who = label(call.platform);
  const named = fields === undefined ? '' : ` because of ${fields.join(', ')}`;
  switch (kind) {
    case FailureKind.transient:
      return `${who} answered ${answer} to ${call.operation}, a fault on its side. The call can be repeated.`;
    case FailureKind.unknownOutcome:
      return unknownMessage(call, answer);
    case FailureKind.conflict:
      return `${who} answered ${answer} to ${call.operation}: something it already holds stands in the way.`;
    case FailureKind.refusedRecord:
      return `${who} refused ${call.operation} (${answer})${named}. Correct the record at its source, or the mapping.`;
    case FailureKind.missing:
      return `${who} answered ${answer} to ${call.operation}: it no longer holds this object.`;
    case FailureKind.accessLost:
      return `${who} refused our access at ${call.operation} (${answer}). Check the credentials and what they may do.`;
    case FailureKind.rateLimited:
      return `${who} asks us to wait before ${call.operation} (${answer}).`;
    case FailureKind.defect:
      return `${who} answered ${answer} to ${call.operation}, which its contract does not foresee. Check the address of the platform.`;
  }
}

/** The failure for a call that got no complete reply. An abort is not one of them: see `abortError`. */
export function failureOfWire(call: CallName, cause: WireFailure): PlatformFailure {
  const detail = { platform: call.platform, operation: call.operation };
  if (cause.reason === 'too-large' && call.repeatable === 'safe') {
    const message = `${label(call.platform)} answered more than we accept to ${call.operation}.`;
    return new PlatformFailure(FailureKind.defect, message, detail, { cause });
  }
  const kind = lostAnswer(call.repeatable);
  if (kind === FailureKind.unknownOutcome) {
    return new PlatformFailure(kind, unknownMessage(call, cause.message), detail, { cause });
  }
  const message = `${label(call.platform)} gave no complete answer to ${call.operation}: ${cause.message}. The call can be repeated.`;
  return new PlatformFailure(kind, message, detail, { cause });
}

/** The failure for a 2xx reply that is not what the contract says; `problems` names paths and types, never values. */
export function failureOfBody(call: CallName, status: number, problems: string[]): PlatformFailure {
  const detail = { platform: call.platform, operation: call.operation, status };
  const shown = problems.slice(0, 10).join('; ');
  const cause = new Error(shown);
  if (call.repeatable === 'create') {
    return new PlatformFailure(
      FailureKind.unknownOutcome,
      unknownMessage(call, `an answer we cannot read: ${shown}`),
      detail,
      { cause },
    );
  }
  const message = `${label(call.platform)} answered ${call.operation} with something else than its contract says: ${shown}.`;
  return new PlatformFailure(FailureKind.defect, message, detail, { cause });
}

/**
 * What a call throws when its caller's signal ended it: an error with the name that Temporal and Node know as an abort.
 * When a create was under way its cause is an `UnknownOutcome`, because the platform may have carried it out.
 */
export function abortError(call: CallName, sent: 'sent' | 'not-sent'): Error {
  const detail = { platform: call.platform, operation: call.operation };
  const perhaps = sent === 'sent' && call.repeatable === 'create';
  const cause = perhaps
    ? new PlatformFailure(FailureKind.unknownOutcome, unknownMessage(call, 'cancelled under way'), detail)
    : undefined;
  const error = new Error(
    `${call.operation} of ${label(call.platform)} was cancelled`,
    cause ? { cause } : {},
  );
  error.name = 'AbortError';
  return error;
}

function lostAnswer(repeatable: Repeatable): FailureKind {
  return repeatable === 'create' ? FailureKind.unknownOutcome : FailureKind.transient;
}

function unknownMessage(call: CallName, reason: string): string {
  return `${label(call.platform)} gave no usable answer to ${call.operation} (${reason}): it may have been carried out. Look it up before creating again.`;
}

function label(platform: string): string {
  return platform.charAt(0).toUpperCase() + platform.slice(1);
}
