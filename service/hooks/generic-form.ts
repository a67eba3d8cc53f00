import { z } from 'zod';
import { parseRecordId, RECORD_KINDS } from '../../mappings/weavy-webmecanik/crm-record';
import type { Announced } from './announced';
import { announcedId, problemsOf } from './announced-values';
import type { Admitted } from './hook-access';

/** One announcement of the generic form. */
export const genericEventSchema = z.object({
  id: announcedId.describe('unique among the announcements of one sync; the same one again is a repeat'),
  type: z.enum(['record.validated', 'record.changed', 'record.cancelled']),
  record: announcedId.describe(
    'private order id of the dossier; code of the offer; kind and id of the CRM record: mautic/contact/81',
  ),
  version: z.number().int().nonnegative().optional().describe('of the dossier, if known'),
  occurredAt: z.iso.datetime({ offset: true }).optional(),
});

/** The generic form's body: one announcement, or up to 100. */
export const genericBodySchema = z.union([
  z.object({ events: z.array(genericEventSchema).min(1).max(100) }),
  genericEventSchema,
]);

/** All or nothing: one announcement that cannot be read refuses its body, because its sender can mend it. */
export function genericAnnounced(body: unknown, { sync }: Admitted): Announced {
  const isList = typeof body === 'object' && body !== null && 'events' in body;
  const parsed = (isList ? genericBodySchema.options[0] : genericEventSchema).safeParse(body);
  if (!parsed.success) return { kind: 'unreadable', problems: problemsOf(parsed.error) };
  const events = 'events' in parsed.data ? parsed.data.events : [parsed.data];
  const strange = events.filter(
    ({ record }) => sync.pair === 'weavy-webmecanik' && parseRecordId(record) === null,
  );
  if (strange.length > 0)
    return {
      kind: 'unreadable',
      problems: [
        `record: expected a kind and an id, such as mautic/contact/81 (kinds: ${RECORD_KINDS.join(', ')})`,
      ],
    };
  const announcements = events.map(({ id, type, record, version }) => ({
    eventId: `generic:${id}`,
    type,
    recordId: record,
    signal: type === 'record.validated' ? ('recordValidated' as const) : ('recordChanged' as const),
    version: version ?? null,
  }));
  return { kind: 'announced', announcements, ignored: 0 };
}
