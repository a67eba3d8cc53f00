import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { environment } from '../../config/environment';
import { assertMigrated, LATEST_MIGRATION } from '../../db/migrate';
import { emptyDatabase, type TestDatabase } from '../setup/test-database';
import { dumpSchema } from './schema-dump';

const MIGRATIONS = readdirSync(join(__dirname, '..', '..', 'db', 'migrations'))
  .map((file) => file.replace(/\.sql$/, ''))
  .sort();
const DUMP = join(__dirname, '..', '..', 'db', 'schema.txt');

describe('migrations', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await emptyDatabase();
  });

  afterEach(() => database.drop());

  it('make exactly the schema that is checked in', async () => {
    await migrate(database.url);

    const dump = await dumpSchema(database.url);
    if (!existsSync(DUMP)) writeFileSync(DUMP, dump); // delete the file to record it anew after a migration
    expect(dump).toBe(readFileSync(DUMP, 'utf8'));
  });

  it('know their newest by name', () => {
    expect(MIGRATIONS.at(-1)).toBe(LATEST_MIGRATION);
  });

  it('can be started by four processes at once', async () => {
    await Promise.all(Array.from({ length: 4 }, () => migrate(database.url)));

    expect(await query(database, 'select name from migration order by name')).toEqual(
      MIGRATIONS.map((name) => ({ name })),
    );
  });

  it('refuse a database that a newer release has migrated, and so does every other process', async () => {
    await migrate(database.url);
    await query(database, `insert into migration (name, run_on) values ('999999_future', now())`);

    await expect(migrate(database.url)).rejects.toThrow(/newer release \(999999_future/);
    await expect(withClient(database, assertMigrated)).rejects.toThrow(/newer release/);
  });

  it('are asked for by a process that finds none', async () => {
    await expect(withClient(database, assertMigrated)).rejects.toThrow(/passerelle migrate/);
  });
});

function query(database: TestDatabase, sql: string): Promise<unknown[]> {
  return withClient(database, async (client) => (await client.query(sql)).rows);
}

async function withClient<T>(database: TestDatabase, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** As operators do it, in a process of its own. */
async function migrate(databaseUrl: string): Promise<void> {
  const command = join(__dirname, '..', '..', 'bin', 'passerelle.mjs');
  await promisify(execFile)(process.execPath, [command, 'migrate', '--skip-temporal'], {
    env: { PATH: environment.PATH, DATABASE_URL: databaseUrl },
  });
}
