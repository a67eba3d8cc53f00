import type { FieldMapping, FieldPair } from '../../../mappings/weavy-webmecanik/field-mapping';
import type { MauticCompany, MauticContact } from '../../../simulators/mautic/state';
import type { WeavyRow } from '../../../simulators/weavy/state';
import type { Records, Values } from './scene';

/** Long before any test: what was changed then is outside every window but that of a full read. */
const WEAVY_TIME = '2025-06-02T06:00:00';
const MAUTIC_TIME = '2025-06-02T06:00:00+00:00';

export function emailOf(n: number): string {
  return `personne.${n}@exemple.example`;
}

/** `C-7`, with an e-mail of its own unless `fields` says otherwise. */
export function contactInWeavy(n: number, fields: Values = {}, more: Partial<WeavyRow> = {}): WeavyRow {
  return {
    id: `C-${n}`,
    fields: { email: emailOf(n), firstName: 'Ada', lastName: `Personne ${n}`, city: 'Namur', ...fields },
    srvDateUTC: WEAVY_TIME,
    ...more,
  };
}

/** Number 7, the same person as `contactInWeavy(7)`. */
export function contactInMautic(
  n: number,
  fields: Values = {},
  more: Partial<MauticContact> = {},
): MauticContact {
  return {
    id: n,
    fields: { email: emailOf(n), firstname: 'Ada', lastname: `Personne ${n}`, city: 'Namur', ...fields },
    dateAdded: MAUTIC_TIME,
    dateModified: MAUTIC_TIME,
    dateIdentified: MAUTIC_TIME,
    ...more,
  };
}

/** `T-7`, named `Maison 7`. */
export function tiers(n: number, fields: Values = {}): WeavyRow {
  return { id: `T-${n}`, fields: { name: `Maison ${n}`, city: 'Namur', ...fields }, srvDateUTC: WEAVY_TIME };
}

/** Number 7, the same company as `tiers(7)`. */
export function company(n: number, fields: Values = {}): MauticCompany {
  return {
    id: n,
    fields: { companyname: `Maison ${n}`, companycity: 'Namur', ...fields },
    dateAdded: MAUTIC_TIME,
    dateModified: MAUTIC_TIME,
  };
}

export function entrant(id: string, fields: Values): WeavyRow {
  return { id, fields, srvDateUTC: WEAVY_TIME };
}

/** The numbers 1 to `count`. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** So many persons whom both sides know, and agree about. */
export function known(count: number): Records {
  return {
    weavy: { customercontact: upTo(count).map((n) => contactInWeavy(n)) },
    mautic: { contact: upTo(count).map((n) => contactInMautic(n)) },
  };
}

export const weavyContact = (n: number) => `weavy/customercontact/C-${n}`;
export const mauticContact = (n: number) => `mautic/contact/${n}`;
export const weavyTiers = (n: number) => `weavy/customer/T-${n}`;
export const mauticCompany = (n: number) => `mautic/company/${n}`;

/** The same mapping with some pairs of one object changed, by weavy's field name. */
export function withPairs(
  mapping: FieldMapping,
  object: 'companies' | 'contacts',
  changes: Record<string, Partial<FieldPair>>,
): FieldMapping {
  const part = mapping[object];
  if (part === null) return mapping;
  const fields = part.fields.map((pair) => ({ ...pair, ...changes[pair.weavy] }));
  return { ...mapping, [object]: { ...part, fields } };
}
