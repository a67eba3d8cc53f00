import { z } from '@hono/zod-openapi';
import { fieldMappingSchema } from '../../config/field-mapping';
import { Refusal } from '../../operations/refusal';
import { checkMapping, diffMapping, mappedFields } from '../../operations/weavy-webmecanik/mapping';
import { mappingStanding, mappingVersions } from '../../operations/weavy-webmecanik/mapping-standing';
import {
  crmField,
  mapping,
  mappingDifference,
  mappingDraft,
  mappingProblem,
  mappingVersion,
  sentMapping,
} from './mapping-answers';
import { addOperation, type Desk } from './operation';
import {
  byText,
  byVersion,
  language,
  orNull,
  pageByNumber,
  pageByText,
  pageOfAll,
  slug,
  versionNumber,
} from './values';

const TAG = 'Mapping';
const SYNC = z.strictObject({ sync: slug });

/** The mapping of a weavy and Webmecanik sync: what is in force, and how it fits. */
export function addMapping(desk: Desk): void {
  addStanding(desk);
  addFields(desk);
  addVersions(desk);
}

const standing = z
  .object({
    mapping,
    sha256: z.string(),
    version: z.number().int().nullable(),
    isTakenUp: z.boolean(),
    file: z.enum(['leads', 'same', 'aside', 'changed']),
    fileDifferences: z.array(mappingDifference),
    draft: orNull(mappingDraft),
  })
  .openapi('MappingStanding', {
    description:
      'What the next run works with. `file`: how the document in the configuration stands to it (it leads; it says the same; it was left aside; it was changed since).',
  });

function addStanding(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'getMapping',
      tag: TAG,
      summary: { fr: 'La correspondance en vigueur', en: 'The mapping in force' },
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/mapping',
      params: SYNC,
      answer: standing,
      errors: [404, 422],
    },
    async ({ context, params }) => {
      const { newest, ...rest } = await mappingStanding(context, params.sync);
      return { ...rest, version: newest?.version ?? null };
    },
  );
}

function addFields(desk: Desk): void {
  addListMappingFields(desk);
  addCheckMapping(desk);
}

function addListMappingFields(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'listMappingFields',
      tag: TAG,
      summary: {
        fr: 'Champs des deux côtés, demandés maintenant',
        en: 'Fields of both sides, asked for now',
      },
      description: '`after` and `next` hold `object/name`.',
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/mapping/fields',
      params: SYNC,
      query: z.strictObject(byText),
      answer: pageByText(crmField).extend({
        missingRights: z.array(z.object({ table: z.string(), right: z.string() })),
      }),
      errors: [404, 422],
    },
    async ({ context, params, query }) => {
      const { fields, missingRights } = await mappedFields(context, params.sync);
      const keyOf = (field: { object: string; name: string }) => `${field.object}/${field.name}`;
      const sorted = fields.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      return { ...pageOfAll(sorted, query, keyOf), missingRights };
    },
  );
}

function addCheckMapping(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'checkMapping',
      tag: TAG,
      summary: {
        fr: 'Vérifier une correspondance auprès des deux côtés',
        en: 'Check a mapping against both sides',
      },
      description: 'Without `mapping`: the one that the next run works with. Changes nothing.',
      scope: 'read',
      method: 'post',
      path: '/syncs/{sync}/mapping/check',
      params: SYNC,
      body: z.strictObject({ mapping: sentMapping.optional() }),
      answer: z.object({ ok: z.boolean(), problems: z.array(mappingProblem) }),
      errors: [404, 422],
    },
    ({ context, params, body }) =>
      checkMapping(context, params.sync, body.mapping === undefined ? undefined : readMapping(body.mapping)),
  );
}

/** The document with its defaults; a refusal that names each place where it contradicts itself. */
function readMapping(document: unknown) {
  const read = fieldMappingSchema.safeParse(document);
  if (read.success) return read.data;
  throw new Refusal(
    'invalid',
    'the document contradicts itself',
    read.error.issues.map(({ path, message }) => ({
      in: 'body',
      field: path.map(String).join('.'),
      message,
    })),
  );
}

function addVersions(desk: Desk): void {
  addListMappingVersions(desk);
  addDiffMapping(desk);
}

function addListMappingVersions(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'listMappingVersions',
      tag: TAG,
      summary: { fr: 'Versions, la plus récente d’abord', en: 'Versions, the newest first' },
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/mapping/versions',
      params: SYNC,
      query: z.strictObject(byVersion),
      answer: pageByNumber(mappingVersion),
      errors: [404, 422],
    },
    async ({ context, params, query: { after, limit } }) => {
      const { versions, next } = await mappingVersions(context, params.sync, { before: after, limit });
      return { items: versions, next };
    },
  );
}

function addDiffMapping(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'diffMapping',
      tag: TAG,
      summary: { fr: 'Différences entre deux versions', en: 'What differs between two versions' },
      description: '`from`: the one in force without a number. `to`: the document in the configuration.',
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/mapping/differences',
      params: SYNC,
      query: z.strictObject({
        from: versionNumber.optional(),
        to: versionNumber.optional(),
        language: language.optional(),
      }),
      answer: z.object({
        before: z.number().int().nullable(),
        after: z.number().int().nullable(),
        differences: z.array(mappingDifference),
        lines: z.array(z.string()),
      }),
      errors: [404, 422],
    },
    ({ context, params, query }) =>
      diffMapping(context, params.sync, { a: query.from, b: query.to, language: query.language }),
  );
}
