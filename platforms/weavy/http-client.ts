import type { Budget, CallContext } from '../budget';
import { clockSkewOf } from '../clock-skew';
import { createHttp } from '../http';
import type { TokenSource } from '../token-source';
import { askTable, isMissingRight, type WeavyAccount } from './account';
import type { WeavyClient } from './client';
import { anyReplySchema, keyOf, paths, readWeavyProblem } from './contract';
import { wallClockOf } from './dates';
import { findByValues, readDictionary, readPage, readRecord } from './reads';
import { weavyRules } from './rules';
import { createWeavyTokens, type WeavyToken } from './token';
import { createRecord, updateRecord } from './writes';

export interface WeavyOptions {
  baseUrl: string;
  /** The customer; `companyCode` cuts the data inside it, the API account's own company when it is left out. */
  projectCode: string;
  companyCode?: string | undefined;
  userName: string;
  password: string;
  /** IANA zone of the date-times without offset that weavy filters changes by. */
  timeZone: string;
  /** Whole duration of one call. @default weavyRules.timeoutMs */
  timeoutMs?: number | undefined;
  budget: Budget;
  /** For the jitter of pauses. @default Math.random */
  random?: (() => number) | undefined;
}

/**
 * weavy over HTTP. Throws `PlatformFailure`, or an `AbortError` when the caller's signal ends the call; the cause of an
 * aborted create is an `UnknownOutcome`. Nothing here deletes anything: there is no such call. A `RangeError` at once
 * for a time zone that does not exist.
 */
export function createWeavyClient(options: WeavyOptions): WeavyClient {
  const timeoutMs = options.timeoutMs ?? weavyRules.timeoutMs;
  const tokens = createWeavyTokens({ ...options, timeoutMs });
  const account: WeavyAccount = {
    http: createHttp({
      platform: 'weavy',
      baseUrl: options.baseUrl,
      timeoutMs,
      budget: options.budget,
      authorize: tokens,
      readProblem: readWeavyProblem,
      random: options.random,
    }),
    project: options.projectCode,
    company: options.companyCode,
    wallClock: wallClockOf(options.timeZone),
  };

  return {
    probe: (call) => probe(account, tokens, call),
    dictionary: (entity, call) => readDictionary(account, entity, call),
    page: (query, call) => readPage(account, query, call),
    get: (entity, id, call) => readRecord(account, entity, id, call),
    getMany: (entity, ids, call) => findByValues(account, entity, keyOf(entity), ids, call),
    findBy: (entity, field, values, call) => findByValues(account, entity, field, values, call),
    create: (entity, id, fields, call) => createRecord(account, { entity, id, fields }, call),
    update: (entity, id, fields, call) => updateRecord(account, { entity, id, fields }, call),
  };
}

/**
 * One cheap call with the token in use, or with a new one. It counts as a success when only the right on its table is
 * missing: which tables are open is not what is asked here.
 */
async function probe(account: WeavyAccount, tokens: TokenSource<WeavyToken>, call?: CallContext) {
  let skewMs: number | null = null;
  try {
    await askTable(account, 'customer', 'READ', {
      method: 'GET',
      path: paths.dictionary(account.project, 'customer'),
      route: '/Dictionary/{project}/customer',
      repeatable: 'safe',
      schema: anyReplySchema,
      onReply: (seen) => {
        skewMs = clockSkewOf(seen);
      },
      ...call,
    });
  } catch (error) {
    if (!isMissingRight(error)) throw error;
  }
  const token = tokens.current();
  return { skewMs: skewMs ?? token?.skewMs ?? null, passwordExpiresAt: token?.passwordExpiresAt ?? null };
}
