import { abortError } from './classify';
import type { Authorize } from './http';

/** What a platform issued when we signed in. */
export interface IssuedToken {
  /** The whole value of the `Authorization` header. */
  header: string;
  /** When to replace it, on the monotonic clock (`performance.now()`), so that a corrected wall clock changes nothing. */
  renewAtMs: number;
}

export interface TokenSource<Token extends IssuedToken> extends Authorize {
  header(signal?: AbortSignal): Promise<string>;
  forget(header: string): void;
  /** The token in use, due or not; null before the first and after a refusal. */
  current(): Token | null;
}

/**
 * Keeps one account's token until it is due: one request at a time however many calls wait for it. A caller whose signal
 * aborts stops waiting (`AbortError`); the request goes on for the others. What `request` throws reaches all who wait,
 * and the next call asks again. `operation` names the request in messages: `POST token`.
 */
export function createTokenSource<Token extends IssuedToken>(options: {
  platform: string;
  operation: string;
  request: () => Promise<Token>;
}): TokenSource<Token> {
  const name = { platform: options.platform, operation: options.operation, repeatable: 'safe' } as const;
  let current: Token | null = null;
  let pending: Promise<Token> | null = null;

  async function renew(): Promise<Token> {
    try {
      current = await options.request();
      return current;
    } finally {
      pending = null;
    }
  }

  return {
    async header(signal) {
      if (current !== null && performance.now() < current.renewAtMs) return current.header;
      pending ??= renew();
      return (await unlessAborted(pending, signal, () => abortError(name, 'not-sent'))).header;
    },
    forget(header) {
      // A late 401 must not throw away the token that already took the place of the refused one.
      if (current?.header === header) current = null;
    },
    current: () => current,
  };
}

function unlessAborted<T>(
  shared: Promise<T>,
  signal: AbortSignal | undefined,
  reason: () => Error,
): Promise<T> {
  if (signal === undefined) return shared;
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(reason());
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
