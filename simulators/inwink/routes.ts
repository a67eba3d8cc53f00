import { param, type Route, type SimReply, type SimRequest } from '../core/http-message';
import { fieldRules } from './field-rules';
import { notFound, validationFailed } from './problems';
import { readQuantities, setQuantity } from './quantities';
import { pageOf, pageSchema, queryRows } from './query';
import type { EntityName, InwinkExhibitor, InwinkRegistered } from './state';
import { linkTeamMember, readTeamAccount } from './teams';
import type { InwinkWorld } from './world';
import { createEntity, patchEntity } from './writes';

type Handle = (world: InwinkWorld, request: SimRequest) => SimReply;

/** Every address of the contract. Nothing is deleted through the API. */
export function inwinkRoutes(world: InwinkWorld): Route[] {
  const on = (purpose: Route['purpose'], method: string, template: string, handle: Handle): Route => ({
    method,
    template,
    purpose,
    access: 'client',
    handle(request) {
      if (param(request, 'eventId') !== world.event.id) throw notFound('event');
      return handle(world, request);
    },
  });
  const token: Route = {
    method: 'POST',
    template: '/oauth/token',
    access: 'open',
    purpose: 'read',
    handle: (request) => world.tokens.issue(request.body),
  };
  return [
    token,
    on('read', 'GET', '/{eventId}', readEvent),
    on('read', 'GET', '/{eventId}/field', readFields),
    on('read', 'GET', '/{eventId}/product', listProducts),
    on('read', 'GET', '/{eventId}/exhibitor/account/{id}', readTeamAccount),
    ...entityRoutes('exhibitor', on),
    ...entityRoutes('registered', on),
    on('read', 'GET', '/{eventId}/exhibitor/{id}/product', readQuantities),
    on('write', 'PUT', '/{eventId}/exhibitor/{id}/product/{productId}', setQuantity),
    on('write', 'PUT', '/{eventId}/exhibitor/{id}/account/{registeredId}', linkTeamMember),
  ];
}

function entityRoutes(
  entity: EntityName,
  on: (purpose: Route['purpose'], method: string, template: string, handle: Handle) => Route,
): Route[] {
  return [
    on('read', 'POST', `/{eventId}/${entity}/query`, (world, request) => query(world, entity, request)),
    on('write', 'POST', `/{eventId}/${entity}`, (world, request) => ({
      status: 201,
      body: createEntity(world, entity, request.body, request.indexLagMs ?? world.searchLagMs),
      effect: 'created',
    })),
    on('read', 'GET', `/{eventId}/${entity}/{id}`, (world, request) => {
      const found = world[entity].get(param(request, 'id'));
      if (!found) throw notFound(entity);
      return { status: 200, body: found };
    }),
    on('write', 'PATCH', `/{eventId}/${entity}/{id}`, (world, request) => ({
      status: 200,
      body: patchEntity(world, entity, param(request, 'id'), request.body),
      effect: 'updated',
    })),
  ];
}

function query(world: InwinkWorld, entity: EntityName, request: SimRequest): SimReply {
  const rules = fieldRules(entity, world.fields);
  const isSearchable = (row: InwinkExhibitor | InwinkRegistered): boolean =>
    (world.searchableFrom.get(row.id) ?? 0) <= Date.now();
  const body =
    entity === 'exhibitor'
      ? queryRows(world.exhibitor, request.body, rules, isSearchable)
      : queryRows(world.registered, request.body, rules, isSearchable);
  return { status: 200, body };
}

function readEvent(world: InwinkWorld): SimReply {
  const { id, name } = world.event;
  return {
    status: 200,
    body: { id, name, startDate: '2027-03-02', endDate: '2027-03-04', languages: ['fr', 'en'] },
  };
}

function readFields(world: InwinkWorld, request: SimRequest): SimReply {
  const entity = request.query.get('entity');
  if (entity !== 'exhibitor' && entity !== 'registered') {
    throw validationFailed({ entity: ['exhibitor or registered is expected.'] });
  }
  const own = world.fields.filter((field) => field.entity === entity);
  return { status: 200, body: { items: own.map(({ entity: _entity, ...field }) => field) } };
}

/** Paged by query string, with the two words of a search's `$page` (assumed). */
function listProducts(world: InwinkWorld, request: SimRequest): SimReply {
  const given = [...request.query].map(([key, value]) => [key, Number(value)]);
  const page = pageSchema.safeParse(Object.fromEntries(given));
  if (!page.success) throw validationFailed({ page: ['index and size (1 to 200) are expected.'] });
  return { status: 200, body: pageOf([...world.products.values()], page.data) };
}
