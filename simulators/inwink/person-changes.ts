import { z } from 'zod';
import { Refusal } from '../core/http-message';
import type { PersonChange } from '../core/platform';
import { type JsonObject, merged, withValueAt } from '../core/value-path';
import { childrenOf } from './exhibitor-rules';
import { notFound, validationFailed } from './problems';
import { storeQuantity } from './quantities';
import {
  type EntityName,
  exhibitorSchema,
  fieldDefinitionSchema,
  inwinkProductSchema,
  registeredSchema,
} from './state';
import { unlinkTeamMember } from './teams';
import type { InwinkWorld } from './world';
import { blankEntity, type InwinkEntity } from './writes';

/**
 * What people do in Inwink's back office or in the partner workspace. They are not held to the rules of the API: a
 * person can make the second partner with the same order id, or the second participant with the same e-mail.
 */
export function changeInwink(world: InwinkWorld, kind: string, change: PersonChange): unknown {
  switch (kind) {
    case 'exhibitor':
    case 'registered':
      return changeEntity(world, kind, change);
    case 'product':
      return changeProduct(world, change);
    case 'field':
      return changeField(world, change);
    case 'quantity':
      return changeQuantity(world, change);
    case 'team':
      return changeTeam(world, change);
    case 'client':
      return changeClient(world, change);
    default:
      throw notFound(`kind of record (${kind})`);
  }
}

function changeEntity(world: InwinkWorld, entity: EntityName, change: PersonChange): InwinkEntity | null {
  const id = change.id ?? (typeof change.value?.id === 'string' ? change.value.id : undefined);
  const before = id === undefined ? undefined : world[entity].get(id);
  if (change.action === 'upsert' && !before) return addEntity(world, entity, id, change);
  if (!before) throw notFound(entity);
  if (change.action === 'delete') {
    removeEntity(world, entity, before.id);
    return null;
  }
  const updatedOn = change.keepUpdatedAt ? before.updatedOn : world.now();
  const edited = (change.unset ?? []).reduce<JsonObject>(
    (record, path) => withValueAt(record, path, undefined),
    merged({ ...before, updatedOn }, change.value ?? {}),
  );
  return put(world, entity, { ...edited, id: before.id });
}

/** Fields that are not given are blank, as with the API; a partner is published unless the change says otherwise. */
function addEntity(
  world: InwinkWorld,
  entity: EntityName,
  id: string | undefined,
  change: PersonChange,
): InwinkEntity {
  const blank = blankEntity(world, entity);
  const first = entity === 'exhibitor' ? { ...blank, status: 'Published' } : blank;
  const added = put(world, entity, { ...merged(first, change.value ?? {}), id: id ?? blank.id });
  if (world.searchLagMs > 0) world.searchableFrom.set(added.id, Date.now() + world.searchLagMs);
  return added;
}

function put(world: InwinkWorld, entity: EntityName, record: JsonObject): InwinkEntity {
  if (entity === 'exhibitor') {
    const partner = exhibitorSchema.parse(record);
    world.exhibitor.put(partner);
    return partner;
  }
  const participant = registeredSchema.parse(record);
  world.registered.put(participant);
  return participant;
}

function removeEntity(world: InwinkWorld, entity: EntityName, id: string): void {
  world[entity].remove(id);
  world.searchableFrom.delete(id);
  if (entity === 'registered') {
    for (const team of world.teams.values()) team.delete(id);
    return;
  }
  world.quantities.delete(id);
  world.teams.delete(id);
  if (world.childrenOfDeleted === 'dangling') return;
  for (const child of childrenOf(world, id)) {
    world.exhibitor.put({ ...child, affiliatedToId: null, updatedOn: world.now() });
  }
}

/** A product may also get another id: people renumber them. */
function changeProduct(world: InwinkWorld, change: PersonChange): unknown {
  const id = change.id ?? world.ids();
  const before = world.products.get(id);
  if (change.action !== 'upsert' && !before) throw notFound('product');
  if (change.action === 'delete') {
    world.products.delete(id);
    return null;
  }
  const blank = { id, name: '', packSize: null, active: true };
  const product = inwinkProductSchema.parse({ ...blank, ...before, ...change.value });
  world.products.delete(id);
  world.products.set(product.id, product);
  return product;
}

/** The id of a field is `exhibitor/planexpo_order_id`. */
function changeField(world: InwinkWorld, change: PersonChange): unknown {
  const [entity, key] = twoIds(change);
  const before = world.fields.find((field) => field.entity === entity && field.key === key);
  world.fields = world.fields.filter((field) => field !== before);
  if (change.action === 'delete') return null;
  const field = fieldDefinitionSchema.parse({ type: 'text', ...before, ...change.value, entity, key });
  world.fields.push(field);
  return field;
}

/** The id is `<partner>/<product>`. In the back office a quantity can also be lowered (assumed). */
function changeQuantity(world: InwinkWorld, change: PersonChange): unknown {
  const [partnerId, productId] = twoIds(change);
  if (!world.exhibitor.get(partnerId)) throw notFound('exhibitor');
  if (change.action === 'delete') {
    world.quantities.get(partnerId)?.delete(productId);
    return null;
  }
  const { quantity } = z.object({ quantity: z.number().int().min(0) }).parse(change.value);
  storeQuantity(world, partnerId, productId, quantity);
  return { partnerId, productId, quantity };
}

/** The id is `<partner>/<participant>`. */
function changeTeam(world: InwinkWorld, change: PersonChange): unknown {
  const [partnerId, registeredId] = twoIds(change);
  if (change.action === 'delete') {
    unlinkTeamMember(world, partnerId, registeredId);
    return null;
  }
  const { roles } = z.object({ roles: z.array(z.string()) }).parse(change.value);
  const team = world.teams.get(partnerId) ?? new Map<string, string[]>();
  world.teams.set(partnerId, team.set(registeredId, roles));
  return { partnerId, registeredId, roles };
}

/** API clients: a new secret, a client that is withdrawn, one that loses its right to the event. */
function changeClient(world: InwinkWorld, change: PersonChange): unknown {
  const id = change.id ?? '';
  const { clients } = world.tokens;
  if (change.action === 'delete') {
    clients.delete(id);
    return null;
  }
  const schema = z.object({ id: z.string().min(1), secret: z.string(), allowed: z.boolean().default(true) });
  const client = schema.parse({ ...clients.get(id), ...change.value, id });
  clients.set(id, client);
  return { id, allowed: client.allowed };
}

function twoIds(change: PersonChange): [string, string] {
  const [first, second] = (change.id ?? '').split('/', 2);
  if (first && second) return [first, second];
  throw new Refusal({
    ...validationFailed({}).problem,
    message: 'The id has two parts, with a / between them.',
  });
}
