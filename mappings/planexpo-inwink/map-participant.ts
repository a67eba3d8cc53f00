import type { FieldNote, Fields } from '../fields';
import { normaliseEmail } from '../normalise/email';
import { normalisePhone } from '../normalise/phone';
import { cleanText, normaliseText } from '../normalise/text';
import { languageOf, titleOf } from './closed-lists';
import type { BookingContact, Dossier } from './dossier';
import { newSheet, put } from './field-sheet';

/** The booking contact as a participant, or why there is none to send. */
export type MappedParticipant =
  | { kind: 'send'; email: string | null; fields: Fields }
  | {
      kind: 'none';
      /** `no-contact`: the dossier does not speak of one. `contact-cleared`: it says that there is none. */
      reason: 'no-contact' | 'contact-cleared';
    };

const TEXTS = [
  ['firstname', 'firstName'],
  ['lastname', 'lastName'],
  ['company', 'company'],
  ['position', 'position'],
] as const;

/** What makes a contact a person: a form that holds only a default language or civility names nobody. */
const PERSONAL = ['lastName', 'firstName', 'email', 'phone1', 'phone2'] as const;

/**
 * The participant of a dossier's booking contact (seed: civility, names, company, position, two phones, language; the
 * e-mail is not in the seed's list and is sent when there is one, because Inwink knows people by it: assumed).
 *
 * `region` (ISO alpha-2) is where a phone number without a country code is read. A blank or malformed e-mail is no
 * e-mail: `email` is null and the field stays out, so that the one in Inwink is never cleared.
 */
export function mapParticipant(
  dossier: Dossier,
  region: string,
): { participant: MappedParticipant; notes: FieldNote[] } {
  const contact = dossier.bookingContact;
  if (contact === undefined) return { participant: { kind: 'none', reason: 'no-contact' }, notes: [] };
  if (contact === null || namesNobody(contact)) {
    return { participant: { kind: 'none', reason: 'contact-cleared' }, notes: [] };
  }

  const sheet = newSheet('participant');
  const email = normaliseEmail(contact.email);
  put(sheet, 'email', contact.email, { ...email, value: email.value ?? undefined });
  put(sheet, 'title', contact.civility, titleOf(contact.civility));
  for (const [path, key] of TEXTS) put(sheet, path, contact[key], normaliseText(contact[key]));
  put(sheet, 'phone', contact.phone1, normalisePhone(contact.phone1, region));
  put(sheet, 'mobilePhone', contact.phone2, normalisePhone(contact.phone2, region));
  put(sheet, 'preferredLanguage', contact.language, languageOf(contact.language));
  sheet.fields['customFields.planexpo_order_id'] = dossier.id;
  return {
    participant: { kind: 'send', email: email.value ?? null, fields: sheet.fields },
    notes: sheet.notes,
  };
}

function namesNobody(contact: BookingContact): boolean {
  return PERSONAL.every((key) => cleanText(contact[key] ?? '') === '');
}
