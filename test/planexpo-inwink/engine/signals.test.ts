import { signalRecord } from '../../../activities/signals';
import { dossierWorkflowId } from '../../../workflows/names';
import { until } from '../../harness/until';
import { contactOf, dossierOrder, item, type Scene, startScene } from './scene';

const READ_ONE = 'GET /{event}/api/orders/{order_id}';

describe('a signal about one dossier', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene.close());

  it('brings a newly validated dossier into step without a run', async () => {
    await scene.begin([dossierOrder('1', { items: [item('p-32', 2)] })]);

    await scene.signal('1', 1);
    await scene.settled('1');

    expect(await scene.partner('1')).toMatchObject({ name: 'Exemplar 1', status: 'Published' });
    expect(await scene.participants()).toHaveLength(1);
    expect(await scene.standing('1')).toMatchObject({ outcome: 'created', due: false });
    expect(await scene.run()).toMatchObject({ writes: 0, counts: { read: 1, unchanged: 1 } });
  });

  it('sent ten times at once makes one read and one set of writes', async () => {
    await scene.begin([dossierOrder('1')]);

    await Promise.all(Array.from({ length: 10 }, () => scene.signal('1', 1)));
    await scene.settled('1');

    expect((await scene.stack.planexpo.stats()).requests.byRoute[READ_ONE]).toBe(1);
    expect(await scene.writes()).toHaveLength(2);
  });

  it('with a newer version during a pass is answered by another pass', async () => {
    await scene.begin([dossierOrder('1')]);
    await scene.stack.inwink.faults({ kind: 'latency', ms: 700, route: 'POST /{eventId}/exhibitor' });

    await scene.signal('1', 1);
    await whenWorkedOn(scene, '1');
    await scene.edit('1', { company: { name: 'Renamed since' } });
    await scene.signal('1', 2);
    await scene.settled('1');

    expect(await scene.partner('1')).toMatchObject({ name: 'Renamed since' });
    expect(await scene.standing('1')).toMatchObject({ due: false });
  });

  it('joins the run that works on the dossier', async () => {
    await scene.begin([dossierOrder('1'), dossierOrder('2')]);
    await scene.stack.inwink.faults({
      kind: 'latency',
      ms: 1_000,
      route: 'POST /{eventId}/exhibitor',
      where: { field: 'customFields.planexpo_order_id', equals: '1' },
    });

    const running = scene.run();
    await whenWorkedOn(scene, '1');
    await scene.edit('1', { company: { name: 'Renamed meanwhile' } });
    await scene.signal('1', 2);
    const report = await running;

    expect(report).toMatchObject({ outcome: 'completed', counts: { read: 2, created: 2 } });
    expect(await scene.partner('1')).toMatchObject({ name: 'Renamed meanwhile' });
    // both partners, both participants, and what was renamed
    expect(report.writes).toBe(5);
  });

  it('that works on a dossier is waited for by the run, which writes nothing beside it', async () => {
    await scene.begin([dossierOrder('1'), dossierOrder('2')]);
    await scene.stack.inwink.faults({ kind: 'latency', ms: 1_000, route: 'POST /{eventId}/exhibitor' });

    await scene.signal('1');
    await whenWorkedOn(scene, '1');
    const report = await scene.run();

    expect(report).toMatchObject({ outcome: 'completed', counts: { read: 2 } });
    expect(await scene.partners()).toHaveLength(2);
    expect((await scene.stack.inwink.stats()).creates).toBe(4);
  });

  it('about a co-exhibitor before its exhibitor waits, and goes on when the exhibitor comes', async () => {
    await scene.begin([
      dossierOrder('parent'),
      dossierOrder('child', { parent_order_id: 'parent', booking_contact: contactOf('child') }),
    ]);

    await scene.signal('child');
    await scene.settled('child');
    const before = await scene.standing('child');
    await scene.signal('parent');
    await scene.settled('parent');
    await scene.settled('child');

    expect(before).toMatchObject({ outcome: 'waiting', reason: 'parent-not-there', due: true });
    const parent = await scene.partner('parent');
    expect(await scene.partner('child')).toMatchObject({ affiliatedToId: parent.id });
  });

  it('about a dossier that Planexpo does not have ends cleanly', async () => {
    await scene.begin([dossierOrder('1')]);

    await scene.signal('never-heard-of');
    const handle = scene.stack.client.workflow.getHandle(
      dossierWorkflowId(scene.stack.sync, 'never-heard-of'),
    );

    expect(await handle.result()).toMatchObject({
      outcome: 'skipped',
      reason: 'deleted-at-source',
      writes: 0,
    });
    expect(await scene.writes()).toEqual([]);
  });

  it('about a sync that nobody configured fails at once and says which ones there are', async () => {
    const nobody = { pair: 'planexpo-inwink', sync: 'no-such-sync', recordId: '1' };
    await signalRecord(scene.stack.client.workflow, nobody, 'recordValidated');
    const handle = scene.stack.client.workflow.getHandle(dossierWorkflowId('no-such-sync', '1'));

    await expect(handle.result()).rejects.toMatchObject({
      cause: { cause: { message: expect.stringContaining('salon-demo') } },
    });
  });

  it('about a dossier that is refused shows red with the reason in plain words', async () => {
    await scene.begin([dossierOrder('1')]);
    await scene.stack.inwink.faults({ kind: 'refuse', field: 'name', equals: 'Exemplar 1' });

    await scene.signal('1');
    const handle = scene.stack.client.workflow.getHandle(dossierWorkflowId(scene.stack.sync, '1'));

    await expect(handle.result()).rejects.toMatchObject({
      cause: { type: 'NeedsAttention', message: expect.stringMatching(/^Dossier 1: .*name/) },
    });
  });

  it('about a dossier that came during a run leaves the run’s counts in order', async () => {
    await scene.begin([dossierOrder('1')]);
    await scene.stack.inwink.faults({ kind: 'latency', ms: 1_000, route: 'POST /{eventId}/exhibitor' });

    const running = scene.run();
    await whenWorkedOn(scene, '1');
    await scene.stack.planexpo.put('orders', { action: 'upsert', id: 'new', value: dossierOrder('new') });
    // staged, and waiting for its turn when the run ends
    await scene.stack.inwink.faults({
      kind: 'latency',
      ms: 2_500,
      route: 'POST /{eventId}/exhibitor',
      where: { field: 'customFields.planexpo_order_id', equals: 'new' },
    });
    await scene.signal('new');
    const report = await running;
    await scene.settled('new');

    expect(report).toMatchObject({ outcome: 'completed', counts: { read: 1, created: 1 } });
    expect(await scene.partners()).toHaveLength(2);
  });
});

/** The dossier's workflow is open, and its first write is on its way. */
async function whenWorkedOn(scene: Scene, recordId: string): Promise<void> {
  await until(`a write for ${recordId}`, async () => {
    const { rows } = await scene.stack.pool.query(
      `select 1 from intent where sync = $1 and source_key = $2 and state = 'creating'`,
      [scene.stack.sync, recordId],
    );
    return rows.length > 0;
  });
}
