import { placeOf } from '../../db/runs';
import type { OperationContext } from '../../operations/context';
import { runProgress } from '../../operations/run-progress';
import { steerRun } from '../../operations/steer-run';
import { startPaused } from '../planexpo-inwink/engine/runs';
import { dossierOrder, type Scene, startScene } from '../planexpo-inwink/engine/scene';
import { refusalOf } from './operation-context';

let scene: Scene;
let context: OperationContext;

beforeAll(async () => {
  scene = await startScene();
  const { configuration, pool, client } = scene.stack;
  context = { configuration, pool, temporal: async () => client, actor: 'anna' };
});
afterAll(() => scene?.close());
beforeEach(() => scene.begin(['101', '102', '103'].map((id) => dossierOrder(id))));

const steered = async () =>
  (await scene.stack.pool.query(`select rule, actor, run_id from audit where kind = 'run' order by id`)).rows;

describe('a run under way', () => {
  it('tells how far it is and can be told to go on, whoever started it and under which id', async () => {
    const { sync } = scene.stack;
    const handle = await startPaused(scene, { workflowId: `run/${sync}-at-a-time` });
    const place = await placeOf(scene.stack.pool, sync);
    expect(await runProgress(context, sync)).toMatchObject({
      runId: place?.run_id,
      paused: true,
      applied: 0,
    });

    const told = await steerRun(context, sync, 'resume');

    expect(told).toEqual({ run: place?.run_id, workflowId: `run/${sync}-at-a-time` });
    expect(await handle.result()).toMatchObject({ outcome: 'completed', counts: { created: 3 } });
    expect(await steered()).toEqual([{ rule: 'run.resume', actor: 'anna', run_id: told.run }]);
  });

  it('ends without another write when it is told to, and reports what it left', async () => {
    const handle = await startPaused(scene);

    await steerRun(context, scene.stack.sync, 'cancelAfterCurrent');

    expect(await handle.result()).toMatchObject({ code: 'asked-to-stop', writes: 0 });
    expect(await scene.partners()).toEqual([]);
  });
});

describe('without a run', () => {
  it('there is no progress, and nobody to tell', async () => {
    const { sync, pool } = scene.stack;
    expect(await placeOf(pool, sync)).toBeNull();

    expect(await runProgress(context, sync)).toBeNull();
    const refusal = await refusalOf(steerRun(context, sync, 'pause'));

    expect(refusal).toMatchObject({ kind: 'conflict', message: expect.stringContaining('under way') });
    expect(await steered()).toEqual([]);
  });
});
