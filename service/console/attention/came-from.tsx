import type { FC } from 'hono/jsx';
import { z } from 'zod';
import { paths, withQuery } from '../paths';

/** Where a decision is taken: the inbox as it is filtered, or the page of a record. */
export type CameFrom =
  | { at: 'inbox'; sync?: string | undefined; reason?: string | undefined; state?: string | undefined }
  | { at: 'record'; sync: string; record: string };

/** What the next page is found by: ids and choices of lists, never an address that somebody could make up. */
export const CameFromFields: FC<{ from: CameFrom }> = ({ from }) => (
  <>
    {Object.entries(from).map(([name, value]) =>
      value === undefined ? null : <input type="hidden" name={`from_${name}`} value={value} />,
    )}
  </>
);

const word = z.string().max(200).optional().catch(undefined);
const cameFromSchema = z.object({
  from_at: word,
  from_sync: word,
  from_reason: word,
  from_state: word,
  from_record: word,
});

/** The page to go back to after a decision. */
export function pathBack(body: Record<string, unknown>): string {
  const from = cameFromSchema.parse(body);
  const { from_sync: sync, from_reason: reason, from_state: state, from_record: record } = from;
  if (from.from_at === 'record' && sync !== undefined && record !== undefined)
    return paths.record(encodeURIComponent(sync), record);
  return withQuery(paths.attention, { sync, reason, state });
}
