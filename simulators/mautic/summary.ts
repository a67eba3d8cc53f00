import type { PlatformSummary } from '../core/platform';
import { type CompanyRow, type FieldValue, folded, isBlank } from './records';
import type { MauticWorld } from './world';

/**
 * Counts what must never happen: contacts with an e-mail, and companies with a name, that the API gave them while
 * another record had it. Doubles that persons made do not count. References are the CRM ids that records carry.
 */
export function mauticSummary(world: MauticWorld): PlatformSummary {
  const contacts = world.contact.all();
  const companies = world.company.all();
  const references = [
    ...contacts.map(({ fields }) => fields.crm_id),
    ...companies.map(({ fields }) => fields.companycrm_id),
  ].filter((value) => !isBlank(value));
  return {
    externalReferences: new Set(references).size,
    duplicates: {
      contact: doubles(contacts, 'email'),
      company: doubles(companies, 'companyname'),
    },
  };
}

/** A record stops being a double when the others have gone. */
function doubles(rows: readonly CompanyRow[], key: string): number {
  const counts = new Map<string, number>();
  for (const { fields } of rows) {
    const value = keyOf(fields[key]);
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return rows.filter(({ doubled, fields }) => doubled && (counts.get(keyOf(fields[key]) ?? '') ?? 0) > 1)
    .length;
}

function keyOf(value: FieldValue | undefined): string | null {
  return value === undefined || isBlank(value) ? null : folded(value);
}
