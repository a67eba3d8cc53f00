import { recordWorkflowId, runWorkflowId, trackWorkflowId, watchWorkflowId } from '../../workflows/names';
import type { Scene } from '../pivot-cirkwi/engine/scene';
import { decideTrack } from '../pivot-cirkwi/engine/track-scene';
import type { Recorder } from './recorder';

/** Each case begins with its own offers and an empty memory. */
export const pivotCirkwiCases: Array<(recorder: Recorder<Scene>) => Promise<void>> = [
  firstAndQuietRun,
  planApplied,
  stoppedByTheGuard,
  bySignal,
  trackHome,
];

async function firstAndQuietRun({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin();
  await scene.run();
  await keep('syncRun', 'offers-first', runId(scene));
  await scene.pull();
  await scene.run();
  await keep('syncRun', 'offers-quiet', runId(scene));
  await scene.run({ full: true });
  await keep('syncRun', 'offers-full', runId(scene));
}

async function planApplied({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin();
  const { runId: planRun } = await scene.run({ mode: 'plan' });
  await keep('syncRun', 'offers-plan', runId(scene));
  await scene.run({ mode: 'apply', planRun });
  await keep('syncRun', 'offers-plan-applied', runId(scene));
}

async function stoppedByTheGuard({ scene, keep }: Recorder<Scene>): Promise<void> {
  const { notes } = await scene.begin();
  await scene.run();
  for (const code of notes.publishable) await scene.untick(code);
  await scene.run();
  await keep('syncRun', 'offers-stopped-by-guard', runId(scene));
}

async function bySignal({ scene, keep }: Recorder<Scene>): Promise<void> {
  const { notes } = await scene.begin();
  await scene.run();
  const code = some(notes.publishable);
  await scene.change(code, { nom: 'Boucle renommée' });
  await scene.signal(code);
  await scene.settled(code);
  await keep('record', 'changed', recordWorkflowId(scene.stack.sync, 'offer', code));
}

async function trackHome({ scene, keep }: Recorder<Scene>): Promise<void> {
  const { notes } = await scene.begin({ policies: { trackReturn: 'ask' } });
  await scene.run();
  await scene.pull();
  await scene.run({ full: true });
  const code = some(notes.edit);
  await scene.editInCirkwi(code, { track: MOVED });
  await scene.feed('circuits'); // the last look finds the drawing
  await keep('trackWatch', 'found-an-edit', watchWorkflowId(scene.stack.sync));
  const id = trackWorkflowId(scene.stack.sync, code);
  await ended(scene, id);
  await keep('trackReturn', 'offered', id);
  await decideTrack(scene, code, 'track-edited', 'return-track');
  await keep('trackReturn', 'returned', id);
}

const MOVED = [
  [50.1, 4.9],
  [50.12, 4.95],
  [50.15, 4.97],
];

const runId = (scene: Scene) => runWorkflowId(scene.stack.sync);

function some(codes: readonly string[]): string {
  const [code] = codes;
  if (code === undefined) throw new Error('the sample has no such offer');
  return code;
}

async function ended(scene: Scene, id: string): Promise<void> {
  await scene
    .workflow(id)
    .result()
    .catch(() => undefined);
}
