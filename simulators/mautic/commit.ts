import { isDeepStrictEqual } from 'node:util';
import type { MauticObject } from './field-definition';
import { type CompanyRow, type ContactRow, isBlank, isIdentified, isSameKey, KEY_OF } from './records';
import { companyJson, contactJson } from './shapes';
import { type MauticWorld, tableOf } from './world';

/** Who saves: it decides who is to blame for a second record with one key. */
export type Saver = 'api' | 'person';

/**
 * Stores a contact. A tracked change (field, do-not-contact, points, tags) moves `dateModified`; a save without any does
 * not, and tells no webhook. Who gets a name or an address is identified from then on.
 */
export function commitContact(
  world: MauticWorld,
  before: ContactRow | null,
  after: ContactRow,
  by: Saver,
): ContactRow {
  const isChanged = before !== null && !isDeepStrictEqual(tracked(before), tracked(after));
  const now = world.clock.now();
  const row: ContactRow = {
    ...after,
    dateModified: isChanged ? now : after.dateModified,
    dateIdentified: after.dateIdentified ?? (isIdentified(after.fields) ? now : null),
    doubled: isDoubled(world, 'contact', before, after, by),
  };
  world.contact.put(row);
  if (before === null || isChanged) tellContact(world, before, row);
  return row;
}

/** Stores a company, by the same rules. */
export function commitCompany(
  world: MauticWorld,
  before: CompanyRow | null,
  after: CompanyRow,
  by: Saver,
): CompanyRow {
  const isChanged = before !== null && !isDeepStrictEqual(filled(before), filled(after));
  const row: CompanyRow = {
    ...after,
    dateModified: isChanged ? world.clock.now() : after.dateModified,
    doubled: isDoubled(world, 'company', before, after, by),
  };
  world.company.put(row);
  if (before === null || isChanged) {
    world.webhooks.emit('mautic.company_post_save', { company: companyJson(world, row) });
  }
  return row;
}

export function removeContact(world: MauticWorld, row: ContactRow): void {
  world.contact.remove(row.id);
  if (row.dateIdentified === null) return;
  const contact = { ...contactJson(world, row), id: null };
  world.webhooks.emit('mautic.lead_post_delete', { id: row.id, contact });
}

/** Contacts lose their link; their text field `company` stays as it is (assumed). */
export function removeCompany(world: MauticWorld, row: CompanyRow): void {
  world.company.remove(row.id);
  for (const contact of world.contact.all()) {
    if (!contact.companies.some(({ id }) => id === row.id)) continue;
    world.contact.put({ ...contact, companies: contact.companies.filter(({ id }) => id !== row.id) });
  }
  const company = { ...companyJson(world, row), id: null };
  world.webhooks.emit('mautic.company_post_delete', { id: row.id, company });
}

function tracked({ doNotContact, points, tags, ...row }: ContactRow): unknown {
  return {
    fields: filled(row),
    points,
    tags: [...tags].sort(),
    doNotContact: doNotContact.map(({ channel, reason }) => `${channel} ${reason}`).sort(),
  };
}

/** Blank and missing are the same. */
function filled({ fields }: Pick<CompanyRow, 'fields'>): unknown {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isBlank(value)));
}

function isDoubled(
  world: MauticWorld,
  object: MauticObject,
  before: CompanyRow | null,
  after: CompanyRow,
  by: Saver,
): boolean {
  const key = KEY_OF[object];
  if (before !== null && isSameKey(before.fields[key], after.fields[key])) return before.doubled;
  if (by === 'person') return false;
  return tableOf(world, object)
    .holding(key, after.fields[key])
    .some(({ id }) => id !== after.id);
}

function tellContact(world: MauticWorld, before: ContactRow | null, row: ContactRow): void {
  if (row.dateIdentified === null) return; // anonymous visitors fire nothing
  const contact = contactJson(world, row);
  const isNew = before === null || before.dateIdentified === null;
  world.webhooks.emit(`mautic.lead_post_save_${isNew ? 'new' : 'update'}`, { contact });
  for (const channel of channelsOf(before, row)) {
    const [old_status, new_status] = [statusOf(before, channel), statusOf(row, channel)];
    if (old_status === new_status) continue;
    world.webhooks.emit('mautic.lead_channel_subscription_changed', {
      contact,
      channel,
      old_status,
      new_status,
    });
  }
}

function channelsOf(before: ContactRow | null, after: ContactRow): Set<string> {
  return new Set([...(before?.doNotContact ?? []), ...after.doNotContact].map(({ channel }) => channel));
}

function statusOf(row: ContactRow | null, channel: string): string {
  const reason = row?.doNotContact.find((entry) => entry.channel === channel)?.reason ?? 0;
  return ['contactable', 'unsubscribed', 'bounced', 'manual'][reason] ?? 'contactable';
}
