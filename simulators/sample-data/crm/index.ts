import type { MauticCompany, MauticContact, MauticState } from '../../mautic/state';
import type { WeavyRow, WeavyState } from '../../weavy/state';
import { companyOf, mauticCompanyId, mauticCompanyOf, weavyCompanyCode, weavyCompanyOf } from './company';
import { type SampleCustomFields, sampleCustomFields } from './custom-fields';
import { type CrmNotes, noNotes } from './notes';
import {
  anonymousVisitor,
  leftOverEntrant,
  mauticContactId,
  mauticContactOf,
  personOf,
  weavyContactCode,
  weavyContactOf,
} from './person';
import { companySlot, contactSlot, presenceAt } from './slots';

export type { CrmNotes, NotedRecord } from './notes';

export interface SampleCrm {
  weavy: WeavyState;
  mautic: MauticState;
  /** Fields beside the standard ones that records hold: options of both simulators. */
  customFields: SampleCustomFields;
  notes: CrmNotes;
}

/**
 * Two CRMs with `records` contacts and a quarter as many companies, each counted once: half of them known to both sides,
 * a quarter on each side alone (settled question 41). Anonymous visitors of Mautic come on top, one for twenty contacts,
 * and Entrants that the public connector left. The same seed makes the same ones. From 120 records on, everything named in
 * the notes occurs. Nobody and nothing in it exists.
 */
export function sampleCrm({ records, seed }: { records: number; seed: number }): SampleCrm {
  const filling: Filling = {
    seed,
    companies: Math.floor(records / 4),
    weavy: { customer: [], customercontact: [], marketinginbound: [] },
    mautic: { company: [], contact: [] },
    notes: noNotes(),
  };
  for (let position = 0; position < filling.companies; position += 1) addCompany(filling, position);
  for (let position = 0; position < records; position += 1) {
    addContact(filling, position);
    if (position % 20 === 19) addVisitor(filling, Math.floor(position / 20));
  }
  const { weavy, mautic, notes } = filling;
  return { weavy, mautic, customFields: sampleCustomFields(), notes };
}

interface Filling {
  seed: number;
  companies: number;
  weavy: { customer: WeavyRow[]; customercontact: WeavyRow[]; marketinginbound: WeavyRow[] };
  mautic: { company: MauticCompany[]; contact: MauticContact[] };
  notes: CrmNotes;
}

function addCompany({ seed, weavy, mautic, notes }: Filling, position: number): void {
  const slot = companySlot(position, seed);
  const company = companyOf(slot);
  if (slot.presence !== 'mautic') weavy.customer.push(weavyCompanyOf(slot, company));
  if (slot.presence !== 'weavy') mautic.company.push(mauticCompanyOf(slot, company));
  if (slot.special === null) return;
  notes[slot.special].push({
    weavy: slot.presence === 'mautic' ? null : `weavy/customer/${weavyCompanyCode(slot)}`,
    mautic: slot.presence === 'weavy' ? null : `mautic/company/${mauticCompanyId(position)}`,
  });
}

function addContact({ seed, companies, weavy, mautic, notes }: Filling, position: number): void {
  const slot = contactSlot(position, seed);
  const { presence, special } = slot;
  const person = personOf(slot);
  const company = companyFor(position, companies, presence === 'mautic' ? 'mautic' : 'weavy');
  if (presence !== 'mautic') {
    const tiers = company === null ? null : weavyCompanyCode(companySlot(company, seed));
    weavy.customercontact.push(weavyContactOf(slot, person, tiers));
  }
  if (presence !== 'weavy')
    mautic.contact.push(mauticContactOf(slot, person, linkedInMautic(position, company)));
  if (special === 'leftOverEntrant') weavy.marketinginbound.push(leftOverEntrant(slot, person));
  const noted = {
    weavy: presence === 'mautic' ? null : `weavy/customercontact/${weavyContactCode(slot)}`,
    mautic: presence === 'weavy' ? null : `mautic/contact/${mauticContactId(position)}`,
  };
  notes[presence === 'both' ? 'knownToBoth' : presence === 'weavy' ? 'weavyAlone' : 'mauticAlone'].push(
    noted,
  );
  if (special !== null)
    notes[special].push(
      special === 'leftOverEntrant'
        ? { ...noted, weavy: `weavy/marketinginbound/lead${mauticContactId(position)}` }
        : noted,
    );
}

/** The company that a person of this side belongs to: one that the side knows. Null where there are none. */
function companyFor(position: number, companies: number, side: 'weavy' | 'mautic'): number | null {
  if (companies === 0) return null;
  const wanted = Math.floor(position / 4) % companies;
  const other = side === 'weavy' ? 'mautic' : 'weavy';
  // The one before is known to both: only every fourth place is one side's alone.
  return presenceAt(wanted) === other ? wanted - 1 : wanted;
}

/** Mautic knows the company of every second of its contacts already, where it knows the company. */
function linkedInMautic(position: number, company: number | null): number | null {
  if (company === null || presenceAt(company) === 'weavy' || position % 4 === 0) return null;
  return mauticCompanyId(company);
}

function addVisitor({ mautic, notes }: Filling, number: number): void {
  const visitor = anonymousVisitor(number);
  mautic.contact.push(visitor);
  notes.anonymousVisitor.push({ weavy: null, mautic: `mautic/contact/${visitor.id}` });
}
