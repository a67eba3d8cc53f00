import { z } from 'zod';
import type { Budget, CallContext } from '../budget';
import { createHttpWithRemovals } from '../http';
import { ask, contradiction, OFFERS, orNull, type PivotAccount, RESULT } from './account';
import type { PivotSource, ReadOffer, ThesaurusField } from './client';
import {
  auditedSchema,
  content,
  ERROR_STATUS,
  fileSchema,
  hiddenFields,
  oneOfferSchema,
  paths,
  readPivotProblem,
  statusSchema,
  thesaurusSchema,
  yesSchema,
} from './contract';
import type { DocumentForm } from './documents';
import { readChanges, readFirstPage, readPage } from './offer-lists';
import { readOffer } from './offer-reader';
import { pivotRules } from './rules';
import { booleanFieldsOf } from './thesaurus';
import {
  createTrackMedia,
  findTrackMedia,
  offersOfMedia,
  relinkTrack,
  sameCode,
  uploadTrack,
} from './track-calls';

export interface PivotOptions {
  /** Root of the web services, with the version in it. */
  baseUrl: string;
  /** The operator's key. PIVOT switches it off when it is used from several IP addresses. */
  wsKey: string;
  /** Form of the answers; both hold the same. @default 'json' */
  format?: DocumentForm | undefined;
  /** Whole duration of one call. @default pivotRules.timeoutMs */
  timeoutMs?: number | undefined;
  budget: Budget;
  /** For the jitter of pauses. @default Math.random */
  random?: (() => number) | undefined;
}

/**
 * PIVOT over HTTP. Every answer is checked before anything is taken from it: a page of another server, a document that
 * was cut off or a list that is shorter than it says is a `PlatformFailure`, never an empty list. Nothing thrown holds
 * the key, a code, a text or a name. Throws a `TypeError` for a key that cannot stand in a header.
 */
export function createPivotClient(options: PivotOptions): PivotSource {
  const account: PivotAccount = {
    http: createHttpWithRemovals({
      platform: 'pivot',
      baseUrl: options.baseUrl,
      timeoutMs: options.timeoutMs ?? pivotRules.timeoutMs,
      budget: options.budget,
      authorize: { header: async () => null },
      readProblem: readPivotProblem,
      random: options.random,
    }),
    form: options.format ?? 'json',
    headers: { ws_key: checkedKey(options.wsKey) },
  };

  return {
    diff: (queryId, call) => readChanges(account, queryId, call),
    ack: (queryId, call) => ack(account, queryId, call),
    clear: (queryId, call) => clear(account, queryId, call),
    firstPage: (query, call) => readFirstPage(account, query, call),
    page: (query, call) => readPage(account, query, call),
    getOffer: (code, call) => getOffer(account, code, call),
    audit: (code, call) => audit(account, code, call),
    booleanFields: (offerType, call) => booleanFields(account, offerType, call),
    media: (code, limits, call) => media(account, code, limits, call),
    uploadTrack: (file, call) => uploadTrack(account, file, call),
    createTrackMedia: (wanted, call) => createTrackMedia(account, wanted, call),
    findTrackMedia: (name, call) => findTrackMedia(account, name, call),
    relinkTrack: (change, call) => relinkTrack(account, change, call),
    offersOfMedia: (mediaCode, call) => offersOfMedia(account, mediaCode, call),
  };
}

async function ack(account: PivotAccount, queryId: string, call?: CallContext): Promise<void> {
  const send = { path: paths.ack(queryId), route: '/query/{id}/ack', schema: yesSchema };
  await ask(account, { ...send, method: 'GET', roots: RESULT }, call);
}

/** What PIVOT answers is not public: a yes in its own form is assumed, and an empty answer taken for one. */
async function clear(account: PivotAccount, queryId: string, call?: CallContext): Promise<void> {
  const schema = z.union([z.undefined(), yesSchema]);
  const send = { path: paths.clear(queryId), route: '/query/{id}/clear', schema };
  await ask(account, { ...send, method: 'DELETE', roots: RESULT }, call);
}

async function getOffer(account: PivotAccount, code: string, call?: CallContext): Promise<ReadOffer | null> {
  const route = '/offer/{codeCgt}';
  const read = { path: paths.offer(code), route, matrix: [content(3)], schema: oneOfferSchema };
  const answer = await orNull(ask(account, { ...read, method: 'GET', roots: OFFERS }, call));
  if (answer === null) return null;
  const offer = readOffer(answer.offre[0]);
  const found = offer.kind === 'offer' ? offer.offer.code : offer.code;
  // an answer that names no offer can only be about the one that was asked for
  if (offer.kind === 'unreadable' && found === null) return { ...offer, code };
  if (found === null || !sameCode(found, code)) throw contradiction(`GET ${route}`, 'is about another offer');
  return offer;
}

/** Status and, where the report names one, the field it is about: `ERR0001 urn:fld:catdec`. */
async function audit(account: PivotAccount, code: string, call?: CallContext): Promise<{ errors: string[] }> {
  const read = { path: paths.audit(code), route: '/offer/{codeCgt}/audit', schema: auditedSchema };
  const answer = await ask(account, { ...read, method: 'GET', roots: OFFERS }, call);
  const { status, report } = answer.offre[0].audit;
  const errors = [status, ...report].flatMap((line) => {
    const parsed = statusSchema.safeParse(line);
    if (!parsed.success || !ERROR_STATUS.test(parsed.data.idStatus)) return [];
    const { idStatus, context } = parsed.data;
    // a context may also be the words of a panel: only field names go on
    return context?.startsWith('urn:') ? `${idStatus} ${context}` : idStatus;
  });
  return { errors: [...new Set(errors)] };
}

/** JSON is asked for explicitly, because the thesaurus answers HTML otherwise; XML where the account reads XML. */
async function booleanFields(
  account: PivotAccount,
  offerType: number,
  call?: CallContext,
): Promise<ThesaurusField[]> {
  const form = ['fmt', account.form] as const;
  const read = { path: paths.offerType(offerType), matrix: [hiddenFields, form], schema: thesaurusSchema };
  const route = '/thesaurus/typeofr/{type}';
  const { spec } = await ask(account, { ...read, route, method: 'GET', roots: ['thesaurus'] }, call);
  return booleanFieldsOf(spec, offerType);
}

/** `Missing` when PIVOT says that it has no such media, `RefusedRecord` when the file is larger than `maxBytes`. */
function media(
  account: PivotAccount,
  code: string,
  { maxBytes }: { maxBytes: number },
  call?: CallContext,
): Promise<Uint8Array> {
  return account.http.request({
    method: 'GET',
    path: paths.media(code),
    route: '/media/{codeCgt}',
    headers: account.headers,
    repeatable: 'safe',
    reply: { as: 'bytes', accept: '*/*', maxBytes },
    schema: fileSchema,
    ...call,
  });
}

function checkedKey(wsKey: string): string {
  const key = wsKey.trim();
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new TypeError('The key of PIVOT holds characters that no header can carry, or nothing at all.');
  }
  return key;
}
