import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { startLocalStack } from '../../cli/demo/planexpo-inwink/stack';
import { createScratchDatabase } from '../../db/scratch-database';
import { startOwnPostgres } from '../../local/postgres';
import { startDevelopmentServer } from '../../local/temporal';
import { dossierWorkflowId, runWorkflowId } from '../../workflows/names';
import { dossierOrder, item, openScene, type Scene } from '../planexpo-inwink/engine/scene';
import { historyToJson } from './history-json';

/**
 * Writes the histories that today's workflows must replay: `<workflow>/<case>.<version of the package>.json`. Those of
 * earlier versions stay until no such execution can be open any more. Start it with `npm run histories:record`.
 */

/** Few enough for a small run to continue as new, and more than the smallest run needs. */
const SUGGEST_CONTINUE_AS_NEW_AT = 80;

type Workflow = 'syncRun' | 'dossier';

interface Recorder {
  scene: Scene;
  /** Stores the history of a closed execution; without `executionId` the latest one of this workflow id. */
  keep(workflow: Workflow, name: string, workflowId: string, executionId?: string): Promise<void>;
}

/** Each case begins with its own dossiers and an empty memory. */
const CASES: Array<(recorder: Recorder) => Promise<void>> = [
  smallRun,
  longRun,
  stoppedRun,
  planApplied,
  bySignal,
  refused,
  heldAndDecided,
  lostReply,
];

async function smallRun({ scene, keep }: Recorder): Promise<void> {
  const products = [item(productOf(scene), 2)];
  await scene.begin([dossierOrder('1', { items: products }), dossierOrder('2', { parent_order_id: '1' })]);
  await scene.run();
  await keep('syncRun', 'co-exhibitor', runId(scene));
  await keep('dossier', 'in-a-run', dossierId(scene, '1'));
}

async function longRun({ scene, keep }: Recorder): Promise<void> {
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

async function stoppedRun({ scene, keep }: Recorder): Promise<void> {
  await scene.begin([dossierOrder('1')]);
  await scene.run({ overrides: [] });
  await keep('syncRun', 'stopped-by-preflight', runId(scene));
}

async function planApplied({ scene, keep }: Recorder): Promise<void> {
  await scene.begin([dossierOrder('1')]);
  const { runId: planRun } = await scene.run({ mode: 'plan' });
  await keep('syncRun', 'plan', runId(scene));
  await scene.run({ mode: 'apply', planRun });
  await keep('syncRun', 'plan-applied', runId(scene));
}

async function bySignal({ scene, keep }: Recorder): Promise<void> {
  await scene.begin([dossierOrder('1'), dossierOrder('2', { parent_order_id: '1' })]);
  await scene.signal('2');
  await scene.settled('2');
  await keep('dossier', 'waiting-for-its-exhibitor', dossierId(scene, '2'));
  await scene.signal('1', 1);
  await scene.settled('1');
  await keep('dossier', 'by-signal', dossierId(scene, '1'));
}

async function refused({ scene, keep }: Recorder): Promise<void> {
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

async function heldAndDecided({ scene, keep }: Recorder): Promise<void> {
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

async function lostReply({ scene, keep }: Recorder): Promise<void> {
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

/** Numbers of processes, names and folders of the machine that recorded are nobody's business. */
function withoutMachine(historyJson: string): string {
  const anonymous = historyJson.replaceAll(`${process.pid}@${hostname()}`, 'recorder');
  const strip = (key: string, value: unknown) => (key === 'stackTrace' ? undefined : value);
  return `${JSON.stringify(JSON.parse(anonymous, strip), null, 1)}\n`;
}

async function record(scene: Scene): Promise<void> {
  const { version } = JSON.parse(await readFile(join(__dirname, '..', '..', 'package.json'), 'utf8'));
  const keep: Recorder['keep'] = async (workflow, name, workflowId, executionId) => {
    const handle = scene.stack.client.workflow.getHandle(workflowId, executionId);
    const history = await handle.fetchHistory();
    const file = join(__dirname, workflow, `${name}.${version}.json`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, withoutMachine(historyToJson(history)));
    process.stdout.write(`${workflow}/${name}: ${history.events?.length ?? 0} events\n`);
  };
  for (const each of CASES) {
    await scene.stack.inwink.clearFaults();
    await each({ scene, keep });
  }
}

/** Servers of its own, used once. */
async function withScene(work: (scene: Scene) => Promise<void>): Promise<void> {
  const stops: Array<() => Promise<unknown>> = [];
  try {
    const postgres = await startOwnPostgres({ durability: 'test' });
    stops.push(postgres.stop);
    const database = await createScratchDatabase(postgres.url);
    const temporal = await startDevelopmentServer({
      extraArgs: [
        '--dynamic-config-value',
        `limit.historyCount.suggestContinueAsNew=${SUGGEST_CONTINUE_AS_NEW_AT}`,
      ],
    });
    stops.push(temporal.stop);
    const stack = await startLocalStack({
      dossiers: 30,
      seed: 1,
      requestsPerSecond: 'none',
      databaseUrl: database.url,
      temporal,
    });
    const scene = await openScene({ ...stack, temporalAddress: temporal.address });
    stops.push(scene.close);
    await work(scene);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

withScene(record).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
