import { cleanText } from '../normalise/text';
import type { CrmRecord } from './crm-record';
import type { FieldMapping } from './field-mapping';

/** Equality of keys and e-mails: trimmed, inner spaces collapsed, without case (settled question 35). */
export function foldKey(text: string): string {
  return cleanText(text).toLowerCase();
}

/**
 * What a record is known by on the other side: the e-mail of a person, the chosen key of a company. Null for a blank one:
 * a blank never matches a blank (J12).
 */
export function matchKeyOf(record: Pick<CrmRecord, 'kind' | 'fields'>, mapping: FieldMapping): string | null {
  const value = record.fields[keyFieldOf(record.kind, mapping)];
  if (value === null || value === undefined) return null;
  const folded = foldKey(String(value));
  return folded === '' ? null : folded;
}

/** The field that holds it, by the platform's own name. */
export function keyFieldOf(kind: CrmRecord['kind'], mapping: FieldMapping): string {
  if (kind === 'weavy/customer') return mapping.companies?.key.weavy ?? 'name';
  if (kind === 'mautic/company') return mapping.companies?.key.mautic ?? 'companyname';
  return 'email';
}
