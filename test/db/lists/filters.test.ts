import { type ConsoleData, fillConsoleDatabase } from '../../../bench/console-data';
import { itemCounts, listItems, reasonsOpen } from '../../../db/lists/attention';
import { listAccessAudit, listAudit } from '../../../db/lists/audit';
import { overview } from '../../../db/lists/overview';
import { listPlanEntriesPage, planSummary } from '../../../db/lists/plans';
import { listRecords, standingOf } from '../../../db/lists/records';
import { listRuns, recentRunBars, runById, runOutcomeCounts } from '../../../db/lists/runs';
import { listTrackEdits } from '../../../db/lists/tracks';
import { createPool, type Pool } from '../../../db/pool';
import { freshDatabase, type TestDatabase } from '../../setup/test-database';

const ALL = 10_000;

describe('lists and counts', () => {
  let database: TestDatabase;
  let pool: Pool;
  let data: ConsoleData;

  beforeAll(async () => {
    database = await freshDatabase();
    data = await fillConsoleDatabase(database.url, { records: 200, runs: 40 });
    pool = createPool(database.url, 2);
  });

  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });

  it('of records agree, by outcome', async () => {
    const standing = (await standingOf(pool, [data.offers])).get(data.offers) ?? {};
    expect(standing).toEqual({
      held: 2,
      waiting: 2,
      refused: 2,
      withdrawn: 2,
      skipped: 2,
      created: 2,
      updated: 4,
      unchanged: 182,
      'not-yet': 2,
    });
    const held = await listRecords(pool, data.offers, { outcome: 'held', limit: ALL });
    expect(held.rows.map((row) => row.outcome)).toEqual(['held', 'held']);
    const notYet = await listRecords(pool, data.offers, { outcome: 'not-yet', limit: ALL });
    expect(notYet.rows.map((row) => row.recordId)).toEqual(['ITB-0A-000008', 'ITB-0A-000108']);
  });

  it('of records tell which are due, their name, and how many items are open', async () => {
    const due = await listRecords(pool, data.offers, { due: true, limit: ALL });
    expect(due.rows).toHaveLength(8);
    const calm = await listRecords(pool, data.offers, { due: false, limit: ALL });
    expect(calm.rows).toHaveLength(192);
    const items = await listItems(pool, { sync: data.offers, state: 'open', limit: ALL });
    const listed = [...due.rows, ...calm.rows].filter((row) => row.openItems > 0);
    expect(listed.map((row) => row.recordId).sort()).toEqual(items.rows.map((row) => row.recordId).sort());
    expect(items.rows.length).toBeGreaterThan(10);
    expect(items.rows.every((item) => item.name !== null)).toBe(true);
  });

  it('of a sync that never ran are empty, not an error', async () => {
    expect((await standingOf(pool, ['nowhere'])).get('nowhere')).toEqual({});
    expect(await listRecords(pool, 'nowhere', { limit: 5 })).toEqual({ rows: [], next: null });
    expect((await recentRunBars(pool, ['nowhere'], 5)).get('nowhere')).toEqual([]);
    expect(await runById(pool, 999_999)).toBeNull();
    expect((await overview(pool, ['nowhere'])).syncs).toEqual([
      {
        sync: 'nowhere',
        lastRun: null,
        underWay: null,
        standing: {},
        openActions: 0,
        hooksWaiting: 0,
        hooksWaitingSince: null,
        lastFullAt: null,
      },
    ]);
  });

  it('of a run count each record that it passed over', async () => {
    const counts = await runOutcomeCounts(pool, data.run);
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(200);
    expect(counts).toMatchObject({ held: 2, updated: 4 });
  });

  it('of runs tell which plan was applied by which run, and which run holds the place', async () => {
    await pool.query('update run set plan_run = $1, mode = $3 where id = $2', [data.plan, data.run, 'apply']);
    expect(await runById(pool, data.plan)).toMatchObject({ appliedBy: [data.run], holdsPlace: false });
    const [newest] = (await listRuns(pool, { sync: data.offers, limit: 1 })).rows;
    expect(await runById(pool, newest?.id ?? 0)).toMatchObject({ holdsPlace: true, appliedBy: [] });
  });

  it('of bars leave plans out, and give the newest last', async () => {
    const bars = (await recentRunBars(pool, [data.offers, data.crm], 4)).get(data.offers) ?? [];
    expect(bars).toHaveLength(4);
    expect(bars.map((bar) => bar.id)).toEqual(bars.map((bar) => bar.id).sort((a, b) => a - b));
    expect(bars.some((bar) => bar.mode === 'plan')).toBe(false);
    expect(bars.map((bar) => bar.seconds)).toEqual([95, 95, 95, null]); // the last is under way
  });

  it('of a plan agree with its summary', async () => {
    const summary = await planSummary(pool, data.plan);
    expect(summary).toMatchObject({ entries: 200, needsApply: 8, withdraws: 2, blanks: 1 });
    expect(summary.byOutcome).toMatchObject({ created: 2, updated: 4, withdrawn: 2 });
    const only = async (filter: 'to-apply' | 'withdraws' | 'blanks') =>
      (await listPlanEntriesPage(pool, data.plan, { only: filter, limit: ALL })).rows;
    expect((await only('to-apply')).every((entry) => entry.needsApply && entry.changes.length > 0)).toBe(
      true,
    );
    expect(await only('to-apply')).toHaveLength(8);
    expect((await only('withdraws')).map((entry) => entry.outcome)).toEqual(['withdrawn', 'withdrawn']);
    expect(await only('blanks')).toHaveLength(1);
  });

  it('of items agree, by sync, weight, state and reason', async () => {
    const current = (await listItems(pool, { limit: ALL })).rows;
    const counts = await itemCounts(pool);
    expect(counts.reduce((sum, count) => sum + count.items, 0)).toBe(current.length);
    const [count] = counts;
    if (count === undefined) throw new Error('there is no count');
    const { items, ...filter } = count;
    expect((await listItems(pool, { ...filter, limit: ALL })).rows).toHaveLength(items);

    const [most] = await reasonsOpen(pool, data.crm);
    const told = await listItems(pool, { sync: data.crm, reason: 'email-taken', state: 'open', limit: ALL });
    expect(most).toMatchObject({ reason: 'email-taken', items: told.rows.length });
    expect(current.some((item) => item.state === 'resolved')).toBe(false);
    const over = (await listItems(pool, { state: 'resolved', limit: ALL })).rows;
    expect(new Set(over.map((item) => item.state))).toEqual(new Set(['resolved']));
  });

  it('of the audit tell people from runs', async () => {
    await pool.query(
      `insert into audit (sync, run_id, record_id, kind, operation, rule, actor) values ($1, $2, 'ITB-0A-000001', 'circuit', 'decision', 'keep', 'zoé')`,
      [data.offers, data.run],
    );
    const people = (await listAudit(pool, { peopleOnly: true, limit: ALL })).rows;
    expect(people.length).toBeGreaterThan(0);
    expect(people.some((row) => row.actor === null)).toBe(false);
    const hers = { actor: 'zoé', limit: ALL };
    expect((await listAudit(pool, hers)).rows).toHaveLength(1);
    expect((await listAudit(pool, { ...hers, runId: data.run, sync: data.offers })).rows).toHaveLength(1);
    expect((await listAudit(pool, { ...hers, sync: data.crm })).rows).toEqual([]);
    const record = await listAudit(pool, { sync: data.offers, recordId: 'ITB-0A-000001', limit: ALL });
    expect(new Set(record.rows.map((row) => row.recordId))).toEqual(new Set(['ITB-0A-000001']));
    const access = await listAccessAudit(pool, { operation: 'login-refused', limit: 3 });
    expect(access.rows.map((row) => row.operation)).toEqual(Array(3).fill('login-refused'));
  });

  it('of the overview show what is under way, what waits and who is to be waited for', async () => {
    const { syncs, accounts } = await overview(pool, [data.crm, data.offers, data.dossiers]);
    expect(syncs.map((sync) => sync.sync)).toEqual([data.crm, data.offers, data.dossiers]);
    expect(syncs[1]).toMatchObject({ underWay: { phase: 'apply', mode: 'run' }, hooksWaiting: 0 });
    expect(syncs[1]?.lastRun).toMatchObject({ sync: data.offers });
    expect(syncs[1]?.lastRun?.finishedAt).toBeInstanceOf(Date);
    expect(syncs[2]).toMatchObject({ underWay: null, hooksWaiting: 25 });
    const actions = (await listItems(pool, { sync: data.crm, state: 'open', severity: 'action', limit: ALL }))
      .rows;
    expect(syncs[0]?.openActions).toBe(actions.length);
    expect(accounts.find((account) => account.account === 'cirkwi')?.pausedUntil).toBeInstanceOf(Date);
    expect(accounts.find((account) => account.account === 'inwink')?.accessLostAt).toBeInstanceOf(Date);
  });

  it('of tracks tell those that are not over', async () => {
    const open = (await listTrackEdits(pool, data.offers, { state: 'open', limit: ALL })).rows;
    expect(open).toHaveLength(100);
    expect(open.every((edit) => edit.endedAt === null && edit.name !== null)).toBe(true);
    const declined = (await listTrackEdits(pool, data.offers, { state: 'declined', limit: ALL })).rows;
    expect(declined).toHaveLength(50);
  });
});
