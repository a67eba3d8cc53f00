import { z } from 'zod';
import type { Fields } from '../../mappings/fields';
import type { CrmRecord } from '../../mappings/weavy-webmecanik/crm-record';
import type { DiscoveredField } from '../../mappings/weavy-webmecanik/field-mapping';
import { FailureKind } from '../failure';
import type { ReadProblem } from '../problem';
import type { MauticObject } from './client';
import { CORE_FIELDS, PSEUDO_FIELDS } from './core-fields';
import { mauticRules } from './rules';

// The only file that knows Mautic's wire form. Its API is documented; what was only derived from its source code, or
// assumed, is marked. PHP writes an empty list and an empty object both as `[]`, and a list with a gap as an object.

/** Documented. The token is asked for below the instance itself, not below `/api`. */
export const API = 'api';
export const TOKEN_PATH = ['oauth', 'v2', 'token'];
export const VERSION_HEADER = 'Mautic-Version';
export const PLURAL = { contact: 'contacts', company: 'companies' } as const satisfies Record<
  MauticObject,
  string
>;

/** In a record of a call that means a blank: without it Mautic ignores blanks of contacts (documented). */
export const BLANK_FLAG = 'overwriteWithBlank';
/** How a blank is sent (assumed: empty text, which every field type takes). */
export const BLANK = '';

export const listQuery = (limit: number) => ({ limit: String(limit), orderBy: 'id', orderByDir: 'asc' });

const listOf = <Item extends z.ZodType>(item: Item) =>
  z.union([z.array(item), z.record(z.string(), item).transform((held) => Object.values(held))]);

const flag = z
  .union([z.boolean(), z.number(), z.string()])
  .nullish()
  .transform((value) => value === true || value === 1 || value === '1' || value === 'true');

const numberText = z.union([z.int().positive(), z.string().regex(/^\d+$/)]).transform(String);

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** A list of values is one text in a record, `a|b`, as Mautic itself writes it in most places. */
const fieldValue = z.union([scalar, z.array(scalar).transform((values) => values.join('|'))]);
const noFields = z.tuple([]).transform((): Fields => ({}));

const recordSchema = z.looseObject({
  id: numberText,
  dateAdded: z.string().nullish().catch(null),
  dateModified: z.string().nullish().catch(null),
  dateIdentified: z.string().nullish().catch(null),
  doNotContact: listOf(z.looseObject({ channel: z.string(), reason: z.coerce.number() })).nullish(),
  tags: listOf(z.union([z.string(), z.looseObject({ tag: z.string() })])).nullish(),
  fields: z.looseObject({ all: z.union([noFields, z.record(z.string(), fieldValue)]) }),
});

export type ReadMauticRecord =
  | { kind: 'record'; record: CrmRecord; isAnonymous: boolean }
  | { kind: 'unreadable'; id: string | null; problems: string[] };

/** Do-not-contact because the address does not exist (documented). */
const BOUNCED = 2;

/** One record as a list, a single read or a write answers it. `key` is the name under which a list held it. */
export function readRecord(object: MauticObject, wire: unknown, key: string | null): ReadMauticRecord {
  const parsed = recordSchema.safeParse(wire);
  if (!parsed.success) {
    const id = z.looseObject({ id: numberText }).safeParse(wire).data?.id ?? key;
    // paths and codes only: the validator's own messages may quote what it saw
    const problems = parsed.error.issues.map((at) => `${at.path.join('.') || 'the record'}: ${at.code}`);
    return { kind: 'unreadable', id, problems };
  }
  const held = parsed.data;
  const fields = Object.fromEntries(
    Object.entries(held.fields.all).filter(([name]) => !PSEUDO_FIELDS[object].has(name)),
  );
  const isBounced = (held.doNotContact ?? []).some(
    (entry) => entry.channel === 'email' && entry.reason === BOUNCED,
  );
  const record: CrmRecord = {
    kind: `mautic/${object}`,
    id: held.id,
    fields,
    modifiedAt: timeOf(held.dateModified) ?? timeOf(held.dateAdded),
    deleted: false,
    tiersId: null,
    bounced: object === 'contact' && isBounced,
    tags: (held.tags ?? []).map((tag) => (typeof tag === 'string' ? tag : tag.tag)),
  };
  const hasEmail = String(fields.email ?? '').trim() !== '';
  const isAnonymous = object === 'contact' && !hasEmail && (held.dateIdentified ?? '') === '';
  return { kind: 'record', record, isAnonymous };
}

/** ms since 1970. Mautic writes the offset (documented); a time without one is UTC, as its database is (assumed). */
function timeOf(text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null;
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? null : time;
}

/** Rows of a list, each with its key: `total` beside them is text, cached, and not read (documented). */
export function listSchema(object: MauticObject) {
  const rows = z.union([
    z.array(z.unknown()).transform((held) => held.map((wire) => ({ key: null, wire }))),
    z
      .record(z.string(), z.unknown())
      .transform((held) => Object.entries(held).map(([key, wire]) => ({ key, wire }))),
  ]);
  return z
    .looseObject({})
    .transform((body): unknown => body[PLURAL[object]])
    .pipe(rows);
}

export function singleSchema(object: MauticObject) {
  return z.looseObject({ [object]: z.looseObject({}) }).transform((body): unknown => body[object]);
}

const byIndex = <Item extends z.ZodType>(item: Item) =>
  z.union([
    z.array(item).transform((held) => new Map(held.entries())),
    z
      .record(z.string(), item)
      .transform((held) => new Map(Object.entries(held).map(([at, one]) => [Number(at), one] as const))),
  ]);

/** By index of what was sent. Failed records are missing, which may turn the list into an object. */
const batchReply = z.object({
  records: byIndex(z.unknown()),
  statusCodes: byIndex(z.coerce.number()),
  /** As the entries of `errors` of a single call. */
  errors: byIndex(z.unknown()),
});
export type BatchReply = z.output<typeof batchReply>;

/** Documented: the call answers 2xx even if every record failed, so only `statusCodes` counts. */
export function batchSchema(object: MauticObject) {
  return z
    .looseObject({})
    .transform((body) => ({
      records: body[PLURAL[object]] ?? [],
      statusCodes: body.statusCodes,
      errors: body.errors ?? [],
    }))
    .pipe(batchReply);
}

/** Adding or removing a link: 1 or true (documented). */
export const successSchema = z.looseObject({
  success: z.union([z.literal(1), z.literal(true), z.literal('1')]),
});

/** Flat rows (derived); which of both names holds the company's number is assumed. */
export const companiesOfSchema = z
  .looseObject({
    companies: listOf(
      z.union([
        z.looseObject({ company_id: numberText, is_primary: flag }),
        z.looseObject({ id: numberText, is_primary: flag }),
      ]),
    ),
  })
  .transform(({ companies }) =>
    companies.map((row) => ({
      id: numberText.parse('company_id' in row ? row.company_id : row.id),
      primary: row.is_primary,
    })),
  );

export const segmentsSchema = z
  .looseObject({ lists: listOf(z.looseObject({ alias: z.string() })) })
  .transform(({ lists }) => lists.map((segment) => segment.alias));

const fieldSchema = z.looseObject({
  alias: z.string().min(1),
  label: z.string().nullish().catch(null),
  type: z.string(),
  isRequired: flag,
  isPublished: z.unknown().optional(),
  properties: z.unknown().optional(),
});

/** Types of one line of text (types documented; that all of them share the default length is assumed). */
const ONE_LINE = new Set(['text', 'email', 'tel', 'url', 'lookup']);
/** Types that take only the values of their list. */
const CLOSED = new Set(['select', 'multiselect', 'country', 'region', 'locale', 'timezone']);

/** One page of fields: how many there were, and those that are in use and that people fill. */
export function fieldListSchema(object: MauticObject) {
  return z.looseObject({ fields: listOf(fieldSchema) }).transform(({ fields }) => ({
    rows: fields.length,
    fields: fields
      .filter((field) => !isUnpublished(field.isPublished) && !PSEUDO_FIELDS[object].has(field.alias))
      .map(
        (field): DiscoveredField => ({
          name: field.alias,
          label: field.label ?? field.alias,
          type: field.type,
          length: ONE_LINE.has(field.type) ? mauticRules.textLength : null,
          required: field.isRequired,
          readOnly: false,
          choices: CLOSED.has(field.type) ? choicesOf(field.properties) : null,
          custom: !CORE_FIELDS[object].has(field.alias),
        }),
      ),
  }));
}

/** Where it is not said, a field is in use. */
function isUnpublished(value: unknown): boolean {
  return value === false || value === 0 || value === '0';
}

const choice = z.union([
  z.string(),
  z.looseObject({ value: z.coerce.string() }).transform((one) => one.value),
]);
/** Documented as label and value; old instances write `a|b` (derived). */
const choices = z.looseObject({
  list: z.union([z.string().transform((text) => text.split('|')), listOf(choice)]),
});

function choicesOf(properties: unknown): string[] | null {
  const values = choices.safeParse(properties).data?.list.filter((value) => value !== '') ?? [];
  return values.length > 0 ? values : null;
}

/** RFC 6749, documented. Some servers send the lifetime as text. */
export const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional(),
});

const oneError = z.looseObject({ type: z.string().nullish().catch(null), details: z.unknown().optional() });
const envelope = z.union([
  z.looseObject({ errors: z.tuple([oneError], z.unknown()) }).transform((body) => body.errors[0]),
  // old instances (documented), in both of their forms
  z.looseObject({ error: z.string() }).transform((body) => ({ type: body.error, details: [] })),
  z.looseObject({ error: oneError }).transform((body) => body.error),
]);

/** Codes that speak of our sign-in, whatever the status (documented for some; the list is assumed). */
const SIGN_IN = new Set([
  'invalid_grant',
  'invalid_client',
  'invalid_token',
  'unauthorized_client',
  'api_disabled',
]);

/** Refused fields are the keys of `details`; a refusal of access names the object, so that the others can go on. */
export function mauticProblemReader(object: MauticObject): ReadProblem {
  return (body, status) => {
    const parsed = envelope.safeParse(body);
    if (!parsed.success) return null;
    const code = parsed.data.type ?? undefined;
    const isAccess = status === 403 || (status === 400 && code !== undefined && SIGN_IN.has(code));
    if (isAccess) return { code, fields: [object], kind: FailureKind.accessLost };
    return { code, fields: keysOf(parsed.data.details) };
  };
}

/** A record's own error inside the reply to a batch is one entry of `errors`. */
export function batchProblem(object: MauticObject, error: unknown, status: number) {
  return mauticProblemReader(object)({ errors: [error ?? {}] }, status);
}

function keysOf(details: unknown): string[] {
  return typeof details === 'object' && details !== null && !Array.isArray(details)
    ? Object.keys(details)
    : [];
}

/** Any refusal of a token request is about our credentials or settings, never about a record. */
export const readTokenProblem: ReadProblem = (body, status) => {
  const code = envelope.safeParse(body).data?.type ?? undefined;
  const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 425;
  return { code, kind: isRefusal ? FailureKind.accessLost : undefined };
};
