import { decideItem, getItem, openItem, reopenItem, takeUpDecision } from '../../db/attention';
import { createPool, type Pool } from '../../db/pool';
import { ensureSync } from '../../db/runs';
import { freshDatabase, type TestDatabase } from '../setup/test-database';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = createPool(database.url, 2);
  await ensureSync(pool, 's', 'planexpo-inwink');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

let number = 0;
async function answered(decision: string, actor: string) {
  number += 1;
  const id = await openItem(pool, 's', null, { recordId: `r${number}`, reason: 'x', severity: 'action' });
  await decideItem(pool, id, { decision, argument: null, actor });
  return { id, decision, decided_by: actor };
}

describe('an answer to an attention item', () => {
  it('is taken up once', async () => {
    const answer = await answered('stop', 'anne');

    expect([await takeUpDecision(pool, answer), await takeUpDecision(pool, answer)]).toEqual([true, false]);
  });

  it('is not taken up when it was taken back, or somebody gave another one since', async () => {
    const answer = await answered('stop', 'anne');
    await reopenItem(pool, answer, {});
    expect(await takeUpDecision(pool, answer)).toBe(false);

    await decideItem(pool, answer.id, { decision: 'recreate', argument: null, actor: 'bob' });
    expect(await takeUpDecision(pool, answer)).toBe(false);
    expect(await getItem(pool, answer.id)).toMatchObject({ state: 'decided', decision: 'recreate' });
  });

  it('that was carried out is not asked for again because its answer was lost', async () => {
    const answer = await answered('stop', 'anne');
    await takeUpDecision(pool, answer);

    await reopenItem(pool, answer, { notTold: 'stop' });

    expect(await getItem(pool, answer.id)).toMatchObject({ state: 'resolved', decision: 'stop' });
  });

  it('of somebody else is not wiped by one that could not be told', async () => {
    const mine = await answered('stop', 'anne');
    await reopenItem(pool, mine, {});
    await decideItem(pool, mine.id, { decision: 'stop', argument: null, actor: 'bob' });

    await reopenItem(pool, mine, { notTold: 'stop' });

    expect(await getItem(pool, mine.id)).toMatchObject({ state: 'decided', decided_by: 'bob' });
  });
});
