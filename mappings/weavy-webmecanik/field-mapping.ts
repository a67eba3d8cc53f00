/**
 * The mapping of one sync: which field of weavy is which of Mautic, and who has priority. The document (YAML) is checked
 * when the configuration is read, and against both platforms by preflight and `mapping check`.
 */

/** `both`: the most recent value wins. `toMautic`: weavy has priority. `toWeavy`: Webmecanik has priority (seed). */
export type Direction = 'both' | 'toMautic' | 'toWeavy';

/** What a value means, so that two spellings of one value are no change, and each side gets its own spelling. */
export const VALUE_FORMS = [
  'text',
  'email',
  'phone',
  /** weavy holds a code ("FR"), Mautic an English country name ("France"). */
  'country',
  /** weavy holds a culture ("FR-FR"), Mautic a locale ("fr_FR"). */
  'language',
  'boolean',
  'number',
  'date',
  'datetime',
  /** Several values, as a set. */
  'list',
] as const;
export type ValueForm = (typeof VALUE_FORMS)[number];

export interface FieldPair {
  weavy: string;
  mautic: string;
  direction: Direction;
  as: ValueForm;
  /** Whether a blank on one side may blank the other. Never into required or identity fields, whatever this says. */
  propagateBlank: boolean;
  /** One-way fields only: an edit on the other side is put back at the next cycle. */
  enforce: boolean;
}

export interface CompanyMapping {
  /** The fields that say which company is which, on each side: name, SIRET or CRM id (seed). Also one of `fields`. */
  key: { weavy: string; mautic: string };
  fields: FieldPair[];
}

/** The key of a person is its e-mail (seed): the pair of fields named `email` on both sides is one of `fields`. */
export interface ContactMapping {
  /** The Tiers of a weavy Contact becomes the Mautic contact's primary company. */
  company: boolean;
  /** weavy's field for the date of a bounce (NPAI); null leaves bounces alone. */
  bounceField: string | null;
  fields: FieldPair[];
}

export interface InboundMapping {
  /** Which unknown contacts become an Entrant: all, none, those with a tag, or those in a segment (its alias). */
  create: 'all' | 'none' | { tag: string } | { segment: string };
  /** Direction is always `toWeavy`: an Entrant is written, never read back (seed). */
  fields: FieldPair[];
}

export interface FieldMapping {
  /** Null: this object is not synchronised. */
  companies: CompanyMapping | null;
  contacts: ContactMapping | null;
  /** Needs `contacts`. */
  inbounds: InboundMapping | null;
}

/** What one side says about one of its fields. */
export interface DiscoveredField {
  name: string;
  label: string;
  /** The platform's own word. */
  type: string;
  /** Longest text; null when the platform does not say. */
  length: number | null;
  required: boolean;
  /** A foreign key of weavy: read, never written by us. */
  readOnly: boolean;
  /** Values of a closed list; null for an open field. */
  choices: string[] | null;
  custom: boolean;
}

/** The fields of every object that could be discovered; an object without access is missing. */
export interface DiscoveredSchemas {
  weavy: Partial<Record<'customer' | 'customercontact' | 'marketinginbound', DiscoveredField[]>>;
  mautic: Partial<Record<'company' | 'contact', DiscoveredField[]>>;
}
