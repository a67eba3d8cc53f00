import { demoSecrets } from '../../../cli/demo/pivot-cirkwi/configuration';
import type { Scene } from './scene';

const ROOT = '/PivotWeb-3.1';

/** PIVOT's routes as its simulator names them in faults and statistics. */
export const PIVOT = {
  diff: `GET ${ROOT}/query/{id}/diff`,
  ack: `GET ${ROOT}/query/{id}/ack`,
  firstPage: `POST ${ROOT}/query/paginated`,
  page: `GET ${ROOT}/query/paginated/{token}/{page}`,
  offer: `GET ${ROOT}/offer/{codeCgt}`,
  media: `GET ${ROOT}/media/{codeCgt}`,
} as const;

/** Another program with the same key: PIVOT keeps one change list for both. */
export async function callPivot(scene: Scene, path: string): Promise<string> {
  const reply = await fetch(`${scene.stack.urls.pivot}${ROOT}${path}`, {
    headers: { ws_key: demoSecrets.DEMO_PIVOT_KEY, accept: 'application/json' },
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`PIVOT answered ${reply.status}: ${text}`);
  return text;
}

/** How often each of PIVOT's routes was called since the last look. */
export async function callsOf(scene: Scene): Promise<(route: string) => number> {
  const { requests } = await scene.stack.pivot.stats();
  await scene.stack.pivot.clearCounters();
  return (route) => requests.byRoute[route] ?? 0;
}
