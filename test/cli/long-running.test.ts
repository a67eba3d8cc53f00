import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startProgram } from '../setup/run-script';
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

describe('passerelle simulate', () => {
  it('serves both platforms with sample data under what it prints, until it is told to stop', async () => {
    const ports = ['--planexpo-port', '0', '--inwink-port', '0'];
    const simulate = startProgram(process.execPath, [COMMAND, 'simulate', '--json', ...ports], {
      env: { PLANEXPO_API_KEY: '', INWINK_CLIENT_SECRET: '' },
    });
    try {
      const { planexpo, inwink } = JSON.parse(await simulate.firstLine);

      const orders = await fetch(`${planexpo.url}/${planexpo.event}/api/orders?limit=200`, {
        headers: { authorization: `Bearer ${planexpo.apiKey}` },
      });
      const partners = await fetch(`${inwink.url}/${inwink.event}/exhibitor/query`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await tokenFrom(inwink)}`, 'content-type': 'application/json' },
        body: '{}',
      });

      expect([orders.status, partners.status]).toEqual([200, 200]);
      expect(await orders.text()).toContain('order_id');
    } finally {
      simulate.kill('SIGINT');
    }
    expect(await simulate.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('shows no secret that the environment gave it', async () => {
    const ports = ['--planexpo-port', '0', '--inwink-port', '0'];
    const env = { PLANEXPO_API_KEY: 'of-my-own-choice', INWINK_CLIENT_SECRET: 'likewise' };
    const simulate = startProgram(process.execPath, [COMMAND, 'simulate', ...ports], { env });

    await simulate.firstLine;
    simulate.kill('SIGTERM');

    const { code, stdout } = await simulate.ended;
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/of-my-own-choice|likewise/);
  });
});

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
