import { decideItem } from '../../../db/attention';
import { dossierOrder, type Scene, startScene } from './scene';

const READ_ONE = 'GET /{event}/api/orders/{order_id}';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});

afterAll(() => scene?.close());

describe('a run whose prerequisites are not met', () => {
  it('stops before it reads or writes anything, and names what is missing', async () => {
    await scene.begin([dossierOrder('1'), dossierOrder('2')]);

    const end = await scene.runEnd({ overrides: [] });

    expect(end).toMatchObject({
      kind: 'report',
      report: {
        outcome: 'stopped',
        code: 'prerequisites',
        writes: 0,
        reason: expect.stringContaining('validated-dossiers'),
      },
    });
    expect(await scene.writes()).toEqual([]);
    expect(await scene.standing('1')).toMatchObject({ outcome: null });
  });

  it('is not let through by the name of another prerequisite', async () => {
    await scene.begin([dossierOrder('1')]);

    const end = await scene.runEnd({ overrides: ['sales-open', 'connection-inwink'] });

    expect(end).toMatchObject({ kind: 'report', report: { code: 'prerequisites', writes: 0 } });
  });

  it('goes on when an operator takes it on by name, and the audit says in which run', async () => {
    await scene.begin([dossierOrder('1'), dossierOrder('2')]);

    const report = await scene.run({ overrides: ['validated-dossiers'] });

    const { rows } = await scene.stack.pool.query(
      `select run_id, operation, rule from audit where kind = 'prerequisite'`,
    );
    expect(report).toMatchObject({ outcome: 'completed', code: null, counts: { created: 2 } });
    expect(rows).toEqual([
      { run_id: report.runId, operation: 'override', rule: 'override.validated-dossiers' },
    ]);
  });

  it('may be previewed all the same', async () => {
    await scene.begin([dossierOrder('1')]);

    const report = await scene.run({ mode: 'plan', overrides: [] });

    expect(report).toMatchObject({ outcome: 'planned', writes: 0, counts: { created: 1 } });
  });
});

describe('dossiers that a full read does not contain', () => {
  it('are asked for one by one, and only those that Planexpo no longer has count as deleted', async () => {
    await tenInStep();
    await remove('d1');
    const readsBefore = await readsOfOne();

    const report = await scene.run({ full: true });

    expect((await readsOfOne()) - readsBefore).toBe(1);
    expect(report).toMatchObject({ writes: 0, counts: { read: 10, held: 1, unchanged: 9 } });
    expect(await scene.items()).toMatchObject([{ record_id: 'd1', reason: 'deleted-at-source' }]);
    expect(await scene.partner('d1')).toMatchObject({ status: 'Published' });
  });

  it('are withdrawn where the sync says so; no partner is ever deleted', async () => {
    await tenInStep({ cancelled: 'unpublish' });
    await remove('d1');

    const report = await scene.run({ full: true });

    expect(report).toMatchObject({ outcome: 'completed', writes: 1, counts: { withdrawn: 1, unchanged: 9 } });
    expect(await scene.partner('d1')).toMatchObject({ status: 'Draft' });
    expect(await scene.partners()).toHaveLength(10);
  });

  it('mean nothing to a run that reads only what changed', async () => {
    await tenInStep();
    await remove('d1', 'd2', 'd3', 'd4');

    const report = await scene.run();

    expect(report).toMatchObject({ outcome: 'completed', counts: { read: 10, unchanged: 10 } });
    expect(await scene.items()).toEqual([]);
  });
});

describe('a plan that goes beyond the guard', () => {
  it('is shown in full, and stopped when it is applied', async () => {
    await tenInStep({ cancelled: 'unpublish' });
    await cancel('d1', 'd2', 'd3');

    const planned = await scene.run({ mode: 'plan' });
    const applied = await scene.run({ mode: 'apply', planRun: planned.runId });

    expect(planned).toMatchObject({ outcome: 'planned', counts: { withdrawn: 3 } });
    expect(applied).toMatchObject({ outcome: 'stopped', code: 'guard', writes: 0 });
    expect(await scene.writes()).toEqual([]);
    expect(await scene.items()).toMatchObject([
      { reason: 'guard-stopped', place: 'plan', detail: { withdrawn: 3, linked: 10 } },
    ]);
  });

  it('is applied as it was shown once a person allows it', async () => {
    await tenInStep({ cancelled: 'unpublish' });
    await cancel('d1', 'd2', 'd3');
    const { runId } = await scene.run({ mode: 'plan' });
    await scene.run({ mode: 'apply', planRun: runId });
    await allowOnce();

    const applied = await scene.run({ mode: 'apply', planRun: runId });

    expect(applied).toMatchObject({ outcome: 'completed', writes: 3, counts: { withdrawn: 3 } });
    expect(await scene.items()).toEqual([]);
  });

  it('because it clears fields is let through for that number only', async () => {
    await tenInStep();
    await clearWebsite('d1', 'd2', 'd3', 'd4');
    const stopped = await scene.run();
    await allowOnce();
    await clearWebsite('d5');
    const more = await scene.run();
    await allowOnce();

    const allowed = await scene.run();

    expect(stopped).toMatchObject({ outcome: 'stopped', code: 'guard', writes: 0 });
    expect(more).toMatchObject({ outcome: 'stopped', code: 'guard', writes: 0 });
    expect(allowed).toMatchObject({ outcome: 'completed', writes: 5, counts: { updated: 5 } });
  });

  it('is none as long as only a few dossiers are concerned, whatever their share', async () => {
    await scene.begin([dossierOrder('1'), dossierOrder('2')], { cancelled: 'unpublish' });
    await scene.run();
    await cancel('1', '2');

    expect(await scene.run()).toMatchObject({ outcome: 'completed', counts: { withdrawn: 2 } });
  });
});

async function tenInStep(policies: { cancelled?: 'unpublish' } = {}): Promise<void> {
  const guard = { maxWithdrawnShare: 0.2, maxBlankedShare: 0.3, maxVanishedShare: 0.1, ignoreBelow: 2 };
  await scene.begin(
    Array.from({ length: 10 }, (_, n) => dossierOrder(`d${n}`)),
    { ...policies, guard },
  );
  await scene.run();
  await scene.writes();
}

async function remove(...ids: string[]): Promise<void> {
  for (const id of ids) await scene.stack.planexpo.put('orders', { action: 'delete', id });
}

async function cancel(...ids: string[]): Promise<void> {
  for (const id of ids) await scene.edit(id, { status: 'cancelled' });
}

async function clearWebsite(...ids: string[]): Promise<void> {
  for (const id of ids) await scene.edit(id, { company: { website: null } });
}

async function readsOfOne(): Promise<number> {
  return (await scene.stack.planexpo.stats()).requests.byRoute[READ_ONE] ?? 0;
}

/** What a person answers to the only open question of the guard. */
async function allowOnce(): Promise<void> {
  const [asked, ...others] = (await scene.items()).filter((each) => each.reason === 'guard-stopped');
  if (asked === undefined || others.length > 0) throw new Error('the guard asks not exactly one question');
  await decideItem(scene.stack.pool, asked.id, { decision: 'allow-once', argument: null, actor: 'test' });
}
