import { recordWorkflow, runWorkflowId } from '../../workflows/names';
import type { Scene } from '../weavy-webmecanik/engine/scene';
import type { Recorder } from './recorder';

/** Each case begins with its own records and an empty memory. */
export const weavyWebmecanikCases: Array<(recorder: Recorder<Scene>) => Promise<void>> = [
  firstAndQuietRun,
  planApplied,
  continuedAsNew,
  firstRunAsked,
  bySignal,
  withoutAnAnswer,
];

async function firstAndQuietRun({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin();
  await scene.run();
  await keep('syncRun', 'crm-first', runId(scene));
  await scene.run();
  await keep('syncRun', 'crm-quiet', runId(scene));
  await scene.run({ full: true });
  await keep('syncRun', 'crm-full', runId(scene));
}

async function planApplied({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin();
  const { runId: planRun } = await scene.run({ mode: 'plan' });
  await keep('syncRun', 'crm-plan', runId(scene));
  await scene.run({ mode: 'apply', planRun });
  await keep('syncRun', 'crm-plan-applied', runId(scene));
}

/** Pages of one couple: every step of the writing has several. */
async function continuedAsNew({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin({ records: 60, policies: { page: 1, window: 1 } });
  await scene.run();
  await keep('syncRun', 'crm-pages-of-one', runId(scene));
}

async function firstRunAsked({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin({ policies: { firstRun: 'plan' } });
  await scene.run();
  await keep('syncRun', 'crm-first-run-asked', runId(scene));
}

async function bySignal({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin({ records: NEW_CONTACT });
  await scene.signal('mautic/contact/1');
  await scene.settled('mautic/contact/1');
  await keep('record', 'crm-new-contact', recordId(scene));
  await scene.signal('mautic/contact/1');
  await scene.settled('mautic/contact/1');
  await keep('record', 'crm-in-step', recordId(scene));
}

/** A platform that fails for one record: its own workflow tries on, and a person is told. */
async function withoutAnAnswer({ scene, keep }: Recorder<Scene>): Promise<void> {
  await scene.begin({ records: NEW_CONTACT });
  await scene.stack.weavy.faults({
    kind: 'status',
    status: 500,
    route: 'POST /v1/Data/{projectCode}/marketinginbound',
    count: 1_000,
  });
  await scene.run();
  await keep('syncRun', 'crm-one-without-an-answer', runId(scene));
  await keep('record', 'crm-without-an-answer', recordId(scene));
}

const NEW_CONTACT = {
  mautic: { contact: [{ id: 1, fields: { email: 'nouvelle@example.fr', lastname: 'Nouvelle' } }] },
};

const runId = (scene: Scene) => runWorkflowId(scene.stack.sync);
const recordId = (scene: Scene) =>
  recordWorkflow('weavy-webmecanik', scene.stack.sync, 'mautic/contact/1').id;
