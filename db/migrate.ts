import { join } from 'node:path';
import pg from 'pg';
import type { Queryable } from './pool';

/** Holds two starters apart; any fixed number does. */
const MIGRATION_LOCK = 7_281_990_001;

/** The newest migration this release knows; a database beyond it belongs to a newer release. */
export const LATEST_MIGRATION = '000005_drafts';

/**
 * Brings the database to this release's schema. Forward only; safe to start from two processes at once: the second
 * waits, then finds nothing to do. Rejects when the database is newer than this release.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseNewer(client);
    const { runner } = await import('node-pg-migrate');
    await runner({
      dbClient: client,
      dir: join(__dirname, 'migrations'),
      direction: 'up',
      migrationsTable: 'migration',
      singleTransaction: true,
      noLock: true, // the lock above waits; the library's own refuses
      log: () => {},
    });
  } finally {
    await client.end();
  }
}

/** Refuses to work on a schema that a newer release made. */
export async function refuseNewer(client: Queryable): Promise<void> {
  const table = await client.query<{ found: boolean }>(
    `select to_regclass('migration') is not null as found`,
  );
  if (!table.rows[0]?.found) return;
  const newest = await client.query<{ name: string }>(
    'select name from migration order by name desc limit 1',
  );
  const name = newest.rows[0]?.name;
  if (name === undefined || name <= LATEST_MIGRATION) return;
  throw new Error(
    `The database was migrated by a newer release (${name}; this release knows ${LATEST_MIGRATION}). Start that release, or restore the backup taken before the upgrade.`,
  );
}

/** For processes that work with the schema: it must be exactly this release's. */
export async function assertMigrated(db: Queryable): Promise<void> {
  await refuseNewer(db);
  const done = await db
    .query<{ name: string }>('select name from migration where name = $1', [LATEST_MIGRATION])
    .catch(() => ({ rows: [] }));
  if (done.rows.length === 0)
    throw new Error('The database is not migrated yet: run "passerelle migrate" first.');
}
