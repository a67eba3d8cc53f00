import { join } from 'node:path';
import { parseConfiguration } from '../config/load';
import type { Configuration } from '../config/schema';
import { createPool } from '../db/pool';
import type { OperationContext } from '../operations/context';
import { addPerson } from '../operations/people';
import { createToken } from '../operations/tokens';
import { SYNCS } from './console-ids';

const NOWHERE = 'http://127.0.0.1:1';
const SECRET = '$' + '{SECRET}';
const PASSWORD = 'huit tortues bleues';

/** The three syncs of the filled database. No page asks the platforms. */
export function benchConfiguration(): Configuration {
  const platforms = {
    planexpo: { platform: 'planexpo', baseUrl: NOWHERE, apiKey: SECRET },
    inwink: {
      platform: 'inwink',
      baseUrl: NOWHERE,
      tokenUrl: `${NOWHERE}/token`,
      clientId: 'bench',
      clientSecret: SECRET,
    },
    pivot: { platform: 'pivot', baseUrl: NOWHERE, wsKey: SECRET },
    cirkwi: {
      platform: 'cirkwi',
      baseUrl: NOWHERE,
      siteUrl: NOWHERE,
      user: 'bench',
      code: 'bench',
      widgetId: '1',
      username: 'bench',
      password: SECRET,
    },
    weavy: { platform: 'weavy', baseUrl: NOWHERE, projectCode: 'BENCH', userName: 'bench', password: SECRET },
    mautic: {
      platform: 'mautic',
      baseUrl: NOWHERE,
      signIn: { as: 'basic', username: 'bench', password: SECRET },
    },
  };
  const syncs = {
    [SYNCS.dossiers]: {
      pair: 'planexpo-inwink',
      source: 'planexpo',
      target: 'inwink',
      planexpoEvent: 'salon-2027',
      inwinkEventId: 'event-1',
    },
    [SYNCS.offers]: {
      pair: 'pivot-cirkwi',
      source: 'pivot',
      target: 'cirkwi',
      query: 'QRY-1',
      feed: { publicUrl: NOWHERE, secret: SECRET },
    },
    [SYNCS.crm]: { pair: 'weavy-webmecanik', source: 'weavy', target: 'mautic', mapping: 'crm-mapping.yaml' },
  };
  const beside = join(__dirname, '..', 'deploy', 'passerelle.yaml'); // the mapping of the CRM lies there
  return parseConfiguration(beside, JSON.stringify({ platforms, syncs }), {
    SECRET: 'a-secret-nobody-guesses',
  });
}

/** Headers of somebody who may see everything: in the console, and in the API. */
export interface Visitors {
  browser: Record<string, string>;
  program: Record<string, string>;
}

/** Makes an administrator and a token, and signs the administrator in as a browser does. */
export async function letIn(serviceUrl: string, databaseUrl: string): Promise<Visitors> {
  const pool = createPool(databaseUrl, 1);
  try {
    const context: OperationContext = {
      configuration: benchConfiguration(),
      pool,
      temporal: () => Promise.reject(new Error('nothing here asks Temporal')),
      actor: 'bench',
    };
    await addPerson(context, { login: 'bench', role: 'administrator', password: PASSWORD });
    const { token } = await createToken(context, { name: 'bench', scope: 'administer' });
    const body = new URLSearchParams({ login: 'bench', password: PASSWORD });
    const headers = { origin: serviceUrl };
    const door = await fetch(`${serviceUrl}/login`, { method: 'POST', body, headers, redirect: 'manual' });
    const cookie = door.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
    if (door.status !== 303) throw new Error(`the door answers ${door.status}`);
    return {
      browser: { ...headers, cookie: cookie.join('; ') },
      program: { authorization: `Bearer ${token}` },
    };
  } finally {
    await pool.end();
  }
}
