import { bringInStep } from './by-hand';
import { dossierOrder, type Scene, startScene } from './scene';

/** Co-exhibitors with dossiers of their own (settled question 16). */
describe('a co-exhibitor', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  const child = (id: string, values: Parameters<typeof dossierOrder>[1] = {}) =>
    dossierOrder(id, { parent_order_id: '901', ...values });

  it.each(['draft', 'submitted'])('waits for its exhibitor while that is %s', async (status) => {
    await scene.begin([dossierOrder('901', { status }), child('902')]);

    const report = await scene.run();

    expect(report.counts).toMatchObject({ waiting: 1, skipped: 1 });
    expect(await scene.standing('902')).toMatchObject({ outcome: 'waiting', reason: 'parent-not-there' });
    expect(await scene.partners()).toEqual([]);
  });

  it('waits for an exhibitor that Planexpo has not shown yet, and asks nobody', async () => {
    await scene.begin([child('902'), dossierOrder('903')]);

    const report = await scene.run();

    expect(report).toMatchObject({ outcome: 'completed', counts: { waiting: 1, created: 1 } });
    expect(await scene.items()).toEqual([]);
  });

  it('follows in the run in which its exhibitor is validated', async () => {
    await scene.begin([dossierOrder('901', { status: 'draft' }), child('902')]);
    await scene.run();
    await scene.edit('901', { status: 'validated' });

    const report = await scene.run();

    expect(report.counts).toMatchObject({ created: 2 });
    const parent = await scene.partner('901');
    expect(await scene.partner('902')).toMatchObject({ affiliatedToId: parent.id });
  });

  it('whose signal comes before its exhibitor’s waits, and goes on by the exhibitor’s', async () => {
    await scene.begin([dossierOrder('903')]);
    await scene.run();
    for (const order of [dossierOrder('901'), child('902')])
      await scene.stack.planexpo.put('orders', { action: 'upsert', id: order.order_id, value: order });

    await scene.signal('902');
    await scene.settled('902');
    const early = await scene.standing('902');
    await scene.signal('901');
    await scene.settled('901');
    await scene.settled('902');

    expect(early).toMatchObject({ outcome: 'waiting' });
    const parent = await scene.partner('901');
    expect(await scene.partner('902')).toMatchObject({ affiliatedToId: parent.id });
  });

  it('of a test exhibitor is skipped', async () => {
    await scene.begin([dossierOrder('901', { is_test: true }), child('902')]);

    const report = await scene.run();

    expect(report).toMatchObject({ outcome: 'completed', counts: { skipped: 2 } });
    expect(await scene.standing('902')).toMatchObject({ reason: 'parent-is-test' });
    expect(await scene.partners()).toEqual([]);
  });

  it('of an exhibitor that the sync declares a test is skipped', async () => {
    await scene.begin([dossierOrder('901'), child('902')], { testDossiers: ['PUB901'] });

    await scene.run();

    expect(await scene.standing('902')).toMatchObject({ outcome: 'skipped', reason: 'parent-is-test' });
    expect(await scene.partners()).toEqual([]);
  });

  it('of a co-exhibitor is refused, and the first two go on', async () => {
    await scene.begin([dossierOrder('901'), child('902'), child('903', { parent_order_id: '902' })]);

    const report = await scene.run();

    expect(report.counts).toMatchObject({ created: 2, refused: 1 });
    expect(await scene.partners('903')).toEqual([]);
    expect(await scene.items()).toMatchObject([{ record_id: '903', reason: 'depth', severity: 'action' }]);
  });

  it('of itself is refused', async () => {
    await scene.begin([child('901')]);

    const report = await scene.run();

    expect(report.counts).toMatchObject({ refused: 1 });
    expect(await scene.partners()).toEqual([]);
  });

  it('of an exhibitor whose partner was deleted waits until that is decided', async () => {
    await bringInStep(scene, [dossierOrder('901'), child('902')]);
    const { id } = await scene.partner('901');
    await scene.stack.inwink.put('exhibitor', { action: 'delete', id: String(id) });

    await scene.run({ full: true });
    const report = await scene.run({ full: true });

    expect(report).toMatchObject({ writes: 0, counts: { held: 1, waiting: 1 } });
    expect(await scene.standing('902')).toMatchObject({ reason: 'parent-held' });
  });

  it('stays as it is while its exhibitor’s editing is open again', async () => {
    await bringInStep(scene, [dossierOrder('901'), child('902')]);
    await scene.edit('901', { status: 'submitted' });
    await scene.edit('902', { company: { name: 'Goes on' } });

    const report = await scene.run();

    expect(report.counts).toMatchObject({ waiting: 1, updated: 1 });
    expect(await scene.partner('902')).toMatchObject({ name: 'Goes on' });
  });

  describe('of an exhibitor that is cancelled', () => {
    it('is asked about like its exhibitor, and nothing is written', async () => {
      await bringInStep(scene, [dossierOrder('901'), child('902')]);
      await scene.edit('901', { status: 'cancelled' });

      const report = await scene.run();

      expect(report).toMatchObject({ writes: 0, counts: { held: 2 } });
      expect((await scene.items()).map((each) => [each.record_id, each.reason]).sort()).toEqual([
        ['901', 'cancelled-after-sync'],
        ['902', 'cancelled-parent'],
      ]);
    });

    it('is unpublished with its exhibitor where the sync says so', async () => {
      await bringInStep(scene, [dossierOrder('901'), child('902')], { cancelled: 'unpublish' });
      await scene.edit('901', { status: 'cancelled' });

      const report = await scene.run();

      expect(report).toMatchObject({ writes: 2, counts: { withdrawn: 2 } });
      expect((await scene.partners()).map((each) => each.status)).toEqual(['Draft', 'Draft']);
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
    });

    it('stays published after "keep", and its later changes are not sent', async () => {
      await bringInStep(scene, [dossierOrder('901'), child('902')]);
      await scene.edit('901', { status: 'cancelled' });
      await scene.run();

      await scene.decide('902', 'cancelled-parent', 'keep');
      await scene.edit('902', { company: { name: 'Renamed' } });
      const report = await scene.run();

      expect(report).toMatchObject({ writes: 0 });
      expect(await scene.partner('902')).toMatchObject({ name: 'Exemplar 902', status: 'Published' });
    });
  });

  it('that moves to another exhibitor points at that one’s partner', async () => {
    await bringInStep(scene, [dossierOrder('901'), child('902'), dossierOrder('903')]);
    await scene.edit('902', { parent_order_id: '903' });

    const report = await scene.run();

    const other = await scene.partner('903');
    expect(report).toMatchObject({ writes: 1, counts: { updated: 1 } });
    expect(await scene.partner('902')).toMatchObject({ affiliatedToId: other.id });
  });

  it('that becomes an exhibitor of its own points at nobody any more', async () => {
    await bringInStep(scene, [dossierOrder('901'), child('902')]);
    await scene.edit('902', { parent_order_id: null });

    await scene.run();

    expect(await scene.partner('902')).toMatchObject({ affiliatedToId: null });
  });
});
