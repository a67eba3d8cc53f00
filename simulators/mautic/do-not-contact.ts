import { z } from 'zod';
import { badRequest } from './problems';
import type { ContactRow, DoNotContact } from './records';

type Entries = readonly DoNotContact[];

const UNSUBSCRIBED = 1;
const BY_HAND = 3;

const entrySchema = z.object({
  reason: z.coerce.number().int().min(0).max(3).default(BY_HAND),
  comments: z.string().nullish(),
  channel: z.string().default('email'),
});

/** The entries after `POST .../dnc/{channel}/add`. Throws `Refusal` for reason 0. */
export function entriesWith(before: Entries, channel: string, body: unknown): Entries {
  const entry = entrySchema.safeParse({
    ...z.record(z.string(), z.unknown()).catch({}).parse(body),
    channel,
  });
  if (!entry.success || entry.data.reason === 0) throw badRequest('Invalid DNC reason provided');
  return withEntry(before, entry.data);
}

export function entriesWithout(before: Entries, channel: string): Entries {
  return before.filter((entry) => entry.channel !== channel);
}

/** The entries after a save whose body names some; reason 0 takes one away. */
export function withDoNotContactOf(before: Entries, sent: unknown): Entries {
  const given = z.array(entrySchema).safeParse(sent ?? []);
  if (!given.success) throw badRequest('Invalid DNC reason provided');
  return given.data.reduce(
    (entries, entry) =>
      entry.reason === 0 ? entriesWithout(entries, entry.channel) : withEntry(entries, entry),
    before,
  );
}

/** The API leaves who unsubscribed alone. */
function withEntry(before: Entries, entry: z.output<typeof entrySchema>): Entries {
  const { channel, reason } = entry;
  const known = before.find((each) => each.channel === channel);
  if (known?.reason === UNSUBSCRIBED || known?.reason === reason) return before;
  const id = known?.id ?? Math.max(0, ...before.map((each) => each.id)) + 1;
  return [...entriesWithout(before, channel), { id, reason, channel, comments: entry.comments ?? '' }];
}

/** What a person or a mail server does: it replaces whatever there was. */
export function bounced(contact: ContactRow, channel: string, reason: number, comments: string): ContactRow {
  const others = entriesWithout(contact.doNotContact, channel);
  const id = Math.max(0, ...others.map((entry) => entry.id)) + 1;
  return { ...contact, doNotContact: [...others, { id, reason, channel, comments }] };
}
