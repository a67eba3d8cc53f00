import { z } from 'zod';

/**
 * Where a listing stopped: the last row's sort key with the filters of its first page. Rows that are updated while
 * someone pages move to the end and show up again there; none is skipped.
 */
const cursorSchema = z.object({
  after: z.object({ updated_at: z.string(), order_id: z.string() }),
  status: z.string().nullable(),
  since: z.string().nullable(),
  issuedAt: z.number(),
  generation: z.number(),
});
export type PageCursor = z.infer<typeof cursorSchema>;

/** Opaque to callers. */
export function writtenCursor(cursor: PageCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** `null` when it is not one of ours. */
export function readCursor(text: string): PageCursor | null {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return null; // whatever it is, it is no cursor of this server
  }
}
