import { type ConsoleData, fillConsoleDatabase } from '../../../bench/console-data';
import { listItems } from '../../../db/lists/attention';
import { listAccessAudit, listAudit } from '../../../db/lists/audit';
import type { Page } from '../../../db/lists/page';
import { listPlanEntriesPage } from '../../../db/lists/plans';
import { listRecords } from '../../../db/lists/records';
import { listRunOutcomes, listRuns, streamRunOutcomes } from '../../../db/lists/runs';
import { listTrackEdits } from '../../../db/lists/tracks';
import { createPool, type Pool } from '../../../db/pool';
import { freshDatabase, type TestDatabase } from '../../setup/test-database';

type Ask = (cursor: string | number | undefined, limit: number) => Promise<Page<object, string | number>>;

const EVERYTHING = 1_000_000;
const text = (cursor: string | number | undefined) => (cursor === undefined ? undefined : String(cursor));
const number = (cursor: string | number | undefined) => (cursor === undefined ? undefined : Number(cursor));

describe('a list', () => {
  let database: TestDatabase;
  let pool: Pool;
  let data: ConsoleData;
  let lists: Record<string, Ask>;

  beforeAll(async () => {
    database = await freshDatabase();
    data = await fillConsoleDatabase(database.url, { records: 300, runs: 30 });
    pool = createPool(database.url, 2);
    const { offers, crm, run, plan } = data;
    lists = {
      records: (at, limit) => listRecords(pool, offers, { after: text(at), limit }),
      'records of one outcome': (at, limit) =>
        listRecords(pool, offers, { outcome: 'updated', after: text(at), limit }),
      'records that no run looked at': (at, limit) =>
        listRecords(pool, crm, { outcome: 'not-yet', after: text(at), limit }),
      'records by text': (at, limit) => listRecords(pool, offers, { text: 'foret', after: text(at), limit }),
      runs: (at, limit) => listRuns(pool, { before: number(at), limit }),
      'runs of a sync': (at, limit) => listRuns(pool, { sync: offers, before: number(at), limit }),
      'outcomes of a run': (at, limit) => listRunOutcomes(pool, run, { after: text(at), limit }),
      'entries of a plan': (at, limit) => listPlanEntriesPage(pool, plan, { after: text(at), limit }),
      items: (at, limit) => listItems(pool, { after: number(at), limit }),
      'resolved items': (at, limit) => listItems(pool, { state: 'resolved', after: number(at), limit }),
      audit: (at, limit) => listAudit(pool, { sync: offers, before: number(at), limit }),
      'audit of access': (at, limit) =>
        listAccessAudit(pool, { actor: 'personne7', before: number(at), limit }),
      tracks: (at, limit) => listTrackEdits(pool, offers, { after: number(at), limit }),
    };
  });

  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });

  it.each([
    'records',
    'records of one outcome',
    'records that no run looked at',
    'records by text',
    'runs',
    'runs of a sync',
    'outcomes of a run',
    'entries of a plan',
    'items',
    'resolved items',
    'audit',
    'audit of access',
    'tracks',
  ])('gives every row once and in one order, in pages of any size: %s', async (name) => {
    const ask = lists[name];
    if (ask === undefined) throw new Error(`no list ${name}`);
    const whole = await ask(undefined, EVERYTHING);
    expect(whole.rows.length).toBeGreaterThan(1);
    expect(whole.next).toBeNull();
    const odd = Math.max(1, Math.floor(whole.rows.length / 3) - 1);
    for (const size of [odd, whole.rows.length, whole.rows.length + 1]) {
      expect(await walk(ask, size)).toEqual(whole.rows);
    }
  });

  it('of records neither repeats nor loses one when others come in between', async () => {
    const before = await listRecords(pool, data.offers, { limit: EVERYTHING });
    const first = await listRecords(pool, data.offers, { limit: 100 });
    await pool.query(
      `insert into staged_record (sync, record_id, status, body_hash) values ($1, 'ITB-0A-000000', 'editing', ''), ($1, 'ITB-0A-999999', 'editing', '')`,
      [data.offers],
    );
    const rest = await listRecords(pool, data.offers, { after: first.next ?? '', limit: EVERYTHING });

    const seen = [...first.rows, ...rest.rows].map((row) => row.recordId);
    expect(seen).toEqual([...before.rows.map((row) => row.recordId), 'ITB-0A-999999']);
  });

  it('of runs, the newest first, is not moved by a run that begins', async () => {
    const before = await listRuns(pool, { limit: EVERYTHING });
    const first = await listRuns(pool, { limit: 10 });
    await pool.query(
      `insert into run (sync, mode, trigger, workflow_id, workflow_run_id) values ($1, 'run', 'manual', 'run/x', 'begun-meanwhile')`,
      [data.crm],
    );
    const rest = await listRuns(pool, { before: first.next ?? 0, limit: EVERYTHING });

    expect([...first.rows, ...rest.rows].map((row) => row.id)).toEqual(before.rows.map((row) => row.id));
  });

  it('for an export goes beyond a page', async () => {
    await pool.query(
      `insert into run_outcome (run_id, record_id, outcome) select $1, 'more-' || i, 'refused' from generate_series(1, 2500) as i`,
      [data.run],
    );
    const sizes: number[] = [];
    const ids = new Set<string>();
    for await (const rows of streamRunOutcomes(pool, data.run, { outcome: 'refused' })) {
      sizes.push(rows.length);
      for (const row of rows) if (row.outcome === 'refused') ids.add(row.recordId);
    }

    expect(sizes).toEqual([1_000, 1_000, 503]); // three of a hundred records, of which there are three hundred
    expect(ids.size).toBe(2_503);
  });
});

async function walk(ask: Ask, limit: number): Promise<object[]> {
  const rows: object[] = [];
  let cursor: string | number | undefined;
  do {
    const page = await ask(cursor, limit);
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return rows;
}
