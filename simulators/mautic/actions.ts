import { z } from 'zod';
import type { Platform } from '../core/platform';
import { commitContact } from './commit';
import { bounced } from './do-not-contact';
import { mergedContacts } from './merge';
import { VERSIONS } from './options';
import { notFound } from './problems';
import type { ContactRow } from './records';
import { turnSettings } from './turn-settings';
import type { MauticWorld } from './world';

const id = z.coerce.number().int().positive();
const versionSchema = z.strictObject({ version: z.literal(VERSIONS) });
const mergeSchema = z.strictObject({ winner: id, loser: id });
const pointsSchema = z.strictObject({ id, points: z.number().int() });
const bounceSchema = z.strictObject({
  id,
  reason: z.number().int().min(1).max(3).default(2),
  channel: z.string().default('email'),
  comments: z.string().default(''),
});
const clockSchema = z.strictObject({
  skewMs: z.number().int().optional(),
  advanceSeconds: z.number().int().default(0),
});
const halfBatchSchema = z.strictObject({ after: z.number().int().min(0).nullable() });

/** What happens in an instance besides calls of the API: `POST /_sim/<name>`. */
export function mauticActions(world: MauticWorld): NonNullable<Platform['actions']> {
  return {
    /** Another version of the same instance, as after an upgrade. */
    async version(body) {
      world.version = versionSchema.parse(body).version;
      return { version: world.version };
    },
    /** Only the settings that change. */
    settings: async (body) => turnSettings(world, body),
    /** `skewMs`: how far the clock is ahead from now on. `advanceSeconds`: so much further. */
    async clock(body) {
      const { skewMs, advanceSeconds } = clockSchema.parse(body ?? {});
      world.clock.skewMs = (skewMs ?? world.clock.skewMs) + advanceSeconds * 1000;
      return { now: world.clock.now() };
    },
    /** A person merges two contacts; the named winner survives. */
    async merge(body) {
      const { winner, loser } = mergeSchema.parse(body);
      return mergedContacts(world, contact(world, winner), contact(world, loser));
    },
    /** A campaign gives points: the contact counts as modified and active, though no field changed. */
    async points(body) {
      const { id: contactId, points } = pointsSchema.parse(body);
      const before = contact(world, contactId);
      const after = { ...before, points: before.points + points, lastActive: world.clock.now() };
      return commitContact(world, before, after, 'person');
    },
    /** A mail comes back (reason 2), a reader unsubscribes (1), someone stops the mails by hand (3). */
    async bounce(body) {
      const { id: contactId, channel, reason, comments } = bounceSchema.parse(body);
      const before = contact(world, contactId);
      return commitContact(world, before, bounced(before, channel, reason, comments), 'person');
    },
    /** Sets the hook, with what is to go wrong with its calls; see `hookSchema`. */
    async webhook(body) {
      world.webhooks.configure(body);
      return world.webhooks.settled();
    },
    /** Sends what is held back, waits for every call under way, and answers what became of them. */
    webhooks: () => world.webhooks.settled(),
    /** The next batch dies after so many records; null takes it back. */
    async 'half-batch'(body) {
      world.batchDiesAfter = halfBatchSchema.parse(body).after;
      return { after: world.batchDiesAfter };
    },
  };
}

function contact(world: MauticWorld, contactId: number): ContactRow {
  const row = world.contact.get(contactId);
  if (row) return row;
  throw notFound();
}
