import { Client } from 'pg';
import { migrate } from '../../db/migrate';
import { startOwnPostgres } from '../../local/postgres';
import { startDevelopmentServer } from '../../local/temporal';
import { keepServers } from './running-servers';
import { databaseUrl, TEMPLATE } from './test-database';

/**
 * One PostgreSQL and one Temporal server for the whole test run, always of our own: a test run never touches what
 * DATABASE_URL or TEMPORAL_ADDRESS name. Tests find them in PASSERELLE_TEST_DATABASE_URL and PASSERELLE_TEST_TEMPORAL;
 * whoever sets these beforehand keeps servers up between runs.
 */
export default async function globalSetup(): Promise<void> {
  delete process.env.DATABASE_URL;
  delete process.env.TEMPORAL_ADDRESS;
  const starting = await Promise.allSettled([providePostgres(), provideTemporal()]);
  const failure = starting.find((start) => start.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}

async function providePostgres(): Promise<void> {
  let server = process.env.PASSERELLE_TEST_DATABASE_URL;
  if (server === undefined) {
    const postgres = await startOwnPostgres({ durability: 'test' });
    keepServers(postgres);
    server = postgres.url;
    process.env.PASSERELLE_TEST_DATABASE_URL = server;
  }
  await makeTemplate(server);
}

/** The migrated database that `freshDatabase` copies: a copy takes a tenth of the time of the migrations. */
async function makeTemplate(server: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`drop database if exists ${TEMPLATE} with (force)`);
    await client.query(`create database ${TEMPLATE}`);
  } finally {
    await client.end();
  }
  await migrate(databaseUrl(server, TEMPLATE));
}

async function provideTemporal(): Promise<void> {
  if (process.env.PASSERELLE_TEST_TEMPORAL !== undefined) return;
  const temporal = await startDevelopmentServer({
    extraArgs: ['--dynamic-config-value', 'system.forceSearchAttributesCacheRefreshOnRead=true'],
  });
  keepServers(temporal);
  process.env.PASSERELLE_TEST_TEMPORAL = temporal.address;
}
