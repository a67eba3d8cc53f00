import { addByHand, addPartnerByHand, bringInStep, deleteParticipantByHand } from './by-hand';
import { dossierOrder, emailOf, type Scene, startScene } from './scene';

/** What people answer to attention items, and what comes of it. */
describe('a decision', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  describe('about a participant that was deleted by hand', () => {
    beforeEach(async () => {
      await bringInStep(scene, [dossierOrder('401'), dossierOrder('402')]);
      await deleteParticipantByHand(scene, emailOf('401'));
    });

    it('is asked for while the dossier is held, and the others go on', async () => {
      await scene.edit('402', { company: { name: 'Goes on' } });

      const report = await scene.run({ full: true });

      expect(report.counts).toMatchObject({ held: 1, updated: 1 });
      expect(await scene.items()).toMatchObject([
        { record_id: '401', reason: 'participant-deleted', severity: 'action' },
      ]);
      expect(await scene.participants(emailOf('401'))).toEqual([]);
    });

    it('recreate makes one new participant', async () => {
      await scene.run({ full: true });

      await scene.decide('401', 'participant-deleted', 'recreate');

      expect(await scene.participants(emailOf('401'))).toHaveLength(1);
      expect(await scene.items()).toEqual([]);
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0, counts: { unchanged: 2 } });
    });

    it('relink takes over the participant with the given id', async () => {
      await scene.run({ full: true });
      const other = await addByHand(scene, 'registered', {
        lastname: 'Autre',
        email: 'autre@exemplar.example',
      });

      await scene.decide('401', 'participant-deleted', 'relink', other);

      expect(await scene.participants(emailOf('401'))).toMatchObject([{ id: other, lastname: 'Nom401' }]);
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0, counts: { unchanged: 2 } });
    });

    it('stop ends the synchronisation of the dossier and leaves its partner', async () => {
      await scene.run({ full: true });

      await scene.decide('401', 'participant-deleted', 'stop');
      await scene.edit('401', { company: { name: 'Renamed' } });

      expect(await scene.run({ full: true })).toMatchObject({ writes: 0, counts: { skipped: 1 } });
      expect(await scene.partner('401')).toMatchObject({ name: 'Exemplar 401', status: 'Published' });
    });
  });

  describe('about a dossier that was refused after it was synchronised', () => {
    beforeEach(async () => {
      await bringInStep(scene, [dossierOrder('401')]);
      await scene.edit('401', { status: 'refused' });
      await scene.run();
    });

    it('keep leaves the partner published and asks no more', async () => {
      await scene.decide('401', 'refused-after-sync', 'keep');

      const report = await scene.run({ full: true });

      expect(report).toMatchObject({ outcome: 'completed', writes: 0, counts: { skipped: 1 } });
      expect(await scene.standing('401')).toMatchObject({ reason: 'kept-by-decision' });
      expect(await scene.partner('401')).toMatchObject({ status: 'Published' });
    });

    it('unpublish turns the partner into a draft once, and asks no more', async () => {
      await scene.writes();

      await scene.decide('401', 'refused-after-sync', 'unpublish');

      expect(await scene.writes()).toHaveLength(1);
      expect(await scene.partner('401')).toMatchObject({ status: 'Draft' });
      expect(await scene.run({ full: true })).toMatchObject({ outcome: 'completed', writes: 0 });
    });

    it.each(['keep', 'unpublish'])(
      '%s counts for this end only: another one asks again',
      async (decision) => {
        await scene.decide('401', 'refused-after-sync', decision);
        await scene.edit('401', { status: 'validated' });
        await scene.run();
        expect(await scene.partner('401')).toMatchObject({ status: 'Published' });

        await scene.edit('401', { status: 'cancelled' });
        const report = await scene.run();

        expect(report).toMatchObject({ writes: 0, counts: { held: 1 } });
        expect(await scene.items('401')).toMatchObject([{ reason: 'cancelled-after-sync', state: 'open' }]);
      },
    );
  });

  it('about two partners with one order id: relink chooses, and the other one is never touched', async () => {
    await scene.begin([dossierOrder('401')]);
    const one = await addPartnerByHand(scene, '401', 'One');
    const two = await addPartnerByHand(scene, '401', 'Two');
    await scene.run();

    await scene.decide('401', 'ambiguous-target', 'relink', two);
    await scene.run({ full: true });

    const byId = new Map((await scene.partners('401')).map((each) => [each.id, each.name]));
    expect(byId).toEqual(
      new Map([
        [one, 'One'],
        [two, 'Exemplar 401'],
      ]),
    );
  });
});
