import type { CallContext } from '../budget';
import { clockSkewOf } from '../clock-skew';
import { FailureKind, PlatformFailure } from '../failure';
import type { Http, HttpCall, SeenReply } from '../http';
import type { MauticObject } from './client';
import { listQuery, listSchema, PLURAL, VERSION_HEADER } from './contract';

/** What every call to one instance needs. */
export interface MauticAccount {
  /** One for each object, because a refusal names the object that it is about. */
  http: Record<MauticObject, Http>;
  batchSize: number;
  /** What the last reply said; null before the first one. */
  version: string | null;
}

/** The version of an instance that does not say it: everything is asked in the way that every version answers. */
export const UNKNOWN_VERSION = 'unknown';

/**
 * One call about an object. The version in the reply is remembered. What the caller wants checked right before sending
 * is checked for writing calls only: a reading one can do no harm.
 */
export function request<T>(
  account: MauticAccount,
  object: MauticObject,
  call: HttpCall<T>,
  context?: CallContext,
): Promise<T> {
  return account.http[object].request({
    ...call,
    signal: context?.signal,
    beforeSend: call.method === 'GET' ? undefined : context?.beforeSend,
    onReply: (seen) => {
      account.version = versionIn(seen) ?? account.version ?? UNKNOWN_VERSION;
      call.onReply?.(seen);
    },
  });
}

function versionIn(seen: SeenReply): string | null {
  const said = seen.header(VERSION_HEADER)?.trim() ?? '';
  return /^\d[\w.+-]{0,40}$/.test(said) ? said : null;
}

/**
 * Signs in, and asks for the version and the clock by the smallest list there is. An account that may not see contacts
 * is asked for companies instead. `version` is `unknown` when no reply says it.
 */
export async function probe(
  account: MauticAccount,
  call?: CallContext,
): Promise<{ version: string; skewMs: number | null }> {
  try {
    return await lookAt(account, 'contact', call);
  } catch (error) {
    const isRefused = error instanceof PlatformFailure && error.kind === FailureKind.accessLost;
    if (!isRefused || error.detail.status !== 403) throw error;
    try {
      return await lookAt(account, 'company', call);
    } catch {
      throw error;
    }
  }
}

async function lookAt(account: MauticAccount, object: MauticObject, call?: CallContext) {
  let skewMs: number | null = null;
  await request(
    account,
    object,
    {
      method: 'GET',
      path: [PLURAL[object]],
      route: `/${PLURAL[object]}`,
      query: { ...listQuery(1), minimal: '1' },
      repeatable: 'safe',
      schema: listSchema(object),
      onReply: (seen) => {
        skewMs = clockSkewOf(seen);
      },
    },
    call,
  );
  return { version: account.version ?? UNKNOWN_VERSION, skewMs };
}

/** The version that the instance last said; asked for when it has said nothing yet. */
export async function versionOf(account: MauticAccount, call?: CallContext): Promise<string> {
  return account.version ?? (await probe(account, call)).version;
}
