import type { AttentionItem } from '../../db/attention';
import { dossiersOfContact, ownedParticipant } from '../../db/contacts';
import { findLink, type Link } from '../../db/links';
import type { Candidate } from '../../db/staging';
import { ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import type { PlanexpoInwinkContext } from './context';

// Asked by the plan and by the write alike, so that the two cannot differ (promise 10).

/** The owner writes; when it no longer has this contact, the earliest validated dossier that does takes over. */
export async function takesOver(
  context: PlanexpoInwinkContext,
  recordId: string,
  link: Link,
): Promise<boolean> {
  const dossiers = await dossiersOfContact(context.pool, context.slug, link.sourceKey);
  if (link.ownerRecord !== null && dossiers.includes(link.ownerRecord)) return false;
  return dossiers[0] === recordId;
}

/**
 * The same contact (Planexpo's contact id) with another e-mail is a correction: the participant that this dossier made
 * keeps its id and gets the new address. Null when there is none, or when other dossiers still name the former address.
 */
export async function correctedLink(
  context: PlanexpoInwinkContext,
  candidate: Candidate,
  email: string,
): Promise<Link | null> {
  const contactId = candidate.dossier?.bookingContact?.contactId ?? null;
  const key = candidate.contactKey;
  if (contactId === null || key === null || email === '') return null;
  const owned = await ownedParticipant(context.pool, context.slug, candidate.recordId, contactId);
  if (owned === null || owned.sourceKey === key || owned.state !== 'active') return null;
  const others = await dossiersOfContact(context.pool, context.slug, owned.sourceKey);
  if (others.length > 0 || (await findLink(context.pool, context.slug, 'participant', key)) !== null)
    return null;
  return owned;
}

/** What a person answered when a participant with this contact's e-mail was there before us; about this contact only. */
export function answerAboutExisting(items: AttentionItem[], contactKey: string | null): AttentionItem | null {
  const answered = items.filter(
    (item) =>
      item.reason === ReasonCode.participantExists &&
      item.state === 'decided' &&
      item.detail.key === contactKey,
  );
  return answered.at(-1) ?? null;
}
