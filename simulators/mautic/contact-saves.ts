import { commitContact } from './commit';
import { withCompanyText } from './company-links';
import { withDoNotContactOf } from './do-not-contact';
import { type Form, submitted } from './form';
import { mergedContacts, olderFirst } from './merge';
import type { ContactRow, FieldValues } from './records';
import { refuseTaken, takenBy, uniqueMatches } from './unique-values';
import type { MauticWorld } from './world';

/** The contact that a POST means: any unique field equal, the newest of several. Null when it means a new one. */
export function matchedContact(world: MauticWorld, form: Form): ContactRow | null {
  const ids = uniqueMatches(world, 'contact', form).map(({ id }) => id);
  return ids.length === 0 ? null : (world.contact.get(Math.max(...ids)) ?? null);
}

/**
 * Saves a form to a new contact (`before` null) or a known one. An edit to another contact's unique value is 422 on
 * version 5; before, the two are merged into the older one, so the answer may be another contact than `before`.
 */
export function saveContact(world: MauticWorld, before: ContactRow | null, form: Form): ContactRow {
  const fields = submitted(world, 'contact', form, before?.fields ?? null);
  const others = takenBy(world, 'contact', before, fields);
  if (world.version >= 5) refuseTaken(others);
  const owner = form.method === 'POST' ? undefined : others[0]?.row;
  const other = owner === undefined ? undefined : world.contact.get(owner.id);
  if (before && other) {
    const [winner, loser] = olderFirst(before, other);
    const survivor = mergedContacts(world, winner, loser);
    return stored(world, survivor, submitted(world, 'contact', form, survivor.fields), form);
  }
  return stored(world, before, fields, form);
}

function stored(
  world: MauticWorld,
  before: ContactRow | null,
  fields: FieldValues,
  { body }: Form,
): ContactRow {
  const filled = { ...(before ?? blankContact(world)), fields };
  const points = Number(body.points ?? 0);
  const after: ContactRow = {
    ...filled,
    points: Number.isInteger(points) && points !== 0 ? points : filled.points,
    tags: tagsAfter(filled.tags, body.tags),
    doNotContact: withDoNotContactOf(filled.doNotContact, body.doNotContact),
  };
  const isRenamed = (before?.fields.company ?? null) !== (fields.company ?? null);
  return commitContact(world, before, isRenamed ? withCompanyText(world, after) : after, 'api');
}

export function blankContact(world: MauticWorld): ContactRow {
  const now = world.clock.now();
  return {
    id: world.contact.nextId(),
    fields: {},
    dateAdded: now,
    dateModified: null,
    doubled: false,
    doNotContact: [],
    tags: [],
    segments: [],
    companies: [],
    dateIdentified: null,
    lastActive: now,
    points: 0,
  };
}

/** A tag with a minus before it is taken away. */
function tagsAfter(before: readonly string[], sent: unknown): readonly string[] {
  const given = typeof sent === 'string' ? sent.split(',') : Array.isArray(sent) ? sent.map(String) : [];
  const tags = new Set(before);
  for (const tag of given.map((text) => text.trim()).filter((text) => text !== '')) {
    if (tag.startsWith('-')) tags.delete(tag.slice(1));
    else tags.add(tag);
  }
  return [...tags];
}
