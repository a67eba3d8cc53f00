import { z } from 'zod';

export const OBJECTS = ['contact', 'company'] as const;
export type MauticObject = (typeof OBJECTS)[number];

const FIELD_TYPES = [
  'text',
  'textarea',
  'email',
  'tel',
  'url',
  'number',
  'boolean',
  'date',
  'datetime',
  'time',
  'select',
  'multiselect',
  'lookup',
  'country',
  'region',
  'locale',
  'timezone',
] as const;

export const fieldSchema = z.object({
  object: z.enum(OBJECTS),
  alias: z.string().min(1),
  label: z.string().optional(),
  type: z.enum(FIELD_TYPES).default('text'),
  group: z.enum(['core', 'social', 'personal', 'professional']).default('core'),
  defaultValue: z.union([z.string(), z.number(), z.boolean()]).nullable().default(null),
  isRequired: z.boolean().default(false),
  isUniqueIdentifier: z.boolean().default(false),
  isPublished: z.boolean().default(true),
  /** Of select and multiselect. */
  options: z.array(z.object({ label: z.string(), value: z.string() })).default([]),
  /** Longest text, in characters; not shown by the API. Does not hold for textarea. */
  length: z.number().int().min(1).default(64),
});

export type MauticFieldInput = z.input<typeof fieldSchema>;
export type MauticField = z.output<typeof fieldSchema> & { id: number };

type Row = readonly [alias: string, label: string, type?: MauticField['type']];

const CONTACT_FIELDS: readonly Row[] = [
  ['title', 'Title', 'lookup'],
  ['firstname', 'First Name'],
  ['lastname', 'Last Name'],
  ['company', 'Primary company'],
  ['position', 'Position'],
  ['email', 'Email', 'email'],
  ['mobile', 'Mobile', 'tel'],
  ['phone', 'Phone', 'tel'],
  ['address1', 'Address Line 1'],
  ['address2', 'Address Line 2'],
  ['city', 'City'],
  ['state', 'State', 'region'],
  ['zipcode', 'Zip Code'],
  ['country', 'Country', 'country'],
  ['preferred_locale', 'Preferred Locale', 'locale'],
  ['website', 'Website', 'url'],
  ['crm_id', 'CRM ID'],
];

const COMPANY_FIELDS: readonly Row[] = [
  ['companyname', 'Company Name'],
  ['companyemail', 'Company Email', 'email'],
  ['companyphone', 'Phone', 'tel'],
  ['companyaddress1', 'Address 1'],
  ['companyaddress2', 'Address 2'],
  ['companycity', 'City'],
  ['companystate', 'State', 'region'],
  ['companyzipcode', 'Zip Code'],
  ['companycountry', 'Country', 'country'],
  ['companywebsite', 'Website', 'url'],
  ['companynumber_of_employees', 'Number of Employees', 'number'],
  ['companysiret', 'SIRET'],
  ['companycrm_id', 'CRM ID'],
];

/** What an instance has from the start, with the fields that the set-up of a synchronisation adds (`crm_id`, SIRET). */
export function defaultFields(): MauticFieldInput[] {
  return [...rowsOf('contact', CONTACT_FIELDS), ...rowsOf('company', COMPANY_FIELDS)];
}

function rowsOf(object: MauticObject, rows: readonly Row[]): MauticFieldInput[] {
  return rows.map(([alias, label, type]) => ({
    object,
    alias,
    label,
    type,
    isUniqueIdentifier: alias === 'email' || alias === 'companyname',
    isRequired: alias === 'companyname',
  }));
}
