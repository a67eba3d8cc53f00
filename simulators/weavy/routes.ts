import { param, type Route, type SimReply, type SimRequest } from '../core/http-message';
import { wholeRecord } from './columns';
import { readDictionary, readTables } from './dictionary';
import { ENTITIES, type EntityName } from './entities';
import { notFound, type Right } from './problems';
import { selectRows } from './select';
import { demand, type WeavyWorld } from './world';
import { createRow, updateRow } from './writes';

type Handle = (request: SimRequest) => SimReply;
type Define = (purpose: Route['purpose'], method: string, template: string, handle: Handle) => Route;

/** Every address of the contract. Nothing is deleted through the API. */
export function weavyRoutes(world: WeavyWorld): Route[] {
  const on: Define = (purpose, method, template, handle) => ({
    method,
    template,
    purpose,
    access: 'client',
    handle(request) {
      if (param(request, 'projectCode') !== world.projectCode) throw notFound('Project not found');
      return handle(request);
    },
  });
  const authenticate: Route = {
    method: 'POST',
    template: '/v1/Authenticate',
    access: 'open',
    purpose: 'read',
    handle: (request) => world.tokens.issue(request.body),
  };
  return [
    authenticate,
    on('read', 'GET', '/v1/Dictionary/{projectCode}', () => ({ status: 200, body: readTables(world) })),
    on('read', 'POST', '/v1/Data/{projectCode}/Select', ({ body, findsNothing }) => {
      const rows = selectRows(world, body);
      return { status: 200, body: findsNothing ? [] : rows };
    }),
    ...ENTITIES.flatMap((entity) => tableRoutes(world, entity, on)),
  ];
}

function tableRoutes(world: WeavyWorld, entity: EntityName, on: Define): Route[] {
  const withRight =
    (right: Right, handle: Handle): Handle =>
    (request) => {
      demand(world, right, entity);
      return handle(request);
    };
  const rows = `/v1/Data/{projectCode}/${entity}`;
  return [
    on(
      'read',
      'GET',
      `/v1/Dictionary/{projectCode}/${entity}`,
      withRight('READ', () => ({ status: 200, body: readDictionary(world, entity) })),
    ),
    on(
      'read',
      'GET',
      `${rows}/{id}`,
      withRight('READ', (request) => {
        const row = world.tables[entity].get(param(request, 'id')); // a deleted one too (assumed)
        if (!row) throw notFound();
        return { status: 200, body: wholeRecord(world, entity, row) };
      }),
    ),
    on(
      'write',
      'POST',
      rows,
      withRight('ADD', (request) => {
        const lagMs = request.indexLagMs ?? world.settings.searchLagMs;
        const row = createRow(world, entity, request.body, lagMs);
        return { status: 200, body: wholeRecord(world, entity, row), effect: 'created' };
      }),
    ),
    on(
      'write',
      'PUT',
      `${rows}/{id}`,
      withRight('UPDATE', (request) => {
        const row = updateRow(world, entity, param(request, 'id'), request.body);
        return { status: 200, body: wholeRecord(world, entity, row), effect: 'updated' };
      }),
    ),
  ];
}
