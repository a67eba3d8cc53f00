import type { RunReport } from '../../../workflows/messages';
import { runWorkflowId } from '../../../workflows/names';
import { until } from '../../harness/until';
import { dossiersOf, progressOf, type RunHandle, runUnder, startPaused, sumOf } from './runs';
import { type Scene, startScene } from './scene';

const DOSSIERS = 130;
/** Temporal suggests to continue as new at 4096 events; here a run of some hundred dossiers is long. */
const LONG_HISTORY = 110;

describe('a run that outgrows one history', () => {
  let scene: Scene;
  let first: RunHandle;
  let report: RunReport;
  let executions: RunHandle[];

  beforeAll(async () => {
    scene = await startScene({
      dossiers: DOSSIERS,
      temporalArgs: ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${LONG_HISTORY}`],
    });
    await scene.stack.inwink.faults({ kind: 'latency', ms: 20, route: '*', rate: 1 });
    first = await startPaused(scene);
  }, 60_000);

  afterAll(() => scene?.close());

  it('keeps its place when it crosses into the next, and stays paused there', async () => {
    const latest = scene.stack.client.workflow.getHandle<typeof import('../../../workflows').syncRun>(
      runWorkflowId(scene.stack.sync),
    );
    const { runId: firstExecution } = await latest.describe();
    await first.signal('resume');
    await until('the run has crossed', async () => (await latest.describe()).runId !== firstExecution);
    await latest.signal('pause');
    await until('the dossiers under way have ended', async () => {
      const { started, ended } = await dossiersOf(latest);
      return started === ended && (await progressOf(latest)).paused;
    });

    const other = await runUnder(scene, 'somebody-else/1');

    expect(other).toMatchObject({ outcome: 'cancelled', code: 'place-taken', writes: 0 });
    expect(await progressOf(latest)).toMatchObject({ phase: 'apply', paused: true });
    await latest.signal('resume');
    report = await first.result(); // follows the chain to its end
    executions = await chainOf(first, firstExecution);
  });

  it('crosses several times, each time with every dossier of the old history ended', async () => {
    const parts = await Promise.all(executions.map(dossiersOf));

    expect(parts.length).toBeGreaterThan(2);
    for (const { started, ended } of parts) expect(ended).toBe(started);
  });

  it('counts every dossier once', async () => {
    const parts = await Promise.all(executions.map(dossiersOf));
    const started = parts.reduce((sum, part) => sum + part.started, 0);
    const { rows } = await scene.stack.pool.query(
      `select count(*)::int as planned from plan_entry where run_id = $1 and needs_apply`,
      [report.runId],
    );

    expect(sumOf(report.counts)).toEqual({ read: DOSSIERS, sum: DOSSIERS });
    expect(started).toBe(rows[0].planned);
  });

  it('tells in its last part of the whole run', async () => {
    const last = executions.at(-1);
    if (last === undefined) throw new Error('there is no execution');
    const { applied, toApply, read, outcomes } = await progressOf(last);

    expect({ applied, read }).toEqual({ applied: toApply, read: DOSSIERS });
    expect(Object.values(outcomes).reduce((sum, n) => sum + n, 0)).toBe(applied);
    expect((await last.describe()).typedSearchAttributes.getAll().length).toBeGreaterThan(0);
  });

  it('loses nothing: a full run afterwards finds nothing to write and no duplicate', async () => {
    await scene.stack.inwink.clearFaults();

    const second = await scene.run({ full: true });

    expect(second).toMatchObject({ writes: 0, counts: { created: 0, updated: 0 } });
    expect((await scene.stack.inwink.stats()).duplicates).toBe(0);
  });

  /** The executions that continue one another, the first one first. */
  async function chainOf(run: RunHandle, firstExecution: string): Promise<RunHandle[]> {
    const chain: RunHandle[] = [];
    for (let id: string | null | undefined = firstExecution; id; ) {
      const part: RunHandle = scene.stack.client.workflow.getHandle(run.workflowId, id);
      chain.push(part);
      const { events } = await part.fetchHistory();
      id = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    }
    return chain;
  }
});
