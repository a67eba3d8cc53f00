import { dossierWorkflowId, runWorkflowId } from '../../workflows/names';
import { dossierOrder, item, type Scene } from '../planexpo-inwink/engine/scene';
import type { Recorder } from './recorder';

/** Each case begins with its own dossiers and an empty memory. */
export const planexpoInwinkCases: Array<(recorder: Recorder<Scene>) => Promise<void>> = [
  smallRun,
  longRun,
  stoppedRun,
  planApplied,
  bySignal,
  refused,
  heldAndDecided,
  lostReply,
];

async function smallRun({ scene, keep }: Recorder<Scene>): Promise<void> {
  const products = [item(productOf(scene), 2)];
  await scene.begin([dossierOrder('1', { items: products }), dossierOrder('2', { parent_order_id: '1' })]);
  await scene.run();
  await keep('syncRun', 'co-exhibitor', runId(scene));
  await keep('dossier', 'in-a-run', dossierId(scene, '1'));
}

async function longRun({ scene, keep }: Recorder<Scene>): Promise<void> {
  const exhibitors = Array.from({ length: 20 }, (_, at) => dossierOrder(String(100 + at)));
  await scene.begin([...exhibitors, dossierOrder('900', { parent_order_id: '100' })]);
  await scene.run();
  const latest = await scene.stack.client.workflow.getHandle(runId(scene)).describe();
  const [first] = (await scene.stack.pool.query('select workflow_run_id from run order by id desc limit 1'))
    .rows;
  if (first.workflow_run_id === latest.runId) throw new Error('the long run did not continue as new');
  await keep('syncRun', 'long-first-part', runId(scene), first.workflow_run_id);
  await keep('syncRun', 'long-last-part', runId(scene), latest.runId);
}

async function stoppedRun({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin([dossierOrder('1')]);
  await scene.run({ overrides: [] });
  await keep('syncRun', 'stopped-by-preflight', runId(scene));
}

async function planApplied({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin([dossierOrder('1')]);
  const { runId: planRun } = await scene.run({ mode: 'plan' });
  await keep('syncRun', 'plan', runId(scene));
  await scene.run({ mode: 'apply', planRun });
  await keep('syncRun', 'plan-applied', runId(scene));
}

async function bySignal({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin([dossierOrder('1'), dossierOrder('2', { parent_order_id: '1' })]);
  await scene.signal('2');
  await scene.settled('2');
  await keep('dossier', 'waiting-for-its-exhibitor', dossierId(scene, '2'));
  await scene.signal('1', 1);
  await scene.settled('1');
  await keep('dossier', 'by-signal', dossierId(scene, '1'));
}

async function refused({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin([dossierOrder('1')]);
  await scene.stack.inwink.faults({
    kind: 'refuse',
    route: 'POST /{eventId}/registered',
    field: 'preferredLanguage',
    equals: 'fr',
  });
  await scene.signal('1');
  await scene.settled('1');
  await keep('dossier', 'refused', dossierId(scene, '1'));
}

async function heldAndDecided({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin([dossierOrder('1')]);
  await scene.signal('1');
  await scene.settled('1');
  const partner = await scene.partner('1');
  await scene.stack.inwink.put('exhibitor', { action: 'delete', id: String(partner.id) });
  await scene.edit('1', { version: 2, updated_at: '2026-01-02T08:00:00Z', placement: null });
  await scene.signal('1', 2);
  await scene.settled('1');
  await keep('dossier', 'held', dossierId(scene, '1'));
  await scene.decide('1', 'target-deleted', 'recreate');
  await keep('dossier', 'decided', dossierId(scene, '1'));
}

async function lostReply({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin([dossierOrder('1')]);
  await scene.stack.inwink.faults({ kind: 'commit-then-drop', route: 'POST /{eventId}/exhibitor' });
  await scene.signal('1');
  await scene.settled('1');
  await keep('dossier', 'lost-reply', dossierId(scene, '1'));
}

const runId = (scene: Scene) => runWorkflowId(scene.stack.sync);
const dossierId = (scene: Scene, recordId: string) => dossierWorkflowId(scene.stack.sync, recordId);

function productOf(scene: Scene): string {
  const mapped = scene.stack.expo.planexpo.orders.flatMap((order) => order.items)[0];
  if (mapped === undefined) throw new Error('the sample orders no product');
  return mapped.product_id;
}
