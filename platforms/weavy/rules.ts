import type { WeavyEntity } from './client';

/** The three columns of the studio's data dictionary that open a table to the API (seed). */
export type WeavyRight = 'READ' | 'ADD' | 'UPDATE';

interface Table {
  /** The table's name in the studio (seed). */
  studioName: string;
  /** Without a value here a record has no key that the other side could know. */
  requiredField: string;
  /** Names that come with the product; every other one was made by the customer. */
  standardFields: readonly string[];
}

/** Named for all persons alike; of contacts only the e-mail, the Tiers and the bounce are documented, the rest assumed. */
const PERSON_FIELDS = [
  'email',
  'firstName',
  'lastName',
  'phoneNumber',
  'mobilePhoneNumber',
  'jobTitle',
  'city',
  'postalCode',
  'generictype_ID_country',
];

/**
 * What weavy can take and will accept. It documents no limit: pace, sizes and times are assumed, and cautious. The
 * configuration may replace the pace, the page, the lag and the time-out.
 */
export const weavyRules = {
  requestsPerSecond: 5,
  maxInFlight: 2,
  timeoutMs: 30_000,
  /** How long a created record may be missing from searches (assumed); reading by code is immediate (assumed). */
  searchLagMs: 10_000,
  pageSize: 500,
  /** Rows of one answer: documented as the default when no limit is asked for, so assumed to be always granted. */
  maxPageSize: 1_000,
  /** Values in one search: each is a filter of its own. */
  searchBlock: 100,
  /** Part of its life after which a token is replaced. */
  renewAfterShareOfLife: 0.8,
  tables: {
    customer: {
      studioName: 'Client',
      requiredField: 'name',
      standardFields: [
        'name',
        'baseuser_ID',
        'address1',
        'address2',
        'address3',
        'postalCode',
        'city',
        'phoneNumber',
        'faxNumber',
        'mobilePhoneNumber',
        'email',
        'generictype_ID_customerType',
        'generictype_ID_country',
        'generictype_ID_province',
        'generictype_ID_civility',
        'baseculture_ID',
        'branchoffice_ID',
      ],
    },
    customercontact: {
      studioName: 'Client / Contact',
      requiredField: 'email',
      standardFields: [...PERSON_FIELDS, 'customer_ID', 'bouncedEmailDetected'],
    },
    marketinginbound: {
      studioName: 'Marketing / Entrant',
      requiredField: 'email',
      standardFields: [...PERSON_FIELDS, 'companyName', 'comment', 'generictype_ID_status'],
    },
  } satisfies Record<WeavyEntity, Table>,
  /** Names of the columns in the studio (seed). */
  rightColumns: {
    READ: 'API lecture',
    ADD: 'API ajout',
    UPDATE: 'API MAJ',
  } satisfies Record<WeavyRight, string>,
} as const;
