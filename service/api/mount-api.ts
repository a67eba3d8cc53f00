import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, Hono } from 'hono';
import type { ServiceEnv, ServiceParts } from '../parts';
import { problem, problemOf } from '../problem';
import { addAttention } from './attention';
import { addAudit } from './audit';
import { asTold } from './away';
import { addAnswers } from './decisions';
import { describeApi } from './document';
import { addForget } from './forget';
import { addMapping } from './mapping';
import { addMappingChanges } from './mapping-changes';
import { addMaskUploads } from './mask-uploads';
import { addMasks } from './masks';
import { API, type Desk } from './operation';
import { mountApiPage } from './page/mount-api-page';
import { addPeople } from './people';
import { addPlans } from './plans';
import { addReconcile } from './reconcile';
import { addRecords } from './records';
import { addRunChanges } from './run-changes';
import { addRuns } from './runs';
import { addSchedules } from './schedules';
import { addSyncs } from './syncs';
import { addTokens } from './tokens';
import { addTracks } from './tracks';

/** In the order in which the document and the page list them. */
const GROUPS = [
  addSyncs,
  addReconcile,
  addRuns,
  addPlans,
  addRunChanges,
  addRecords,
  addAttention,
  addAnswers,
  addSchedules,
  addMasks,
  addMaskUploads,
  addMapping,
  addMappingChanges,
  addTracks,
  addAudit,
  addPeople,
  addForget,
  addTokens,
];

/**
 * The API for programs under `/api/v1`, its description at `/openapi.json` and a page to read it at `/api/v1`, both open
 * to everybody. An address of the API that is not described is a 404, a method that is not described a 405.
 */
export function mountApi(app: Hono<ServiceEnv>, parts: ServiceParts): void {
  const api = new OpenAPIHono<ServiceEnv>({ defaultHook: refuseUndescribed });
  api.onError((error, c) => {
    const told = asTold(error);
    // what nobody expected is logged and told by the service itself
    if (told === error) throw error;
    const failure = { failure: error.name, code: codeOf(error) };
    parts.logger?.warn({ requestId: c.get('requestId'), ...failure }, 'something is away');
    c.header('retry-after', RETRY_AFTER_SECONDS);
    return problemOf(c, told);
  });
  const desk: Desk = { api, parts, summaries: new Map() };
  for (const add of GROUPS) add(desk);
  const document = describeApi(desk);
  api.get('/openapi.json', (c) => c.json(document, 200, { 'cache-control': 'public, max-age=60' }));
  mountApiPage(api, desk, document);
  refuseOtherMethods(api, document.paths);
  api.all(`${API}/*`, (c) => problem(c, 404, 'There is nothing at this address: see /openapi.json.'));
  app.route('/', api);
}

/** When whoever was told to ask again may. */
const RETRY_AFTER_SECONDS = '5';

/** Of gRPC, Postgres or the network, wherever in the error it is. */
function codeOf(error: Error): unknown {
  if ('code' in error) return error.code;
  return error.cause instanceof Error ? codeOf(error.cause) : null;
}

type Checked =
  | { success: true }
  | {
      success: false;
      target: string;
      error: { issues: ReadonlyArray<{ path: PropertyKey[]; message: string }> };
    };

/** Names what is not as described. Values stay out: they may be anybody's. */
function refuseUndescribed(checked: Checked, c: Context<ServiceEnv>): Response | undefined {
  if (checked.success) return undefined;
  const place = { param: 'path', json: 'body' }[checked.target] ?? checked.target;
  const problems = checked.error.issues.map(({ path, message }) => ({
    in: place,
    field: path.map(String).join('.'),
    message,
  }));
  return problem(c, 400, 'The request is not as described: see /openapi.json.', problems);
}

/** Whoever asks in a way that is not described is told which ways are. */
function refuseOtherMethods(api: OpenAPIHono<ServiceEnv>, paths: Record<string, object>): void {
  for (const [path, operations] of Object.entries(paths)) {
    const methods = Object.keys(operations).map((method) => method.toUpperCase());
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ');
    api.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) => {
      c.header('allow', allow);
      return problem(c, 405, `This address takes ${allow}.`);
    });
  }
}
