import { z } from 'zod';
import type { Offer, OfferMedia } from '../../mappings/pivot-cirkwi/offer';
import { FailureKind } from '../failure';
import type { ReadProblem } from '../problem';
import type { OfferChange } from './client';
import { labelledUrn, list, moment, number, single, text, texts } from './values';

// The only file that knows PIVOT's names. Routes, envelopes and most urns are documented; what is marked "assumed" here
// is not, and docs/platforms/pivot.md lists all of it. Members are read by what they are called, in JSON and in XML
// alike; a member that is not named here is ignored.

/** Paths below the base address. */
export const paths = {
  diff: (query: string) => ['query', query, 'diff'],
  ack: (query: string) => ['query', query, 'ack'],
  clear: (query: string) => ['query', query, 'clear'],
  search: () => ['query'],
  pagedSearch: () => ['query', 'paginated'],
  page: (token: string, page: number) => ['query', 'paginated', token, String(page)],
  offers: () => ['offer'],
  offer: (code: string) => ['offer', code],
  audit: (code: string) => ['offer', code, 'audit'],
  media: (code: string) => ['media', code],
  upload: () => ['img', 'upload'],
  offerType: (type: number) => ['thesaurus', 'typeofr', String(type)],
};

/** What PIVOT puts into an answer. 0: codes and dates; 2: everything, linked offers as codes; 3: linked offers whole. */
export const content = (level: 0 | 2 | 3): readonly [string, string] => ['content', String(level)];
export const itemsPerPage = (count: number): readonly [string, string] => ['itemsperpage', String(count)];
export const hiddenFields: readonly [string, string] = ['hidden', 'true'];

/** Namespace of PIVOT's documents. */
export const NAMESPACE = 'http://pivot.tourismewallonie.be/files/xsd/pivot/3.1';
/** Elements that may repeat: lists in XML too when there is one of them. */
export const LISTS = ['offre', 'spec', 'relOffre', 'relOffreTgt', 'label', 'localite', 'commune', 'report'];

export const FILE_TYPE = 'application/gpx+xml';
export const MEDIA_TYPE = 268;
/** `estActive`, and the end of `estActiveUrn`, which replaces it. */
export const STATES: ReadonlyMap<string, Offer['state']> = new Map([
  ['5', 'archived'],
  ['10', 'not-publishable'],
  ['20', 'editing'],
  ['30', 'publishable'],
]);
export const PUBLISHABLE = 30;
/** Local: the narrowest visibility, as the documented example of a media has it. */
export const LOCAL_VISIBILITY = 10;
/** `operation` of a relation that is to be taken away. */
export const REMOVED = 2;

export const links = { defaultMedia: 'urn:lnk:media:defaut', otherMedia: 'urn:lnk:media:autre' } as const;
/** One paragraph of the manual writes `link` for `lnk`. */
export const MEDIA_LINK = /^urn:(?:lnk|link):media:/;
export const DEFAULT_MEDIA_LINK = /^urn:(?:lnk|link):media:defaut$/;

/** Fields by their meaning. Those marked "tail" are known by their last part only, the rest of the urn is assumed. */
export const fields = {
  offerType: 'urn:fld:typeofr',
  name: 'urn:fld:nomofr',
  /** The description that the key's owner sees: PIVOT computes it for each key. */
  description: 'urn:fld:descmarket',
  routeDescription: 'urn:fld:desccirc', // tail
  distanceKm: 'urn:fld:dist',
  climbM: 'urn:fld:hdifmax', // that it is the climb, in metres, is assumed
  descentM: 'urn:fld:hdifmin', // that it is the descent, in metres and perhaps negative, is assumed
  altitudeMinM: 'urn:fld:altmin', // tail
  altitudeMaxM: 'urn:fld:altmax', // tail
  publicTransport: 'urn:fld:acctransport', // tail; that it is a Boolean is assumed
  wheelchair: 'urn:fld:infusgpedpmr',
  stroller: 'urn:fld:infusgpedpou',
  websites: ['urn:fld:urlweb', 'urn:fld:homepage'],
  cirkwiId: 'urn:fld:idcirkwi',
  mediaKind: 'urn:fld:typmed',
  mediaUrl: 'urn:fld:url',
  mediaCredit: 'urn:fld:copyr',
} as const;

/** Each has a Boolean of this urn, a code in `<urn>diff` and a duration in `<urn>dur` (minutes, assumed). */
export const usageFields: ReadonlyArray<readonly [Offer['usages'][number]['usage'], string]> = [
  ['foot', 'urn:fld:infusgped'],
  ['trail', 'urn:fld:infusgtrail'],
  ['horse', 'urn:fld:infusgequ'],
  ['vtc', 'urn:fld:infusgvtc'],
  ['vtt', 'urn:fld:infusgvtt'],
  ['road-bike', 'urn:fld:infusgvelotour'],
];
export const difficultyOf = (usageField: string) => `${usageField}diff`;
export const durationOf = (usageField: string) => `${usageField}dur`;

/** Booleans that say what an offer is about, by their tails (assumed, but for the tails themselves). */
export const THEMES: ReadonlyMap<string, string> = new Map(
  [
    'famille',
    'randonnee',
    'balade',
    'baladenature',
    'patrimoine',
    'foret',
    'campagne',
    'bordeau',
    'abris',
    'taborient',
  ].map((tail) => [`urn:fld:${tail}`, tail]),
);

export const GPX_KIND = 'urn:val:typmed:gpx';
export const MEDIA_KIND_URNS: ReadonlyMap<string, OfferMedia['kind']> = new Map([
  ['urn:val:typmed:photo', 'photo'],
  ['urn:val:typmed:video', 'video'],
  ['urn:val:typmed:doc', 'doc'],
  [GPX_KIND, 'gpx'],
]);

/** The urn of a field's text in a language: bare in French, with the language before it in the others. */
export const inLanguage = (urn: string, language: string) => (language === 'fr' ? urn : `${language}:${urn}`);

const PROBLEM = /^\s*\[([A-Z]{3}\d{3})\]/;

/**
 * Errors are plain text that begins with a code in brackets, `[CCM006] ...` (the one documented; that all of them look
 * so is assumed). Anything else, such as a gateway's page, is not PIVOT's own word: it never means that something is
 * gone. The rest of the text is dropped: it may quote what was sent.
 */
export const readPivotProblem: ReadProblem = (body) => {
  const code = typeof body === 'string' ? PROBLEM.exec(body)?.[1] : undefined;
  if (code === undefined) return null;
  // The pages of a token are gone, or the page never was: the read starts again.
  return { code, kind: code === 'CCM006' ? FailureKind.conflict : undefined };
};

const required = (what: string) => text.pipe(z.string(`expected ${what}`));
const count = number.pipe(z.int().min(0));

/** An address. `ins` is the statistical code of the municipality, `idIns` PIVOT's own of the locality. */
export const addressSchema = z.object({
  rue: text,
  numero: text,
  cp: text,
  ins: text,
  idIns: text,
  localite: texts,
  commune: texts,
  pays: text,
  /** Its last part is taken for a country code or name (assumed). */
  paysUrn: labelledUrn,
  latitude: number,
  longitude: number,
  altitude: number,
});

export const specSchema = z.object({ urn: required('a urn'), type: text, value: text });
export const relationSchema = z.object({ urn: required('a urn'), offre: single });

/** An offer at any level: all but its code may be missing. */
export const linkedOfferSchema = z.object({
  codeCgt: required('a code'),
  dateCreation: moment,
  dateModification: moment,
  nom: text,
  estActive: text,
  estActiveUrn: labelledUrn,
  typeOffre: single,
  adresse1: single,
  adresse2: single,
  spec: list,
  relOffre: list,
  relOffreTgt: list,
});

/** `{"idTypeOffre": 8}`. */
export const offerTypeSchema = z.object({ idTypeOffre: number.pipe(z.int()) });

/** A list of offers. Rows stay unknown here: each is judged alone by `readOffer`. */
export const offersSchema = z.object({
  /** All offers of the answer; in a paged one, of all pages. */
  count,
  pagesCount: number,
  token: text,
  offre: list,
});

/** One offer, or the list of one that holds it. */
export const oneOfferSchema = z.object({ offre: list.pipe(z.tuple([z.unknown()])) });

const OPERATIONS = ['entered', 'changed', 'left'] as const;

/** A line of a change list. What else the line of an offer that left carries is not public and not read. */
const change = z
  .object({
    codeCgt: required('a code'),
    operation: number.pipe(z.int().min(0).max(2)),
    dateModification: moment,
  })
  .transform(
    (wire): OfferChange => ({
      code: wire.codeCgt,
      // the index was checked above: `entered` is never reached by a number that stands for something else
      operation: OPERATIONS[wire.operation] ?? 'entered',
      modifiedAt: wire.dateModification,
    }),
  );

/** All lines or none: one that cannot be read would be acknowledged with the others, and lost. */
export const changesSchema = z.object({ count, offre: list.pipe(z.array(change)) });

/** `{"value": ...}`: PIVOT's answer where there is nothing but a yes or a name to say. */
export const yesSchema = z.object({ value: text.pipe(z.literal('true')) });
export const nameSchema = z.object({ value: required('a name') });

/** The answer to a create: the quality report, under the new offer's code. */
export const createdSchema = z.object({
  offre: list.pipe(z.tuple([z.object({ codeCgt: required('a code') })])),
});

/** Statuses are `ERR0001`, `WRN0006` and so on; only the first kind keeps an offer from being published. */
export const statusSchema = z.object({ idStatus: required('a status'), context: text });
export const ERROR_STATUS = /^ERR\d+$/;
export const auditSchema = z.object({ status: single, report: list });
export const auditedSchema = z.object({ offre: list.pipe(z.tuple([z.object({ audit: auditSchema })])) });

/** No media is a web page (documented by the list of accepted types): it is another server's, in place of the file. */
export const fileSchema = z
  .instanceof(Uint8Array)
  .refine(
    (file) => !/^[\s\uFEFF]*<(?:!doctype\s+html|html)\b/i.test(Buffer.from(file.subarray(0, 200)).toString()),
  );

/** A tree of categories and fields. */
export const thesaurusSchema = z.object({ spec: list.pipe(z.array(z.unknown()).min(1)) });
export const thesaurusNodeSchema = z.object({
  urn: text,
  type: text,
  label: texts,
  userGlobalName: text,
  userGlobalId: text,
  spec: list,
});
export const CATEGORY_NODE = 'Category';
export const BOOLEAN_NODE = 'Boolean';
