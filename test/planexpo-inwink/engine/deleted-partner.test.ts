import { addByHand, bringInStep, deletePartnerByHand } from './by-hand';
import { dossierOrder, fieldOf, item, type Scene, startScene } from './scene';

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

describe('a decision about a partner that was deleted by hand:', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  beforeEach(async () => {
    await bringInStep(scene, [
      dossierOrder('401', { items: [item('p-32', 3)] }),
      dossierOrder('402'),
      dossierOrder('403', { parent_order_id: '401' }),
    ]);
    await deletePartnerByHand(scene, '401');
    await scene.run({ full: true });
    await scene.writes();
  });

  it('recreate makes one whole new partner and closes the item', async () => {
    await scene.decide('401', 'target-deleted', 'recreate');

    const { id } = await scene.partner('401');
    expect(await scene.partner('401')).toMatchObject({ name: 'Exemplar 401', status: 'Published' });
    expect(await quantitiesOf(id)).toEqual([3]);
    expect(await scene.items('401')).toEqual([]);
    expect(await scene.run({ full: true })).toMatchObject({ outcome: 'completed' });
    expect(await scene.run({ full: true })).toMatchObject({ writes: 0, counts: { unchanged: 3 } });
  });

  it('recreate lets the co-exhibitors point at the new partner', async () => {
    await scene.decide('401', 'target-deleted', 'recreate');
    await scene.run();

    const { id } = await scene.partner('401');
    expect(await scene.partner('403')).toMatchObject({ affiliatedToId: id });
  });

  it('relink takes over the partner with the given id, with its products, and makes no other', async () => {
    const other = await addByHand(scene, 'exhibitor', { name: 'Made by hand' });

    await scene.decide('401', 'target-deleted', 'relink', other);

    expect(await scene.partner('401')).toMatchObject({ id: other, name: 'Exemplar 401' });
    expect(await quantitiesOf(other)).toEqual([3]);
    expect(await scene.items('401')).toEqual([]);
    await scene.run({ full: true });
    expect(await scene.run({ full: true })).toMatchObject({ writes: 0, counts: { unchanged: 3 } });
    expect(await scene.partners()).toHaveLength(3);
  });

  it('relink to an id that Inwink does not have is refused, and the item asks again', async () => {
    await scene.decide('401', 'target-deleted', 'relink', UNKNOWN_ID);

    expect(await scene.items('401')).toMatchObject([
      { state: 'open', detail: { refusedId: UNKNOWN_ID, refusedBecause: 'not-found' } },
    ]);
    expect(await scene.standing('401')).toMatchObject({ outcome: 'held', reason: 'target-deleted' });
    expect(await scene.writes()).toEqual([]);
  });

  it('relink to the partner of another dossier is refused, and that partner is not touched', async () => {
    const { id } = await scene.partner('402');

    await scene.decide('401', 'target-deleted', 'relink', String(id));

    expect(await scene.items('401')).toMatchObject([
      { state: 'open', detail: { refusedBecause: 'linked-to-another-record' } },
    ]);
    expect(await scene.partner('402')).toMatchObject({ id, name: 'Exemplar 402' });
    expect(await scene.writes()).toEqual([]);
  });

  it('a refused answer can be answered again', async () => {
    await scene.decide('401', 'target-deleted', 'relink', UNKNOWN_ID);

    await scene.decide('401', 'target-deleted', 'recreate');

    expect(await scene.partner('401')).toMatchObject({ name: 'Exemplar 401' });
    expect(await scene.items('401')).toEqual([]);
  });

  it('stop leaves Inwink alone, whatever changes in the dossier later', async () => {
    await scene.decide('401', 'target-deleted', 'stop');
    await scene.edit('401', { company: { name: 'Renamed' } });

    const report = await scene.run({ full: true });

    expect(await scene.standing('401')).toMatchObject({
      outcome: 'skipped',
      reason: 'stopped-by-decision',
    });
    expect(report).toMatchObject({ writes: 0, attention: 0 });
    expect(await scene.partners('401')).toEqual([]);
  });

  it('takes effect in the next run when its signal got lost', async () => {
    const [open] = await scene.items('401');
    await scene.stack.pool.query(
      `update attention_item set state = 'decided', decision = 'recreate', decided_by = 'test' where id = $1`,
      [open?.id],
    );

    await scene.run();

    expect(await scene.partner('401')).toMatchObject({ name: 'Exemplar 401' });
  });

  async function quantitiesOf(partnerId: unknown): Promise<unknown[]> {
    const all = await scene.stack.inwink.records('quantity');
    return all.filter((each) => each.partnerId === partnerId).map((each) => fieldOf(each, 'quantity'));
  }
});
