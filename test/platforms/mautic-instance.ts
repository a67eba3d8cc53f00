import { unlimited } from '../../platforms/budget';
import type { MauticClient } from '../../platforms/mautic/client';
import { createMauticClient, type MauticOptions } from '../../platforms/mautic/http-client';
import { type Answer, json, type LocalServer, startLocalServer } from './local-server';

/** A request as the instance reads it: the path without its query, and the query's parameters decoded. */
export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  /** The parsed body; undefined without one. */
  body: unknown;
}

export interface ScriptedInstance {
  client: MauticClient;
  /** Without the request for the version, which a test asks for by name. */
  asked(): Asked[];
  server: LocalServer;
}

const servers: LocalServer[] = [];

export async function stopInstances(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
}

/** An instance of one version that answers everything but the first look at it with `answer`. */
export async function instanceOf(
  version: string | null,
  answer: (asked: Asked) => Answer,
  options: Partial<MauticOptions> = {},
): Promise<ScriptedInstance> {
  const server = await startLocalServer((reply, request) => {
    if (version !== null) reply.setHeader('Mautic-Version', version);
    const asked = readAsked(request);
    const script = asked.query.minimal === '1' ? json(200, { total: '0', contacts: [] }) : answer(asked);
    script(reply, request);
  });
  servers.push(server);
  const client = createMauticClient({
    baseUrl: server.url,
    signIn: { as: 'basic', username: 'passerelle', password: 'secret' },
    batchSize: 100,
    budget: unlimited,
    ...options,
  });
  const asked = () => server.received.map(readAsked).filter((each) => each.query.minimal !== '1');
  return { client, asked, server };
}

function readAsked(request: { method: string; path: string; body: string }): Asked {
  const url = new URL(request.path, 'http://instance');
  return {
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    body: request.body === '' ? undefined : JSON.parse(request.body),
  };
}

/** A contact as Mautic shows it. */
export function contact(id: number, email: string | null, more: Record<string, unknown> = {}) {
  return {
    id,
    dateAdded: '2026-01-10T08:00:00+00:00',
    dateModified: null,
    dateIdentified: email === null ? null : '2026-01-10T08:00:00+00:00',
    points: 0,
    tags: [],
    doNotContact: [],
    fields: { core: [], social: [], all: { id, points: 0, email, firstname: 'Ana' } },
    ...more,
  };
}

/** A list as Mautic shows it: an object by number, and `[]` when empty. */
export function listOf(name: 'contacts' | 'companies', rows: Array<{ id: number }>) {
  const held = rows.length === 0 ? [] : Object.fromEntries(rows.map((row) => [String(row.id), row]));
  return json(200, { total: String(rows.length), [name]: held });
}

/** An instance's rows after the number that the query names, at most as many as it asks for. */
export function pageOf<Row extends { id: number }>(rows: Row[], asked: Asked): Row[] {
  const after = Number(asked.query['where[0][val]']);
  return rows.filter((row) => row.id > after).slice(0, Number(asked.query.limit));
}
