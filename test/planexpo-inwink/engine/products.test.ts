import { inwinkProductId } from '../../../simulators/sample-data/products';
import { bodiesOf, bringInStep, editPartnerByHand } from './by-hand';
import { dossierOrder, item, type Scene, startScene } from './scene';

const BADGES = 'p-32';
const READERS = 'p-34';

/** Quantities under the mask, and products that people change on either side. */
describe('products', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  it('of a new dossier are held by its partner as ordered, and those outside the mask are not sent', async () => {
    await scene.begin([
      dossierOrder('501', { items: [item(BADGES, 10), item(READERS, 2), item('p-40', 4)] }),
    ]);

    await scene.run();

    expect(await held('501')).toEqual({ [BADGES]: 10, [READERS]: 2 });
  });

  it('that no mask speaks of are told once for the whole sync', async () => {
    await scene.begin(
      ['501', '502'].map((id) => dossierOrder(id, { items: [item(BADGES, 1), item('p-new', 2)] })),
    );

    const report = await scene.run();

    expect(report).toMatchObject({ outcome: 'completed', counts: { created: 2 } });
    expect(await scene.items()).toMatchObject([
      { reason: 'unmapped-product', record_id: null, place: 'product.p-new', severity: 'info' },
    ]);
  });

  it('that are ordered twice in one dossier add up', async () => {
    await scene.begin([dossierOrder('501', { items: [item(BADGES, 10), item(BADGES, 5)] })]);

    await scene.run();

    expect(await held('501')).toEqual({ [BADGES]: 15 });
  });

  it('are raised when more are ordered, by one write', async () => {
    await tenBadges();
    await order('501', [item(BADGES, 12)]);

    const report = await scene.run();

    expect(report).toMatchObject({ writes: 1, counts: { updated: 1 } });
    expect(bodiesOf(await scene.writes())).toEqual([{ quantity: 12 }]);
    expect(await held('501')).toEqual({ [BADGES]: 12 });
  });

  describe('that are ordered less than before', () => {
    it.each([
      ['fewer', [item(BADGES, 5)], 5],
      ['none', [item(BADGES, 0)], 0],
      ['no longer listed', []],
    ])('(%s) stay as they are, which is told once and asks for nothing', async (_how, items, wanted = 0) => {
      await tenBadges();
      await order('501', items);

      const report = await scene.run();

      expect(report).toMatchObject({ outcome: 'completed', writes: 0, counts: { unchanged: 1 } });
      expect(await scene.writes()).toEqual([]);
      expect(await held('501')).toEqual({ [BADGES]: 10 });
      expect(await scene.items('501')).toMatchObject([
        { reason: 'quantity-higher-at-target', severity: 'info', detail: { wanted, held: 10 } },
      ]);
    });

    it('are not written by any later run, and the note stays', async () => {
      await tenBadges();
      await order('501', [item(BADGES, 5)]);
      await scene.run();

      const [plain, full] = [await scene.run(), await scene.run({ full: true })];

      expect([plain, full]).toMatchObject([
        { writes: 0, counts: { unchanged: 1 } },
        { writes: 0, counts: { unchanged: 1 } },
      ]);
      expect(await scene.writes()).toEqual([]);
      expect(await scene.items('501')).toMatchObject([{ reason: 'quantity-higher-at-target' }]);
    });

    it('lose their note once as many are ordered again', async () => {
      await tenBadges();
      await order('501', [item(BADGES, 5)]);
      await scene.run();
      await order('501', [item(BADGES, 10)]);

      const report = await scene.run();

      expect(report.writes).toBe(0);
      expect(await scene.items('501')).toEqual([]);
    });

    it('let the other products of the dossier rise', async () => {
      await tenBadges();
      await order('501', [item(BADGES, 5), item(READERS, 1)]);

      await scene.run();

      expect(await held('501')).toEqual({ [BADGES]: 10, [READERS]: 1 });
    });

    it('are told the same way by an Inwink that refuses a lower quantity', async () => {
      await tenBadges();
      const { id } = await scene.partner('501');
      await scene.stack.inwink.faults(
        {
          // a person raises it at the very moment, and Inwink refuses what is less by then
          kind: 'person',
          records: 'quantity',
          change: { action: 'upsert', id: `${id}/${inwinkProductId(BADGES)}`, value: { quantity: 50 } },
          route: 'PUT *',
        },
        { kind: 'status', status: 409, code: 'QuantityDecreaseNotAllowed', route: 'PUT *' },
      );
      await order('501', [item(BADGES, 12)]);

      const report = await scene.run();

      expect(report.counts).toMatchObject({ refused: 0, held: 0 });
      expect(await held('501')).toEqual({ [BADGES]: 50 });
      expect(await scene.items('501')).toMatchObject([
        { reason: 'quantity-higher-at-target', detail: { wanted: 12, held: 50 } },
      ]);
    });
  });

  it('whose quantity a person lowered in Inwink are raised again by a full run', async () => {
    await tenBadges();
    const { id } = await scene.partner('501');
    await scene.stack.inwink.put('quantity', {
      action: 'upsert',
      id: `${id}/${inwinkProductId(BADGES)}`,
      value: { quantity: 3 },
    });

    const report = await scene.run({ full: true });

    expect(report.writes).toBe(1);
    expect(await held('501')).toEqual({ [BADGES]: 10 });
  });

  describe('that change on a platform', () => {
    const changes: Array<[string, () => Promise<unknown>]> = [
      ['renamed in Planexpo', () => planexpoName('Badge nouveau')],
      ['renamed in Inwink', () => inwinkProduct({ name: 'Badge nouveau' })],
      ['taken out of service in Inwink', () => inwinkProduct({ active: false })],
      ['of another pack size in Inwink', () => inwinkProduct({ packSize: 25 })],
      [
        'removed from Inwink',
        () => scene.stack.inwink.put('product', { action: 'delete', id: inwinkProductId(BADGES) }),
      ],
    ];
    it.each(changes)(
      '(%s) stop their mask row with an item, and the dossier goes on',
      async (_how, change) => {
        await tenBadges();
        await change();
        await scene.edit('501', {
          company: { name: 'Goes on' },
          items: [item(BADGES, 12), item(READERS, 1)],
        });

        const report = await scene.run();

        expect(report.counts).toMatchObject({ updated: 1, held: 0, refused: 0 });
        expect(await scene.partner('501')).toMatchObject({ name: 'Goes on' });
        expect(await held('501')).toEqual({ [BADGES]: 10, [READERS]: 1 });
        expect(await scene.items()).toMatchObject([
          { record_id: null, reason: 'product-drift', severity: 'action', detail: { planexpoId: BADGES } },
        ]);
      },
    );

    const namesBack: Array<[string, () => Promise<unknown>, () => Promise<unknown>]> = [
      ['Planexpo', () => planexpoName('Autre'), () => planexpoName('Badge exposant supplémentaire')],
      ['Inwink', () => inwinkProduct({ name: 'Autre' }), () => inwinkProduct({ name: 'Badge exposant' })],
    ];
    it.each(namesBack)(
      'are synchronised whole again once %s has the name back, without a change of the dossier',
      async (_where, rename, nameBack) => {
        await tenBadges();
        await rename();
        await order('501', [item(BADGES, 12)]);
        await scene.run();
        await nameBack();

        const report = await scene.run();

        expect(report).toMatchObject({ outcome: 'completed', writes: 1, counts: { updated: 1 } });
        expect(await held('501')).toEqual({ [BADGES]: 12 });
        expect(await scene.items()).toEqual([]);
      },
    );

    it('leave dossiers without that product alone', async () => {
      await bringInStep(scene, [
        dossierOrder('501', { items: [item(BADGES, 10)] }),
        dossierOrder('502', { items: [item(READERS, 2)] }),
      ]);
      await planexpoName('Autre');

      const report = await scene.run();

      expect(report).toMatchObject({ writes: 0, counts: { unchanged: 2 } });
      expect((await scene.items()).map((each) => each.record_id)).toEqual([null]);
    });
  });

  it('that vanish from Inwink in the middle of a run are missed alone, and told', async () => {
    await scene.begin([dossierOrder('501', { items: [item(BADGES, 10), item(READERS, 2)] })]);
    await scene.stack.inwink.faults({
      kind: 'person',
      records: 'product',
      change: { action: 'delete', id: inwinkProductId(BADGES) },
      route: 'POST /{eventId}/exhibitor',
    });

    const report = await scene.run();

    expect(report.counts).toMatchObject({ created: 1 });
    expect(await held('501')).toEqual({ [READERS]: 2 });
    expect(await scene.items('501')).toMatchObject([
      { reason: 'product-missing-at-target', severity: 'action' },
    ]);
  });

  it('that vanished in the middle of a run are sent once they are back', async () => {
    await scene.begin([dossierOrder('501', { items: [item(BADGES, 10)] })]);
    await scene.stack.inwink.faults({
      kind: 'person',
      records: 'product',
      change: { action: 'delete', id: inwinkProductId(BADGES) },
      route: 'POST /{eventId}/exhibitor',
    });
    await scene.run();
    await inwinkProduct({ name: 'Badge exposant', packSize: 1, active: true });

    await scene.run();

    expect(await held('501')).toEqual({ [BADGES]: 10 });
    expect(await scene.items()).toEqual([]);
  });

  it('that people added to a partner in Inwink are none of our business', async () => {
    await tenBadges();
    const { id } = await scene.partner('501');
    await scene.stack.inwink.put('quantity', {
      action: 'upsert',
      id: `${id}/beef0000-77aa-f011-8e2b-0022480a1b2c`,
      value: { quantity: 2 },
    });
    await editPartnerByHand(scene, '501', { website: 'https://by-hand.example' });

    await scene.run({ full: true });

    expect(await scene.items('501')).toEqual([]);
  });

  async function tenBadges(): Promise<void> {
    await bringInStep(scene, [dossierOrder('501', { items: [item(BADGES, 10)] })]);
  }

  async function order(orderId: string, items: Array<ReturnType<typeof item>>): Promise<void> {
    await scene.edit(orderId, { items });
  }

  const planexpoName = (name: string) =>
    scene.stack.planexpo.put('products', { action: 'patch', id: BADGES, value: { name } });

  const inwinkProduct = (value: Record<string, unknown>) =>
    scene.stack.inwink.put('product', { action: 'upsert', id: inwinkProductId(BADGES), value });

  /** Quantities of the dossier's partner, by the Planexpo id of each product. */
  async function held(orderId: string): Promise<Record<string, unknown>> {
    const { id } = await scene.partner(orderId);
    const all = await scene.stack.inwink.records('quantity');
    const nameOf = new Map([BADGES, READERS].map((product) => [inwinkProductId(product), product]));
    return Object.fromEntries(
      all
        .filter((each) => each.partnerId === id)
        .map((each) => [nameOf.get(String(each.productId)) ?? each.productId, each.quantity]),
    );
  }
});
