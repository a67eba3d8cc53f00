import { Refusal } from '../core/http-message';
import type { PersonChange } from '../core/platform';
import { type JsonObject, merged, withValueAt } from '../core/value-path';
import { orderSchema, type PlanexpoOrder, productSchema } from './order';
import type { PlanexpoWorld } from './world';

/** What an organiser or an exhibitor does in Planexpo itself. Each change moves version and modified time. */
export function changeOrder(world: PlanexpoWorld, change: PersonChange): PlanexpoOrder | null {
  const id = idOf(change, 'order_id');
  const before = world.orders.get(id);
  if (change.action === 'delete') {
    world.orders.remove(id);
    world.webhooks.tell(before, null);
    touchExhibitor(world, before);
    return null;
  }
  if (change.action === 'patch' && !before) throw unknown(id);
  const edited = { ...edit(before, change), order_id: id };
  const touched: JsonObject = {
    ...edited,
    version: versionAfter(before, change),
    updated_at: updatedAfter(world, before, change),
  };
  const order = orderSchema.parse(withStatusDates(world, before, touched));
  if (before?.status === 'cancelled' && order.status !== 'cancelled') {
    throw new Refusal({ status: 409, code: 'irreversible', message: 'A cancelled dossier stays cancelled.' });
  }
  world.orders.put(order);
  world.webhooks.tell(before, order);
  touchExhibitor(world, before);
  touchExhibitor(world, order);
  return order;
}

/** When co-exhibitors show inside their exhibitor's order, a change of theirs is a change of that order. */
function touchExhibitor(world: PlanexpoWorld, part: PlanexpoOrder | undefined): void {
  if (world.coExhibitors === 'own-orders' || !part?.parent_order_id) return;
  const exhibitor = world.orders.get(part.parent_order_id);
  if (!exhibitor) return;
  const touched = { ...exhibitor, version: (exhibitor.version ?? 1) + 1, updated_at: world.now() };
  world.orders.put(touched);
  world.webhooks.tell(exhibitor, touched);
}

export function changeProduct(world: PlanexpoWorld, change: PersonChange): unknown {
  const id = idOf(change, 'product_id');
  const before = world.products.get(id);
  if (change.action === 'delete') {
    world.products.delete(id);
    return null;
  }
  if (change.action === 'patch' && !before) throw unknown(id);
  const updated_at = updatedAfter(world, before, change);
  const product = productSchema.parse({ ...edit(before, change), product_id: id, updated_at });
  world.products.set(id, product);
  return product;
}

/** API keys: a new one, a withdrawn one, one that loses its right to the event (`{"allowed": false}`). */
export function changeKey(world: PlanexpoWorld, change: PersonChange): unknown {
  const id = idOf(change, 'id');
  if (change.action === 'delete') {
    world.keys.delete(id);
    return null;
  }
  const key = { id, allowed: change.value?.allowed !== false };
  world.keys.set(id, key);
  return key;
}

function idOf(change: PersonChange, name: string): string {
  const id = change.id ?? change.value?.[name];
  if (typeof id === 'string' && id !== '') return id;
  throw new Refusal({ status: 400, code: 'bad_request', message: `The change needs an id (${name}).` });
}

function unknown(id: string): Refusal {
  return new Refusal({ status: 404, code: 'not_found', message: `There is no record "${id}".` });
}

function edit(before: JsonObject | undefined, change: PersonChange): JsonObject {
  const value = change.value ?? {};
  const base = change.action === 'patch' && before ? merged(before, value) : value;
  return (change.unset ?? []).reduce<JsonObject>(
    (record, path) => withValueAt(record, path, undefined),
    base,
  );
}

function versionAfter(before: PlanexpoOrder | undefined, change: PersonChange): number {
  const given = change.value?.version;
  if (typeof given === 'number') return given;
  const current = before?.version ?? 0;
  return change.keepVersion ? current : current + 1;
}

function updatedAfter(
  world: PlanexpoWorld,
  before: { updated_at: string } | undefined,
  change: PersonChange,
): string {
  const given = change.value?.updated_at;
  if (typeof given === 'string') return given;
  return change.keepUpdatedAt && before ? before.updated_at : world.now();
}

/** The date that belongs to a status, when the status has just been reached and the change does not give it. */
function withStatusDates(
  world: PlanexpoWorld,
  before: PlanexpoOrder | undefined,
  order: JsonObject,
): JsonObject {
  const { status } = order;
  if (status !== 'submitted' && status !== 'validated' && status !== 'cancelled') return order;
  const key = `${status}_at`;
  const reached = before?.status !== status;
  return reached && order[key] === (before?.[key] ?? undefined) ? { ...order, [key]: world.now() } : order;
}
