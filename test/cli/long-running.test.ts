import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT, startProgram } from '../setup/run-script';
import { type CommandStack, startCommandStack } from './command-stack';

const COMMAND = 'bin/passerelle.mjs';

async function tokenFrom(inwink: {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
}): Promise<string> {
  const reply = await fetch(inwink.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: inwink.clientId,
      client_secret: inwink.clientSecret,
    }),
  });
  const { access_token } = (await reply.json()) as { access_token: string }; // a missing one fails the test
  return access_token;
}

const PLATFORMS = ['planexpo', 'inwink', 'pivot', 'cirkwi', 'weavy', 'mautic'];
async function weavyTokenFrom(weavy: {
  url: string;
  projectCode: string;
  userName: string;
  password: string;
}): Promise<string> {
  const { url, ...account } = weavy;
  const reply = await fetch(`${url}/v1/Authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scope: 'API', ...account }),
  });
  const { authToken } = (await reply.json()) as { authToken: string }; // a missing one fails the test
  return authToken;
}

const FREE_PORTS = PLATFORMS.flatMap((name) => [`--${name}-port`, '0']);
const SECRETS = [
  'PLANEXPO_API_KEY',
  'INWINK_CLIENT_SECRET',
  'PIVOT_KEY',
  'CIRKWI_PASSWORD',
  'CIRKWI_FEED_SECRET',
  'WEAVY_PASSWORD',
  'MAUTIC_PASSWORD',
];
const withSecrets = (secret: string) => Object.fromEntries(SECRETS.map((name) => [name, secret]));

const basic = (name: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});

function startSimulate(args: string[], secret: string) {
  return startProgram(process.execPath, [COMMAND, 'simulate', ...FREE_PORTS, ...args], {
    env: withSecrets(secret),
  });
}

describe('passerelle simulate', () => {
  it('serves all platforms with sample data under what it prints, until it is told to stop', async () => {
    const simulate = startSimulate(['--json'], '');
    try {
      const printed = JSON.parse(await simulate.firstLine);
      const { planexpo, inwink, pivot, cirkwi, weavy, mautic } = printed;

      const orders = await fetch(`${planexpo.url}/${planexpo.event}/api/orders?limit=200`, {
        headers: { authorization: `Bearer ${planexpo.apiKey}` },
      });
      const partners = await fetch(`${inwink.url}/${inwink.event}/exhibitor/query`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await tokenFrom(inwink)}`, 'content-type': 'application/json' },
        body: '{}',
      });
      const offers = await fetch(`${pivot.url}/query/${pivot.query};content=1`, {
        headers: { ws_key: pivot.wsKey, accept: 'application/json' },
      });
      const circuits = await fetch(
        `${cirkwi.url}/flux/${cirkwi.user}/${cirkwi.code}/circuits.php?widget-id=${cirkwi.widgetId}`,
        { headers: basic(cirkwi.username, cirkwi.password) },
      );

      const tiers = await fetch(`${weavy.url}/v1/Dictionary/${weavy.projectCode}/customer`, {
        headers: { authorization: `Bearer ${await weavyTokenFrom(weavy)}` },
      });
      const contacts = await fetch(`${mautic.url}/api/contacts?limit=1`, {
        headers: basic(mautic.username, mautic.password),
      });

      const answers = [orders, partners, offers, circuits, tiers, contacts];
      expect(Object.keys(printed)).toEqual(PLATFORMS);
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(await orders.text()).toContain('order_id');
      expect(await offers.text()).toContain('codeCgt');
      expect(await contacts.text()).toContain('"dateIdentified"');
    } finally {
      simulate.kill('SIGINT');
    }
    expect(await simulate.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('lets Cirkwi import what a service publishes for the sync that it is told', async () => {
    const feed = await startFeed();
    const simulate = startSimulate(
      ['--json', '--sync', 'pivot-cirkwi', '--service', feed.url, '--feed-sync', 'my-routes'],
      'secret-of-my-own-choice',
    );
    try {
      const printed = JSON.parse(await simulate.firstLine);

      const report = await fetch(`${printed.cirkwi.url}/_sim/pull`, { method: 'POST' });

      expect(Object.keys(printed)).toEqual(['pivot', 'cirkwi']);
      expect(await report.json()).toMatchObject({ failed: [], created: 0 });
      const folder = '/feeds/my-routes/secret-of-my-own-choice';
      expect(feed.asked.sort()).toEqual([`${folder}/circuits.xml`, `${folder}/pois.xml`]);
    } finally {
      simulate.kill('SIGINT');
      await feed.close();
    }
    await simulate.ended;
  });

  it('shows no secret that the environment gave it', async () => {
    const simulate = startSimulate([], 'of-my-own-choice');

    await simulate.firstLine;
    simulate.kill('SIGTERM');

    const { code, stdout } = await simulate.ended;
    expect(code).toBe(0);
    for (const name of ['CIRKWI_FEED_SECRET', 'WEAVY_PASSWORD', 'MAUTIC_PASSWORD'])
      expect(stdout).toContain(`(${name})`);
    expect(stdout).not.toContain('of-my-own-choice');
  });

  it('is what the demo configuration of docker-compose.yml connects to', async () => {
    const simulate = startSimulate(['--json'], '');
    const { pivot, cirkwi, weavy, mautic } = JSON.parse(await simulate.firstLine);
    simulate.kill('SIGINT');
    await simulate.ended;

    const { platforms, syncs } = parse(await readFile(join(ROOT, 'deploy', 'passerelle.demo.yaml'), 'utf8'));

    const { user, code, widgetId, username } = cirkwi;
    expect(platforms['cirkwi-demo']).toMatchObject({ user, code, widgetId, username });
    const { query, offerTypes } = pivot;
    expect(syncs['itineraires-demo']).toMatchObject({ query, offerTypes });
    expect(cirkwi.imports).toContain('/feeds/itineraires-demo/');
    const { projectCode, userName } = weavy;
    expect(platforms['weavy-demo']).toMatchObject({ projectCode, userName });
    expect(platforms['mautic-demo'].signIn).toMatchObject({ as: 'basic', username: mautic.username });
  });

  it('refuses a pair that it does not know', async () => {
    const { code, stderr } = await startSimulate(['--sync', 'fax-telex'], '').ended;

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('is none of planexpo-inwink'),
    });
  });
});

/** A service whose feeds are empty, and what it was asked for. */
async function startFeed() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const root = path.endsWith('/circuits.xml') ? 'circuits' : 'pois';
    response.setHeader('content-type', 'application/xml').end(`<${root} version="2"></${root}>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

describe('passerelle serve', () => {
  let stack: CommandStack;
  beforeAll(async () => {
    stack = await startCommandStack();
  });
  afterAll(() => stack.stop());

  it('answers at the address it prints, and stops without an error on SIGTERM', async () => {
    const serve = startProgram(process.execPath, [COMMAND, 'serve', '--json'], {
      env: { PASSERELLE_PORT: '0' },
    });
    try {
      const { url, syncs } = JSON.parse(await serve.firstLine);

      const health = await fetch(`${url}/healthz`);

      expect({ status: health.status, syncs }).toEqual({ status: 200, syncs: [stack.sync] });
    } finally {
      serve.kill('SIGTERM');
    }
    expect(await serve.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('does not start with a broken configuration', async () => {
    const broken = join(stack.folder, 'broken.yaml');
    await writeFile(broken, 'syncs: 12\n');

    const { code, stderr } = await stack.run('serve', '--config', broken);

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('line 1') });
  });
});
