import { listPlanEntries } from '../../../db/plans';
import { closeRun, ensureSync, openRun } from '../../../db/runs';
import type { PlanexpoOrder } from '../../../simulators/planexpo';
import type { RunReport } from '../../../workflows/messages';
import { dossierOrder, emailOf, item, type Scene, startScene } from './scene';

/** Promise 10: what a plan shows is what happens, field by field, or it does not happen. */
describe('a plan that is applied later', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  const plan = () => scene.run({ mode: 'plan', overrides: [] });
  const apply = (planRun: number) => scene.run({ mode: 'apply', planRun });

  /** Two of three dossiers in step are changed in Planexpo; an exhibitor and its co-exhibitor are new. */
  beforeEach(async () => {
    await scene.begin(['1', '2', '3'].map((id) => dossierOrder(id, { items: [item('p-32', 1)] })));
    await scene.run();
    await scene.edit('1', { company: { website: 'https://new-1.example' }, items: [item('p-32', 3)] });
    await scene.edit('2', { company: { website: 'https://new-2.example' } });
    await add(dossierOrder('9', { items: [item('p-32', 2)] }));
    await add(dossierOrder('8', { parent_order_id: '9' }));
    await scene.writes();
  });

  it('leaves what we know of both sides as it was while it is made', async () => {
    const before = await everythingRemembered();

    const planned = await plan();

    expect(planned).toMatchObject({
      outcome: 'planned',
      counts: { read: 4, created: 2, updated: 2 },
    });
    expect(await scene.writes()).toEqual([]);
    expect(await everythingRemembered()).toEqual(before);
  });

  it('makes the very changes that it showed, each from the same value to the same value', async () => {
    const planned = await plan();
    const shown = await changesShownBy(planned);

    const applied = await apply(planned.runId);

    const exhibitor = await scene.partner('9');
    expect(applied).toMatchObject({ outcome: 'completed', counts: planned.counts });
    expect(await changesMadeBy(applied)).toEqual(
      shown.map((change) => change.replace('(partner of 9)', String(exhibitor.id))),
    );
    expect(applied.writes).toBe((await scene.writes()).length);
    expect(await scene.run({ full: true })).toMatchObject({ writes: 0, counts: { read: 5, unchanged: 5 } });
  });

  it('does not reach for a dossier that came after it', async () => {
    const { runId } = await plan();
    await add(dossierOrder('7'));

    const applied = await apply(runId);

    expect(applied.counts).toMatchObject({ read: 4, created: 2, updated: 2 });
    expect(await scene.partners('7')).toEqual([]);
    expect(await scene.run()).toMatchObject({ counts: { read: 6, created: 1 } });
  });

  const since: Array<[string, () => Promise<unknown>]> = [
    ['had another field edited in Inwink', () => editPartner('1', { name: 'By hand' })],
    ['had its participant edited in Inwink', () => editParticipant('1', { lastname: 'By hand' })],
    ['was given products in Inwink', () => giveProducts('1', 2)],
  ];
  it.each(since)(
    'refuses a record that %s since; the others go on, and the next run heals it',
    async (_what, change) => {
      const { runId } = await plan();
      await change();

      const applied = await apply(runId);
      const refused = await scene.standing('1');
      const next = await scene.run();

      expect(applied.counts).toMatchObject({ read: 4, created: 2, updated: 1, refused: 1 });
      expect(refused).toEqual({ outcome: 'refused', reason: 'changed-since-plan', due: true });
      expect(await scene.partner('2')).toMatchObject({ website: 'https://new-2.example' });
      expect(next).toMatchObject({ outcome: 'completed', counts: { read: 5, updated: 1, unchanged: 4 } });
      expect(await scene.partner('1')).toMatchObject({ website: 'https://new-1.example' });
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0, counts: { unchanged: 5 } });
    },
  );

  it('is refused when it belongs to another sync, and nothing is written', async () => {
    const end = await scene.runEnd({ mode: 'apply', planRun: await planOfAnotherSync() });

    expect(end).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('does not exist for this sync'),
    });
    expect(await scene.writes()).toEqual([]);
  });

  it.each([987_654, 1e20])(
    'is refused under a number that nobody has (%d), and stands in no later run’s way',
    async (planRun) => {
      const end = await scene.runEnd({ mode: 'apply', planRun });

      expect(end).toMatchObject({ kind: 'failed' });
      expect(await scene.writes()).toEqual([]);
      expect(await scene.run()).toMatchObject({ outcome: 'completed', counts: { created: 2, updated: 2 } });
    },
  );

  async function add(order: PlanexpoOrder): Promise<void> {
    const { updated_at: _now, ...value } = order;
    await scene.stack.planexpo.put('orders', { action: 'upsert', id: order.order_id, value });
  }

  /** Without what a read of the source moves. */
  async function everythingRemembered(): Promise<unknown> {
    const rows = async (sql: string) => (await scene.stack.pool.query(sql)).rows;
    return {
      standings: await rows(
        'select record_id, outcome, reason, settled_hash, settled_at from staged_record where outcome is not null order by 1',
      ),
      links: await rows('select * from link order by kind, source_key'),
      intents: await rows('select * from intent order by kind, source_key'),
      outcomes: await rows('select * from run_outcome order by run_id, record_id'),
      audit: await rows('select * from audit order by id'),
      items: await rows('select * from attention_item order by id'),
    };
  }

  async function changesShownBy({ runId }: RunReport): Promise<string[]> {
    const entries = await listPlanEntries(scene.stack.pool, { runId, after: '', limit: 100 });
    return entries
      .flatMap(({ recordId, changes }) => changes.map((change) => line({ ...change, recordId })))
      .sort();
  }

  async function changesMadeBy({ runId }: RunReport): Promise<string[]> {
    const { rows } = await scene.stack.pool.query(
      'select record_id as "recordId", kind, field, before, after from audit where run_id = $1 and field is not null',
      [runId],
    );
    return rows.map(line).sort();
  }

  async function editPartner(orderId: string, value: Record<string, unknown>): Promise<void> {
    const { id } = await scene.partner(orderId);
    await scene.stack.inwink.put('exhibitor', { action: 'patch', id: String(id), value });
  }

  async function editParticipant(orderId: string, value: Record<string, unknown>): Promise<void> {
    const [person] = await scene.participants(emailOf(orderId));
    await scene.stack.inwink.put('registered', { action: 'patch', id: String(person?.id), value });
  }

  async function giveProducts(orderId: string, quantity: number): Promise<void> {
    const { id } = await scene.partner(orderId);
    const held = (await scene.stack.inwink.records('quantity')).find((each) => each.partnerId === id);
    await scene.stack.inwink.put('quantity', { action: 'patch', id: String(held?.id), value: { quantity } });
  }

  async function planOfAnotherSync(): Promise<number> {
    const { pool } = scene.stack;
    await ensureSync(pool, 'another-salon', 'planexpo-inwink');
    const { id } = await openRun(pool, {
      sync: 'another-salon',
      mode: 'plan',
      trigger: 'manual',
      fullRead: false,
      onlyRecord: null,
      planRun: null,
      overrides: [],
      workflowId: 'run/another-salon',
      workflowRunId: 'of-another-salon',
    });
    const nothing = { reason: null, counts: null, writes: 0, attention: 0, planned: 0 };
    await closeRun(pool, id, { outcome: 'planned', ...nothing });
    return id;
  }
});

interface Line {
  recordId: string;
  kind: string;
  field: string;
  before: unknown;
  after: unknown;
}

function line({ recordId, kind, field, before, after }: Line): string {
  return `${recordId} ${kind} ${field}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
}
