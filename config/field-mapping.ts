import { z } from 'zod';

/** The mapping document of a weavy <-> Webmecanik sync, as people write it. Defaults are the seed's. */

const name = z.string().min(1);

const pairFields = {
  weavy: name,
  mautic: name,
  /** What the value means: decides about spelling and comparison. */
  as: z
    .enum(['text', 'email', 'phone', 'country', 'language', 'boolean', 'number', 'date', 'datetime', 'list'])
    .default('text'),
  /** Whether a blank travels too; never into required or identity fields (settled question 33). */
  propagateBlank: z.boolean().default(true),
};

const fieldPairSchema = z.strictObject({
  ...pairFields,
  /** `both`: the most recent value wins; `toMautic`: weavy has priority; `toWeavy`: Webmecanik has priority. */
  direction: z.enum(['both', 'toMautic', 'toWeavy']).default('both'),
  /** One-way fields: an edit on the other side is put back (settled question 40). */
  enforce: z.boolean().default(true),
});

const inboundPairSchema = z
  .strictObject(pairFields)
  // an Entrant is written, never read back: nothing there is ever put back
  .transform((pair) => ({ ...pair, direction: 'toWeavy' as const, enforce: false }));

const companiesSchema = z
  .strictObject({
    key: z.strictObject({ weavy: name, mautic: name }),
    fields: z.array(fieldPairSchema).min(1),
  })
  .check((ctx) => {
    const { key, fields } = ctx.value;
    if (fields.some((pair) => pair.weavy === key.weavy && pair.mautic === key.mautic)) return;
    ctx.issues.push({
      code: 'custom',
      input: key,
      path: ['key'],
      message: `the key (${key.weavy}, ${key.mautic}) must be one of the fields`,
    });
  });

const contactsSchema = z
  .strictObject({
    company: z.boolean().default(true),
    bounceField: name.nullable().default('bouncedEmailDetected'),
    fields: z.array(fieldPairSchema).min(1),
  })
  .check((ctx) => {
    if (ctx.value.fields.some(isEmailPair)) return;
    ctx.issues.push({
      code: 'custom',
      input: ctx.value.fields,
      path: ['fields'],
      message: 'a contact is known by its e-mail: one field must map email to email',
    });
  });

const inboundsSchema = z
  .strictObject({
    create: z
      .union([z.enum(['all', 'none']), z.strictObject({ tag: name }), z.strictObject({ segment: name })])
      .default('all'),
    fields: z.array(inboundPairSchema).min(1),
  })
  .check((ctx) => {
    if (ctx.value.fields.some(isEmailPair)) return;
    ctx.issues.push({
      code: 'custom',
      input: ctx.value.fields,
      path: ['fields'],
      message: 'an Entrant is known by its e-mail: one field must map email to email',
    });
  });

export const fieldMappingSchema = z
  .strictObject({
    companies: companiesSchema.nullable().default(null),
    contacts: contactsSchema.nullable().default(null),
    inbounds: inboundsSchema.nullable().default(null),
  })
  .check((ctx) => {
    const { companies, contacts, inbounds } = ctx.value;
    if (companies === null && contacts === null)
      ctx.issues.push({
        code: 'custom',
        input: ctx.value,
        path: [],
        message: 'nothing is synchronised: give companies, contacts or both',
      });
    if (inbounds !== null && contacts === null)
      ctx.issues.push({
        code: 'custom',
        input: inbounds,
        path: ['inbounds'],
        message: 'inbounds needs contacts: whether a contact is unknown shows only beside them',
      });
    for (const [object, fields] of Object.entries({
      companies: companies?.fields ?? [],
      contacts: contacts?.fields ?? [],
      inbounds: inbounds?.fields ?? [],
    }))
      for (const side of ['weavy', 'mautic'] as const)
        for (const [index, pair] of fields.entries())
          if (fields.findIndex((other) => other[side] === pair[side]) < index)
            ctx.issues.push({
              code: 'custom',
              input: pair,
              path: [object, 'fields', index, side],
              message: `"${pair[side]}" is mapped twice`,
            });
  });

function isEmailPair(pair: { weavy: string; mautic: string }): boolean {
  return pair.weavy === 'email' && pair.mautic === 'email';
}
