import { z } from 'zod';
import type { CallContext } from '../budget';
import { FailureKind, PlatformFailure } from '../failure';
import { ask, contradiction, OFFERS, type PivotAccount, RESULT } from './account';
import type { MediaUpload, PivotSource } from './client';
import {
  addressSchema,
  content,
  createdSchema,
  FILE_TYPE,
  linkedOfferSchema,
  MEDIA_LINK,
  MEDIA_TYPE,
  nameSchema,
  offersSchema,
  oneOfferSchema,
  paths,
  relationSchema,
} from './contract';
import { readOffer } from './offer-reader';
import { pivotRules } from './rules';
import { mediaNamed, relations, trackMedia } from './write-documents';

type NewMedia = Parameters<PivotSource['createTrackMedia']>[0];
type Relink = Parameters<PivotSource['relinkTrack']>[0];

/** Uploading twice leaves two files of which one is never referred to; PIVOT throws such files away every day. */
export async function uploadTrack(
  account: PivotAccount,
  file: MediaUpload,
  call?: CallContext,
): Promise<string> {
  const route = '/img/upload';
  const raw = Buffer.from(file.bytes).toString('base64');
  if (raw.length > pivotRules.maxUploadBytes) {
    const message = `The track is too large for PIVOT: as base64 it has more than ${pivotRules.maxUploadBytes} bytes. Simplify it.`;
    const detail = { platform: 'pivot', operation: `POST ${route}`, code: 'FileTooLarge' };
    throw new PlatformFailure(FailureKind.refusedRecord, message, detail);
  }
  const body = { raw, type: FILE_TYPE };
  const send = {
    method: 'POST',
    path: paths.upload(),
    route,
    body,
    roots: RESULT,
    schema: nameSchema,
  } as const;
  return (await ask(account, send, call)).value;
}

export async function createTrackMedia(
  account: PivotAccount,
  { name, file, locatedLike }: NewMedia,
  call?: CallContext,
): Promise<string> {
  const locality = locatedLike === undefined ? null : await localityOf(account, locatedLike, call);
  const created = await ask(
    account,
    {
      method: 'POST',
      path: paths.offers(),
      route: '/offer',
      body: trackMedia({ name, file, locality }),
      roots: OFFERS,
      schema: createdSchema,
      repeatable: 'create',
    },
    call,
  );
  return created.offre[0].codeCgt;
}

/** Of several with one name the first in plain order, so that every attempt adopts the same one. */
export async function findTrackMedia(
  account: PivotAccount,
  name: string,
  call?: CallContext,
): Promise<string | null> {
  const route = '/query';
  const { count, offre } = await ask(
    account,
    {
      method: 'POST',
      path: paths.search(),
      route,
      matrix: [content(2)],
      body: mediaNamed(name),
      roots: OFFERS,
      schema: offersSchema,
    },
    call,
  );
  if (count !== offre.length)
    throw contradiction(`POST ${route}`, 'holds another number of offers than it says');
  const codes = offre.flatMap((row) => {
    const read = readOffer(row);
    return read.kind === 'offer' && read.offer.type === MEDIA_TYPE && read.offer.name.fr === name.trim()
      ? read.offer.code
      : [];
  });
  return codes.sort()[0] ?? null;
}

/**
 * One partial update, left out when nothing is left to do: links that exist already, or are gone already, are not sent
 * again. A link is taken away by the urn under which it stands.
 */
export async function relinkTrack(
  account: PivotAccount,
  { offer, link, unlink }: Relink,
  call?: CallContext,
): Promise<void> {
  const { relOffre } = await readLinked(account, offer, call);
  const linked = linksOf(relOffre).filter(({ urn }) => MEDIA_LINK.test(urn));
  const missing = link !== null && linked.some(({ code }) => sameCode(code, link)) ? null : link;
  const leaving = linked.filter(({ code }) => unlink.some((gone) => sameCode(gone, code)));
  if (missing === null && leaving.length === 0) return;

  await ask(
    account,
    {
      method: 'PUT',
      path: paths.offer(offer),
      route: '/offer/{codeCgt}',
      body: relations({ link: missing, unlink: leaving }),
      roots: OFFERS,
      schema: createdSchema,
    },
    call,
  );
}

/** Codes of the offers that link to a media, in plain order; that level 2 names them is assumed. */
export async function offersOfMedia(
  account: PivotAccount,
  mediaCode: string,
  call?: CallContext,
): Promise<string[]> {
  const { relOffreTgt } = await readLinked(account, mediaCode, call);
  const codes = linksOf(relOffreTgt)
    .filter(({ urn }) => MEDIA_LINK.test(urn))
    .map(({ code }) => code);
  return [...new Set(codes)].sort();
}

async function localityOf(account: PivotAccount, code: string, call?: CallContext): Promise<string | null> {
  const { adresse1 } = await readLinked(account, code, call);
  const address = addressSchema.safeParse(adresse1);
  return address.success ? address.data.idIns : null;
}

/** An offer with its links as codes. It is a read: the fence of a write is asked for the write alone. */
async function readLinked(account: PivotAccount, code: string, call?: CallContext) {
  const route = '/offer/{codeCgt}';
  const schema = z.object({ offre: oneOfferSchema.shape.offre.pipe(z.tuple([linkedOfferSchema])) });
  const read = { method: 'GET', path: paths.offer(code), route, matrix: [content(2)], schema } as const;
  const context = call?.signal === undefined ? {} : { signal: call.signal };
  const { offre } = await ask(account, { ...read, roots: OFFERS }, context);
  if (!sameCode(offre[0].codeCgt, code)) throw contradiction(`GET ${route}`, 'is about another offer');
  return offre[0];
}

function linksOf(relations: unknown[]): { urn: string; code: string }[] {
  return relations.flatMap((row) => {
    const relation = relationSchema.safeParse(row);
    if (!relation.success) return [];
    const target = linkedOfferSchema.safeParse(relation.data.offre);
    return target.success ? [{ urn: relation.data.urn, code: target.data.codeCgt }] : [];
  });
}

/** Letter case means nothing in PIVOT's codes. */
export function sameCode(one: string, other: string): boolean {
  return one.toUpperCase() === other.trim().toUpperCase();
}
