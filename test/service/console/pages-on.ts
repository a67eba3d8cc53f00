import type { Client, Connection } from '@temporalio/client';
import { Hono } from 'hono';
import { type Configuration, configurationSchema } from '../../../config/schema';
import { createPool, type Pool } from '../../../db/pool';
import { ensureSync } from '../../../db/runs';
import type { Language } from '../../../mappings/reason-types';
import { ROLES, type Role } from '../../../service/access/principal';
import { furnish } from '../../../service/app';
import type { ServiceEnv, ServiceParts } from '../../../service/parts';
import { freshDatabase } from '../../setup/test-database';

/** Who looks, and in which language. */
export interface Reader {
  login?: string;
  role?: Role;
  language?: Language;
}

export interface Answered {
  status: number;
  html: string;
  /** What a person reads: no markup, single blanks. */
  text: string;
  bytes: Buffer;
  headers: Headers;
  location: string | null;
  notice: string | null;
}

export interface PagesOn {
  pool: Pool;
  configuration: Configuration;
  /** What workflows were told: signal and id. */
  told: Array<{ signal: string; workflowId: string }>;
  get(path: string, reader?: Reader): Promise<Answered>;
  post(path: string, fields?: Record<string, string | File>, reader?: Reader): Promise<Answered>;
  stop(): Promise<void>;
}

type Mount = (pages: Hono<ServiceEnv>, parts: ServiceParts) => void;

/** Some pages of the console for somebody signed in, on a database of their own and platforms that the test names. */
export async function pagesOn(
  document: { platforms: Record<string, unknown>; syncs: Record<string, unknown> },
  mount: Mount,
): Promise<PagesOn> {
  const database = await freshDatabase();
  const pool = createPool(database.url, 3);
  const configuration = configurationSchema.parse(document);
  for (const [slug, { pair }] of Object.entries(configuration.syncs)) await ensureSync(pool, slug, pair);
  const told: PagesOn['told'] = [];
  const workflow = {
    async signalWithStart(_type: string, { workflowId, signal }: { workflowId: string; signal: string }) {
      told.push({ signal, workflowId });
    },
  };
  const parts: ServiceParts = {
    configuration,
    pool,
    connection: {} as Connection, // no page of these asks it
    client: { workflow } as unknown as Client, // the only call that they make
    namespace: 'default',
    logger: null,
    isSecure: false,
    stopping: new AbortController().signal,
  };
  const ask = async (path: string, init: RequestInit, reader: Reader = {}) =>
    answered(await appFor(mount, parts, reader).request(path, init));
  return {
    pool,
    configuration,
    told,
    get: (path, reader) => ask(path, {}, reader),
    post(path, fields = {}, reader) {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      return ask(path, { method: 'POST', body }, reader);
    },
    async stop() {
      await pool.end();
      await database.drop();
    },
  };
}

function appFor(mount: Mount, parts: ServiceParts, reader: Reader): Hono<ServiceEnv> {
  const app = new Hono<ServiceEnv>();
  furnish(app, parts);
  const { login = 'chloe', role = 'operator', language = 'en' } = reader;
  const principal = { kind: 'person', id: 1, scope: ROLES[role], actor: login } as const;
  app.use(async (c, next) => {
    c.set('language', language);
    c.set('principal', principal);
    const person = { accountId: 1, login, name: 'Chloé Martin', role, language, csrfToken: 'token' };
    // a page needs no more of a session than what it shows
    c.set('signedIn', { principal, ...person } as ServiceEnv['Variables']['signedIn']);
    await next();
  });
  mount(app, parts);
  return app;
}

async function answered(response: Response): Promise<Answered> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const html = bytes.toString('utf8');
  const kept = /passerelle_notice=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1];
  const notice = kept === undefined ? null : JSON.parse(Buffer.from(kept, 'base64url').toString('utf8'));
  return {
    status: response.status,
    html,
    text: readingOf(html),
    bytes,
    headers: response.headers,
    location: response.headers.get('location'),
    notice: notice?.text ?? null,
  };
}

function readingOf(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

/** The form of a page as a browser would send it back: every field with what it holds, ticks only where they are set. */
export function formOf(html: string, action: string): Record<string, string> {
  const start = html.indexOf(`action="${action}"`);
  if (start < 0) throw new Error(`the page has no form for ${action}`);
  const form = html.slice(start, html.indexOf('</form>', start));
  const fields: Record<string, string> = {};
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const isTick = /type="(checkbox|radio)"/.test(tag);
    if (name !== undefined && (!isTick || /\schecked/.test(tag)))
      fields[name] = attribute(tag, 'value') ?? '';
  }
  for (const [, name = '', options = ''] of form.matchAll(/<select name="([^"]*)"[^>]*>(.*?)<\/select>/gs)) {
    const chosen =
      /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options);
    fields[name] = chosen?.[1] ?? '';
  }
  return fields;
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
}
