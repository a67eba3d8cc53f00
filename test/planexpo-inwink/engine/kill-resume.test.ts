import { setTimeout as pause } from 'node:timers/promises';
import { type RunEnd, runAndWait } from '../../../operations/start-run';
import { type SeededRandom, seededRandom } from '../../../simulators/core/seeded-random';
import type { PlanexpoOrder } from '../../../simulators/planexpo';
import { startTestStack } from '../../harness/stack';
import { orderIdOf, type Stack } from './scene';

const DOSSIERS = 300;
const KILLS = 10;
/** A later failure is played again with the seed that its name shows. */
const SEEDS = [11];

describe.each(SEEDS)('a worker killed ten times while replies get lost (seed %i)', (seed) => {
  let stack: Stack;
  let end: RunEnd;
  let killedInTheMiddle: number;

  beforeAll(async () => {
    stack = await startTestStack({ dossiers: DOSSIERS, seed, latencyMs: 15 });
    await stack.inwink.faults(...lostReplies(seed));
    const running = runAndWait(stack.client, 'planexpo-inwink', {
      sync: stack.sync,
      mode: 'run',
      trigger: 'manual',
    });
    [killedInTheMiddle, end] = await Promise.all([killAgainAndAgain(stack, seededRandom(seed)), running]);
  }, 300_000);

  afterAll(() => stack.stop());

  it('completes, and its counts add up to what was read', () => {
    expect(end).toMatchObject({ kind: 'report', report: { outcome: 'completed-with-attention' } });
    const { read = 0, ...buckets } = end.kind === 'report' ? (end.report.counts ?? {}) : {};
    expect(read).toBe(DOSSIERS);
    expect(Object.values(buckets).reduce((sum, n) => sum + n, 0)).toBe(DOSSIERS);
  });

  it('was killed in the middle and lost replies, so that the other results mean something', async () => {
    const uses = await stack.inwink.faultUses();

    expect(killedInTheMiddle).toBe(KILLS);
    expect(uses.reduce((sum, use) => sum + use.hits, 0)).toBeGreaterThan(20);
  });

  it('makes no partner and no participant twice', async () => {
    expect((await stack.inwink.stats()).duplicatesByKind).toEqual({ exhibitor: 0, registered: 0 });
  });

  it('brings exactly the dossiers in scope into step', async () => {
    const { rows } = await stack.pool.query<{ record_id: string }>(
      `select record_id from staged_record where outcome in ('created', 'updated', 'unchanged') order by 1`,
    );
    const partners = (await stack.inwink.records('exhibitor')).map(orderIdOf).filter(Boolean);

    const expected = dossiersInScope(stack.expo.planexpo.orders);
    expect(rows.map((row) => row.record_id)).toEqual(expected);
    expect(partners.sort()).toEqual(expected);
  });

  it('leaves nothing to write for a full second run', async () => {
    await stack.inwink.clearFaults();
    await stack.inwink.clearCounters();

    const second = await runAndWait(stack.client, 'planexpo-inwink', {
      sync: stack.sync,
      mode: 'run',
      trigger: 'manual',
      full: true,
    });

    expect(second).toMatchObject({
      kind: 'report',
      report: { writes: 0, counts: { created: 0, updated: 0 } },
    });
    expect(await stack.inwink.journal()).toEqual([]);
  });
});

/** Every kind of write loses replies: the effect is there, and its caller learns nothing or something untrue. */
function lostReplies(seed: number) {
  const writes = [
    'POST /{eventId}/exhibitor',
    'POST /{eventId}/registered',
    'PATCH *',
    'PUT /{eventId}/exhibitor/{id}/product/{productId}',
  ];
  return writes.flatMap((route, at) => [
    { kind: 'commit-then-drop' as const, route, rate: 0.06, seed: seed * 10 + at },
    { kind: 'status' as const, status: 503, commit: true, route, rate: 0.04, seed: seed * 100 + at },
  ]);
}

/** The last worker stays: somebody has to finish the work. Answers how many kills the run was not over at. */
async function killAgainAndAgain(stack: Stack, random: SeededRandom): Promise<number> {
  let inTheMiddle = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const worker = await stack.startWorker();
    await pause(200 + random.below(1_300));
    await worker.kill();
    const { rows } = await stack.pool.query('select 1 from run where finished_at is null');
    inTheMiddle += rows.length;
  }
  await stack.startWorker();
  return inTheMiddle;
}

/** The seed's rules in short: validated, no test, and under no exhibitor that is not itself in Inwink. */
function dossiersInScope(orders: PlanexpoOrder[]): string[] {
  const byId = new Map(orders.map((order) => [order.order_id, order]));
  const isIn = (order: PlanexpoOrder | undefined): boolean => order?.status === 'validated' && !order.is_test;
  return orders
    .filter((order) => {
      if (!isIn(order)) return false;
      if (!order.parent_order_id) return true;
      const parent = byId.get(order.parent_order_id);
      return isIn(parent) && !parent?.parent_order_id;
    })
    .map((order) => order.order_id)
    .sort();
}
