import type { PasserelleProcess } from '../../../cli/demo/passerelle-process';
import { type RunEnd, runAndWait } from '../../../operations/start-run';
import { startPivotTestStack } from '../../harness/pivot-stack';
import { until } from '../../harness/until';
import { feedProblems } from '../feed-rules';
import { PIVOT } from './consumer';
import { pullOf } from './pull-report';
import { elementsOf, TICKS } from './scene';

/** Three pages of a full read, two of a plan. */
const OFFERS = 300;

let stack: Awaited<ReturnType<typeof startPivotTestStack>>;
/** The one that lives. */
let survivor: PasserelleProcess | undefined;

beforeAll(async () => {
  stack = await startPivotTestStack({ offers: OFFERS });
  await stack.startService();
});
afterAll(() => stack?.stop());

const run = (input: { full?: boolean } = {}): Promise<RunEnd> =>
  runAndWait(stack.client, 'pivot-cirkwi', { sync: stack.sync, mode: 'run', trigger: 'manual', ...input });

async function exists(what: string): Promise<boolean> {
  const { rows } = await stack.pool.query<{ found: boolean }>(`select exists (${what}) as found`);
  return rows[0]?.found === true;
}

/** A worker that dies at the moment that `isNow` sees: no goodbye, nothing finished. */
async function diesWhen(what: string, isNow: () => Promise<boolean>): Promise<void> {
  const worker = await stack.startWorker();
  await until(what, isNow);
  await worker.kill();
  expect(await exists('select 1 from run where finished_at is null')).toBe(true);
}

/** The same in the middle of a transaction: it wants to write to this table and has to wait, and then it dies. */
async function diesWriting(table: string): Promise<void> {
  const holder = await stack.pool.connect();
  try {
    await holder.query(`begin; lock table ${table} in share mode`);
    await diesWhen(`it writes to ${table}`, () =>
      exists(`select 1 from pg_locks where not granted and relation = '${table}'::regclass`),
    );
  } finally {
    await holder.query('rollback');
    holder.release();
  }
}

const text = async (kind: string) => (await fetch(`${stack.urls.feed}/${kind}.xml`)).text();

async function feeds(): Promise<{ circuits: string; pois: string }> {
  return { circuits: await text('circuits'), pois: await text('pois') };
}

/** Valid feeds, each object once in Cirkwi, one create in the books for each, and nothing left to write. */
async function expectInStep() {
  const { circuits, pois } = await feeds();
  expect(feedProblems(circuits, 'circuit')).toEqual([]);
  expect(feedProblems(pois, 'poi')).toEqual([]);
  const elements = new Map([...elementsOf(circuits, 'circuit'), ...elementsOf(pois, 'poi')]);
  const pulled = await pullOf(stack.cirkwi);
  expect(pulled).toMatchObject({ rejected: [], failed: [] });
  const { externalReferences, duplicates } = await stack.cirkwi.stats();
  expect([externalReferences, duplicates]).toEqual([elements.size, 0]);
  const { rows } = await stack.pool.query(
    "select record_id from audit where operation = 'create' group by record_id having count(*) > 1",
  );
  expect(rows).toEqual([]);
  expect(await run({ full: true })).toMatchObject({ kind: 'report', report: { writes: 0 } });
  expect(await feeds()).toEqual({ circuits, pois });
  return { elements, pulled };
}

const sum = (buckets: Record<string, number>) => Object.values(buckets).reduce((all, n) => all + n, 0);

test('five workers die in a row, one in each phase of a first run: the sixth finishes it', async () => {
  await stack.pivot.faults(
    { kind: 'latency', ms: 400, route: PIVOT.page, rate: 1 },
    { kind: 'latency', ms: 60, route: PIVOT.media, rate: 1 },
  );
  const running = run();

  await diesWhen('it reads', () => exists('select 1 from staged_record'));
  const readBefore = (await stack.pool.query('select 1 from staged_record')).rowCount ?? 0;
  await diesWhen('it fetches tracks', () => exists('select 1 from offer_track offset 20'));
  await stack.pivot.clearFaults();
  await diesWriting('plan_entry');
  await diesWriting('feed_object');
  await diesWriting('feed_version');
  const servedBefore = (await fetch(`${stack.urls.feed}/pois.xml`)).status;
  survivor = await stack.startWorker();
  const end = await running;

  const { notes } = stack.sample;
  expect(readBefore).toBeLessThan(OFFERS - notes.archived.length);
  expect(servedBefore).not.toBe(200);
  const { elements, pulled } = await expectInStep();
  if (end.kind !== 'report') throw new Error(JSON.stringify(end));
  const { read = 0, ...buckets } = end.report.counts ?? {};
  expect(end.report.code).toBeNull();
  expect([read, sum(buckets)]).toEqual([OFFERS - notes.archived.length, read]);
  expect([end.report.writes, buckets.created, pulled.created]).toEqual(Array(3).fill(elements.size));
}, 300_000);

test('a worker that dies over changes and withdrawals leaves the old feed, and the next one brings them once', async () => {
  const [changed = '', ...others] = stack.sample.notes.publishable;
  const withdrawn = others.slice(0, 3);
  await stack.pivot.put('offers', { action: 'patch', id: changed, value: { nom: 'Titre changé' } });
  const unticked = Object.fromEntries(Object.values(TICKS).map((urn) => [urn, 'false']));
  for (const id of withdrawn)
    await stack.pivot.put('offers', { action: 'patch', id, value: { setSpec: unticked } });
  const served = await feeds();
  await survivor?.stop();
  const running = run();

  await diesWriting('feed_object');
  await diesWriting('feed_version');
  const poisMeanwhile = await text('pois'); // the other one is served after a last look, by a worker
  survivor = await stack.startWorker();
  const end = await running;

  expect(poisMeanwhile).toBe(served.pois);
  expect(end).toMatchObject({ report: { writes: 4, counts: { updated: 1, withdrawn: 3 } } });
  const { elements, pulled } = await expectInStep();
  expect(elements.get(changed)).toContain('Titre changé');
  expect(withdrawn.some((code) => elements.has(code))).toBe(false);
  expect(pulled).toMatchObject({ created: 0, deleted: 3 });
}, 300_000);
