import { Connection } from '@temporalio/client';
import { Client } from 'pg';
import { emptyDatabase, freshDatabase } from './test-database';
import { testTemporalAddress } from './test-temporal';

describe('the servers of a test run', () => {
  test('each test gets a migrated database that no other test sees', async () => {
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
    try {
      await query(one.url, 'create table only_here (id int)');

      const tables = await query(
        other.url,
        "select to_regclass('only_here') as found, to_regclass('migration') as migrated",
      );

      expect(tables).toEqual([{ found: null, migrated: 'migration' }]);
    } finally {
      await Promise.all([one.drop(), other.drop()]);
    }
  });

  test('a test of the migrations gets a database without any', async () => {
    const database = await emptyDatabase();
    try {
      expect(await query(database.url, "select to_regclass('migration') as migrated")).toEqual([
        { migrated: null },
      ]);
    } finally {
      await database.drop();
    }
  });

  test('the Temporal server knows the search attributes that operators use', async () => {
    const connection = await Connection.connect({ address: testTemporalAddress() });
    try {
      const known = await connection.operatorService.listSearchAttributes({ namespace: 'default' });

      expect(Object.keys(known.customAttributes ?? {})).toEqual(
        expect.arrayContaining(['sync', 'pair', 'record', 'outcome']),
      );
    } finally {
      await connection.close();
    }
  });
});

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
