import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { loadConfiguration } from '../../config/load';
import { serviceSchema } from '../../config/service';
import { type RunningService, startService } from '../../service/start-service';
import { startWorker } from '../../workers/start-worker';
import { type CommandStack, startCommandStack } from '../cli/command-stack';
import { emptyDatabase } from '../setup/test-database';
import { testTemporalAddress } from '../setup/test-temporal';

let stack: CommandStack;
const services: RunningService[] = [];

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  stack = await startCommandStack();
});
afterAll(() => stack.stop());
afterEach(() => Promise.all(services.splice(0).map((service) => service.stop())));

async function serve(settings: { databaseUrl?: string; address?: string } = {}): Promise<string> {
  const service = await startService({
    configuration: { platforms: {}, syncs: {}, temporal: {}, service: serviceSchema.parse({}) },
    databaseUrl: settings.databaseUrl ?? stack.databaseUrl,
    temporal: { address: settings.address ?? testTemporalAddress(), namespace: stack.namespace },
    host: '127.0.0.1',
    port: 0,
  });
  services.push(service);
  return service.url;
}

// biome-ignore lint/suspicious/noExplicitAny: a wrong path makes the assertion fail, which is what tests are for
async function ask(url: string, path: string): Promise<{ status: number; body: any }> {
  const reply = await fetch(`${url}${path}`);
  return { status: reply.status, body: await reply.json() };
}

/** A way to Postgres that can be cut, as when the server or the network between goes away. */
async function cuttableWay(databaseUrl: string): Promise<{ url: string; cut(): Promise<void> }> {
  const there = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(Number(there.port), there.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // TCP has an address of this form
  const here = new URL(databaseUrl);
  here.host = `127.0.0.1:${port}`;
  return {
    url: here.href,
    cut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

describe('passerelle serve', () => {
  it('is ready while Postgres, Temporal and a worker are there, and not ready when Postgres goes', async () => {
    const worker = await startWorker({
      configuration: loadConfiguration(stack.configurationFile, {
        TEST_PLANEXPO_KEY: 'k',
        TEST_INWINK_SECRET: 's',
      }),
      databaseUrl: stack.databaseUrl,
      temporalAddress: testTemporalAddress(),
      namespace: stack.namespace,
    });
    const way = await cuttableWay(stack.databaseUrl);
    try {
      const url = await serve({ databaseUrl: way.url });

      expect(
        await until(
          () => ask(url, '/readyz'),
          ({ status }) => status === 200,
        ),
      ).toEqual({
        status: 200,
        body: {
          ready: true,
          checks: { database: { ok: true }, temporal: { ok: true }, workers: { ok: true } },
        },
      });

      await way.cut();
      // an answer is shared for a moment
      const { status, body } = await until(
        () => ask(url, '/readyz'),
        (answer) => answer.status !== 200,
      );

      expect({
        status,
        ready: body.ready,
        database: body.checks.database.ok,
        temporal: body.checks.temporal.ok,
      }).toEqual({
        status: 503,
        ready: false,
        database: false,
        temporal: true,
      });
      expect(await ask(url, '/healthz')).toEqual({ status: 200, body: { status: 'alive' } });
    } finally {
      await way.cut();
      await worker.stop();
    }
  });

  it('says that a database is not migrated', async () => {
    const database = await emptyDatabase();
    try {
      const { status, body } = await ask(await serve({ databaseUrl: database.url }), '/readyz');

      expect({ status, database: body.checks.database }).toEqual({
        status: 503,
        database: { ok: false, problem: expect.stringContaining('passerelle migrate') },
      });
    } finally {
      await Promise.all(services.splice(0).map((service) => service.stop()));
      await database.drop();
    }
  });

  it('starts and lives without a Temporal server, and says so', async () => {
    const url = await serve({ address: '127.0.0.1:1' });

    const { status, body } = await ask(url, '/readyz');

    expect({ status, temporal: body.checks.temporal.ok, database: body.checks.database.ok }).toEqual({
      status: 503,
      temporal: false,
      database: true,
    });
    expect((await ask(url, '/healthz')).status).toBe(200);
  });

  it('asks who it is at an address that it does not have', async () => {
    const { status, headers } = await fetch(`${await serve()}/nowhere`, { redirect: 'manual' });

    expect({ status, to: headers.get('location') }).toEqual({ status: 302, to: '/login?to=%2Fnowhere' });
  });
});

/** The worker's first questions for work take a moment to arrive. */
async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const seen = await look();
    if (isSo(seen) || Date.now() > deadline) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
