import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { PlanexpoInwinkContext } from '../../../activities/planexpo-inwink/context';
import { createReadActivities } from '../../../activities/planexpo-inwink/read';
import { createPool, type Pool } from '../../../db/pool';
import { ensureSync, openRun } from '../../../db/runs';
import { candidatesById, getCursor, stageRecords } from '../../../db/staging';
import type { Dossier } from '../../../mappings/planexpo-inwink/dossier';
import type { OrderPage } from '../../../platforms/planexpo/client';
import { freshDatabase, type TestDatabase } from '../../setup/test-database';
import { sampleDossier } from '../sample-dossier';

const SYNC = 'salon-2027';

const AT_ONCE = 'trigger fail before insert or update on TABLE';
const AT_COMMIT = 'constraint trigger fail after insert or update on TABLE deferrable initially deferred';

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

describe('a page that is read', () => {
  const pages: Record<string, OrderPage> = {
    '': page([dossierAt('1', '08:00'), dossierAt('2', '08:01')], 'page-2'),
    'page-2': page([dossierAt('3', '08:02'), dossierAt('4', '08:03')], 'page-3'),
    'page-3': page([dossierAt('5', '08:04')], null),
  };
  let asked: string[];

  beforeEach(() => {
    asked = [];
  });

  /** Planexpo's side of the reading; the rest of the context has no part in it. */
  const reading = createReadActivities(() => {
    const source = {
      listOrders: async ({ cursor = '' }: { cursor?: string }) => {
        asked.push(cursor);
        return pages[cursor];
      },
    };
    return { slug: SYNC, pool, source, readPageSize: 2 } as unknown as PlanexpoInwinkContext; // see above
  });
  const readAll = (runId: number) =>
    new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(reading.readPages, {
      sync: SYNC,
      runId,
      full: true,
    });

  const breaks: Array<[string, { table: string; marker: string; when: string }]> = [
    ['its records', { table: 'staged_record', marker: '4', when: AT_ONCE }],
    ['its cursor', { table: 'cursor', marker: 'page-3', when: AT_ONCE }],
    ['the whole', { table: 'staged_record', marker: '4', when: AT_COMMIT }],
  ];
  it.each(breaks)(
    'moves nothing when %s cannot be stored; the next attempt reads from there',
    async (_what, failure) => {
      const runId = await newRun('one');
      await pool.query(failing(failure));

      await expect(readAll(runId)).rejects.toMatchObject({ code: 'P0001' });

      expect(await stagedIds()).toEqual(['1', '2']);
      expect(await getCursor(pool, SYNC, 'source')).toEqual({ updatedAt: '2026-11-02T08:01:00Z' });
      expect(await getCursor(pool, SYNC, `reading/${runId}`)).toMatchObject({ cursor: 'page-2', read: 2 });

      asked = [];
      await pool.query(`drop trigger fail on ${failure.table}`);
      expect(await readAll(runId)).toEqual({ read: 5, done: true });
      expect(asked).toEqual(['page-2', 'page-3']);
      expect(await stagedIds()).toEqual(['1', '2', '3', '4', '5']);
    },
  );

  async function stagedIds(): Promise<string[]> {
    const { rows } = await pool.query<{ record_id: string }>(
      'select record_id from staged_record order by 1',
    );
    return rows.map((row) => row.record_id);
  }
});

describe('a staged record', () => {
  it('is not overwritten by an older version that arrives late', async () => {
    await stage(sampleDossier({ version: 3, company: { name: 'new' } }), 'hash-3');
    await settle();

    const { changed } = await stage(sampleDossier({ version: 2, company: { name: 'old' } }), 'hash-2');

    expect(changed).toBe(0);
    expect(await stagedName()).toEqual({ name: 'new', due: false });
  });

  it('is not overwritten by the older of two that arrive at once, whichever comes first', async () => {
    const versions = Array.from({ length: 12 }, (_, at) => 1 + ((at * 5) % 12));

    await Promise.all(
      versions.map((version) => stage(sampleDossier({ version, company: { name: `v${version}` } }))),
    );

    expect(await stagedName()).toMatchObject({ name: 'v12' });
  });

  it('takes a correction that kept its version, and one of a platform without versions', async () => {
    await stage(sampleDossier({ version: 3, company: { name: 'first' } }), 'a');
    await stage(sampleDossier({ version: 3, company: { name: 'second' } }), 'b');
    expect(await stagedName()).toMatchObject({ name: 'second' });

    await stage(sampleDossier({ company: { name: 'third' } }), 'c');
    expect(await stagedName()).toMatchObject({ name: 'third' });
  });

  it('is not due again because it was read again unchanged', async () => {
    await stage(sampleDossier({ version: 3 }), 'same');
    await settle();

    const { changed } = await stage(sampleDossier({ version: 3 }), 'same');

    expect({ changed, ...(await stagedName()) }).toMatchObject({ changed: 0, due: false });
  });

  it('that is older than what we hold still counts as seen, so that it is not taken for deleted', async () => {
    await stage(sampleDossier({ version: 3 }), 'new', await newRun('one'));
    const second = await newRun('two');

    await stage(sampleDossier({ version: 2 }), 'old', second);

    expect((await pool.query('select seen_run from staged_record')).rows).toEqual([{ seen_run: second }]);
  });

  async function stage(dossier: Dossier, bodyHash = `hash-${dossier.version}`, runId: number | null = null) {
    return stageRecords(pool, SYNC, runId, [
      { recordId: dossier.id, bodyHash, dossier, unreadable: null, contactKey: null },
    ]);
  }

  const settle = () => pool.query('update staged_record set due = false');

  async function stagedName() {
    const [candidate] = await candidatesById(pool, SYNC, [sampleDossier().id]);
    return { name: candidate?.dossier?.company.name, due: candidate?.due };
  }
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

function dossierAt(id: string, time: string): Dossier {
  return sampleDossier({ id, updatedAt: `2026-11-02T${time}:00Z` });
}

function page(dossiers: Dossier[], nextCursor: string | null): OrderPage {
  const rows = dossiers.map((dossier) => ({ kind: 'dossier' as const, dossier }));
  return { rows, nextCursor, serverTime: '2026-11-02T09:00:00Z' };
}

/** The database fails at a row of this table that speaks of `marker`. */
function failing({ table, marker, when }: { table: string; marker: string; when: string }): string {
  return `
    create function fail() returns trigger language plpgsql as $$ begin
      if to_jsonb(new)::text like '%"${marker}"%' then raise exception 'no room'; end if;
      return new;
    end $$;
    create ${when.replace('TABLE', table)} for each row execute function fail()`;
}
