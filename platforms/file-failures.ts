import type { IncomingMessage } from 'node:http';
import type { CallName } from './classify';
import { FailureKind, PlatformFailure } from './failure';
import { pauseAsked } from './retry-after';

/** Codes of what is refused here, for reasons that people read. */
export const FileRefusal = {
  /** No http(s) address, one with credentials, or one that leads into a private network. */
  address: 'AddressRefused',
  size: 'FileTooLarge',
  redirects: 'TooManyRedirects',
} as const;

/** A file that is not fetched for a reason of its own: repeating the call changes nothing. */
export function refusedFile({ platform, operation }: CallName, code: string, why: string): PlatformFailure {
  const message = `A file that ${platform} names was not fetched (${operation}): ${why}.`;
  return new PlatformFailure(FailureKind.refusedRecord, message, { platform, operation, code });
}

/** The failure for an answer that brings no file. A host that denies one file says nothing about our access elsewhere. */
export function failureOfFileStatus(
  reply: IncomingMessage,
  { platform, operation }: CallName,
): PlatformFailure {
  const status = reply.statusCode ?? 0;
  const detail = { platform, operation, status };
  const pauseMs = pauseAsked(
    {
      status,
      retryAfter: reply.headers['retry-after'] ?? null,
      date: reply.headers.date ?? null,
      contentType: null,
      header: () => null,
      text: '',
    },
    Date.now(),
  );
  const message = `The host of a file that ${platform} names answered ${status} to ${operation}`;
  if (pauseMs !== null) {
    return new PlatformFailure(FailureKind.rateLimited, `${message}: it asks us to wait.`, {
      ...detail,
      retryAfterMs: pauseMs,
    });
  }
  if (status === 404 || status === 410) {
    return new PlatformFailure(FailureKind.missing, `${message}: the file is gone.`, detail);
  }
  if (status === 401 || status === 403) {
    return new PlatformFailure(FailureKind.refusedRecord, `${message}: the file is not public.`, detail);
  }
  if (status >= 500 || status === 408 || status === 425) {
    return new PlatformFailure(FailureKind.transient, `${message}. The call can be repeated.`, detail);
  }
  return new PlatformFailure(FailureKind.defect, `${message}, which is no answer for a file.`, detail);
}

/** We asked for gzip or nothing. */
export function unaskedPacking({ platform, operation }: CallName): PlatformFailure {
  const message = `The host of a file that ${platform} names packs it in a way nobody asked for (${operation}).`;
  return new PlatformFailure(FailureKind.defect, message, { platform, operation, status: 200 });
}
