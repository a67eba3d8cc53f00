import type { Announcement } from '../../db/hooks';
import { genericAnnounced } from './generic-form';
import type { Admitted, HookForm } from './hook-access';
import { mauticAnnounced } from './mautic-form';
import { planexpoAnnounced } from './planexpo-form';

/** What a body announces, and how many of its events say nothing to this sync; or what is wrong with it. */
export type Announced =
  | { kind: 'announced'; announcements: Announcement[]; ignored: number }
  | { kind: 'unreadable'; problems: string[] };

const READERS: Record<HookForm, (body: unknown, from: Admitted, now: number) => Announced> = {
  planexpo: planexpoAnnounced,
  mautic: mauticAnnounced,
  generic: genericAnnounced,
};

/** Reads a body whose signature was right. Nothing of it is believed but which records to look at. */
export function announcedBy(body: Uint8Array, from: Admitted, now: number): Announced {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return { kind: 'unreadable', problems: ['The body is not JSON in UTF-8.'] };
  }
  return READERS[from.form](value, from, now);
}
