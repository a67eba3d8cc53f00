import type { CallContext } from '../budget';
import { FailureKind, PlatformFailure } from '../failure';
import type { InwinkAccount } from './account';
import { paths, QUANTITY_DECREASE, quantitiesSchema, quantitySchema } from './contract';

/** Product id -> quantity held by a partner. `Missing` when the partner is gone. */
export async function getQuantities(
  { http, event }: InwinkAccount,
  partnerId: string,
  call?: CallContext,
): Promise<Map<string, number>> {
  const reply = await http.request({
    method: 'GET',
    path: paths.quantities(event, partnerId),
    route: '/exhibitor/{id}/product',
    repeatable: 'safe',
    schema: quantitiesSchema,
    ...call,
  });
  return new Map(reply.items.map((item) => [item.productId, item.quantity]));
}

/**
 * Asks for a quantity and answers the one held afterwards: Inwink never goes down (seed), whether it keeps the higher
 * one silently or says so with a refusal (both assumed). Repeating it changes nothing. `Missing` when the partner or
 * the product is gone.
 */
export async function raiseQuantity(
  account: InwinkAccount,
  wish: { partnerId: string; productId: string; quantity: number },
  call?: CallContext,
): Promise<number> {
  const route = '/exhibitor/{id}/product/{productId}';
  try {
    const reply = await account.http.request({
      method: 'PUT',
      path: paths.quantity(account.event, wish.partnerId, wish.productId),
      route,
      body: { json: { quantity: wish.quantity } },
      repeatable: 'safe',
      schema: quantitySchema,
      ...call,
    });
    if (reply.productId === wish.productId) return reply.quantity;
  } catch (error) {
    if (!(error instanceof PlatformFailure) || error.kind !== FailureKind.conflict) throw error;
    if (error.detail.code !== QUANTITY_DECREASE) throw error;
    const held = (await getQuantities(account, wish.partnerId, call)).get(wish.productId);
    if (held === undefined) throw error;
    return held;
  }
  const message = `Inwink answered PUT ${route} with another product than the one that was sent.`;
  throw new PlatformFailure(FailureKind.defect, message, { platform: 'inwink', operation: `PUT ${route}` });
}
