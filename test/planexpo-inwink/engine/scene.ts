import { DefaultLogger, Runtime } from '@temporalio/worker';
import { signalRecord } from '../../../activities/signals';
import type { LocalStack } from '../../../cli/demo/planexpo-inwink/stack';
import type { PlanexpoInwinkPolicies as Policies } from '../../../config/planexpo-inwink';
import { type AttentionItem, decideItem, listOpenItems } from '../../../db/attention';
import { type RunEnd, runAndWait } from '../../../operations/start-run';
import type { JournalEntry, SimRecord } from '../../../simulators/control';
import type { PlanexpoOrder } from '../../../simulators/planexpo';
import { type RunningWorker, startWorker } from '../../../workers/start-worker';
import type { RunReport, SyncRunInput } from '../../../workflows/messages';
import { dossierWorkflowId } from '../../../workflows/names';
import { startTestStack } from '../../harness/stack';

export type Stack = LocalStack & { temporalAddress: string };

/** Everything that the sync remembers, but its mask. */
const MEMORY = `truncate run_place, cursor, staged_record, link, intent, plan_entry, run_outcome, audit, attention_item,
  mask_drift, received_hook, platform_budget, run cascade`;

/** Both platforms, one sync and a worker in this process; begun afresh by each test. */
export interface Scene {
  stack: Stack;
  /** Only these dossiers at the source, an empty Inwink, no memory; policies are the defaults and these. */
  begin(orders: PlanexpoOrder[], policies?: Partial<Policies>): Promise<void>;
  /** A run that ends with a report; `validated-dossiers` is passed, because small cases have fewer than three. */
  run(input?: Partial<SyncRunInput>): Promise<RunReport>;
  runEnd(input?: Partial<SyncRunInput>): Promise<RunEnd>;
  /** An exhibitor or organiser changes a dossier in Planexpo. */
  edit(orderId: string, value: Record<string, unknown>): Promise<void>;
  partners(orderId?: string): Promise<SimRecord[]>;
  participants(email?: string): Promise<SimRecord[]>;
  /** The only partner of a dossier. */
  partner(orderId: string): Promise<SimRecord>;
  /** Writes that Inwink was asked for since the last look. */
  writes(): Promise<JournalEntry[]>;
  items(recordId?: string): Promise<AttentionItem[]>;
  /** Where a record stands: outcome and reason. */
  standing(recordId: string): Promise<{ outcome: string | null; reason: string | null; due: boolean }>;
  signal(recordId: string, version?: number): Promise<void>;
  /** Decides the record's only item of this reason, as a person does, and waits for the pass that follows. */
  decide(recordId: string, reason: string, decision: string, argument?: string): Promise<void>;
  /** Resolves when the dossier's workflow is closed; how it ended is asked elsewhere. */
  settled(recordId: string): Promise<void>;
  close(): Promise<void>;
}

export async function startScene(options: Parameters<typeof startTestStack>[0] = {}): Promise<Scene> {
  return openScene(await startTestStack({ dossiers: 30, ...options }));
}

/** The same on a stack that is up. `close` stops the stack too. */
export async function openScene(stack: Stack): Promise<Scene> {
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

function sceneOn(stack: Stack, worker: RunningWorker): Scene {
  const { planexpo, inwink, pool, client, sync, expo } = stack;
  const policies = policiesOf(stack);
  const defaults = structuredClone(policies);

  const scene: Scene = {
    stack,
    async begin(orders, changed = {}) {
      Object.assign(policies, structuredClone(defaults), changed);
      await pool.query(MEMORY);
      await planexpo.reset({ orders, products: expo.planexpo.products });
      await inwink.reset({
        exhibitors: [],
        registered: [],
        products: expo.inwink.products,
        fields: expo.inwink.fields,
      });
    },
    runEnd: (input = {}) =>
      runAndWait(client, 'planexpo-inwink', {
        sync,
        mode: 'run',
        trigger: 'manual',
        overrides: ['validated-dossiers'],
        ...input,
      }),
    async run(input) {
      const end = await scene.runEnd(input);
      if (end.kind === 'report') return end.report;
      throw new Error(`the run ended otherwise: ${JSON.stringify(end)}`);
    },
    async edit(orderId, value) {
      await planexpo.put('orders', { action: 'patch', id: orderId, value });
    },
    async partners(orderId) {
      const all = await inwink.records('exhibitor');
      return orderId === undefined ? all : all.filter((each) => orderIdOf(each) === orderId);
    },
    async participants(email) {
      const all = await inwink.records('registered');
      return email === undefined ? all : all.filter((each) => each.email === email);
    },
    async partner(orderId) {
      const found = await scene.partners(orderId);
      if (found.length === 1 && found[0] !== undefined) return found[0];
      throw new Error(`dossier ${orderId} has ${found.length} partners`);
    },
    async writes() {
      const entries = await inwink.journal();
      await inwink.clearCounters();
      return entries;
    },
    async items(recordId) {
      const all = await listOpenItems(pool, sync, 1_000);
      return recordId === undefined ? all : all.filter((item) => item.record_id === recordId);
    },
    async standing(recordId) {
      const { rows } = await pool.query(
        'select outcome, reason, due from staged_record where sync = $1 and record_id = $2',
        [sync, recordId],
      );
      return rows[0] ?? { outcome: null, reason: null, due: false };
    },
    signal: (recordId, version) =>
      signalRecord(
        client.workflow,
        { pair: 'planexpo-inwink', sync, recordId },
        'recordValidated',
        version === undefined ? undefined : { version },
      ),
    async decide(recordId, reason, decision, argument) {
      const found = (await scene.items(recordId)).filter((item) => item.reason === reason);
      const [item, ...others] = found;
      if (item === undefined || others.length > 0)
        throw new Error(`${recordId} has ${found.length} items with reason ${reason}`);
      await decideItem(pool, item.id, { decision, argument: argument ?? null, actor: 'test' });
      await signalRecord(client.workflow, { pair: 'planexpo-inwink', sync, recordId }, 'decide', {
        itemId: item.id,
      });
      await scene.settled(recordId);
    },
    async settled(recordId) {
      const handle = client.workflow.getHandle(dossierWorkflowId(sync, recordId));
      await handle.result().catch(() => undefined);
    },
    async close() {
      await worker.stop();
      await stack.stop();
    },
  };
  return scene;
}

/** The worker in this process reads its policies from this very object: a test changes them without a new worker. */
function policiesOf(stack: Stack): Policies {
  const sync = stack.configuration.syncs[stack.sync];
  const policies = sync?.pair === 'planexpo-inwink' ? sync.policies : undefined;
  if (policies === undefined) throw new Error('the stack has no sync');
  return policies;
}

export function orderIdOf(partner: SimRecord): unknown {
  return fieldOf(partner, 'customFields.planexpo_order_id');
}

/** A value of a platform's record by its dotted path. */
export function fieldOf(record: SimRecord, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), record);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A validated dossier in Planexpo's form, with a booking contact of its own. */
export function dossierOrder(id: string, values: Partial<PlanexpoOrder> = {}): PlanexpoOrder {
  return {
    order_id: id,
    public_order_id: `PUB${id}`,
    status: 'validated',
    version: 1,
    is_test: false,
    parent_order_id: null,
    company: {
      name: `Exemplar ${id}`,
      website: `https://exemplar-${id}.example`,
      address: {
        line1: `${id} rue de l'Essai`,
        line2: null,
        postal_code: '75011',
        city: 'Paris',
        country: 'FR',
      },
    },
    booking_contact: contactOf(id),
    placement: { state: 'assigned', stand_number: `A${id}`, space: 'Hall 1', aisle: 'A' },
    items: [],
    updated_at: '2026-01-01T08:00:00Z',
    validated_at: '2026-01-01T08:00:00Z',
    ...values,
  };
}

export function contactOf(id: string): NonNullable<PlanexpoOrder['booking_contact']> {
  return {
    contact_id: `c-${id}`,
    civility: 'mme',
    last_name: `Nom${id}`,
    first_name: 'Camille',
    email: emailOf(id),
    company: `Exemplar ${id}`,
    position: 'Directrice',
    phone_1: '+33 1 99 00 12 34',
    phone_2: null,
    language: 'fr',
  };
}

export function emailOf(id: string): string {
  return `camille.nom${id.toLowerCase()}@exemplar.example`;
}

/** A product row of a dossier, mapped by the sample's mask. */
export function item(productId: string, quantity: number): PlanexpoOrder['items'][number] {
  return { product_id: productId, name: productId, kind: 'catalog', quantity };
}
