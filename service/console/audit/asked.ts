import type { Context } from 'hono';
import { z } from 'zod';
import type { AuditFilter } from '../../../db/lists/audit';
import { actorOf } from '../../../db/lists/audit-actors';
import { findRecords } from '../../../db/reading';
import type { ServiceEnv, ServiceParts } from '../../parts';

const number = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional().catch(undefined);
// PostgreSQL knows no text with the character 0
const text = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .refine((value) => !value.includes('\0'))
    .optional()
    .catch(undefined);

const askedSchema = z.object({
  sync: text(100),
  /** Private or public id of a record, as somebody typed it. */
  record: text(300),
  run: number,
  /** An act of the person whose acts are wanted: no address names people. */
  by: number,
  people: z.literal('1').optional().catch(undefined),
  /** Behind this act. */
  after: number,
});

/** What the audit is filtered by; what nobody can have meant counts as not asked. */
export type Asked = z.infer<typeof askedSchema>;

export function askedOf(c: Context<ServiceEnv>): Asked {
  const filled = Object.entries(c.req.query()).filter(([, value]) => value !== '');
  return askedSchema.parse(Object.fromEntries(filled));
}

export type Found =
  | { kind: 'filter'; filter: AuditFilter }
  /** Several syncs know a record of this id. */
  | { kind: 'which-sync'; syncs: string[] }
  | { kind: 'no-record' };

/** The same in terms of the database: the record that was typed, the person behind an act. */
export async function filterOf({ pool, configuration }: ServiceParts, asked: Asked): Promise<Found> {
  const { sync, run: runId, record } = asked;
  const actor =
    asked.by === undefined ? undefined : ((await actorOf(pool, 'changes', asked.by)) ?? undefined);
  const filter: AuditFilter = { sync, runId, actor, peopleOnly: asked.people === '1' };
  if (record === undefined) return { kind: 'filter', filter };
  const syncs = sync === undefined ? Object.keys(configuration.syncs) : [sync];
  const known = await Promise.all(
    syncs.map(async (each) => {
      const [found, another] = await findRecords(pool, each, record);
      return found !== undefined && another === undefined ? [{ sync: each, recordId: found.recordId }] : [];
    }),
  );
  const [one, ...others] = known.flat();
  if (one !== undefined && others.length === 0) return { kind: 'filter', filter: { ...filter, ...one } };
  if (one !== undefined) return { kind: 'which-sync', syncs: [one, ...others].map((each) => each.sync) };
  // a record may be gone from what is staged, and its acts still be here
  return sync === undefined
    ? { kind: 'no-record' }
    : { kind: 'filter', filter: { ...filter, recordId: record } };
}
