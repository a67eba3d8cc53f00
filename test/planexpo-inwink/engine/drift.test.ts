import { addPartnerByHand, bodiesOf, bringInStep, deletePartnerByHand, editPartnerByHand } from './by-hand';
import { dossierOrder, type Scene, startScene } from './scene';

/** One side moves alone: what the next run makes of the other (settled questions 5, 9 and 17). */
describe('an edit on one side', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  describe('of a synchronised field in Inwink', () => {
    beforeEach(async () => {
      await bringInStep(scene, [dossierOrder('301'), dossierOrder('302')]);
      await editPartnerByHand(scene, '301', { website: 'https://by-hand.example' });
    });

    it('stays as long as a plain run finds the dossier unchanged', async () => {
      const report = await scene.run();

      expect(report).toMatchObject({ writes: 0, counts: { unchanged: 2 } });
      expect(await scene.partner('301')).toMatchObject({ website: 'https://by-hand.example' });
    });

    it('is overwritten by a full run, and nothing else is written', async () => {
      const report = await scene.run({ full: true });

      expect(report).toMatchObject({ writes: 1, counts: { updated: 1, unchanged: 1 } });
      expect(bodiesOf(await scene.writes())).toEqual([{ website: 'https://exemplar-301.example' }]);
    });

    it('is overwritten together with the next change of the dossier', async () => {
      await scene.edit('301', { company: { name: 'Renamed' } });

      await scene.run();

      expect(await scene.partner('301')).toMatchObject({
        name: 'Renamed',
        website: 'https://exemplar-301.example',
      });
    });
  });

  it('of a field in Inwink that is none of ours stays for good', async () => {
    await bringInStep(scene, [dossierOrder('301')]);
    const other = await addPartnerByHand(scene, 'nobody', 'Organiser');
    await editPartnerByHand(scene, '301', { affiliatedToId: other });
    await scene.edit('301', { company: { name: 'Renamed' } });

    await scene.run({ full: true });

    expect(await scene.partner('301')).toMatchObject({ name: 'Renamed', affiliatedToId: other });
  });

  it('that takes a value away in Planexpo clears it in Inwink', async () => {
    await bringInStep(scene, [dossierOrder('301')]);
    await scene.edit('301', { company: { website: null } });

    const report = await scene.run();

    expect(report.writes).toBe(1);
    expect(await scene.partner('301')).toMatchObject({ website: null });
  });

  it('after which Planexpo no longer speaks of a field leaves Inwink as it is', async () => {
    await bringInStep(scene, [dossierOrder('301')]);
    const unset = ['company.website', 'company.address', 'placement', 'booking_contact'];
    await scene.stack.planexpo.put('orders', { action: 'patch', id: '301', unset });

    const report = await scene.run({ full: true });

    expect(report.writes).toBe(0);
    expect(await scene.partner('301')).toMatchObject({
      website: 'https://exemplar-301.example',
      emplacement: 'A301',
      address: { zipCode: '75011' },
    });
  });

  it('never clears what people typed in Inwink where Planexpo has always been empty', async () => {
    await bringInStep(scene, [dossierOrder('301')]);
    await editPartnerByHand(scene, '301', { address: { street2: 'Bâtiment C' } });

    const report = await scene.run({ full: true });

    expect(report.writes).toBe(0);
    expect(await scene.partner('301')).toMatchObject({ address: { street2: 'Bâtiment C' } });
  });

  it.each(['flag', 'unpublish'] as const)(
    'by an exhibitor whose dossier is open again leaves the partner until it is validated (%s)',
    async (cancelled) => {
      await bringInStep(scene, [dossierOrder('301')], { cancelled });
      await scene.edit('301', { status: 'submitted', company: { name: 'Half-typed' } });

      const reopened = await scene.run({ full: true });
      const before = await scene.partner('301');
      await scene.edit('301', { status: 'validated', company: { name: 'Typed' } });
      await scene.run();

      expect(reopened).toMatchObject({ outcome: 'completed', writes: 0, counts: { waiting: 1 } });
      expect(before).toMatchObject({ name: 'Exemplar 301', status: 'Published' });
      expect(await scene.partner('301')).toMatchObject({ name: 'Typed', status: 'Published' });
    },
  );

  it('that deletes a partner is not undone by any later change of its dossier', async () => {
    await bringInStep(scene, [dossierOrder('301'), dossierOrder('302')]);
    await deletePartnerByHand(scene, '301');
    const held = await scene.run({ full: true });
    await scene.edit('301', { company: { name: 'Renamed' } });
    await scene.edit('302', { company: { name: 'Goes on' } });

    const report = await scene.run();

    expect([held, report]).toMatchObject([
      { writes: 0, counts: { held: 1, unchanged: 1 } },
      { writes: 1, counts: { held: 1, updated: 1 } },
    ]);
    expect(await scene.partners('301')).toEqual([]);
    expect(await scene.items()).toMatchObject([
      { record_id: '301', reason: 'target-deleted', severity: 'action' },
    ]);
  });

  it('that deletes a partner is noticed by the next write, without a full run', async () => {
    await bringInStep(scene, [dossierOrder('301')]);
    await deletePartnerByHand(scene, '301');
    await scene.edit('301', { company: { name: 'Renamed' } });

    const report = await scene.run();

    expect(report).toMatchObject({ writes: 0, counts: { held: 1 } });
    expect(await scene.partners()).toEqual([]);
  });

  describe('that makes another partner with a dossier’s id', () => {
    it('holds the dossier when there are two before any link, and neither is touched', async () => {
      await scene.begin([dossierOrder('301'), dossierOrder('302')]);
      await addPartnerByHand(scene, '301', 'One');
      await addPartnerByHand(scene, '301', 'Two');

      const report = await scene.run();

      expect(report.counts).toMatchObject({ held: 1, created: 1 });
      expect((await scene.partners('301')).map((each) => each.name).sort()).toEqual(['One', 'Two']);
      expect(await scene.items('301')).toMatchObject([{ reason: 'ambiguous-target', severity: 'action' }]);
    });

    it('is reported after the link; the linked partner goes on and the other is never touched', async () => {
      await bringInStep(scene, [dossierOrder('301')]);
      const second = await addPartnerByHand(scene, '301', 'Second');
      await scene.edit('301', { company: { name: 'Renamed' } });

      const report = await scene.run();

      const [other, linked] = (await scene.partners('301')).toSorted((a) => (a.id === second ? -1 : 1));
      expect(report).toMatchObject({ writes: 1, counts: { updated: 1 } });
      expect([other, linked]).toMatchObject([{ name: 'Second' }, { name: 'Renamed' }]);
      expect(await scene.items('301')).toMatchObject([{ reason: 'duplicate-target', severity: 'action' }]);
    });

    it('is reported no longer once somebody removed it', async () => {
      await bringInStep(scene, [dossierOrder('301')]);
      const second = await addPartnerByHand(scene, '301', 'Second');
      await scene.run({ full: true });
      expect(await scene.items('301')).toHaveLength(1);
      await scene.stack.inwink.put('exhibitor', { action: 'delete', id: second });

      await scene.run({ full: true });

      expect(await scene.items('301')).toEqual([]);
    });

    it('does not take the place of a linked one that was deleted', async () => {
      await bringInStep(scene, [dossierOrder('301')]);
      await addPartnerByHand(scene, '301', 'Second');
      const linked = (await scene.partners('301')).find((each) => each.name === 'Exemplar 301');
      await scene.stack.inwink.put('exhibitor', { action: 'delete', id: String(linked?.id) });

      const report = await scene.run({ full: true });

      expect(report).toMatchObject({ writes: 0, counts: { held: 1 } });
      expect(await scene.partner('301')).toMatchObject({ name: 'Second' });
    });
  });
});
