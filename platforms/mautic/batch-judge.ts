import type { CrmRecord } from '../../mappings/weavy-webmecanik/crm-record';
import { type CallName, failureOfBody, failureOfStatus } from '../classify';
import type { PlatformFailure } from '../failure';
import type { BatchResult, MauticObject } from './client';
import { type BatchReply, batchProblem, readRecord } from './contract';

/** What was sent, as far as recognising it in the reply goes. */
export interface Sent {
  name: CallName;
  object: MauticObject;
  count: number;
  /** The record is surely the stored form of what was sent at this place. */
  isOwn(at: number, record: CrmRecord): boolean;
  /** The record is surely that of another place. */
  isOthers(at: number, record: CrmRecord): boolean;
}

/**
 * What the reply says of each record sent, in order. Null: stored, or perhaps so, but the reply does not show it as what
 * was sent, so that it must be looked up. A list that was closed up around its failures is noticed: then a place alone
 * proves nothing.
 */
export function judgeReply(sent: Sent, reply: BatchReply): Array<BatchResult | null> {
  const isClosedUp = [...reply.records.keys()].some((at) => !isStored(reply.statusCodes.get(at) ?? 200));
  return Array.from({ length: sent.count }, (_, at) => {
    const status = reply.statusCodes.get(at);
    if (status !== undefined && !isStored(status)) return failed(sent, status, reply.errors.get(at));
    const read = readRecord(sent.object, reply.records.get(at), null);
    if (read.kind === 'unreadable') return null;
    const isTrusted = !isClosedUp && !sent.isOthers(at, read.record);
    return sent.isOwn(at, read.record) || isTrusted ? { kind: 'stored', record: read.record } : null;
  });
}

/** Both 200 (an existing record took it) and 201 mean stored (documented). */
function isStored(status: number): boolean {
  return status >= 200 && status <= 299;
}

function failed(sent: Sent, status: number, error: unknown): BatchResult {
  const failure = failureOfStatus(sent.name, status, batchProblem(sent.object, error, status));
  return { kind: 'failed', failure };
}

/** For a record that the call may have stored, and that neither the reply nor a look-up shows. */
export function notShown(name: CallName): PlatformFailure {
  return failureOfBody(name, 200, ['a reply that does not show the record']);
}
