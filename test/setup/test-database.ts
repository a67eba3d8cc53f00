import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { environment } from '../../config/environment';

/** The migrated database that is copied for each test. */
export const TEMPLATE = 'passerelle_template';

export interface TestDatabase {
  url: string;
  /** Ends its connections and removes it. */
  drop(): Promise<void>;
}

/** A database of its own for one test, at today's schema and empty. */
export function freshDatabase(): Promise<TestDatabase> {
  return createDatabase(`template ${TEMPLATE}`);
}

/** A database of its own without any table: for tests of the migrations themselves. */
export function emptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template template0');
}

/** The address of another database on the same server. */
export function databaseUrl(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function createDatabase(from: string): Promise<TestDatabase> {
  const server = testServer();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server, `create database ${name} ${from}`);
  return {
    url: databaseUrl(server, name),
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  };
}

function testServer(): string {
  const server = environment.PASSERELLE_TEST_DATABASE_URL;
  if (server !== undefined) return server;
  throw new Error(
    'PASSERELLE_TEST_DATABASE_URL is not set: this runs under jest, whose set-up starts the servers',
  );
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
