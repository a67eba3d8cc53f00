import {
  assertLatest,
  beginCreate,
  type Claim,
  claim,
  endCreateAttempt,
  findLink,
  type Link,
  Superseded,
  saveLink,
  settleIntent,
  TargetTaken,
} from '../../../db/links';
import { createPool, inTransaction, type Pool } from '../../../db/pool';
import { ensureSync } from '../../../db/runs';
import { freshDatabase, type TestDatabase } from '../../setup/test-database';

const SYNC = 'salon-2027';
const SETTLE = { requestTimeoutMs: 5_000, searchLagMs: 60_000 };
const ENTITY = { sync: SYNC, kind: 'partner' as const, sourceKey: '48211' };

let database: TestDatabase;
let pool: Pool;
let otherWorker: Pool;

beforeEach(async () => {
  database = await freshDatabase();
  pool = createPool(database.url, 10);
  otherWorker = createPool(database.url, 10);
  await ensureSync(pool, SYNC, 'planexpo-inwink');
});

afterEach(async () => {
  await Promise.all([pool.end(), otherWorker.end()]);
  await database.drop();
});

const claimOf = (sourceKey = ENTITY.sourceKey, by = pool): Promise<Claim> =>
  claim(by, { ...ENTITY, sourceKey }, SETTLE);

function linkTo(targetId: string): Parameters<typeof saveLink>[2] {
  return { targetId, origin: 'created', ownerRecord: null, contactId: null, base: {}, pausedFields: [] };
}

const linked = async (sourceKey = ENTITY.sourceKey): Promise<Link | null> =>
  findLink(pool, SYNC, 'partner', sourceKey);

describe('an attempt that was overtaken', () => {
  const lateWrites: Array<[string, (held: Claim) => Promise<unknown>]> = [
    ['begins no create', (held) => beginCreate(pool, held)],
    ['writes no update', (held) => assertLatest(pool, held)],
    ['saves no link', (held) => inTransaction(pool, (tx) => saveLink(tx, held, linkTo('late')))],
    ['settles nothing', (held) => settleIntent(pool, held)],
  ];

  it.each(lateWrites)('%s while its successor works', async (_what, write) => {
    const late = await claimOf();
    const successor = await claimOf(ENTITY.sourceKey, otherWorker);
    await beginCreate(otherWorker, successor);

    await expect(write(late)).rejects.toBeInstanceOf(Superseded);

    expect(await linked()).toBeNull();
    expect((await claimOf()).unsettledForMs).toBeGreaterThan(0); // the successor's create is still in doubt
  });

  it.each(lateWrites)('%s after its successor has ended', async (_what, write) => {
    const late = await claimOf();
    await beginCreate(pool, late);
    const successor = await claimOf(ENTITY.sourceKey, otherWorker);
    await saveLink(otherWorker, successor, linkTo('made'));

    await expect(write(late)).rejects.toBeInstanceOf(Superseded);

    expect(await linked()).toMatchObject({ targetId: 'made' });
    expect((await claimOf()).unsettledForMs).toBeNull();
  });

  it('does not shorten the doubt about its successor with the end of its own call', async () => {
    const late = await claimOf();
    await beginCreate(otherWorker, await claimOf(ENTITY.sourceKey, otherWorker));

    await endCreateAttempt(pool, late);

    expect((await claimOf()).unsettledForMs).toBeGreaterThan(SETTLE.searchLagMs);
  });

  it('is one of many: each of twenty claims at once has a fence of its own, and only the highest may write', async () => {
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, at) => claimOf(ENTITY.sourceKey, at % 2 === 0 ? pool : otherWorker)),
    );

    const writes = await Promise.allSettled(
      claims.map((held) => saveLink(pool, held, linkTo(`t${held.fence}`))),
    );

    expect(new Set(claims.map((held) => held.fence)).size).toBe(20);
    expect(writes.filter((write) => write.status === 'fulfilled')).toHaveLength(1);
    expect(await linked()).toMatchObject({ targetId: 't20' });
  });
});

describe('a create without a clear end', () => {
  it('is unsettled for everyone until its timeout and the search lag have passed', async () => {
    await beginCreate(pool, await claimOf());

    const { unsettledForMs } = await claimOf(ENTITY.sourceKey, otherWorker);

    expect(unsettledForMs).toBeGreaterThan(SETTLE.searchLagMs);
    expect(unsettledForMs).toBeLessThanOrEqual(SETTLE.requestTimeoutMs + SETTLE.searchLagMs);
  });

  it('waits for the search lag alone once its call has ended', async () => {
    const held = await claimOf();
    await beginCreate(pool, held);
    await endCreateAttempt(pool, held);

    expect((await claimOf()).unsettledForMs).toBeLessThanOrEqual(SETTLE.searchLagMs);
    expect((await claim(pool, ENTITY, { ...SETTLE, searchLagMs: 0 })).unsettledForMs).toBe(0);
  });

  it('is settled by a clear answer', async () => {
    const held = await claimOf();
    await beginCreate(pool, held);
    await settleIntent(pool, held);

    expect((await claimOf()).unsettledForMs).toBeNull();
  });
});

describe('a link', () => {
  it('gives a target record to one source record: the second is told which one is taken', async () => {
    await saveLink(pool, await claimOf('first'), linkTo('partner-1'));
    const second = await claimOf('second');
    await beginCreate(pool, second);

    const saving = inTransaction(pool, (tx) => saveLink(tx, second, linkTo('partner-1')));

    await expect(saving).rejects.toMatchObject({ targetId: 'partner-1' });
    await expect(saving).rejects.toBeInstanceOf(TargetTaken);
    expect(await linked('first')).toMatchObject({ targetId: 'partner-1' });
    expect(await linked('second')).toBeNull();
    expect((await claimOf('second')).unsettledForMs).not.toBeNull(); // nothing of the failed save stayed
  });

  it('stays one per target when many save at the very same moment', async () => {
    const claims = await Promise.all(Array.from({ length: 10 }, (_, at) => claimOf(`source-${at}`)));

    const saves = await Promise.allSettled(
      claims.map((held) => inTransaction(pool, (tx) => saveLink(tx, held, linkTo('partner-1')))),
    );

    const { rows } = await pool.query('select source_key from link');
    expect(rows).toHaveLength(1);
    expect(saves.filter((save) => save.status === 'fulfilled')).toHaveLength(1);
  });

  const twins: Array<[string, string, string]> = [
    ['source', '48211', 'partner-2'],
    ['target', '48212', 'partner-1'],
  ];
  it.each(twins)(
    'cannot be there twice for one %s, whatever code writes it',
    async (_side, source, target) => {
      const insert = (sourceKey: string, targetId: string) =>
        pool.query(
          `insert into link (sync, kind, source_key, target_id, origin, fence) values ($1, 'partner', $2, $3, 'created', 1)`,
          [SYNC, sourceKey, targetId],
        );
      await insert('48211', 'partner-1');

      await expect(insert(source, target)).rejects.toMatchObject({ code: '23505' });
    },
  );
});
