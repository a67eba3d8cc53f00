import { z } from 'zod';
import type { Announced } from './announced';
import { announcedId, announcedType, isHeardBefore, problemsOf } from './announced-values';
import type { Admitted } from './hook-access';

/** One event per call (assumed: Planexpo's webhook is not public). */
const bodySchema = z.object({
  id: announcedId,
  type: announcedType,
  /** The fair it is about; one hook may tell of several. */
  event: z.string().nullish(),
  order_id: announcedId,
  version: z.number().int().nonnegative().nullish().catch(null),
  occurred_at: z.string().nullish(),
});

/** Events of another fair are ignored, and so are those that are older than our memory. */
export function planexpoAnnounced(body: unknown, { sync }: Admitted, now: number): Announced {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return { kind: 'unreadable', problems: problemsOf(parsed.error) };
  const { id, type, event, order_id: recordId, version, occurred_at } = parsed.data;
  const isOurs =
    sync.pair === 'planexpo-inwink' && (typeof event !== 'string' || event === sync.planexpoEvent);
  if (!isOurs || isHeardBefore(occurred_at, now)) return { kind: 'announced', announcements: [], ignored: 1 };
  const signal = /\bvalidated$/.test(type) ? 'recordValidated' : 'recordChanged';
  const announcement = {
    eventId: `planexpo:${id}`,
    type,
    recordId,
    signal,
    version: version ?? null,
  } as const;
  return { kind: 'announced', announcements: [announcement], ignored: 0 };
}
