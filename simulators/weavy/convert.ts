import { z } from 'zod';
import { alreadyExists, notFound } from './problems';
import type { Value } from './row-table';
import { newRow, type WeavyWorld } from './world';

const convertSchema = z.strictObject({
  inboundId: z.string().min(1),
  contactId: z.string().min(1),
  customerId: z.string().min(1).optional(),
  /** What becomes of the Entrant (assumed: nothing is public). */
  inbound: z.enum(['deleted', 'left']).default('deleted'),
});

/**
 * A person makes a Contact of an Entrant (`POST /_sim/convert`): a new key in another table, with the values of every
 * field that both tables have. Answers the two codes.
 */
export async function convertInbound(world: WeavyWorld, body: unknown): Promise<unknown> {
  const { inboundId, contactId, customerId, inbound: fate } = convertSchema.parse(body);
  const { customer, customercontact, marketinginbound } = world.tables;
  const inbound = marketinginbound.get(inboundId);
  if (!inbound) throw notFound(`There is no inbound "${inboundId}"`);
  if (customerId !== undefined && !customer.get(customerId))
    throw notFound(`There is no customer "${customerId}"`);
  if (customercontact.get(contactId)) throw alreadyExists();

  const own = new Set(
    world.fields.filter(({ entity }) => entity === 'customercontact').map(({ fieldName }) => fieldName),
  );
  const shared: Record<string, Value> = Object.fromEntries(
    Object.entries(inbound.fields).filter(([name]) => own.has(name)),
  );
  const fields = customerId === undefined ? shared : { ...shared, customer_ID: customerId };
  const srvDateUTC = world.clock.stamp();
  customercontact.put({ ...newRow(contactId), fields, srvDateUTC, srvExport: 1 });
  if (fate === 'deleted') marketinginbound.put({ ...inbound, srvAttrib: 1, srvDateUTC, srvExport: 1 });
  return { contactId, inboundId, inbound: fate };
}
