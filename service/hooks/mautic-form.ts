import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Announcement } from '../../db/hooks';
import { recordIdOf } from '../../mappings/weavy-webmecanik/crm-record';
import type { Announced } from './announced';
import { announcedType, isHeardBefore } from './announced-values';
import type { Admitted } from './hook-access';

const number = z.union([z.number().int().positive(), z.string().regex(/^[1-9]\d{0,18}$/)]).nullish();
const object = z.object({ id: number }).nullish();

/** Type of event -> its events (documented). Other subscriptions of the same hook may stand beside ours. */
const bodySchema = z.record(announcedType, z.array(z.unknown()));

/** The number stands in the object; beside it when the object was deleted. Before version 3 a contact was a `lead`. */
const eventSchema = z.object({
  id: number,
  contact: object,
  lead: object,
  company: object,
  timestamp: z.string().nullish(),
});

/** Events that are about no contact and no company are ignored, and so are those that are older than our memory. */
export function mauticAnnounced(body: unknown, _from: Admitted, now: number): Announced {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success)
    return { kind: 'unreadable', problems: ['Expected an object: type of event -> list of events.'] };
  const all = Object.entries(parsed.data).flatMap(([type, events]) =>
    events.map((event) => announcementOf(type, event, now)),
  );
  const announcements = all.filter((each) => each !== null);
  return { kind: 'announced', announcements, ignored: all.length - announcements.length };
}

function announcementOf(type: string, event: unknown, now: number): Announcement | null {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success || isHeardBefore(parsed.data.timestamp, now)) return null;
  const { id, contact, lead, company } = parsed.data;
  const isCompany = /^mautic\.company_/.test(type);
  if (!isCompany && !/^mautic\.lead_/.test(type)) return null;
  const found = isCompany ? (company?.id ?? id) : (contact?.id ?? lead?.id ?? id);
  if (found === null || found === undefined) return null;
  const recordId = recordIdOf({ kind: isCompany ? 'mautic/company' : 'mautic/contact', id: String(found) });
  return { eventId: eventIdOf(type, event), type, recordId, signal: 'recordChanged', version: null };
}

/**
 * Mautic gives its events no id. Two changes within one second carry one timestamp, so the id is made of everything the
 * event says: what is sent again is the same to the letter, and another change is not.
 */
function eventIdOf(type: string, event: unknown): string {
  return `mautic:${createHash('sha256')
    .update(`${type}\n${JSON.stringify(event)}`)
    .digest('hex')}`;
}
