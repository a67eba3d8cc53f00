import type { Platform } from '../core/platform';
import { type Simulator, startServer } from '../core/start-server';
import { convertInbound } from './convert';
import { isEntity } from './entities';
import { fieldId } from './fields';
import type { WeavySimulatorOptions } from './options';
import { changeWeavy, personRecord, shownSettings } from './person-changes';
import { problemReply } from './problems';
import { weavyRoutes } from './routes';
import { type WeavyState, weavyStateSchema } from './state';
import { weavySummary } from './summary';
import { ALL_RIGHTS, loadWeavy, type WeavyWorld, weavyWorld } from './world';

export type { WeavySimulatorOptions } from './options';
export type { WeavyState } from './state';

/**
 * weavy as assumed in its contract: one project with one company, no limits unless given. Kinds for the control routes:
 * `customer`, `customercontact`, `marketinginbound`, `field`, `right`, `setting`; action: `convert`. Rejects when the
 * first state is not possible.
 */
export async function startWeavySimulator(options: WeavySimulatorOptions): Promise<Simulator> {
  return startServer(weavyPlatform(options), options);
}

function weavyPlatform(options: WeavySimulatorOptions): Platform {
  const world = weavyWorld(options);
  let initial: WeavyState = options.initial ?? {};
  loadWeavy(world, options, initial);

  return {
    name: 'weavy',
    routes: weavyRoutes(world),
    actions: { convert: (body) => convertInbound(world, body) },
    clientOf: (headers) => world.tokens.clientOf(headers),
    refuseAccess: (headers) => world.tokens.refuse(headers),
    problemReply,
    expire(what) {
      if (what === 'tokens') world.tokens.revokeAll();
    },
    records: (kind, id) => recordsOf(world, kind, id),
    change: (kind, change) => changeWeavy(world, kind, change),
    reset(given) {
      if (given !== undefined) initial = weavyStateSchema.parse(given);
      loadWeavy(world, options, initial);
    },
    summary: () => weavySummary(world),
    clock: () => world.clock.now(),
  };
}

function recordsOf(world: WeavyWorld, kind: string, id: string | null): readonly unknown[] | null {
  if (isEntity(kind) && id !== null) {
    const row = world.tables[kind].get(id);
    return row ? [personRecord(row)] : [];
  }
  const records = allOf(world, kind);
  return id === null ? records : (records?.filter((record) => record.id === id) ?? null);
}

function allOf(world: WeavyWorld, kind: string): ReadonlyArray<{ id: string }> | null {
  if (isEntity(kind)) return world.tables[kind].all().map(personRecord);
  switch (kind) {
    case 'field':
      return world.fields.map((field) => ({ id: fieldId(field), ...field }));
    case 'right':
      return ALL_RIGHTS.map((right) => ({ ...right, allowed: !world.withheld.has(right.id) }));
    case 'setting':
      return [shownSettings(world.settings)];
    default:
      return null;
  }
}
