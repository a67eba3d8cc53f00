import pg from 'pg';

export type Pool = pg.Pool;
/** A pool or one connection of it inside a transaction. */
export type Queryable = Pick<pg.Pool, 'query'>;

// counts and ids fit a double; strings would make every comparison a trap
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number.parseInt(text, 10));

/** Opens a pool. A statement that runs for more than a minute, or waits that long inside a transaction, is ended by the server. */
export function createPool(databaseUrl: string, size = 10): Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: size,
    application_name: 'passerelle',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
  });
  // a connection that the server drops must not end the process, neither an idle one nor one that is lent out (a lock, a
  // transaction between two statements): whoever uses it next is told by the rejected query
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. */
export async function inTransaction<T>(pool: Pool, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((cause: unknown) => {
      broken = cause instanceof Error ? cause : new Error(String(cause));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
