import { z } from 'zod';
import type { Fields } from '../../mappings/fields';
import type { CrmRecord } from '../../mappings/weavy-webmecanik/crm-record';
import type { DiscoveredField } from '../../mappings/weavy-webmecanik/field-mapping';
import { FailureKind } from '../failure';
import { parseJson } from '../json';
import type { ReadProblem } from '../problem';
import type { ReadCrmRecord, WeavyEntity } from './client';
import { readUtc } from './dates';
import { weavyRules } from './rules';

// The only file that knows weavy's wire form. Documented: the sign-in, the dictionary's shape, the body of a Select, the
// addresses. Known from the public connector: rows are flat, a Select answers a bare list. Assumed: all error bodies, what
// a write answers, and everything marked so below.

/** Paths below the base address. */
export const paths = {
  authenticate: ['v1', 'Authenticate'],
  dictionary: (project: string, entity: WeavyEntity) => ['v1', 'Dictionary', project, entity],
  select: (project: string) => ['v1', 'Data', project, 'Select'],
  table: (project: string, entity: WeavyEntity) => ['v1', 'Data', project, entity],
  record: (project: string, entity: WeavyEntity, id: string) => ['v1', 'Data', project, entity, id],
};

/** The column of a table's business codes (documented). */
export const keyOf = (entity: WeavyEntity) => `${entity}_ID`;

/** Columns that weavy maintains itself: times, deletion, export. Never mapped. */
const isServerColumn = (name: string) => /^srv[A-Z]/.test(name);

/** Names that mean something to JavaScript itself: never read from a platform. */
const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor']);

const isMappable = (entity: WeavyEntity, name: string) =>
  name !== keyOf(entity) && !isServerColumn(name) && !FORBIDDEN.has(name);

export const signInSchema = z
  .object({
    authToken: z.string().min(1),
    /** Seconds (documented). */
    expiresIn: z.coerce.number().positive(),
    passwordExpiryUTC: z.unknown().optional(),
  })
  .transform(({ authToken, expiresIn, passwordExpiryUTC }) => {
    const expiry = readUtc(passwordExpiryUTC);
    return {
      authToken,
      expiresIn,
      passwordExpiresAt: expiry === null ? null : new Date(expiry).toISOString(),
    };
  });

export function signInBody(account: { projectCode: string; userName: string; password: string }): unknown {
  return { scope: 'API', ...account };
}

/** Any refusal to sign in is about our credentials or settings, never about a record (assumed: nothing is public). */
export const readSignInProblem: ReadProblem = (body, status) => {
  const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 425;
  return { ...readWeavyProblem(body, status), kind: isRefusal ? FailureKind.accessLost : undefined };
};

/** For a call that is about being answered at all. */
export const anyReplySchema = z.unknown();

const problem = z.object({
  message: z.string(),
  code: z.string().optional().catch(undefined),
  fieldName: z.string().optional().catch(undefined),
  right: z.string().optional().catch(undefined),
});

/** A table without one of its three API rights (assumed). */
export const API_RIGHT = 'API_RIGHT';

/** Errors are `{message, code?, fieldName?, right?}` (assumed). The message is dropped: it may quote a value. */
export const readWeavyProblem: ReadProblem = (body) => {
  const parsed = problem.safeParse(body);
  if (!parsed.success) return null;
  const { code, fieldName, right } = parsed.data;
  return { code, fields: [fieldName, right].filter((name) => name !== undefined) };
};

const code = z.union([z.string().min(1), z.number().int().transform(String)]);
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** One row of a table; also what GET answers (documented), and what a write answers (assumed). */
export const recordSchema = (entity: WeavyEntity) =>
  z
    .looseObject({ [keyOf(entity)]: code, srvAttrib: z.number().nullish() })
    .transform((row, context): CrmRecord => {
      const fields: Fields = {};
      for (const [name, value] of Object.entries(row)) {
        if (!isMappable(entity, name)) continue;
        const read = cell.safeParse(value);
        if (read.success) fields[name] = read.data;
        else context.addIssue({ code: 'custom', path: [name], message: 'not a flat value' });
      }
      const tiers = entity === 'customercontact' ? fields[keyOf('customer')] : null;
      return {
        kind: `weavy/${entity}`,
        id: String(row[keyOf(entity)]),
        fields,
        modifiedAt: readUtc(row.srvDateUTC),
        // 0 is live (documented); a row that does not say is one too, because Select leaves the others out unasked
        deleted: (row.srvAttrib ?? 0) !== 0,
        tiersId: tiers === null || tiers === undefined || tiers === '' ? null : String(tiers),
        bounced: false,
        tags: [],
      };
    });

/** A bare list, each row read for itself: one that cannot be read takes no other with it. */
export const rowsSchema = (entity: WeavyEntity) => {
  const record = recordSchema(entity);
  const keyed = z.looseObject({ [keyOf(entity)]: code });
  return z.array(
    z.unknown().transform((row): ReadCrmRecord => {
      const read = record.safeParse(row);
      if (read.success) return { kind: 'record', record: read.data };
      const known = keyed.safeParse(row);
      return {
        kind: 'unreadable',
        id: known.success ? String(known.data[keyOf(entity)]) : null,
        // Names and codes only: the validator's own messages may quote what it saw.
        problems: read.error.issues.map((issue) => `${issue.path.join('.') || 'the row'}: ${issue.code}`),
      };
    }),
  );
};

/** What a write answers is assumed, and may be nothing: its text is looked at after the write counts as done. */
export const writeReplySchema = z.string();

/**
 * The record that a write answered, or null when it answered none: nothing, an acknowledgement, or our own words back.
 * What weavy stored has a time of change and every field that was sent (assumed).
 */
export function storedRecord(entity: WeavyEntity, id: string, sent: Fields, reply: string): CrmRecord | null {
  const body = parseJson(reply);
  const read = recordSchema(entity).safeParse(body.kind === 'value' ? body.value : undefined);
  if (!read.success || read.data.id !== id || read.data.modifiedAt === null) return null;
  const { fields } = read.data;
  return Object.keys(sent).every((name) => Object.hasOwn(fields, name)) ? read.data : null;
}

/** A record is sent flat, with its code in it (documented for creates; the public connector does so for updates too). */
export function recordBody(entity: WeavyEntity, id: string, fields: Fields): unknown {
  return { ...fields, [keyOf(entity)]: id };
}

interface Translation {
  languageCode: string;
  text: string;
}

const translations = z.array(z.object({ languageCode: z.string(), text: z.string() })).catch([]);

/** The fields of a table that can be mapped: its code and the columns that weavy maintains itself are left out. */
export const dictionarySchema = (entity: WeavyEntity) =>
  z
    .object({
      fields: z.array(
        z.object({
          fieldName: z.string().min(1),
          fieldType: z.string(),
          fieldLength: z.number().int().positive().nullable().catch(null),
          translations,
        }),
      ),
    })
    .transform(({ fields }) => {
      const { standardFields, requiredField } = weavyRules.tables[entity];
      const standard = new Set<string>(standardFields);
      return fields
        .filter((field) => isMappable(entity, field.fieldName))
        .map(
          (field): DiscoveredField => ({
            name: field.fieldName,
            label: labelOf(field.translations) ?? field.fieldName,
            type: field.fieldType,
            length: field.fieldLength,
            required: field.fieldName === requiredField,
            readOnly: /\(foreignkey\)$/i.test(field.fieldType),
            choices: null,
            custom: !standard.has(field.fieldName),
          }),
        );
    });

function labelOf(texts: readonly Translation[]): string | undefined {
  const inLanguage = (language: string) =>
    texts.find(({ languageCode, text }) => languageCode === language && text.trim() !== '')?.text.trim();
  return inLanguage('FR') ?? inLanguage('EN');
}
