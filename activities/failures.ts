import { Context } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory, TemporalFailure } from '@temporalio/common';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { EntityBusy } from '../db/entity-lock';
import { Superseded, TargetTaken } from '../db/links';
import { FailureKind, PlatformFailure } from '../platforms/failure';

/** Failure types of our own, beside those of `FailureKind`: what workflows match on. */
export const EngineFailure = {
  /** A create may have happened and the target's search may not show it yet: look again later. */
  intentUnsettled: 'IntentUnsettled',
  /** Another attempt works on the same record. */
  busy: 'Busy',
  /** The record found on the target belongs to another source record. */
  targetTaken: 'TargetTaken',
  /** A later attempt took over. */
  superseded: 'Superseded',
} as const;

/** Waits that the platform or we asked for: the workflow sleeps on a timer and calls again, which costs no attempt. */
export function waitFailure(type: string, message: string, delayMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    details: [{ retryAfterMs: Math.max(50, Math.ceil(delayMs)) }],
    nonRetryable: true,
    category: ApplicationFailureCategory.BENIGN,
  });
}

/**
 * The one place where errors become Temporal failures (reference table of classes by recovery). Messages carry no
 * personal data, because they end up in histories.
 */
export function toFailure(error: unknown): unknown {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof EntityBusy) return waitFailure(EngineFailure.busy, error.message, 1_000);
  // a late attempt is not heard any more; one that only lost its lock may go on after its successor
  if (error instanceof Superseded) return waitFailure(EngineFailure.superseded, error.message, 1_000);
  if (error instanceof TargetTaken)
    return ApplicationFailure.nonRetryable(error.message, EngineFailure.targetTaken);
  if (error instanceof PlatformFailure) return fromPlatform(error);
  if (!(error instanceof Error) || error instanceof TemporalFailure || error.name === 'AbortError')
    return error;
  return withoutValues(error);
}

/**
 * What a parser, a database or a slip of ours throws may quote what it was working on: only its kind, its code and where
 * it happened go on. Plain errors are our own words, which hold ids at most.
 */
function withoutValues(error: Error): ApplicationFailure {
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const message = error.constructor === Error ? error.message : `unexpected ${error.name}${code}`;
  const failure = ApplicationFailure.create({
    message,
    type: error.name,
    nonRetryable: isDefect(error, code.trim()),
  });
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  failure.stack = [`${error.name}: ${message}`, ...frames].join('\n');
  return failure;
}

/**
 * What trying again cannot mend: a value of the wrong shape, or a statement that Postgres refuses for its content (classes
 * 22, 23 and 42; a unique violation may be a race that the next attempt sees).
 */
function isDefect(error: Error, code: string): boolean {
  if (error.name === 'ZodError' || error instanceof TypeError) return true;
  return /^(22|23|42)[0-9A-Z]{3}$/.test(code) && code !== '23505';
}

function fromPlatform(error: PlatformFailure): ApplicationFailure {
  const { platform, operation, status, code, fields, retryAfterMs } = error.detail;
  const shared = {
    type: error.kind,
    message: error.message,
    details: [{ platform, operation, status, code, fields, retryAfterMs }],
  };
  switch (error.kind) {
    case FailureKind.transient:
    case FailureKind.unknownOutcome:
    case FailureKind.conflict:
      return ApplicationFailure.create({ ...shared, nonRetryable: false });
    case FailureKind.rateLimited:
      // the workflow sleeps on a timer and calls again: that costs no attempt (promise 7)
      return ApplicationFailure.create({
        ...shared,
        nonRetryable: true,
        category: ApplicationFailureCategory.BENIGN,
      });
    case FailureKind.refusedRecord:
    case FailureKind.missing:
    case FailureKind.accessLost:
    case FailureKind.defect:
      return ApplicationFailure.create({ ...shared, nonRetryable: true });
  }
}

/** Translates failures and keeps heartbeats going while an activity lives, so that a dead worker is noticed soon. */
export class ActivityGuard implements ActivityInboundCallsInterceptor {
  /** `onAccessLost` marks the account, so that no worker goes on knocking. */
  constructor(private readonly onAccessLost: (lost: { sync: string; platform: string }) => Promise<void>) {}

  async execute(
    input: ActivityExecuteInput,
    next: Next<ActivityInboundCallsInterceptor, 'execute'>,
  ): Promise<unknown> {
    const context = Context.current();
    const everyMs = (context.info.heartbeatTimeoutMs ?? 0) / 3;
    const timer = everyMs > 0 ? setInterval(() => context.heartbeat(), everyMs) : undefined;
    try {
      return await next(input);
    } catch (error) {
      if (error instanceof PlatformFailure && error.kind === FailureKind.accessLost) {
        await this.onAccessLost({ sync: syncOf(input), platform: error.detail.platform });
      }
      throw toFailure(error);
    } finally {
      clearInterval(timer);
    }
  }
}

/** Every activity takes one object; those that call a platform name their sync in it. */
function syncOf(input: ActivityExecuteInput): string {
  const argument: unknown = input.args[0];
  if (typeof argument !== 'object' || argument === null || !('sync' in argument)) return '';
  return String(argument.sync);
}
