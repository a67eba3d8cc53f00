import { z } from 'zod';
import { type KnownContact, plainContacts, plainMauticContact } from './chosen-records';
import { heldRecords } from './held-records';
import type { WeavyWebmecanikStack } from './stack';

/** What people did between two runs, on both sides. */
export interface Edits {
  /** Changed in weavy alone, in Mautic alone, and another field on either side. */
  inWeavy: KnownContact;
  inMautic: KnownContact;
  apart: KnownContact;
  /** One field changed on both sides, and the side that was later. */
  weavyLater: KnownContact;
  mauticLater: KnownContact;
  bounced: KnownContact;
  /** Mautic will not take what weavy says of this one. */
  poison: KnownContact;
  /** Was an Entrant in weavy, and is a Contact now. */
  converted: KnownContact & { entrant: string };
  /** Made by hand, each on one side. */
  newInWeavy: { code: string; email: string; tiers: string };
  newInMautic: { id: string; email: string };
  lines: string[];
}

/** Values that people write. Made up. */
export const WRITTEN = {
  jobTitle: 'Directrice des achats',
  phone: '+33 1 99 00 12 34',
  city: 'Nouvelleville',
  earlier: 'Intitulé provisoire',
  later: 'Intitulé définitif',
  convertedTitle: 'Cliente depuis peu',
  postalCode: 'BOITE-POSTALE-75001',
} as const;

/** Longer than any postal code of the sample, shorter than what the poisoned record gets. */
const SHORTENED_TO = 12;
/** Well within what a pass reads again. */
const EARLIER_MS = 30_000;
const NEW_CONTACT = 'C-NOUVEAU-1';
const CONVERTED_CONTACT = 'C-CONVERTI-1';

export async function editBothSides(stack: WeavyWebmecanikStack): Promise<Edits> {
  const [inWeavy, inMautic, apart, weavyLater, mauticLater, bounced, poison, colleague] =
    plainContacts(stack);
  const entrantOf = plainMauticContact(stack);
  if (
    !inWeavy ||
    !inMautic ||
    !apart ||
    !weavyLater ||
    !mauticLater ||
    !bounced ||
    !poison ||
    !colleague ||
    entrantOf === null
  )
    throw new Error('the sample is too small for the edits: use --records 120 or more');
  const { weavy, mautic } = people(stack);
  const before = new Date(Date.now() - EARLIER_MS).toISOString().slice(0, 19);

  await weavy(inWeavy, { jobTitle: WRITTEN.jobTitle });
  await mautic(inMautic, { phone: WRITTEN.phone });
  await weavy(apart, { jobTitle: WRITTEN.jobTitle });
  await mautic(apart, { city: WRITTEN.city });
  await mautic(weavyLater, { position: WRITTEN.earlier }, { dateModified: `${before}+00:00` });
  await weavy(weavyLater, { jobTitle: WRITTEN.later });
  await weavy(mauticLater, { jobTitle: WRITTEN.earlier }, { srvDateUTC: before });
  await mautic(mauticLater, { position: WRITTEN.later });
  await stack.mautic.act('bounce', { id: Number(bounced.mautic) });
  await poisonContact(stack, poison);
  const tiers = await tiersOf(stack, colleague);
  const converted = await convertEntrant(stack, entrantOf, tiers);
  const newInWeavy = await addToWeavy(stack, tiers);
  const newInMautic = await addToMautic(stack);
  return {
    inWeavy,
    inMautic,
    apart,
    weavyLater,
    mauticLater,
    bounced,
    poison,
    converted,
    newInWeavy,
    newInMautic,
    lines: [
      `weavy:       Contact ${inWeavy.weavy} has another job title`,
      `Webmecanik:  contact ${inMautic.mautic} has another phone number`,
      `both:        ${apart.weavy} has another job title in weavy, and another city as contact ${apart.mautic}`,
      `both:        the job title of ${weavyLater.weavy} and of contact ${weavyLater.mautic} changed, later in weavy`,
      `both:        that of ${mauticLater.weavy} and of contact ${mauticLater.mautic} too, later in Webmecanik`,
      `Webmecanik:  a mail to contact ${bounced.mautic} came back`,
      `weavy:       Entrant ${converted.entrant} becomes Contact ${converted.weavy}, with a job title of its own`,
      `weavy:       Contact ${newInWeavy.code} is new, at Tiers ${newInWeavy.tiers}`,
      `Webmecanik:  contact ${newInMautic.id} is new`,
      `weavy:       Contact ${poison.weavy} gets a postal code that Webmecanik will refuse`,
    ],
  };
}

function people({ weavy, mautic }: WeavyWebmecanikStack) {
  return {
    weavy: (contact: KnownContact, fields: Record<string, string>, more: Record<string, string> = {}) =>
      weavy.put('customercontact', { action: 'patch', id: contact.weavy, value: { fields, ...more } }),
    mautic: (contact: KnownContact, fields: Record<string, string>, more: Record<string, string> = {}) =>
      mautic.put('contact', { action: 'patch', id: contact.mautic, value: { fields, ...more } }),
  };
}

/** An administrator has shortened the field in Mautic, whose API tells nobody how long its fields are. */
async function poisonContact(stack: WeavyWebmecanikStack, poison: KnownContact): Promise<void> {
  await stack.mautic.put('field', {
    action: 'patch',
    id: 'contact/zipcode',
    value: { length: SHORTENED_TO },
  });
  await people(stack).weavy(poison, { postalCode: WRITTEN.postalCode });
}

async function tiersOf({ weavy }: WeavyWebmecanikStack, contact: KnownContact): Promise<string> {
  const [row] = await weavy.records('customercontact', contact.weavy);
  return z.looseObject({ fields: z.looseObject({ customer_ID: z.string() }) }).parse(row).fields.customer_ID;
}

async function convertEntrant(
  stack: WeavyWebmecanikStack,
  contactId: string,
  tiers: string,
): Promise<Edits['converted']> {
  const { contact, marketinginbound } = await heldRecords(stack);
  const key = contact.find(({ recordId }) => recordId === `mautic/contact/${contactId}`)?.key;
  const entrant = marketinginbound.find((each) => each.key === key)?.recordId.replace(/^[^/]+\/[^/]+\//, '');
  if (entrant === undefined) throw new Error(`contact ${contactId} has no Entrant in weavy`);
  const converted = { weavy: CONVERTED_CONTACT, mautic: contactId, entrant };
  await stack.weavy.act('convert', { inboundId: entrant, contactId: converted.weavy, customerId: tiers });
  await people(stack).weavy(converted, { jobTitle: WRITTEN.convertedTitle });
  return converted;
}

async function addToWeavy({ weavy }: WeavyWebmecanikStack, tiers: string): Promise<Edits['newInWeavy']> {
  const email = 'nouvelle.cliente@fictiva.example';
  const fields = { email, firstName: 'Nouvelle', lastName: 'Cliente-Exemple', customer_ID: tiers };
  await weavy.put('customercontact', { action: 'upsert', id: NEW_CONTACT, value: { fields } });
  return { code: NEW_CONTACT, email, tiers };
}

async function addToMautic({ mautic }: WeavyWebmecanikStack): Promise<Edits['newInMautic']> {
  const email = 'nouveau.visiteur@fictiva.example';
  const fields = { email, firstname: 'Nouveau', lastname: 'Visiteur-Exemple', city: WRITTEN.city };
  const made = await mautic.put('contact', { action: 'upsert', value: { fields } });
  return { id: String(z.looseObject({ id: z.number() }).parse(made).id), email };
}
