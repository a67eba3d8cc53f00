import type { Budget } from '../budget';
import { createHttp } from '../http';
import { type MauticAccount, probe } from './account';
import type { MauticClient, MauticObject } from './client';
import { API, mauticProblemReader } from './contract';
import { discoverFields } from './discover-fields';
import { findBy, get, getMany, page } from './lists';
import { changeLink, companiesOf, segmentsOf } from './memberships';
import { mauticRules } from './rules';
import { createMauticSignIn, type MauticSignIn } from './token';
import { createMany, updateMany } from './writes';

export interface MauticOptions {
  /** Address of the instance, without `/api`. */
  baseUrl: string;
  signIn: MauticSignIn;
  /** Records in one writing call, at most 200. */
  batchSize: number;
  /** Whole duration of one call. @default mauticRules.timeoutMs */
  timeoutMs?: number | undefined;
  budget: Budget;
  /** For the jitter of pauses. @default Math.random */
  random?: (() => number) | undefined;
}

/**
 * Mautic over HTTP. Throws `PlatformFailure`, or an `AbortError` when the caller's signal ends the call; the cause of an
 * aborted create is an `UnknownOutcome`. Nothing here deletes a record, and nothing is replaced as a whole.
 */
export function createMauticClient(options: MauticOptions): MauticClient {
  const account = accountOf(options);
  return {
    probe: (call) => probe(account, call),
    fields: (object, call) => discoverFields(account, object, call),
    page: (query, call) => page(account, query, call),
    get: (object, id, call) => get(account, object, id, call),
    getMany: (object, ids, call) => getMany(account, object, ids, call),
    findBy: (object, field, values, call) => findBy(account, object, field, values, call),
    createMany: (object, records, call) => createMany(account, object, records, call),
    updateMany: (object, records, call) => updateMany(account, object, records, call),
    companiesOf: (contactId, call) => companiesOf(account, contactId, call),
    addToCompany: (companyId, contactId, call) => changeLink(account, 'add', { companyId, contactId }, call),
    removeFromCompany: (companyId, contactId, call) =>
      changeLink(account, 'remove', { companyId, contactId }, call),
    segmentsOf: (contactId, call) => segmentsOf(account, contactId, call),
  };
}

function accountOf(options: MauticOptions): MauticAccount {
  const timeoutMs = options.timeoutMs ?? mauticRules.timeoutMs;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const authorize = createMauticSignIn({ ...options, baseUrl, timeoutMs });
  const httpFor = (object: MauticObject) =>
    createHttp({
      platform: 'mautic',
      baseUrl: `${baseUrl}/${API}`,
      timeoutMs,
      budget: options.budget,
      authorize,
      readProblem: mauticProblemReader(object),
      random: options.random,
    });
  return {
    http: { contact: httpFor('contact'), company: httpFor('company') },
    batchSize: options.batchSize,
    version: null,
  };
}
