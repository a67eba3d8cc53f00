import { decideItem, getItem, listOpenItems, openItem, resolveItem } from '../../../db/attention';
import { createPool, type Pool } from '../../../db/pool';
import { ensureSync, openRun, releasePlace, takePlace } from '../../../db/runs';
import { freshDatabase, type TestDatabase } from '../../setup/test-database';

const SYNC = 'salon-2027';

let database: TestDatabase;
let pool: Pool;

beforeEach(async () => {
  database = await freshDatabase();
  pool = createPool(database.url, 12);
  await ensureSync(pool, SYNC, 'planexpo-inwink');
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

describe('an attention item', () => {
  const ITEM = { recordId: '48211', reason: 'target-deleted', severity: 'action' as const };
  const decision = (what: string) => ({ decision: what, argument: null, actor: 'test' });

  it('is opened once, however often and from wherever the same is seen', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => openItem(pool, SYNC, null, ITEM)));

    expect(new Set(ids).size).toBe(1);
    expect(await listOpenItems(pool, SYNC, 10)).toHaveLength(1);
  });

  it('that a person decided is not opened beside its decision; one that is resolved may come back', async () => {
    const id = await openItem(pool, SYNC, null, ITEM);
    await decideItem(pool, id, decision('recreate'));
    expect(await openItem(pool, SYNC, null, ITEM)).toBe(id);
    expect(await getItem(pool, id)).toMatchObject({ state: 'decided', decision: 'recreate' });

    await resolveItem(pool, id);

    expect(await openItem(pool, SYNC, null, ITEM)).not.toBe(id);
  });

  it('takes the first of two decisions, also at the same moment', async () => {
    const id = await openItem(pool, SYNC, null, ITEM);

    const taken = await Promise.all(['recreate', 'stop'].map((what) => decideItem(pool, id, decision(what))));

    expect([...taken].sort()).toEqual([false, true]);
    expect((await getItem(pool, id))?.decision).toBe(taken[0] === true ? 'recreate' : 'stop');
  });

  it('takes no decision once it is resolved', async () => {
    const id = await openItem(pool, SYNC, null, ITEM);
    await resolveItem(pool, id);

    expect(await decideItem(pool, id, decision('recreate'))).toBe(false);
    expect(await getItem(pool, id)).toMatchObject({ state: 'resolved', decision: null });
  });
});

describe("a sync's place", () => {
  it('goes to one of many runs that come at once, and all learn to which', async () => {
    const runIds = await Promise.all(Array.from({ length: 10 }, (_, at) => newRun(`execution-${at}`)));

    const answers = await Promise.all(runIds.map((runId) => takePlace(pool, placeFor(runId))));

    expect(new Set(answers.map(({ holder }) => holder.runId)).size).toBe(1);
  });

  it('is freed by its holder only', async () => {
    const [holder, other] = [await newRun('one'), await newRun('two')];
    await takePlace(pool, placeFor(holder));

    await releasePlace(pool, SYNC, other);
    expect((await takePlace(pool, placeFor(other))).holder.runId).toBe(holder);

    await releasePlace(pool, SYNC, holder);
    expect((await takePlace(pool, placeFor(other))).holder.runId).toBe(other);
  });

  const placeFor = (runId: number) => ({
    sync: SYNC,
    runId,
    workflowId: `w${runId}`,
    workflowRunId: `x${runId}`,
  });
});

async function newRun(workflowRunId: string): Promise<number> {
  const { id } = await openRun(pool, {
    sync: SYNC,
    mode: 'run',
    trigger: 'manual',
    fullRead: true,
    onlyRecord: null,
    planRun: null,
    overrides: [],
    workflowId: `run/${SYNC}`,
    workflowRunId,
  });
  return id;
}
