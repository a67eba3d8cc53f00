import type { Platform } from '../core/platform';
import { type Simulator, startServer } from '../core/start-server';
import type { InwinkSimulatorOptions } from './options';
import { changeInwink } from './person-changes';
import { problemReplies } from './problems';
import { inwinkRoutes } from './routes';
import { type InwinkState, inwinkStateSchema } from './state';
import { inwinkSummary } from './summary';
import { emptyInwinkState, type InwinkWorld, inwinkWorld, loadInwinkState } from './world';

export type { InwinkSimulatorOptions } from './options';

/**
 * Inwink as assumed in its contract: one event, tokens at `/oauth/token`, 10 requests a second for each client with a
 * burst of 20. Kinds for the control routes: `exhibitor`, `registered`, `product`, `field`, `quantity`, `team`,
 * `client`.
 */
export async function startInwinkSimulator(options: InwinkSimulatorOptions): Promise<Simulator> {
  const limits = options.limits ?? { requestsPerSecond: 10, burst: 20 };
  return startServer(inwinkPlatform(options), { ...options, limits });
}

function inwinkPlatform(options: InwinkSimulatorOptions): Platform {
  const world = inwinkWorld(options);
  const clientsAtStart = [...world.tokens.clients.values()];
  let initial: InwinkState = options.initial ?? emptyInwinkState;
  loadInwinkState(world, initial);

  return {
    name: 'inwink',
    routes: inwinkRoutes(world),
    clientOf: (headers) => world.tokens.clientOf(headers),
    refuseAccess: (headers) => world.tokens.refuse(headers),
    problemReply: problemReplies(),
    expire(what) {
      if (what === 'tokens') world.tokens.revokeAll();
    },
    records: (kind, id) => recordsOf(world, kind, id),
    change: (kind, change) => changeInwink(world, kind, change),
    reset(given) {
      if (given !== undefined) initial = inwinkStateSchema.parse(given);
      loadInwinkState(world, initial);
      world.tokens.clients.clear();
      for (const client of clientsAtStart) world.tokens.clients.set(client.id, client);
    },
    summary: () => inwinkSummary(world),
  };
}

function recordsOf(world: InwinkWorld, kind: string, id: string | null): readonly unknown[] | null {
  const records = allOf(world, kind);
  return id === null ? records : (records?.filter((record) => record.id === id) ?? null);
}

function allOf(world: InwinkWorld, kind: string): ReadonlyArray<{ id: string }> | null {
  switch (kind) {
    case 'exhibitor':
      return world.exhibitor.all();
    case 'registered':
      return world.registered.all();
    case 'product':
      return [...world.products.values()];
    case 'field':
      return world.fields.map((field) => ({ id: `${field.entity}/${field.key}`, ...field }));
    case 'quantity':
      return [...world.quantities].flatMap(([partnerId, held]) =>
        [...held].map(([productId, quantity]) => ({
          id: `${partnerId}/${productId}`,
          partnerId,
          productId,
          quantity,
        })),
      );
    case 'team':
      return [...world.teams].flatMap(([partnerId, team]) =>
        [...team].map(([registeredId, roles]) => ({
          id: `${partnerId}/${registeredId}`,
          partnerId,
          registeredId,
          roles,
        })),
      );
    case 'client':
      return [...world.tokens.clients.values()].map(({ id, allowed }) => ({ id, allowed }));
    default:
      return null;
  }
}
