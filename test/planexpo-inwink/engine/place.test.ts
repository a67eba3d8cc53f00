import { placeOf } from '../../../db/runs';
import { putSchedule } from '../../../operations/sync-schedule';
import { runWorkflowId, scheduleId } from '../../../workflows/names';
import { until } from '../../harness/until';
import { dossiersOf, progressOf, type RunHandle, runUnder, startPaused, sumOf } from './runs';
import { dossierOrder, type Scene, startScene } from './scene';

const ORDERS = Array.from({ length: 9 }, (_, at) => dossierOrder(String(101 + at)));

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

beforeEach(async () => {
  await scene.begin(ORDERS);
  await scene.stack.inwink.clearFaults();
});

afterEach(async () => {
  const left = await place(); // by a test that failed: the next one is not to suffer from it
  if (left !== null)
    await scene.stack.client.workflow
      .getHandle(left.workflow_id)
      .terminate('test over')
      .catch(() => undefined);
});

const place = () => placeOf(scene.stack.pool, scene.stack.sync);
const usualId = () => runWorkflowId(scene.stack.sync);

describe('two runs of one sync', () => {
  it('never overlap, however the second is started, and it says who holds the place', async () => {
    const first = await startPaused(scene);
    const holder = await place();

    const ends = [
      await runUnder(scene, 'somebody-else/1'),
      await runUnder(scene, 'somebody-else/2', { mode: 'plan' }),
      await scheduledRun().then((run) => run.result()),
    ];
    const usual = await scene.runEnd({ mode: 'plan' });

    for (const end of ends) {
      expect(end).toMatchObject({ outcome: 'cancelled', code: 'place-taken', counts: null, writes: 0 });
      expect(end.reason).toContain(`run ${holder?.run_id} (workflow ${usualId()})`);
    }
    expect(usual).toEqual({ kind: 'busy', workflowId: usualId() });
    expect(await scene.writes()).toEqual([]);

    await first.signal('resume');
    expect(await first.result()).toMatchObject({ outcome: 'completed', counts: { created: ORDERS.length } });
    expect(await place()).toBeNull();
  });

  it('leave the place to a scheduled run, which has an id of its own', async () => {
    await scene.stack.planexpo.faults({ kind: 'latency', ms: 3_000, route: 'GET *' });
    const scheduled = await scheduledRun();
    await scheduled.signal('pause');
    await until('the scheduled run has its place', place);

    const second = await scene.run();

    expect(scheduled.workflowId).not.toBe(usualId());
    expect(second).toMatchObject({ outcome: 'cancelled', code: 'place-taken' });
    expect(second.reason).toContain(scheduled.workflowId);
    await scheduled.signal('resume');
    expect(await scheduled.result()).toMatchObject({ outcome: 'completed' });
    expect(await scene.run()).toMatchObject({ outcome: 'completed', writes: 0 });
  });

  it('are all on record: the one that did nothing with its reason', async () => {
    const first = await startPaused(scene);
    await runUnder(scene, 'somebody-else/3');

    const { rows } = await scene.stack.pool.query('select workflow_id, outcome, reason from run order by id');

    expect(rows).toEqual([
      { workflow_id: usualId(), outcome: null, reason: null },
      { workflow_id: 'somebody-else/3', outcome: 'cancelled', reason: expect.stringContaining(usualId()) },
    ]);
    await first.signal('cancelAfterCurrent');
    await first.result();
  });
});

describe('the place of a run', () => {
  it('that was terminated is taken over by the next, which does what was left', async () => {
    const run = await startPaused(scene);
    await run.terminate('by hand');

    const next = await scene.run();

    expect(next).toMatchObject({ outcome: 'completed', counts: { created: ORDERS.length } });
    const { rows } = await scene.stack.pool.query('select outcome, reason from run order by id limit 1');
    expect(rows).toEqual([
      { outcome: 'cancelled', reason: expect.stringContaining('before it could report') },
    ]);
    expect(await place()).toBeNull();
  });

  it('that was terminated in the middle is taken over while its dossiers are still under way', async () => {
    await slowInwink();
    const run = await startPaused(scene);
    await run.signal('resume');
    await until('dossiers are under way', async () => (await dossiersOf(run)).started > 0);
    await run.terminate('by hand');

    const next = await runUnder(scene, 'somebody-else/4');

    expect(next.outcome).toBe('completed');
    expect(sumOf(next.counts)).toEqual({ read: ORDERS.length, sum: ORDERS.length });
    expect((await scene.stack.inwink.stats()).duplicates).toBe(0);
    expect(await scene.partners()).toHaveLength(ORDERS.length);
  });

  it('is given back by one that an operator cancels', async () => {
    const run = await startPaused(scene);
    await run.cancel();
    await expect(run.result()).rejects.toThrow();

    expect(await place()).toBeNull();
    expect(await scene.run()).toMatchObject({ outcome: 'completed', counts: { created: ORDERS.length } });
  });
});

describe('an operator', () => {
  beforeEach(() => scene.begin(ORDERS, { window: 2 }));

  it('pauses a run: the dossiers under way end, no other begins, and the run says so', async () => {
    const run = await pausedInTheMiddle();

    const { started } = await dossiersOf(run);
    await run.signal('pause'); // makes the run look once more
    expect(await progressOf(run)).toMatchObject({ phase: 'apply', paused: true, applied: started });
    expect(await dossiersOf(run)).toEqual({ started, ended: started });
    expect(started).toBeLessThan(ORDERS.length);
    expect(await scene.partners()).toHaveLength(started);

    await run.signal('resume');
    expect(await run.result()).toMatchObject({ outcome: 'completed', counts: { created: ORDERS.length } });
  });

  it('ends a run after the dossiers under way: the rest waits, and the next run has it', async () => {
    await slowInwink();
    const run = await startPaused(scene);
    await run.signal('resume');
    await until('a dossier is in step', async () => (await progressOf(run)).applied > 0);
    await run.signal('cancelAfterCurrent');

    const report = await run.result();

    expect(report).toMatchObject({ outcome: 'cancelled', code: 'asked-to-stop' });
    expect(sumOf(report.counts)).toEqual({ read: ORDERS.length, sum: ORDERS.length });
    const { created = 0, waiting = 0 } = report.counts ?? {};
    expect(created + waiting).toBe(ORDERS.length);
    expect(waiting).toBeGreaterThan(0);
    expect(await scene.partners()).toHaveLength(created);
    expect(await scene.run()).toMatchObject({ outcome: 'completed', counts: { created: waiting } });
  });

  it('ends a run that is paused', async () => {
    const run = await pausedInTheMiddle();
    const { applied } = await progressOf(run);

    await run.signal('cancelAfterCurrent');

    expect(await run.result()).toMatchObject({ outcome: 'cancelled', counts: { created: applied } });
    expect(await place()).toBeNull();
  });
});

/** A run with some dossiers in step and some not begun, and none under way. */
async function pausedInTheMiddle(): Promise<RunHandle> {
  await slowInwink();
  const run = await startPaused(scene);
  await run.signal('resume');
  await until('a dossier is in step', async () => (await progressOf(run)).applied > 0);
  await run.signal('pause');
  await until('the dossiers under way have ended', async () => {
    const { started, ended } = await dossiersOf(run);
    return started === ended && (await progressOf(run)).applied === ended;
  });
  return run;
}

const slowInwink = () => scene.stack.inwink.faults({ kind: 'latency', ms: 80, route: '*', rate: 1 });

/** What the sync's Schedule starts when it is triggered by hand. */
async function scheduledRun(): Promise<RunHandle> {
  const { client, sync } = scene.stack;
  await putSchedule(client, { slug: sync, pair: 'planexpo-inwink' }, { every: '30d', timeZone: 'UTC' });
  const schedule = client.schedule.getHandle(scheduleId(sync));
  await schedule.trigger();
  const action = await until('the Schedule has started a run', async () => {
    const started = (await schedule.describe()).info.recentActions.at(-1)?.action;
    return started?.type === 'startWorkflow' && started.workflow;
  });
  await schedule.delete();
  return client.workflow.getHandle(action.workflowId, action.firstExecutionRunId);
}
