import { commitCompany } from './commit';
import { blankCompany } from './company-saves';
import { type ContactRow, isBlank } from './records';
import type { MauticWorld } from './world';

/**
 * Links a contact to a company and makes this its primary one; a link that exists is left as it is. The text field
 * `company` follows, `dateModified` does not move (assumed), and no webhook tells of the contact.
 */
export function addToCompany(world: MauticWorld, contact: ContactRow, companyId: number): void {
  if (contact.companies.some(({ id }) => id === companyId)) return;
  storeLinks(world, contact, withPrimary(contact.companies, companyId));
}

/** Takes a link away; after the primary one, the last that is left takes its place (assumed). */
export function removeFromCompany(world: MauticWorld, contact: ContactRow, companyId: number): void {
  const left = contact.companies.filter(({ id }) => id !== companyId);
  if (left.length === contact.companies.length) return;
  const last = left.at(-1);
  const isHeaded = left.some(({ primary }) => primary);
  storeLinks(world, contact, last === undefined || isHeaded ? left : withPrimary(left, last.id));
}

/** What writing the text field `company` does: finds or makes the company of that name; a blank ends the primary link. */
export function withCompanyText(world: MauticWorld, contact: ContactRow): ContactRow {
  const name = contact.fields.company;
  if (name === undefined || isBlank(name)) {
    return { ...contact, companies: contact.companies.filter(({ primary }) => !primary) };
  }
  const company =
    world.company.holding('companyname', name)[0] ??
    commitCompany(world, null, { ...blankCompany(world), fields: { companyname: name } }, 'api');
  return { ...contact, companies: withPrimary(contact.companies, company.id) };
}

type Links = ContactRow['companies'];

export function withPrimary(links: Links, companyId: number): Links {
  const ids = [...new Set([...links.map(({ id }) => id), companyId])];
  return ids.map((id) => ({ id, primary: id === companyId }));
}

function storeLinks(world: MauticWorld, contact: ContactRow, companies: Links): void {
  const primary = companies.find((link) => link.primary);
  const company = primary ? (world.company.get(primary.id)?.fields.companyname ?? null) : null;
  const row = { ...contact, companies, fields: { ...contact.fields, company } };
  world.contact.put(row);
  world.webhooks.emit('mautic.lead_company_change', {
    contact: { id: row.id },
    companies: companies.map(({ id }) => id),
  });
}
