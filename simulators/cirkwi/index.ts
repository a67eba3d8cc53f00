import type { IncomingHttpHeaders } from 'node:http';
import type { Problem } from '../core/http-message';
import type { Platform } from '../core/platform';
import { type Simulator, startServer } from '../core/start-server';
import { cirkwiActions } from './actions';
import type { CirkwiSimulatorOptions } from './options';
import { changeCirkwi } from './person-changes';
import { problemReply } from './problems';
import { cirkwiSummary, recordsOf } from './records';
import { cirkwiRoutes } from './routes';
import { type CirkwiState, cirkwiStateSchema } from './state';
import { type CirkwiWorld, cirkwiWorld, loadCirkwiState } from './world';

export type { ImportReport } from './import-report';
export type { CirkwiSimulatorOptions } from './options';

/** Assumed: a single object with all its texts is far below. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/**
 * Cirkwi: an account that imports a provider's feeds when `POST /_sim/pull` says that the day has come, its editor, its
 * outgoing feed and its public pages. 5 requests a second for each client with a burst of 10 (assumed). Kinds for the
 * control routes: `circuits`, `pois`, `profile`, `settings`, `statistics`. Actions: `account`, `pull`, `clock`.
 */
export async function startCirkwiSimulator(options: CirkwiSimulatorOptions): Promise<Simulator> {
  const stop = new AbortController();
  const limits = options.limits ?? { requestsPerSecond: 5, burst: 10 };
  const server = await startServer(cirkwiPlatform(options, stop.signal), { ...options, limits });
  return {
    url: server.url,
    close() {
      stop.abort();
      return server.close();
    },
  };
}

function cirkwiPlatform(options: CirkwiSimulatorOptions, stopping: AbortSignal): Platform {
  const world = cirkwiWorld(options, stopping);
  let initial: CirkwiState = options.initial ?? {};
  loadCirkwiState(world, options, initial);

  return {
    name: 'cirkwi',
    routes: cirkwiRoutes(world),
    maxBodyBytes: MAX_BODY_BYTES,
    actions: cirkwiActions(world),
    clientOf: (headers) => basicPair(headers)?.username ?? 'anonymous',
    refuseAccess: (headers) => refuseAccess(world, headers),
    problemReply,
    expire() {}, // Basic credentials do not expire; a new password is told to `POST /_sim/account`
    records: (kind, id) => recordsOf(world, kind, id),
    change: (kind, change) => changeCirkwi(world, kind, change),
    reset(given) {
      const next = given === undefined ? initial : given;
      cirkwiStateSchema.parse(next);
      // The parse above is the check; what it makes of texts is for the loading.
      initial = next as CirkwiState;
      loadCirkwiState(world, options, initial);
    },
    summary: () => cirkwiSummary(world),
  };
}

function refuseAccess({ account }: CirkwiWorld, headers: IncomingHttpHeaders): Problem | null {
  const pair = basicPair(headers);
  if (pair?.username === account.username && pair.password === account.password) return null;
  return {
    status: 401,
    code: 'Unauthorized',
    message: 'The name or the password is not right.',
    headers: { 'www-authenticate': 'Basic realm="Cirkwi"' },
  };
}

function basicPair(headers: IncomingHttpHeaders): { username: string; password: string } | null {
  const [, encoded = ''] = /^Basic (.+)$/i.exec(headers.authorization ?? '') ?? [];
  const [, username, password] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return username === undefined || password === undefined ? null : { username, password };
}
