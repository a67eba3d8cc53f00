import type { Pool, Queryable } from './pool';

/** Another attempt is working on the same entity right now: try again shortly. */
export class EntityBusy extends Error {
  override readonly name = 'EntityBusy';
}

/** A lock whose session says nothing for this long is taken from its holder: a suspended process must not block for ever. */
const SESSION_TIMEOUT = '60s';
/** A holder that lives says so this often, however long its platform makes it wait. */
const SIGN_OF_LIFE_MS = 15_000;
/** Short, because whoever waits here keeps an activity slot and a connection from others. */
const WAIT_FOR_LOCK = '2s';

/**
 * Runs `work` while no other worker works on the same entity. The lock belongs to a database session, so it is free
 * again the moment its process dies. Rejects with EntityBusy when it is taken for more than a moment. A holder that loses
 * its session is not told at once: the fence of `claim` is what keeps it from writing.
 */
export async function withEntityLock<T>(
  pool: Pool,
  entity: { sync: string; kind: string; key: string },
  work: () => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const name = `${entity.sync}/${entity.kind}/${entity.key}`;
  let healthy = false;
  try {
    await lock(client, name);
    const signs = setInterval(() => void client.query('select 1').catch(() => {}), SIGN_OF_LIFE_MS);
    try {
      return await work();
    } finally {
      clearInterval(signs);
      healthy = await unlocked(client, name);
    }
  } finally {
    // a connection in doubt is closed, which frees the lock with it
    client.release(!healthy);
  }
}

async function lock(client: Queryable, name: string): Promise<void> {
  await client.query(
    `select set_config('lock_timeout', $1, false), set_config('idle_session_timeout', $2, false)`,
    [WAIT_FOR_LOCK, SESSION_TIMEOUT],
  );
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    throw new EntityBusy('another attempt is working on this record', { cause: error });
  }
}

/** Whether the session is as it was before. What the work came to stands, even when the session is gone by now. */
async function unlocked(client: Queryable, name: string): Promise<boolean> {
  try {
    await client.query(
      `select pg_advisory_unlock(hashtextextended($1, 0)), set_config('idle_session_timeout', '0', false), set_config('lock_timeout', '0', false)`,
      [name],
    );
    return true;
  } catch {
    return false;
  }
}

function isLockTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '55P03';
}
