import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { PlanexpoInwinkContext } from '../../../activities/planexpo-inwink/context';
import { createReadActivities } from '../../../activities/planexpo-inwink/read';
import { listOpenItems } from '../../../db/attention';
import { createPool, type Pool } from '../../../db/pool';
import { ensureSync, openRun } from '../../../db/runs';
import type { ReadRow } from '../../../platforms/planexpo/client';
import { freshDatabase, type TestDatabase } from '../../setup/test-database';
import { sampleDossier } from '../sample-dossier';

const SYNC = 'salon-2027';

/** What a source may answer that the simulator, which checks its records, never would. */
describe('reading a source', () => {
  let database: TestDatabase;
  let pool: Pool;
  /** What the source's list answers, and what it still has under its own address. */
  let listed: ReadRow[];
  let kept: Map<string, ReadRow[]>;
  let asked: string[];

  beforeEach(async () => {
    database = await freshDatabase();
    pool = createPool(database.url, 3);
    await ensureSync(pool, SYNC, 'planexpo-inwink');
    [listed, kept, asked] = [[], new Map(), []];
  });

  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  const policies = { guard: { maxVanishedShare: 1, ignoreBelow: 0 } };
  const reading = createReadActivities(() => {
    const source = {
      listOrders: async () => ({ rows: listed, nextCursor: null, serverTime: '2026-01-01T00:00:00Z' }),
      getOrder: async (id: string) => {
        asked.push(id);
        return kept.get(id) ?? [];
      },
    };
    // only what reading uses: the source, the database and the guard
    return { slug: SYNC, pool, source, readPageSize: 200, policies } as unknown as PlanexpoInwinkContext;
  });
  const inActivity = () => new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });

  /** A full read by a run of its own, and then the look for what is missing, until there is no more to ask. */
  async function fullRead(): Promise<{ asked: number[] }> {
    const run = await openRun(pool, {
      sync: SYNC,
      mode: 'run',
      trigger: 'manual',
      fullRead: true,
      onlyRecord: null,
      planRun: null,
      overrides: [],
      workflowId: 'run/salon-2027',
      workflowRunId: `execution ${Math.random()}`,
    });
    await inActivity().run(reading.readPages, { sync: SYNC, runId: run.id, full: true });
    const askedEach: number[] = [];
    for (let more = true; more; ) {
      const before = asked.length;
      await inActivity().run(async () => {
        ({ more } = await reading.confirmVanished({ sync: SYNC, runId: run.id }));
      });
      askedEach.push(asked.length - before);
    }
    return { asked: askedEach };
  }

  const row = (id: string, values: Partial<ReturnType<typeof sampleDossier>> = {}): ReadRow => ({
    kind: 'dossier',
    dossier: { ...sampleDossier(), id, ...values },
  });
  const nameless: ReadRow = { kind: 'unreadable', id: null, problems: ['order_id: missing'] };
  const known = async () =>
    (
      await pool.query<{ record_id: string; gone: boolean }>(
        'select record_id, deleted_at is not null as gone from staged_record order by 1',
      )
    ).rows;

  it('goes on past a row without an id, tells it once, and closes that when it is over', async () => {
    listed = [row('1'), nameless, row('2')];
    await fullRead();
    await fullRead();
    const told = await listOpenItems(pool, SYNC, 10);

    listed = [row('1'), row('2')];
    await fullRead();

    expect((await known()).map((each) => each.record_id)).toEqual(['1', '2']);
    expect(told).toMatchObject([{ record_id: null, reason: 'unreadable-record', severity: 'action' }]);
    expect(await listOpenItems(pool, SYNC, 10)).toEqual([]);
  });

  it('takes nothing for deleted that the source still has, with or without a version', async () => {
    listed = [row('1'), row('2'), row('3', { version: 7 }), row('4')];
    await fullRead();
    listed = [row('1')];
    kept.set('2', [row('2')]);
    kept.set('3', [row('3', { version: 7 })]);

    await fullRead();

    expect(await known()).toEqual([
      { record_id: '1', gone: false },
      { record_id: '2', gone: false },
      { record_id: '3', gone: false },
      { record_id: '4', gone: true },
    ]);
  });

  it('asks for many missing dossiers in portions, each of them once', async () => {
    listed = Array.from({ length: 250 }, (_, n) => row(`d${n}`));
    await fullRead();
    listed = [row('d0')];

    const portions = await fullRead();

    expect(portions.asked).toEqual([100, 100, 49]);
    expect(new Set(asked).size).toBe(249);
    expect((await known()).filter((each) => !each.gone)).toHaveLength(1);
  });
});
