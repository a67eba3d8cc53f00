import type { Context } from 'hono';
import { z } from 'zod';
import { type ItemListRow, listItems } from '../../../db/lists/attention';
import type { Pool } from '../../../db/pool';
import type { ServiceEnv } from '../../parts';

const PAGE = 25;
const SEVERITIES = ['action', 'info'] as const;
export const STATES = ['open', 'decided', 'resolved'] as const;

const text = z.string().max(200).optional().catch(undefined);
const askedSchema = z.object({
  sync: text,
  reason: text,
  state: z.enum(STATES).optional().catch(undefined),
  severity: z.enum(SEVERITIES).optional().catch(undefined),
  /** `action-12`: behind item 12 of those that wait for a decision. */
  after: z
    .string()
    .regex(/^(action|info)-\d{1,15}$/)
    .optional()
    .catch(undefined),
});

/** What the inbox is filtered by; what nobody can have meant counts as not asked. */
export type Asked = z.infer<typeof askedSchema>;

export function askedOf(c: Context<ServiceEnv>): Asked {
  const filled = Object.entries(c.req.query()).filter(([, value]) => value !== '');
  return askedSchema.parse(Object.fromEntries(filled));
}

export interface ItemPage {
  action: ItemListRow[];
  info: ItemListRow[];
  next: string | null;
}

/** A page of the inbox: what waits for a decision comes first, and information when there is no more of that. */
export async function itemPage(pool: Pool, { after, severity, ...filter }: Asked): Promise<ItemPage> {
  const page: ItemPage = { action: [], info: [], next: null };
  const [from, behind] = after?.split('-') ?? [];
  let room = PAGE;
  for (const each of SEVERITIES) {
    if (severity !== undefined && severity !== each) continue;
    if (each === 'action' && from === 'info') continue;
    const start = from === each && behind !== undefined ? { after: Number(behind) } : {};
    const found = await listItems(pool, { ...filter, severity: each, ...start, limit: room });
    page[each] = found.rows;
    if (found.next !== null) return { ...page, next: `${each}-${found.next}` };
    room -= found.rows.length;
    if (room === 0) return { ...page, next: each === 'action' && severity === undefined ? 'info-0' : null };
  }
  return page;
}
