import type { Fault } from './fault-schema';
import { Refusal, type SimRequest } from './http-message';
import type { Platform } from './platform';
import { isObject, valueAt, withValueAt } from './value-path';

/** What happens to a reply on its way. */
export type Interference =
  | Extract<Fault, { kind: 'status' | 'html' }>
  | Pick<Extract<Fault, { kind: 'truncate' }>, 'kind' | 'length'>
  | { kind: 'drop' | 'hang' };

/** All faults that hit one request, sorted by the moment they act. */
export interface Disturbance {
  waitBeforeMs: number;
  waitAfterMs: number;
  /** The request never takes effect. */
  instead: Interference | null;
  /** It takes effect, and its reply goes wrong. */
  onReply: Interference | null;
  /** The server closes for everyone, this request included. */
  closeForMs: number | null;
}

export function disturbance(faults: readonly Fault[]): Disturbance {
  const result: Disturbance = {
    waitBeforeMs: 0,
    waitAfterMs: 0,
    instead: null,
    onReply: null,
    closeForMs: null,
  };
  for (const fault of faults) {
    switch (fault.kind) {
      case 'latency':
        if (fault.when === 'before') result.waitBeforeMs += fault.ms;
        else result.waitAfterMs += fault.ms;
        break;
      case 'retry-after':
        result.closeForMs = fault.seconds * 1000;
        break;
      case 'drop-before':
        result.instead ??= { kind: 'drop' };
        break;
      case 'commit-then-drop':
        result.onReply ??= { kind: 'drop' };
        break;
      case 'truncate':
        result.onReply ??= fault;
        break;
      case 'status':
      case 'html':
      case 'hang':
        if (fault.commit) result.onReply ??= fault;
        else result.instead ??= fault;
        break;
      default: // the others act on the request or on the platform, not on the reply
    }
  }
  return result;
}

/**
 * Applies the faults that act on the platform or on the request itself. Runs in the same tick as the route, so that
 * nothing comes in between. Throws `Refusal` for a standing rule that refuses the record.
 */
export function prepareRequest(
  platform: Platform,
  faults: readonly Fault[],
  request: SimRequest,
): SimRequest {
  let prepared = request;
  for (const fault of faults) {
    switch (fault.kind) {
      case 'expire-tokens':
        platform.expire('tokens');
        break;
      case 'expire-cursors':
        platform.expire('cursors');
        break;
      case 'person':
        platform.change(fault.records, fault.change);
        break;
      case 'index-lag':
        prepared = { ...prepared, indexLagMs: fault.ms };
        break;
      case 'empty-list':
        prepared = { ...prepared, findsNothing: true };
        break;
      case 'alter':
        prepared = { ...prepared, body: altered(prepared.body, fault) };
        break;
      case 'refuse':
        throw new Refusal({
          status: fault.status,
          code: fault.code,
          message: fault.message,
          errors: { [fault.field]: [fault.message] },
        });
      default: // the others act on the reply
    }
  }
  return prepared;
}

function altered(body: unknown, fault: Extract<Fault, { kind: 'alter' }>): unknown {
  if (!isObject(body)) return body;
  const sent = valueAt(body, fault.field);
  switch (fault.how.as) {
    case 'drop':
      return withValueAt(body, fault.field, undefined);
    case 'replace':
      return withValueAt(body, fault.field, fault.how.value);
    case 'uppercase':
      return typeof sent === 'string' ? withValueAt(body, fault.field, sent.toUpperCase()) : body;
    case 'truncate':
      return typeof sent === 'string'
        ? withValueAt(body, fault.field, sent.slice(0, fault.how.length))
        : body;
  }
}
