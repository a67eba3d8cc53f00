import { bodiesOf, bringInStep } from './by-hand';
import { dossierOrder, item, orderIdOf, type Scene, startScene } from './scene';

/** The other reading: co-exhibitors inside their exhibitor's dossier (settled question 16). */
describe('a co-exhibitor inside its exhibitor’s dossier', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene({ embedCoExhibitors: true });
  });

  afterAll(() => scene?.close());

  const CHILD = '901/co/902';
  const child = (values: Parameters<typeof dossierOrder>[1] = {}) =>
    dossierOrder('902', { parent_order_id: '901', ...values });

  it('is a partner of its own under its exhibitor’s, known by both ids', async () => {
    await scene.begin([dossierOrder('901'), child({ items: [item('p-32', 2)] })]);

    const report = await scene.run();

    const parent = await scene.partner('901');
    expect(report.counts).toMatchObject({ read: 2, created: 2 });
    expect(await scene.partner(CHILD)).toMatchObject({
      name: 'Exemplar 902',
      status: 'Published',
      affiliatedToId: parent.id,
      customFields: { planexpo_order_id: CHILD, planexpo_public_order_id: 'PUB901/902' },
    });
    expect(await scene.stack.inwink.records('quantity')).toHaveLength(1);
    expect(await scene.participants()).toHaveLength(2);
  });

  it('is written alone when it alone changed', async () => {
    await bringInStep(scene, [dossierOrder('901'), child()]);
    await scene.edit('902', { company: { name: 'Renamed' } });

    const report = await scene.run();

    expect(report).toMatchObject({ writes: 1, counts: { updated: 1, unchanged: 1 } });
    expect(bodiesOf(await scene.writes())).toEqual([{ name: 'Renamed' }]);
  });

  it('comes into step by the signal of its exhibitor', async () => {
    await bringInStep(scene, [dossierOrder('901')]);
    await scene.stack.planexpo.put('orders', { action: 'upsert', id: '902', value: child() });

    await scene.signal('901');
    await scene.settled('901');
    await scene.settled(CHILD);

    expect((await scene.partners()).map(orderIdOf).sort()).toEqual(['901', CHILD]);
  });

  it('has the status of its exhibitor', async () => {
    await scene.begin([dossierOrder('901', { status: 'submitted' }), child({ status: 'submitted' })]);

    const report = await scene.run();

    expect(report.counts).toMatchObject({ skipped: 2, created: 0 });
  });

  it('of a test exhibitor is skipped', async () => {
    await scene.begin([dossierOrder('901', { is_test: true }), child()]);

    const report = await scene.run();

    expect(report).toMatchObject({ writes: 0, counts: { skipped: 2 } });
  });

  it('that is taken out of the dossier is handed to a person, and its partner stays', async () => {
    await bringInStep(scene, [dossierOrder('901'), child()]);
    await scene.stack.planexpo.put('orders', { action: 'delete', id: '902' });

    const report = await scene.run({ full: true });

    expect(report).toMatchObject({ writes: 0, counts: { held: 1, unchanged: 1 } });
    expect(await scene.items()).toMatchObject([{ record_id: CHILD, reason: 'deleted-at-source' }]);
    expect(await scene.partner(CHILD)).toMatchObject({ status: 'Published' });
  });

  it('ends with its exhibitor when that is cancelled, where the sync unpublishes', async () => {
    await bringInStep(scene, [dossierOrder('901'), child()], { cancelled: 'unpublish' });
    await scene.edit('902', { status: 'cancelled' });
    await scene.edit('901', { status: 'cancelled' });

    await scene.run();

    expect((await scene.partners()).map((each) => each.status)).toEqual(['Draft', 'Draft']);
    expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
  });
});
