import type { Problem, SimReply } from '../core/http-message';
import type { Platform } from '../core/platform';
import { type Simulator, startServer } from '../core/start-server';
import { mauticActions } from './actions';
import { OBJECTS } from './field-definition';
import type { MauticSimulatorOptions } from './options';
import { changeMautic } from './person-changes';
import { errorReply } from './problems';
import { API_DISABLED, mauticRoutes, ownHeaders } from './routes';
import { type MauticState, mauticStateSchema } from './state';
import { mauticSummary } from './summary';
import { turnedSettings } from './turn-settings';
import { loadMauticState, type MauticWorld, mauticWorld } from './world';

export type { MauticSimulatorOptions, MauticVersion } from './options';

/** Assumed: a batch of 200 wide records is far below. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/**
 * Mautic 3, 4 or 5 (Webmecanik Automation is one): contacts, companies, fields, do-not-contact, links and webhooks. No
 * limit by the second (none is known); see `hourlyLimit`. Kinds for the control routes: `contact`, `company`, `field`
 * (id `contact/phone`), `permission` (id `contact`), `setting`. Actions: `version`, `settings`, `clock`, `merge`, `points`,
 * `bounce`, `webhook`, `webhooks`, `half-batch`.
 */
export async function startMauticSimulator(options: MauticSimulatorOptions): Promise<Simulator> {
  const world = mauticWorld(options);
  const server = await startServer(mauticPlatform(world, options), options);
  world.webhooks.origin = server.url;
  return {
    url: server.url,
    close() {
      world.webhooks.stop();
      return server.close();
    },
  };
}

function mauticPlatform(world: MauticWorld, options: MauticSimulatorOptions): Platform {
  let initial: MauticState = options.initial ?? {};
  loadMauticState(world, options, initial);

  return {
    name: 'mautic',
    routes: mauticRoutes(world),
    maxBodyBytes: MAX_BODY_BYTES,
    actions: mauticActions(world),
    clock: () => world.clock.ms(),
    clientOf: (headers) => world.signIn.clientOf(headers),
    refuseAccess: (headers) => (world.settings.api === 'off' ? API_DISABLED : world.signIn.refuse(headers)),
    problemReply: (problem) => problemReply(world, problem),
    expire(what) {
      if (what === 'tokens') world.signIn.revokeAll();
    },
    records: (kind, id) => recordsOf(world, kind, id),
    change: (kind, change) => changeMautic(world, kind, change),
    reset(given) {
      // The parse is the check; the defaults it fills in do no harm when the state is loaded again.
      if (given !== undefined) initial = mauticStateSchema.parse(given);
      loadMauticState(world, options, initial);
    },
    summary: () => mauticSummary(world),
  };
}

function problemReply(world: MauticWorld, problem: Problem): SimReply {
  const reply = errorReply(problem, world.settings.errorForm);
  return { ...reply, headers: { ...ownHeaders(world), ...reply.headers } };
}

function recordsOf(world: MauticWorld, kind: string, id: string | null): readonly unknown[] | null {
  switch (kind) {
    case 'contact':
    case 'company': {
      if (id === null) return world[kind].all();
      const row = world[kind].get(Number(id));
      return row ? [row] : [];
    }
    case 'field':
      return withId(
        world.fields.map((field) => ({ ...field, id: `${field.object}/${field.alias}`, number: field.id })),
        id,
      );
    case 'permission':
      return withId(
        OBJECTS.map((object) => ({ id: object, ...world.permissions[object] })),
        id,
      );
    case 'setting':
      return [turnedSettings(world)];
    default:
      return null;
  }
}

function withId<T extends { id: string }>(records: readonly T[], id: string | null): readonly T[] {
  return id === null ? records : records.filter((record) => record.id === id);
}
