import { checkParent } from './exhibitor-rules';
import { fieldRules } from './field-rules';
import { checkedValues, withValues } from './merge-patch';
import { notFound, validationFailed } from './problems';
import { checkEmail } from './registered-rules';
import {
  type EntityName,
  exhibitorSchema,
  type InwinkExhibitor,
  type InwinkRegistered,
  registeredSchema,
} from './state';
import type { InwinkWorld } from './world';

const NEW_EXHIBITOR = {
  affiliatedToId: null,
  emplacement: null,
  website: null,
  address: { street: null, street2: null, zipCode: null, city: null, country: null },
};

const NEW_REGISTERED = {
  email: null,
  title: null,
  firstname: null,
  lastname: null,
  company: null,
  position: null,
  phone: null,
  mobilePhone: null,
  preferredLanguage: null,
  registrationStatus: 'Registered', // assumed: who is created by an organiser's tool is registered
  category: null,
};

export type InwinkEntity = InwinkExhibitor | InwinkRegistered;

/** A new partner or participant. There is no key to repeat it by: the same body again makes another one. */
export function createEntity(
  world: InwinkWorld,
  entity: EntityName,
  body: unknown,
  lagMs: number = world.searchLagMs,
): InwinkEntity {
  const values = checkedValues(body, fieldRules(entity, world.fields));
  const missing = entity === 'exhibitor' ? ['name', 'status'].filter((path) => !values.has(path)) : [];
  if (missing.length > 0) {
    throw validationFailed(Object.fromEntries(missing.map((path) => [path, ['A value is required.']])));
  }
  const created = store(world, entity, withValues(blankEntity(world, entity), values));
  if (lagMs > 0) world.searchableFrom.set(created.id, Date.now() + lagMs);
  return created;
}

/** Only the keys that are present change; the modified time moves even when no value does (assumed). */
export function patchEntity(world: InwinkWorld, entity: EntityName, id: string, body: unknown): InwinkEntity {
  const before = world[entity].get(id);
  if (!before) throw notFound(entity);
  const values = checkedValues(body, fieldRules(entity, world.fields));
  return store(world, entity, withValues({ ...before, updatedOn: world.now() }, values));
}

function store(world: InwinkWorld, entity: EntityName, record: Record<string, unknown>): InwinkEntity {
  if (entity === 'exhibitor') {
    const partner = exhibitorSchema.parse(record);
    checkParent(world, partner);
    world.exhibitor.put(partner);
    return partner;
  }
  const participant = registeredSchema.parse(record);
  checkEmail(world, participant);
  world.registered.put(participant);
  return participant;
}

/** A record with nothing in it yet but its id and dates. */
export function blankEntity(world: InwinkWorld, entity: EntityName): Record<string, unknown> {
  const now = world.now();
  return {
    ...(entity === 'exhibitor' ? NEW_EXHIBITOR : NEW_REGISTERED),
    id: world.ids(),
    customFields: blankCustomFields(world, entity),
    createdOn: now,
    updatedOn: now,
  };
}

function blankCustomFields(world: InwinkWorld, entity: EntityName): Record<string, null> {
  const own = world.fields.filter((field) => field.entity === entity);
  return Object.fromEntries(own.map((field) => [field.key, null]));
}
