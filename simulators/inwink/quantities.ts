import { z } from 'zod';
import { param, type SimReply, type SimRequest } from '../core/http-message';
import { conflict, notFound, validationFailed } from './problems';
import type { InwinkWorld } from './world';

const bodySchema = z.strictObject({ quantity: z.number().int().min(0) });

export function readQuantities(world: InwinkWorld, request: SimRequest): SimReply {
  const id = param(request, 'id');
  if (!world.exhibitor.get(id)) throw notFound('exhibitor');
  const held = [...(world.quantities.get(id) ?? [])];
  return { status: 200, body: { items: held.map(([productId, quantity]) => ({ productId, quantity })) } };
}

/** Quantities only rise (seed): a lower one keeps what is stored, or is refused, as set. */
export function setQuantity(world: InwinkWorld, request: SimRequest): SimReply {
  const id = param(request, 'id');
  const productId = param(request, 'productId');
  if (!world.exhibitor.get(id)) throw notFound('exhibitor');
  if (!world.products.has(productId)) throw notFound('product');
  const body = bodySchema.safeParse(request.body);
  if (!body.success) throw validationFailed({ quantity: ['A whole number from 0 is expected.'] });

  const { quantity: sent } = body.data;
  const stored = world.quantities.get(id)?.get(productId) ?? 0;
  if (sent < stored && world.quantityMode === 'reject') {
    throw conflict('QuantityDecreaseNotAllowed', 'A quantity cannot be lowered.');
  }
  const quantity = Math.max(stored, sent);
  if (quantity > 0) storeQuantity(world, id, productId, quantity);
  return { status: 200, body: { productId, quantity }, effect: 'updated' };
}

export function storeQuantity(
  world: InwinkWorld,
  partnerId: string,
  productId: string,
  quantity: number,
): void {
  const held = world.quantities.get(partnerId) ?? new Map<string, number>();
  world.quantities.set(partnerId, held.set(productId, quantity));
}
