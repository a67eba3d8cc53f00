import { z } from '@hono/zod-openapi';
import { VALUE_FORMS } from '../../mappings/weavy-webmecanik/field-mapping';
import { plannedChange } from './run-answers';
import { fieldValue, moment, momentOrNull, text } from './values';

export const object = z.enum(['companies', 'contacts', 'inbounds']);
const direction = z.enum(['both', 'toMautic', 'toWeavy']);
const form = z.enum(VALUE_FORMS);
const name = text(1, 200);

const sentPairBasis = {
  weavy: name,
  mautic: name,
  as: form.optional(),
  propagateBlank: z.boolean().optional(),
};
const sentPair = z.strictObject({
  ...sentPairBasis,
  direction: direction.optional(),
  enforce: z.boolean().optional(),
});
const MOST_PAIRS = 500;

/** The document that people write, in its form; what it has to say beside that is told with a 422. */
export const sentMapping = z
  .strictObject({
    companies: z
      .strictObject({
        key: z.strictObject({ weavy: name, mautic: name }),
        fields: z.array(sentPair).min(1).max(MOST_PAIRS),
      })
      .nullable()
      .optional(),
    contacts: z
      .strictObject({
        company: z.boolean().optional(),
        bounceField: name.nullable().optional(),
        fields: z.array(sentPair).min(1).max(MOST_PAIRS),
      })
      .nullable()
      .optional(),
    inbounds: z
      .strictObject({
        create: z
          .union([z.enum(['all', 'none']), z.strictObject({ tag: name }), z.strictObject({ segment: name })])
          .optional(),
        fields: z.array(z.strictObject(sentPairBasis)).min(1).max(MOST_PAIRS),
      })
      .nullable()
      .optional(),
  })
  .openapi('MappingDocument', {
    description:
      'A mapping as it is written in the configuration; what is left out has the default of the configuration.',
  });

const heldPair = z.object({
  weavy: z.string(),
  mautic: z.string(),
  direction,
  as: form,
  propagateBlank: z.boolean(),
  enforce: z.boolean(),
});

export const mapping = z
  .object({
    companies: z
      .object({ key: z.object({ weavy: z.string(), mautic: z.string() }), fields: z.array(heldPair) })
      .nullable(),
    contacts: z
      .object({ company: z.boolean(), bounceField: z.string().nullable(), fields: z.array(heldPair) })
      .nullable(),
    inbounds: z
      .object({
        create: z.union([
          z.enum(['all', 'none']),
          z.object({ tag: z.string() }),
          z.object({ segment: z.string() }),
        ]),
        fields: z.array(heldPair),
      })
      .nullable(),
  })
  .openapi('Mapping');

export const mappingDifference = z
  .object({
    kind: z.enum(['object-added', 'object-removed', 'setting', 'pair-added', 'pair-removed', 'pair-changed']),
    object,
    name: z.string().optional(),
    before: z.string().optional(),
    after: z.string().optional(),
    pair: heldPair.optional(),
    weavy: z.string().optional(),
    mautic: z.string().optional(),
    changes: z.array(z.object({ name: z.string(), before: fieldValue, after: fieldValue })).optional(),
  })
  .openapi('MappingDifference');

export const mappingProblem = z
  .object({
    object,
    place: z.string(),
    code: z.string(),
    severity: z.enum(['fail', 'warn']),
    message: z.object({ fr: z.string(), en: z.string() }),
  })
  .openapi('MappingProblem');

export const mappingVersion = z
  .object({
    version: z.number().int(),
    mapping,
    sha256: z.string(),
    origin: z.enum(['file', 'console']),
    by: z.string().nullable(),
    at: moment,
    takenUpAt: momentOrNull,
    differences: z.array(mappingDifference),
  })
  .openapi('MappingVersion', { description: '`differences`: what it changed in the version before it.' });

export const mappingDraft = z
  .object({ mapping, sha256: z.string(), basedOn: z.string(), by: z.string(), at: moment })
  .openapi('MappingDraft', { description: 'A mapping that is being changed and is not in force.' });

export const crmField = z.object({
  object: z.string(),
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number().nullable(),
  required: z.boolean(),
  readOnly: z.boolean(),
  custom: z.boolean(),
  choices: z.number().int().nullable(),
  mappedTo: z.array(z.object({ object, field: z.string().nullable(), direction })),
});

export const previewedRecord = z.object({
  record: z.string(),
  name: z.string().nullable(),
  object,
  outcome: z.string(),
  reason: z.string().nullable(),
  changes: z.array(plannedChange),
  differs: z.boolean(),
});
