import { EntityBusy, withEntityLock } from '../../../db/entity-lock';
import { claim, findLink, Superseded, saveLink } from '../../../db/links';
import { createPool, type Pool } from '../../../db/pool';
import { ensureSync } from '../../../db/runs';
import { freshDatabase, type TestDatabase } from '../../setup/test-database';

const KEY = { sync: 'salon-2027', kind: 'partner', key: '48211' };

let database: TestDatabase;
let pool: Pool;
let otherWorker: Pool;

beforeEach(async () => {
  database = await freshDatabase();
  pool = createPool(database.url, 10);
  otherWorker = createPool(database.url, 10);
  await ensureSync(pool, KEY.sync, 'planexpo-inwink');
});

afterEach(async () => {
  await Promise.all([pool.end(), otherWorker.end()]);
  await database.drop();
});

describe("an entity's lock", () => {
  it('refuses a second worker while the first works, and only for that entity', async () => {
    await withEntityLock(pool, KEY, async () => {
      await expect(withEntityLock(otherWorker, KEY, async () => 'in')).rejects.toBeInstanceOf(EntityBusy);
      expect(await withEntityLock(otherWorker, { ...KEY, key: '48212' }, async () => 'in')).toBe('in');
      expect(await withEntityLock(otherWorker, { ...KEY, kind: 'participant' }, async () => 'in')).toBe('in');
    });

    expect(await withEntityLock(otherWorker, KEY, async () => 'in')).toBe('in');
  });

  it('is free again when the work fails', async () => {
    await expect(withEntityLock(pool, KEY, () => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(await withEntityLock(otherWorker, KEY, async () => 'in')).toBe('in');
  });

  it("is free the moment its holder's connection dies, and the holder's late write is refused", async () => {
    let takenOver: string | null = null;
    const holder = withEntityLock(pool, KEY, async () => {
      const late = await claimBy(pool);
      await endLockSessions();
      takenOver = await withEntityLock(otherWorker, KEY, async () => {
        await saveLink(otherWorker, await claimBy(otherWorker), linkTo('made'));
        return 'in';
      });
      await saveLink(pool, late, linkTo('late'));
    });

    await expect(holder).rejects.toBeInstanceOf(Superseded);

    expect(takenOver).toBe('in');
    expect(await findLink(pool, KEY.sync, 'partner', KEY.key)).toMatchObject({ targetId: 'made' });
    expect(await withEntityLock(pool, KEY, async () => 'in')).toBe('in'); // no dead connection went back to its pool
  });

  it('lets one at a time in, however many ask', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await pool.query('select pg_sleep(0.005)');
      inside -= 1;
    };

    await Promise.all(
      Array.from({ length: 16 }, (_, at) => withEntityLock(at % 2 === 0 ? pool : otherWorker, KEY, work)),
    );

    expect(most).toBe(1);
  });

  const claimBy = (worker: Pool) =>
    claim(
      worker,
      { sync: KEY.sync, kind: 'partner', sourceKey: KEY.key },
      { requestTimeoutMs: 0, searchLagMs: 0 },
    );

  function linkTo(targetId: string): Parameters<typeof saveLink>[2] {
    return { targetId, origin: 'created', ownerRecord: null, contactId: null, base: {}, pausedFields: [] };
  }

  /** What a killed worker or a cut network does to the session. */
  async function endLockSessions(): Promise<void> {
    await otherWorker.query(
      `select pg_terminate_backend(pid, 5000) from pg_locks
       where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );
  }
});
