import type {
  DiscoveredField,
  DiscoveredSchemas,
  FieldMapping,
  FieldPair,
} from '../../mappings/weavy-webmecanik/field-mapping';

export function field(name: string, more: Partial<DiscoveredField> = {}): DiscoveredField {
  return {
    name,
    label: name,
    type: 'text',
    length: null,
    required: false,
    readOnly: false,
    choices: null,
    custom: false,
    ...more,
  };
}

const foreignKey = { type: 'text(foreignkey)', readOnly: true } as const;

/** Both platforms as they are delivered, with the columns that the tests map. */
export function schemas(): DiscoveredSchemas & {
  weavy: Required<DiscoveredSchemas['weavy']>;
  mautic: Required<DiscoveredSchemas['mautic']>;
} {
  return {
    weavy: {
      customer: [
        field('customer_ID', { required: true }),
        field('name', { label: 'Nom', length: 255 }),
        field('city', { length: 64 }),
        field('phoneNumber', { label: 'Téléphone' }),
        field('employees', { type: 'integer' }),
        field('generictype_ID_country', foreignKey),
      ],
      customercontact: [
        field('email'),
        field('firstName'),
        field('phoneNumber', { label: 'Téléphone' }),
        field('customer_ID', foreignKey),
        field('generictype_ID_country', foreignKey),
        field('baseculture_ID', foreignKey),
        field('newsletter', { type: 'boolean', custom: true }),
        field('lastVisit', { type: 'datetime' }),
        field('photo', { type: 'binary' }),
        field('bouncedEmailDetected', { type: 'datetime' }),
      ],
      marketinginbound: [field('email'), field('firstName'), field('generictype_ID_status', foreignKey)],
    },
    mautic: {
      company: [
        field('companyname', { label: 'Company Name', required: true, length: 64 }),
        field('companycity', { length: 64 }),
        field('companyphone', { type: 'tel' }),
        field('companynumber_of_employees', { type: 'number' }),
        field('companycountry', { type: 'country', choices: ['France', 'Belgium'] }),
      ],
      contact: [
        field('email', { type: 'email' }),
        field('firstname'),
        field('phone', { type: 'tel' }),
        field('company'),
        field('country', { type: 'country', choices: ['France', 'Belgium'] }),
        field('preferred_locale', { type: 'locale' }),
        field('newsletter', { type: 'boolean', custom: true }),
        field('last_visit', { type: 'datetime', custom: true }),
        field('title', { type: 'select', choices: ['Mr', 'Mrs'] }),
      ],
    },
  };
}

export function pair(weavy: string, mautic: string, more: Partial<FieldPair> = {}): FieldPair {
  return { weavy, mautic, direction: 'both', as: 'text', propagateBlank: true, enforce: true, ...more };
}

const email = pair('email', 'email', { as: 'email' });

/** A mapping that fits. */
export function mapping(): FieldMapping & {
  companies: NonNullable<FieldMapping['companies']>;
  contacts: NonNullable<FieldMapping['contacts']>;
  inbounds: NonNullable<FieldMapping['inbounds']>;
} {
  return {
    companies: { key: { weavy: 'name', mautic: 'companyname' }, fields: [pair('name', 'companyname')] },
    contacts: {
      company: true,
      bounceField: 'bouncedEmailDetected',
      fields: [email, pair('firstName', 'firstname')],
    },
    inbounds: { create: 'all', fields: [{ ...email, direction: 'toWeavy' }] },
  };
}
