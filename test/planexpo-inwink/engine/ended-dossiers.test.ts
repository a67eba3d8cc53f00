import type { RunReport } from '../../../workflows/messages';
import { addPartnerByHand, bodiesOf, bringInStep } from './by-hand';
import { dossierOrder, type Scene, startScene } from './scene';

/** Dossiers that leave the validated ones: the sync's policy, and never a deletion. */
describe('the end of a dossier', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  describe.each(['cancelled', 'refused', 'deleted'] as const)('a dossier that is %s', (end) => {
    const reason = {
      cancelled: 'cancelled-after-sync',
      refused: 'refused-after-sync',
      deleted: 'deleted-at-source',
    };

    it('is handed to a person, and its partner stays as it is', async () => {
      await bringInStep(scene, [dossierOrder('301'), dossierOrder('302')]);

      const report = await ended('301', end);

      expect(report).toMatchObject({
        outcome: 'completed-with-attention',
        writes: 0,
        counts: { read: 2, held: 1, unchanged: 1 },
      });
      expect(await scene.partner('301')).toMatchObject({ status: 'Published' });
      expect(await scene.items('301')).toMatchObject([{ reason: reason[end], severity: 'action' }]);
    });

    it('unpublishes its partner where the sync says so, and no later run writes again', async () => {
      await bringInStep(scene, [dossierOrder('301'), dossierOrder('302')], { cancelled: 'unpublish' });

      const report = await ended('301', end);

      expect(report).toMatchObject({ writes: 1, counts: { read: 2, withdrawn: 1, unchanged: 1 } });
      expect(bodiesOf(await scene.writes())).toEqual([{ status: 'Draft' }]);
      expect(await scene.items()).toEqual([]);
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
      expect(await scene.partner('301')).toMatchObject({ status: 'Draft' });
    });

    it('is handed to a person even then, when its partner is not of our making', async () => {
      await scene.begin([dossierOrder('301')], { cancelled: 'unpublish' });
      await addPartnerByHand(scene, '301', 'By hand');
      await scene.run();
      await scene.writes();

      const report = await ended('301', end);

      expect(report).toMatchObject({ writes: 0, counts: { held: 1 } });
      expect(await scene.partner('301')).toMatchObject({ status: 'Published' });
    });

    it('is out of scope when it never reached Inwink', async () => {
      await scene.begin([dossierOrder('301', { status: 'submitted' })], { cancelled: 'unpublish' });
      await scene.run();

      const report = await ended('301', end);

      expect(report).toMatchObject({ outcome: 'completed', writes: 0, counts: { held: 0, withdrawn: 0 } });
      expect(await scene.partners()).toEqual([]);
      expect(await scene.items()).toEqual([]);
    });
  });

  it('a refused dossier that is validated again is published again', async () => {
    await bringInStep(scene, [dossierOrder('301')], { cancelled: 'unpublish' });
    await ended('301', 'refused');
    await scene.edit('301', { status: 'validated' });

    const report = await scene.run();

    expect(report).toMatchObject({ writes: 1, counts: { updated: 1 } });
    expect(await scene.partner('301')).toMatchObject({ status: 'Published' });
  });

  it.each(['flag', 'unpublish'] as const)(
    're-opened editing leaves the partner as it is until the dossier is validated again (%s)',
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

  async function ended(orderId: string, end: 'cancelled' | 'refused' | 'deleted'): Promise<RunReport> {
    if (end === 'deleted') await scene.stack.planexpo.put('orders', { action: 'delete', id: orderId });
    else await scene.edit(orderId, { status: end });
    return scene.run({ full: end === 'deleted' });
  }
});
