import { mkdtemp, rm, stat } from 'node:fs/promises';
import { Client } from 'pg';
import { startOwnPostgres } from '../../local/postgres';
import { isAlive, startTypeScript, untilGone } from '../setup/run-script';

const START = `require('./local/postgres').startPostgres({ durability: 'test' }).then((server) => {
  console.log(JSON.stringify(server));
  setInterval(() => undefined, 1000);
});`;

/** What `startPostgres` answered in a process of its own. */
interface Started {
  kind: string;
  url: string;
  pid: number;
}

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('the local PostgreSQL', () => {
  test('keeps text as UTF-8, sorts it by code point, and is gone after its stop', async () => {
    const server = await startOwnPostgres({ durability: 'test' });
    const [row] = await query(
      server.url,
      `select current_setting('server_encoding') as encoding, lower('ÉTÉ') as lower, 'Z' < 'a' as by_code_point,
              current_setting('listen_addresses') as listens, current_setting('TimeZone') as zone`,
    );

    await server.stop();

    expect(row).toEqual({
      encoding: 'UTF8',
      lower: 'été',
      by_code_point: true,
      listens: '127.0.0.1',
      zone: 'UTC',
    });
    expect(isAlive(server.pid)).toBe(false);
  });

  test('gives up safety for speed only when asked to', async () => {
    const safe = await startOwnPostgres();
    const fast = await startOwnPostgres({ durability: 'test' });
    const settings = await Promise.all([safe, fast].map((server) => query(server.url, 'show fsync')));
    await Promise.all([safe.stop(), fast.stop()]);

    expect(settings).toEqual([[{ fsync: 'on' }], [{ fsync: 'off' }]]);
  });

  test('keeps its data in the folder that it was given', async () => {
    const dataDir = await mkdtemp('/tmp/passerelle-test-');
    const first = await startOwnPostgres({ dataDir });
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();

    const second = await startOwnPostgres({ dataDir });
    const rows = await query(second.url, 'select answer from kept');
    await second.stop();
    await rm(dataDir, { recursive: true, force: true });

    expect(rows).toEqual([{ answer: 42 }]);
  });

  test('refuses a caller without the password', async () => {
    const server = await startOwnPostgres({ durability: 'test' });
    const url = new URL(server.url);
    url.password = 'another';

    await expect(query(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    await server.stop();
  });

  test.each(['SIGKILL', 'SIGINT'] as const)(
    'ends and clears away its data when its starter dies by %s',
    async (signal) => {
      const starter = startTypeScript(START);
      const server: Started = JSON.parse(await starter.firstLine);
      const [row] = await query(server.url, "select current_setting('data_directory') as folder");

      starter.kill(signal);

      await starter.ended;
      await untilGone(server.pid);
      await expectRemoved(String(row?.folder));
    },
  );

  test('is not started when DATABASE_URL names one', async () => {
    const url = 'postgres://someone@db.example/passerelle';
    const starter = startTypeScript(START, { DATABASE_URL: url });
    const server: Started = JSON.parse(await starter.firstLine);
    starter.kill('SIGKILL');

    expect(server).toEqual({ kind: 'existing', url });
  });

  test('refuses a folder that another one uses, and leaves that one alone', async () => {
    const dataDir = await mkdtemp('/tmp/passerelle-test-');
    const server = await startOwnPostgres({ dataDir, durability: 'test' });

    await expect(startOwnPostgres({ dataDir })).rejects.toThrow(/did not start(.|\n)*postmaster\.pid/);

    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
});

/** The folder goes after the process: looked for until then, half a minute at most. */
async function expectRemoved(folder: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const there = await stat(folder).then(
      () => true,
      () => false,
    );
    if (!there) return;
    if (Date.now() > deadline) throw new Error(`${folder} is still there`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
