import type { WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { signalRecord } from '../../../activities/signals';
import type { PivotCirkwiSync } from '../../../config/pivot-cirkwi';
import { type AttentionItem, decideItem, listOpenItems } from '../../../db/attention';
import { type RunEnd, runAndWait } from '../../../operations/start-run';
import { type RunningService, startService } from '../../../service/start-service';
import type { PersonChange, SimRecord } from '../../../simulators/control';
import { type SamplePivot, samplePivot } from '../../../simulators/sample-data/pivot';
import { type RunningWorker, startWorker } from '../../../workers/start-worker';
import type { RunReport, SyncRunInput } from '../../../workflows/messages';
import { recordWorkflowId } from '../../../workflows/names';
import { type PivotStack, type PivotStackOptions, startPivotTestStack } from '../../harness/pivot-stack';
import { type PullReport, pullOf } from './pull-report';

type Policies = PivotCirkwiSync['policies'];
type FeedKind = 'circuits' | 'pois';
type Signal = 'recordChanged' | 'recordValidated' | 'retry';

/** Urns of the filter and the two tags in the simulated PIVOT. */
export const TICKS = {
  filter: 'urn:fld:filtcat:01:000001',
  tag: 'urn:fld:cirkwi:publie',
  network: 'urn:fld:cirkwi:reseau',
} as const;

/** What a test may ask for at its beginning; everything else is as the stack's configuration says. */
export interface Beginning {
  /** Offers in PIVOT: so many sample ones, or exactly these. @default 24 */
  offers?: number | SamplePivot;
  /** Beside the defaults; durations in milliseconds. `delivery` is fixed when the scene starts. */
  policies?: Partial<Policies>;
  /** The stored query of the sync. @default 'all' */
  query?: 'all' | 'ticked';
}

/** Both platforms, one sync, a worker and the service in this process; begun afresh by each test. */
export interface Scene {
  stack: PivotStack;
  /** The sync's configuration, as the worker in this process reads it. */
  configuration: PivotCirkwiSync;
  /** These offers in PIVOT, an empty Cirkwi account, no memory, no faults. Answers the sample with its notes. */
  begin(beginning?: Beginning): Promise<SamplePivot>;
  /** A run that ends with a report. */
  run(input?: Partial<SyncRunInput>): Promise<RunReport>;
  runEnd(input?: Partial<SyncRunInput>): Promise<RunEnd>;
  /** An editor changes an offer in PIVOT, or a media with its `file`. */
  change(code: string, value: Record<string, unknown>, more?: Partial<PersonChange>): Promise<void>;
  changeMedia(code: string, value: Record<string, unknown>, more?: Partial<PersonChange>): Promise<void>;
  /** The editor's form: filter and both tags off, or on. Only those named, when some are. */
  untick(code: string, ...urns: string[]): Promise<void>;
  tick(code: string, ...urns: string[]): Promise<void>;
  /** The offer as PIVOT keeps it. */
  offer(code: string): Promise<SimRecord>;
  /** A document as Cirkwi gets it: that of circuits after a last look, as ever. Throws for any answer but 200. */
  feed(kind: FeedKind): Promise<string>;
  /** Code -> element of both documents as served. */
  elements(): Promise<Map<string, string>>;
  /** Cirkwi's daily import. */
  pull(): Promise<PullReport>;
  /** What Cirkwi has: all imported objects by code, or one of them. A code twice is an error. */
  imported(): Promise<Map<string, SimRecord>>;
  inCirkwi(code: string): Promise<SimRecord | null>;
  /** A person edits an imported object in Cirkwi: title, description, track. */
  editInCirkwi(code: string, value: Record<string, unknown>): Promise<void>;
  items(code?: string): Promise<AttentionItem[]>;
  /** Reasons of the items of an offer, or of the sync itself, that nobody has answered yet, in plain order. */
  reasons(code: string | null): Promise<string[]>;
  /** Where an offer stands: outcome, reason, whether it is due, and the state of its object. */
  standing(code: string): Promise<Standing>;
  /** How many objects stand in each state. */
  states(): Promise<Record<string, number>>;
  signal(code: string, signal?: Signal): Promise<void>;
  /** Decides the only open item of this reason, as a person does; with a record, waits for the pass that follows. */
  decide(reason: string, decision: string, code?: string): Promise<void>;
  /** Resolves when the record's workflow is closed. */
  settled(code: string): Promise<void>;
  workflow(id: string): WorkflowHandle;
  close(): Promise<void>;
}

export interface Standing {
  outcome: string | null;
  reason: string | null;
  due: boolean;
  state: string | null;
}

export type SceneOptions = PivotStackOptions & {
  /** Of the PIVOT account, which the worker reads once; `timeout` in milliseconds. */
  pivot?: { pageSize?: number; timeout?: number; baseUrl?: string };
};

export async function startScene(options: SceneOptions = {}): Promise<Scene> {
  const { pivot = {}, ...stackOptions } = options;
  const policies = {
    retry: { initialInterval: '100ms', maximumInterval: '1s', maximumAttempts: 4 },
    ...stackOptions.policies,
  };
  const stack = await startPivotTestStack({ ...stackOptions, policies });
  Object.assign(stack.configuration.platforms['pivot-demo'] ?? {}, pivot);
  return openScene(stack);
}

/** The same on a stack that is up. `close` stops the stack too. */
export async function openScene(stack: PivotStack): Promise<Scene> {
  let worker: RunningWorker | undefined;
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    worker = await startWorker({
      configuration: stack.configuration,
      databaseUrl: stack.variables.DATABASE_URL ?? '',
      temporalAddress: stack.temporalAddress,
    });
    return sceneOn(stack, worker, await serve(stack));
  } catch (error) {
    await worker?.stop();
    await stack.stop();
    throw error;
  }
}

function serve(stack: PivotStack): Promise<RunningService> {
  return startService({
    databaseUrl: stack.variables.DATABASE_URL ?? '',
    temporal: { address: stack.temporalAddress, namespace: 'default' },
    host: '127.0.0.1',
    port: Number(new URL(stack.urls.service).port),
    configuration: stack.configuration,
  });
}

function sceneOn(stack: PivotStack, worker: RunningWorker, service: RunningService): Scene {
  const { pivot, cirkwi, pool, client, sync } = stack;
  const configuration = syncOf(stack);
  const defaults = structuredClone(configuration.policies);

  const scene: Scene = {
    stack,
    configuration,
    async begin({ offers = 24, policies = {}, query = 'all' } = {}) {
      const sample = typeof offers === 'number' ? samplePivot({ offers, seed: 1 }) : offers;
      Object.assign(configuration.policies, structuredClone(defaults), policies);
      configuration.query = query === 'ticked' ? sample.tickedQueryId : sample.queryId;
      await endAll(stack);
      await forgetAll(stack);
      await pivot.reset({ offers: sample.offers, queries: sample.queries });
      await cirkwi.reset({});
      await Promise.all([pivot.clearFaults(), cirkwi.clearFaults()]);
      const { feed } = stack.urls;
      await cirkwi.act('account', {
        feeds: { circuits: `${feed}/circuits.xml`, pois: `${feed}/pois.xml` },
      });
      return sample;
    },
    runEnd: (input = {}) =>
      runAndWait(client, 'pivot-cirkwi', { sync, mode: 'run', trigger: 'manual', ...input }),
    async run(input) {
      const end = await scene.runEnd(input);
      if (end.kind === 'report') return end.report;
      throw new Error(`the run ended otherwise: ${JSON.stringify(end)}`);
    },
    async change(code, value, more = {}) {
      await pivot.put('offers', { action: 'patch', id: code, value, ...more });
    },
    async changeMedia(code, value, more = {}) {
      await pivot.put('media', { action: 'patch', id: code, value, ...more });
    },
    untick: (code, ...urns) => scene.change(code, { setSpec: setAll(urns, 'false') }),
    tick: (code, ...urns) => scene.change(code, { setSpec: setAll(urns, 'true') }),
    async offer(code) {
      const [found] = await pivot.records('offers', code);
      if (found === undefined) throw new Error(`PIVOT has no offer ${code}`);
      return found;
    },
    async feed(kind) {
      const reply = await fetch(`${stack.urls.feed}/${kind}.xml`);
      const text = await reply.text();
      if (reply.status !== 200) throw new Error(`${kind}.xml was answered ${reply.status}: ${text}`);
      return text;
    },
    async elements() {
      const [circuits, pois] = [await scene.feed('circuits'), await scene.feed('pois')];
      return new Map([...elementsOf(circuits, 'circuit'), ...elementsOf(pois, 'poi')]);
    },
    pull: () => pullOf(cirkwi),
    async imported() {
      const all = [...(await cirkwi.records('circuits')), ...(await cirkwi.records('pois'))];
      const byCode = new Map<string, SimRecord>();
      for (const object of all) {
        if (object.origin === 'hand' || typeof object.codeCgt !== 'string') continue;
        if (byCode.has(object.codeCgt)) throw new Error(`${object.codeCgt} stands twice in Cirkwi`);
        byCode.set(object.codeCgt, object);
      }
      return byCode;
    },
    async inCirkwi(code) {
      const found = [...(await cirkwi.records('circuits', code)), ...(await cirkwi.records('pois', code))];
      if (found.length > 1) throw new Error(`${code} stands ${found.length} times in Cirkwi`);
      return found[0] ?? null;
    },
    async editInCirkwi(code, value) {
      const kind = 'id_poi' in ((await scene.inCirkwi(code)) ?? {}) ? 'pois' : 'circuits';
      await cirkwi.put(kind, { action: 'patch', id: code, value });
    },
    async items(code) {
      const all = await listOpenItems(pool, sync, 1_000);
      return code === undefined ? all : all.filter((item) => item.record_id === code);
    },
    async reasons(code) {
      const all = await scene.items();
      return all
        .filter((item) => item.record_id === code && item.state === 'open')
        .map((item) => item.reason)
        .sort();
    },
    async standing(code) {
      const { rows } = await pool.query<Standing>(
        `select s.outcome, s.reason, s.due, f.state from staged_record s
         left join feed_object f on f.sync = s.sync and f.record_id = s.record_id where s.sync = $1 and s.record_id = $2`,
        [sync, code],
      );
      return rows[0] ?? { outcome: null, reason: null, due: false, state: null };
    },
    async states() {
      const { rows } = await pool.query<{ state: string; n: number }>(
        'select state, count(*)::int as n from feed_object where sync = $1 group by state',
        [sync],
      );
      return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
    },
    signal: (code, signal = 'recordChanged') =>
      signalRecord(client.workflow, { pair: 'pivot-cirkwi', sync, recordId: code }, signal),
    async decide(reason, decision, code) {
      const found = (await scene.items(code)).filter((item) => item.reason === reason);
      const [item, ...others] = found;
      if (item === undefined || others.length > 0)
        throw new Error(`${code ?? sync} has ${found.length} items with reason ${reason}`);
      await decideItem(pool, item.id, { decision, argument: null, actor: 'test' });
      if (code === undefined) return;
      await signalRecord(client.workflow, { pair: 'pivot-cirkwi', sync, recordId: code }, 'decide', {
        itemId: item.id,
      });
      await scene.settled(code);
    },
    async settled(code) {
      const handle = client.workflow.getHandle(recordWorkflowId(sync, 'offer', code));
      await handle.result().catch(() => undefined);
    },
    workflow: (id) => client.workflow.getHandle(id),
    async close() {
      await service.stop();
      await worker.stop();
      await stack.stop();
    },
  };
  return scene;
}

/** The worker and the service in this process read this very object: a test changes it without new ones. */
function syncOf(stack: PivotStack): PivotCirkwiSync {
  const sync = stack.configuration.syncs[stack.sync];
  if (sync?.pair !== 'pivot-cirkwi') throw new Error('the stack has no sync');
  return sync;
}

/** What an earlier test left open (a track's way back, waiting for a person) must not work on this one's records. */
async function endAll({ client }: PivotStack): Promise<void> {
  for await (const { workflowId } of client.workflow.list({ query: "ExecutionStatus = 'Running'" }))
    await client.workflow
      .getHandle(workflowId)
      .terminate('the test is over')
      .catch(() => undefined); // the list may be behind: it has ended by itself
}

/** Everything but the sync itself and what migrations were made. */
async function forgetAll({ pool }: PivotStack): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('sync', 'migration')",
  );
  await pool.query(`truncate ${rows.map(({ name }) => `"${name}"`).join(', ')} cascade`);
  await pool.query('update sync set last_full_at = null');
}

function setAll(urns: string[], value: 'true' | 'false'): Record<string, string> {
  const chosen = urns.length > 0 ? urns : Object.values(TICKS);
  return Object.fromEntries(chosen.map((urn) => [urn, value]));
}

/** Code -> element, in the order of the document. */
export function elementsOf(xml: string, kind: 'circuit' | 'poi'): Map<string, string> {
  const found = new Map<string, string>();
  for (const [element] of xml.matchAll(new RegExp(`<${kind} [\\s\\S]*?</${kind}>`, 'g'))) {
    const code = new RegExp(`id_${kind}="([^"]*)"`).exec(element)?.[1] ?? '';
    if (found.has(code)) throw new Error(`${code} stands twice in the feed`);
    found.set(code, element);
  }
  return found;
}
