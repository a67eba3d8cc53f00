import { z } from 'zod';
import { ENTITIES, type EntityName } from './entities';

const FIELD_TYPES = [
  'text',
  'text(foreignkey)', // the two types that are documented; the others are assumed, after the formats of values
  'boolean',
  'integer',
  'decimal',
  'datetime',
  'binary',
] as const;

const givenFieldSchema = z.strictObject({
  entity: z.enum(ENTITIES),
  fieldName: z.string().min(1),
  fieldType: z.enum(FIELD_TYPES).default('text'),
  /** Longest text; null = no limit. Default: 255 for texts, null for the types that have no length. */
  fieldLength: z.number().int().positive().nullable().optional(),
  /** Language -> text. Default: the name itself, in French and English. */
  labels: z.record(z.string(), z.string()).default({}),
  /** The table whose codes this field holds: another code is refused. Null = codes are not checked. */
  references: z.enum(ENTITIES).nullable().default(null),
});

export const weavyFieldSchema = givenFieldSchema.transform(({ fieldLength, ...field }) => ({
  ...field,
  fieldLength: fieldLength === undefined && field.fieldType.startsWith('text') ? 255 : (fieldLength ?? null),
}));

export type WeavyField = z.output<typeof weavyFieldSchema>;
/** A field as a test writes it: everything with a default may be left out. */
export type WeavyFieldInput = z.input<typeof weavyFieldSchema>;

type Standard = Omit<WeavyFieldInput, 'entity'>;

const text = (fieldName: string, fr: string, en: string, fieldLength = 255): Standard => ({
  fieldName,
  fieldLength,
  labels: { FR: fr, EN: en },
});
const foreignKey = (fieldName: string, fr: string, en: string): Standard => ({
  ...text(fieldName, fr, en),
  fieldType: 'text(foreignkey)',
});

/** The fields of persons are assumed, but for those that a comment names; lengths are assumed everywhere. */
const PERSON: readonly Standard[] = [
  text('email', 'E-mail', 'E-mail'), // documented
  text('firstName', 'Prénom', 'First name', 80),
  text('lastName', 'Nom', 'Last name', 80),
  text('jobTitle', 'Fonction', 'Job title', 128),
  text('phoneNumber', 'Téléphone', 'Phone', 30),
  text('mobilePhoneNumber', 'Portable', 'Mobile', 30),
  text('postalCode', 'Code postal', 'Postal code', 20),
  text('city', 'Ville', 'City', 60),
  foreignKey('generictype_ID_country', 'Pays', 'Country'),
];

const STANDARD: Record<EntityName, readonly Standard[]> = {
  customer: [
    text('name', 'Nom', 'Name'),
    foreignKey('baseuser_ID', 'Responsable', 'Owner'),
    text('address1', 'Adresse 1', 'Address 1'),
    text('address2', 'Adresse 2', 'Address 2'),
    text('address3', 'Adresse 3', 'Address 3'),
    text('postalCode', 'Code postal', 'Postal code', 20),
    text('city', 'Ville', 'City', 60),
    text('phoneNumber', 'Téléphone', 'Phone', 30),
    text('faxNumber', 'Fax', 'Fax', 30),
    text('mobilePhoneNumber', 'Portable', 'Mobile', 30),
    text('email', 'E-mail', 'E-mail'),
    text('siret', 'SIRET', 'SIRET', 20), // assumed: customers create it to recognise companies by
    foreignKey('generictype_ID_customerType', 'Type de tiers', 'Customer type'),
    foreignKey('generictype_ID_country', 'Pays', 'Country'),
    foreignKey('generictype_ID_province', 'Région', 'Province'),
    foreignKey('generictype_ID_civility', 'Civilité', 'Civility'),
    foreignKey('baseculture_ID', 'Langue', 'Language'),
    foreignKey('branchoffice_ID', 'Agence', 'Branch office'),
  ],
  customercontact: [
    ...PERSON,
    { ...foreignKey('customer_ID', 'Tiers', 'Customer'), references: 'customer' }, // documented
    {
      fieldName: 'bouncedEmailDetected', // documented
      fieldType: 'datetime',
      fieldLength: null,
      labels: { FR: 'NPAI le', EN: 'Bounced on' },
    },
  ],
  marketinginbound: [
    ...PERSON,
    text('companyName', 'Société', 'Company'),
    text('comment', 'Commentaire', 'Comment', 2000),
    foreignKey('generictype_ID_status', 'Statut', 'Status'),
  ],
};

/** The fields of a project, standard ones first. A field given again takes the place of the one before it. */
export function fieldsOf(custom: readonly WeavyFieldInput[]): WeavyField[] {
  const standard = ENTITIES.flatMap((entity) => STANDARD[entity].map((field) => ({ ...field, entity })));
  const fields = new Map<string, WeavyField>();
  for (const each of [...standard, ...custom]) {
    const field = weavyFieldSchema.parse(each);
    fields.set(fieldId(field), field);
  }
  return [...fields.values()];
}

/** The id of a field for the control routes: `customer/siret`. */
export function fieldId({ entity, fieldName }: Pick<WeavyField, 'entity' | 'fieldName'>): string {
  return `${entity}/${fieldName}`;
}
