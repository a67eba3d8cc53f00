import { normaliseEmail } from '../normalise/email';
import type { Dossier } from './dossier';

/**
 * What identifies a dossier's booking contact on Inwink: the e-mail (settled question 14); without a usable one the
 * dossier itself, for syncs that send such participants. Null when there is no contact at all.
 */
export function contactKeyOf(dossier: Dossier): string | null {
  const contact = dossier.bookingContact;
  if (contact === undefined || contact === null) return null;
  const email = normaliseEmail(contact.email).value;
  return email === null || email === undefined || email === '' ? `dossier:${dossier.id}` : `email:${email}`;
}
