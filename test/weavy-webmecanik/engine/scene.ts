import type { WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { signalRecord } from '../../../activities/signals';
import type { WeavyWebmecanikSync } from '../../../config/weavy-webmecanik';
import { type AttentionItem, decideItem, listOpenItems } from '../../../db/attention';
import type { FieldMapping } from '../../../mappings/weavy-webmecanik/field-mapping';
import { type RunEnd, runAndWait } from '../../../operations/start-run';
import type { JournalEntry, SimRecord } from '../../../simulators/control';
import type { MauticVersion } from '../../../simulators/mautic';
import type { MauticState } from '../../../simulators/mautic/state';
import { type CrmNotes, sampleCrm } from '../../../simulators/sample-data/crm';
import type { WeavyState } from '../../../simulators/weavy/state';
import { type RunningWorker, startWorker } from '../../../workers/start-worker';
import type { RunReport, SyncRunInput } from '../../../workflows/messages';
import { recordWorkflow } from '../../../workflows/names';
import { type CrmStack, type CrmStackOptions, startCrmTestStack } from '../../harness/crm-stack';

type Policies = WeavyWebmecanikSync['policies'];
type Signal = 'recordChanged' | 'recordValidated' | 'retry';
type Side = 'weavy' | 'mautic';
export type Values = Record<string, string | number | boolean | null>;

/** What both platforms hold at the beginning of a test. */
export interface Records {
  weavy?: WeavyState;
  mautic?: MauticState;
}

/** What a test may ask for at its beginning; everything else is as the stack's configuration says. */
export interface Beginning {
  /** So many contacts of the sample over both sides, or exactly these records. @default 40 */
  records?: number | Records;
  /** Beside the defaults; durations in milliseconds. */
  policies?: Partial<Policies>;
  /** What becomes of the mapping of the demo. */
  mapping?(demo: FieldMapping): FieldMapping;
  /** Of Mautic. @default 4 */
  version?: MauticVersion;
}

/** What a person's change may say beside the values. */
export interface Edit {
  /** The record says that it was changed so long ago. Default: now, by the platform's own clock. */
  secondsAgo?: number;
  /** Other parts of a Mautic contact: tags, segments, companies, doNotContact. */
  also?: Record<string, unknown>;
}

/** A couple as the database keeps it. */
export interface StoredCouple {
  weavy: string | null;
  mautic: string | null;
  state: string;
  origin: string;
  base: Record<string, { weavy: unknown; mautic: unknown }>;
  paused: string[];
}

/** Where a record stands. */
export interface Standing {
  outcome: string | null;
  reason: string | null;
  due: boolean;
}

/**
 * Both CRMs, one sync and a worker in this process; begun afresh by each test. Records are named as attention items name
 * them: `weavy/customercontact/C-1`, `mautic/contact/81`.
 */
export interface Scene {
  stack: CrmStack;
  /** The sync's configuration, as the worker in this process reads it. */
  configuration: WeavyWebmecanikSync;
  /** These records, no memory, no faults, no open workflow. Answers the notes of a sample. */
  begin(beginning?: Beginning): Promise<CrmNotes | null>;
  /** A run that ends with a report. */
  run(input?: Partial<SyncRunInput>): Promise<RunReport>;
  runEnd(input?: Partial<SyncRunInput>): Promise<RunEnd>;
  /** A person edits a record, makes a new one, or deletes one. */
  edit(recordId: string, fields: Values, more?: Edit): Promise<void>;
  add(recordId: string, fields: Values, more?: Edit): Promise<void>;
  remove(recordId: string): Promise<void>;
  /** The fields of a record as its platform keeps them. Throws when it is not there. */
  fields(recordId: string): Promise<Values>;
  /** A record whole, or null. */
  record(recordId: string): Promise<SimRecord | null>;
  /** Live records of a kind (`weavy/customer`), by their ids. */
  all(kind: string): Promise<Map<string, Values>>;
  /** The ids of the live records of a kind whose field holds this. */
  holding(kind: string, field: string, value: string): Promise<string[]>;
  /** Companies of a Mautic contact; the primary one first. */
  companiesOf(contact: string): Promise<string[]>;
  couple(recordId: string): Promise<StoredCouple | null>;
  /** How many couples stand in each state. */
  states(): Promise<Record<string, number>>;
  standing(recordId: string): Promise<Standing>;
  /** All items that are not closed; of one record, of its couple, or of the sync itself (`null`). */
  items(recordId?: string | null): Promise<AttentionItem[]>;
  /** Reasons of open items, in plain order. */
  reasons(recordId?: string | null): Promise<string[]>;
  /** Decides the only open item of this reason, as a person does; with a record, waits for the pass that follows. */
  decide(reason: string, decision: string, recordId?: string): Promise<void>;
  signal(recordId: string, signal?: Signal): Promise<void>;
  /** Resolves when the record's workflow is closed. */
  settled(recordId: string): Promise<void>;
  workflow(id: string): WorkflowHandle;
  /** Writing calls of ours since the beginning, or since the last `forgetWrites`. */
  writes(side: Side): Promise<JournalEntry[]>;
  forgetWrites(): Promise<void>;
  close(): Promise<void>;
}

export type SceneOptions = CrmStackOptions & {
  /** Of both accounts, which the worker reads once; durations in milliseconds. */
  weavyAccount?: { pageSize?: number; timeout?: number };
  mauticAccount?: { pageSize?: number; timeout?: number; batchSize?: number; searchLag?: number };
};

export async function startScene(options: SceneOptions = {}): Promise<Scene> {
  const { weavyAccount = {}, mauticAccount = {}, ...stackOptions } = options;
  const policies = {
    retry: { initialInterval: '100ms', maximumInterval: '1s', maximumAttempts: 4 },
    ...stackOptions.policies,
  };
  const stack = await startCrmTestStack({ records: 0, ...stackOptions, policies });
  Object.assign(stack.configuration.platforms['weavy-demo'] ?? {}, weavyAccount);
  Object.assign(stack.configuration.platforms['mautic-demo'] ?? {}, mauticAccount);
  return openScene(stack);
}

/** The same on a stack that is up. `close` stops the stack too. */
export async function openScene(stack: CrmStack): Promise<Scene> {
  let worker: RunningWorker | undefined;
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    worker = await startWorker({
      configuration: stack.configuration,
      databaseUrl: stack.variables.DATABASE_URL ?? '',
      temporalAddress: stack.temporalAddress,
    });
    return sceneOn(stack, worker);
  } catch (error) {
    await worker?.stop();
    await stack.stop();
    throw error;
  }
}

function sceneOn(stack: CrmStack, worker: RunningWorker): Scene {
  const { pool, client, sync } = stack;
  const configuration = syncOf(stack);
  const defaults = structuredClone({ policies: configuration.policies, mapping: configuration.mapping });

  const scene: Scene = {
    stack,
    configuration,
    async begin({ records = 40, policies = {}, mapping = (demo: FieldMapping) => demo, version = 4 } = {}) {
      const sample = typeof records === 'number' ? sampleCrm({ records, seed: 1 }) : null;
      const { weavy = {}, mautic = {} } = sample ?? (typeof records === 'number' ? {} : records);
      Object.assign(configuration.policies, structuredClone(defaults.policies), policies);
      Object.assign(configuration.mapping, mapping(structuredClone(defaults.mapping)));
      await endAll(stack);
      await forgetAll(stack);
      await Promise.all([stack.weavy.clearFaults(), stack.mautic.clearFaults()]);
      await stack.weavy.reset(weavy);
      await stack.mautic.reset(mautic);
      await stack.mautic.act('version', { version });
      return sample?.notes ?? null;
    },
    runEnd: (input = {}) =>
      runAndWait(client, 'weavy-webmecanik', { sync, mode: 'run', trigger: 'manual', ...input }),
    async run(input) {
      const end = await scene.runEnd(input);
      if (end.kind === 'report') return end.report;
      throw new Error(`the run ended otherwise: ${JSON.stringify(end)}`);
    },
    edit: (recordId, fields, more) => change(stack, 'patch', recordId, fields, more),
    add: (recordId, fields, more) => change(stack, 'upsert', recordId, fields, more),
    async remove(recordId) {
      const { side, kind, id } = partsOf(recordId);
      await stack[side].put(kind, { action: 'delete', id });
    },
    async fields(recordId) {
      const found = await scene.record(recordId);
      if (found === null) throw new Error(`there is no ${recordId}`);
      return fieldsOf(found);
    },
    async record(recordId) {
      const { side, kind, id } = partsOf(recordId);
      const [found] = await stack[side].records(kind, id);
      return found === undefined || found.srvAttrib === 1 ? null : found;
    },
    async all(kind) {
      const [side, name] = kind.split('/');
      const found = await stack[sideOf(side)].records(name ?? '');
      const live = found.filter((record) => record.srvAttrib !== 1);
      return new Map(live.map((record) => [`${kind}/${record.id}`, fieldsOf(record)]));
    },
    async holding(kind, field, value) {
      const all = [...(await scene.all(kind))];
      return all.filter(([, fields]) => fields[field] === value).map(([id]) => id);
    },
    async companiesOf(contact) {
      const found = await scene.record(contact);
      // the simulator's own form of a contact
      const links = (found?.companies ?? []) as Array<{ id: number; primary: boolean }>;
      return links
        .toSorted((a, b) => Number(b.primary) - Number(a.primary))
        .map(({ id }) => `mautic/company/${id}`);
    },
    async couple(recordId) {
      const { rows } = await pool.query<StoredCouple>(
        `select weavy_record as weavy, mautic_record as mautic, state, origin, base, paused_fields as paused
         from couple where sync = $1 and $2 in (weavy_record, mautic_record)`,
        [sync, recordId],
      );
      return rows[0] ?? null;
    },
    async states() {
      const { rows } = await pool.query<{ state: string; n: number }>(
        'select state, count(*)::int as n from couple where sync = $1 group by state',
        [sync],
      );
      return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
    },
    async standing(recordId) {
      const { rows } = await pool.query<Standing>(
        'select outcome, reason, due from staged_record where sync = $1 and record_id = $2',
        [sync, recordId],
      );
      return rows[0] ?? { outcome: null, reason: null, due: false };
    },
    async items(recordId) {
      const all = await listOpenItems(pool, sync, 1_000);
      if (recordId === undefined) return all;
      const couple = recordId === null ? null : await scene.couple(recordId);
      const ids = [recordId, couple?.weavy, couple?.mautic].filter((id) => id !== undefined);
      if (recordId === null) return all.filter((item) => item.record_id === null);
      return all.filter((item) => item.record_id !== null && ids.includes(item.record_id));
    },
    async reasons(recordId) {
      const all = await scene.items(recordId);
      return all
        .filter((item) => item.state === 'open')
        .map((item) => item.reason)
        .sort();
    },
    async decide(reason, decision, recordId) {
      const found = (await scene.items(recordId)).filter((item) => item.reason === reason);
      const [item, ...others] = found;
      if (item === undefined || others.length > 0)
        throw new Error(`${recordId ?? sync} has ${found.length} items with reason ${reason}`);
      await decideItem(pool, item.id, { decision, argument: null, actor: 'test' });
      if (item.record_id === null) return;
      const about = { pair: 'weavy-webmecanik', sync, recordId: item.record_id };
      await signalRecord(client.workflow, about, 'decide', { itemId: item.id });
      await scene.settled(item.record_id);
    },
    signal: (recordId, signal = 'recordChanged') =>
      signalRecord(client.workflow, { pair: 'weavy-webmecanik', sync, recordId }, signal),
    async settled(recordId) {
      const { id } = recordWorkflow('weavy-webmecanik', sync, recordId);
      await client.workflow
        .getHandle(id)
        .result()
        .catch(() => undefined);
    },
    workflow: (id) => client.workflow.getHandle(id),
    writes: (side) => stack[side].journal(),
    async forgetWrites() {
      await Promise.all([stack.weavy.clearCounters(), stack.mautic.clearCounters()]);
    },
    async close() {
      await worker.stop();
      await stack.stop();
    },
  };
  return scene;
}

async function change(
  stack: CrmStack,
  action: 'patch' | 'upsert',
  recordId: string,
  fields: Values,
  { secondsAgo, also = {} }: Edit = {},
): Promise<void> {
  const { side, kind, id } = partsOf(recordId);
  const at = secondsAgo === undefined ? null : new Date(Date.now() - secondsAgo * 1_000).toISOString();
  const time = at === null ? {} : { [side === 'weavy' ? 'srvDateUTC' : 'dateModified']: at.slice(0, 19) };
  const zoned = side === 'mautic' && at !== null ? { dateModified: `${at.slice(0, 19)}+00:00` } : time;
  await stack[side].put(kind, { action, id, value: { fields, ...also, ...zoned } });
}

/** The worker in this process reads this very object: a test changes it without a new one. */
function syncOf(stack: CrmStack): WeavyWebmecanikSync {
  const sync = stack.configuration.syncs[stack.sync];
  if (sync?.pair !== 'weavy-webmecanik') throw new Error('the stack has no sync');
  return sync;
}

function partsOf(recordId: string): { side: Side; kind: string; id: string } {
  const [side, kind = '', ...id] = recordId.split('/');
  return { side: sideOf(side), kind, id: id.join('/') };
}

function sideOf(name: string | undefined): Side {
  if (name === 'weavy' || name === 'mautic') return name;
  throw new Error(`${name} is no side`);
}

function fieldsOf(record: SimRecord): Values {
  // both simulators keep the values of a record under this name
  return record.fields as Values;
}

/** What an earlier test left open must not work on this one's records. */
async function endAll({ client }: CrmStack): Promise<void> {
  for await (const { workflowId } of client.workflow.list({ query: "ExecutionStatus = 'Running'" }))
    await client.workflow
      .getHandle(workflowId)
      .terminate('the test is over')
      .catch(() => undefined); // the list may be behind: it has ended by itself
}

/** Everything but the sync itself and what migrations were made. */
async function forgetAll({ pool }: CrmStack): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('sync', 'migration')",
  );
  await pool.query(`truncate ${rows.map(({ name }) => `"${name}"`).join(', ')} cascade`);
  await pool.query('update sync set last_full_at = null');
}
