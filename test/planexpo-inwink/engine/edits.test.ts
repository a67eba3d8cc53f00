import { contactOf, dossierOrder, emailOf, item, type Scene, startScene } from './scene';

const PRODUCT = 'p-32';
const CREATE_PARTNER = 'POST /{eventId}/exhibitor';

describe('what people do on either side between two runs', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene.close());

  const inwinkPerson = (kind: string, id: unknown, value: Record<string, unknown>) =>
    scene.stack.inwink.put(kind, { action: 'patch', id: String(id), value });
  const deletedByHand = (kind: string, id: unknown) =>
    scene.stack.inwink.put(kind, { action: 'delete', id: String(id) });
  const productOf = async (partnerId: unknown) =>
    (await scene.stack.inwink.records('quantity')).filter((each) => each.partnerId === partnerId);

  describe('to a partner in Inwink', () => {
    it('a synchronised field edited there is put back by a full run, and only by one', async () => {
      await scene.begin([dossierOrder('1')]);
      await scene.run();
      const { id } = await scene.partner('1');
      await inwinkPerson('exhibitor', id, { website: 'https://by-hand.example' });

      const plain = await scene.run();
      const full = await scene.run({ full: true });

      expect(plain.writes).toBe(0);
      expect(full).toMatchObject({ writes: 1, counts: { updated: 1 } });
      expect(await scene.partner('1')).toMatchObject({ website: 'https://exemplar-1.example' });
    });

    it('a quantity lowered there is raised again by a full run, once', async () => {
      await scene.begin([dossierOrder('1', { items: [item(PRODUCT, 3)] })]);
      await scene.run();
      const { id } = await scene.partner('1');
      const [held] = await productOf(id);
      await inwinkPerson('quantity', `${id}/${held?.productId}`, { quantity: 1 });

      const full = await scene.run({ full: true });

      expect(full.writes).toBe(1);
      expect(await productOf(id)).toMatchObject([{ quantity: 3 }]);
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
    });

    it('a partner deleted by hand holds its dossier and no other', async () => {
      await scene.begin([dossierOrder('1'), dossierOrder('2')]);
      await scene.run();
      await deletedByHand('exhibitor', (await scene.partner('1')).id);
      await scene.edit('2', { company: { name: 'Goes on' } });

      const report = await scene.run({ full: true });

      expect(report).toMatchObject({ outcome: 'completed-with-attention', counts: { held: 1, updated: 1 } });
      expect(await scene.items('1')).toMatchObject([{ reason: 'target-deleted', severity: 'action' }]);
      expect(await scene.partners('1')).toEqual([]);
      const again = await scene.run();
      expect(again).toMatchObject({ writes: 0, counts: { held: 1, unchanged: 1 } });
      expect(await scene.items('1')).toHaveLength(1);
    });

    it('the decision "recreate" makes a new partner, with its products and co-exhibitors', async () => {
      await scene.begin([
        dossierOrder('1', { items: [item(PRODUCT, 2)] }),
        dossierOrder('c', { parent_order_id: '1' }),
      ]);
      await scene.run();
      await deletedByHand('exhibitor', (await scene.partner('1')).id);
      await scene.run({ full: true });

      await scene.decide('1', 'target-deleted', 'recreate');
      await scene.settled('c');

      const recreated = await scene.partner('1');
      expect(await productOf(recreated.id)).toMatchObject([{ quantity: 2 }]);
      expect(await scene.partner('c')).toMatchObject({ affiliatedToId: recreated.id });
      expect(await scene.items()).toEqual([]);
      expect(await scene.run({ full: true })).toMatchObject({ outcome: 'completed', writes: 0 });
    });

    it('a decision whose signal was lost is put into effect by the next run', async () => {
      await scene.begin([dossierOrder('1')]);
      await scene.run();
      await deletedByHand('exhibitor', (await scene.partner('1')).id);
      await scene.run({ full: true });
      await scene.stack.pool.query(`update attention_item set state = 'decided', decision = 'recreate'`);

      const report = await scene.run();

      expect(report).toMatchObject({ outcome: 'completed', counts: { created: 1 } });
      expect(await scene.items()).toEqual([]);
    });

    it('the decision "relink" goes on with the partner that a person names', async () => {
      await scene.begin([dossierOrder('1'), dossierOrder('2')]);
      await scene.run();
      await deletedByHand('exhibitor', (await scene.partner('1')).id);
      const byHand = await scene.stack.inwink.put('exhibitor', {
        action: 'upsert',
        value: { name: 'By hand' },
      });
      await scene.run({ full: true });
      await scene.writes();

      await scene.decide('1', 'target-deleted', 'relink', String(byHand?.id));

      expect(await scene.partner('1')).toMatchObject({ id: byHand?.id, name: 'Exemplar 1' });
      expect((await scene.writes()).map((entry) => entry.method)).toEqual(['PATCH']);
      expect(await scene.items('1')).toEqual([]);
    });

    it.each([
      ['does not exist', async () => 'no-such-id'],
      ['cannot be an id', async () => '..'],
      ['belongs to another dossier', async () => String((await scene.partner('2')).id)],
    ])('the decision "relink" to something that %s asks again', async (_what, idOf) => {
      await scene.begin([dossierOrder('1'), dossierOrder('2')]);
      await scene.run();
      await deletedByHand('exhibitor', (await scene.partner('1')).id);
      await scene.run({ full: true });
      const refusedId = await idOf();

      await scene.decide('1', 'target-deleted', 'relink', refusedId);

      expect(await scene.items('1')).toMatchObject([{ state: 'open', detail: { refusedId } }]);
      expect(await scene.standing('1')).toMatchObject({ outcome: 'held', reason: 'target-deleted' });
    });

    it('the decision "stop" leaves the dossier alone from then on', async () => {
      await scene.begin([dossierOrder('1')]);
      await scene.run();
      await deletedByHand('exhibitor', (await scene.partner('1')).id);
      await scene.run({ full: true });
      await scene.decide('1', 'target-deleted', 'stop');
      await scene.edit('1', { company: { name: 'Changed' } });

      const report = await scene.run({ full: true });

      expect(report).toMatchObject({ outcome: 'completed', writes: 0, counts: { skipped: 1 } });
    });
  });

  describe('to who is who', () => {
    const twin = () => ({ name: 'Twin', customFields: { planexpo_order_id: '1' } });

    it('two partners with one order id before a link hold the dossier, and a person picks one', async () => {
      await scene.begin([dossierOrder('1')]);
      const one = await scene.stack.inwink.put('exhibitor', { action: 'upsert', value: twin() });
      const other = await scene.stack.inwink.put('exhibitor', { action: 'upsert', value: twin() });

      const report = await scene.run();
      const [told] = await scene.items('1');
      await scene.run();
      await scene.decide('1', 'ambiguous-target', 'relink', String(other?.id));

      expect(report).toMatchObject({ writes: 0, counts: { held: 1 } });
      expect(told?.detail.ids).toEqual(expect.arrayContaining([one?.id, other?.id]));
      const partners = await scene.partners('1');
      expect(partners.find((each) => each.id === other?.id)).toMatchObject({ name: 'Exemplar 1' });
      expect(partners.find((each) => each.id === one?.id)).toMatchObject({ name: 'Twin' });
    });

    it('one partner that carries the order id already is adopted, and its former values are kept', async () => {
      await scene.begin([dossierOrder('1')]);
      await scene.stack.inwink.put('exhibitor', { action: 'upsert', value: twin() });

      const report = await scene.run();

      expect(report).toMatchObject({ counts: { updated: 1, created: 0 } });
      expect(await scene.partner('1')).toMatchObject({ name: 'Exemplar 1' });
      const { rows } = await scene.stack.pool.query(`select before from audit where field = 'name'`);
      expect(rows).toEqual([{ before: 'Twin' }]);
    });

    it('a second partner with the order id after the link is told, and the linked one goes on', async () => {
      await scene.begin([dossierOrder('1')]);
      await scene.run();
      const linked = await scene.partner('1');
      const second = await scene.stack.inwink.put('exhibitor', { action: 'upsert', value: twin() });
      await scene.edit('1', { company: { name: 'Goes on' } });

      const report = await scene.run();

      expect(report).toMatchObject({ counts: { updated: 1 }, writes: 1 });
      expect(await scene.items('1')).toMatchObject([
        { reason: 'duplicate-target', detail: { other: second?.id } },
      ]);
      const partners = await scene.partners('1');
      expect(partners.find((each) => each.id === linked.id)).toMatchObject({ name: 'Goes on' });
      expect(partners.find((each) => each.id === second?.id)).toMatchObject({ name: 'Twin' });
      await deletedByHand('exhibitor', second?.id);
      await scene.run({ full: true });
      expect(await scene.items('1')).toEqual([]);
    });

    it('one participant serves all dossiers with its e-mail; only the owner writes, and differing data is told', async () => {
      const shared = { ...contactOf('1'), last_name: 'Autrement' };
      await scene.begin([dossierOrder('1')]);
      await scene.run();
      await scene.stack.planexpo.put('orders', {
        action: 'upsert',
        id: '2',
        value: dossierOrder('2', { booking_contact: shared }),
      });
      await scene.writes();

      const report = await scene.run();

      expect(report).toMatchObject({ counts: { created: 1 } });
      expect((await scene.writes()).map((entry) => entry.route)).toEqual([CREATE_PARTNER]);
      expect(await scene.participants()).toMatchObject([{ lastname: 'Nom1' }]);
      expect(await scene.items('2')).toMatchObject([
        { reason: 'shared-email-differs', severity: 'info', detail: { owner: '1', fields: ['lastname'] } },
      ]);
    });

    it('when the owner no longer has the contact, the other dossier owns it at the next full run', async () => {
      await scene.begin([dossierOrder('1')]);
      await scene.run();
      await scene.stack.planexpo.put('orders', {
        action: 'upsert',
        id: '2',
        value: dossierOrder('2', { booking_contact: { ...contactOf('1'), last_name: 'Autrement' } }),
      });
      await scene.run();
      await scene.edit('1', { booking_contact: contactOf('replaced') });

      await scene.run();
      const full = await scene.run({ full: true });

      expect(full.writes).toBe(1);
      expect(await scene.participants(emailOf('1'))).toMatchObject([{ lastname: 'Autrement' }]);
      expect(await scene.participants(emailOf('replaced'))).toHaveLength(1);
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
    });

    it('another booking contact is another participant; the former one stays as it is', async () => {
      await scene.begin([dossierOrder('1')]);
      await scene.run();
      await scene.edit('1', { booking_contact: contactOf('new') });
      await scene.writes();

      await scene.run();

      expect((await scene.writes()).map((entry) => entry.route)).toEqual(['POST /{eventId}/registered']);
      expect(await scene.participants(emailOf('1'))).toMatchObject([{ lastname: 'Nom1' }]);
      expect(await scene.participants(emailOf('new'))).toMatchObject([{ lastname: 'Nomnew' }]);
    });

    it('the same contact with a corrected e-mail keeps its participant, however often it was written before', async () => {
      await scene.begin([dossierOrder('1')]);
      await scene.run();
      await scene.edit('1', { booking_contact: { position: 'Adjointe' } });
      await scene.run();
      const [before] = await scene.participants();
      await scene.edit('1', { booking_contact: { email: 'corrected@exemplar.example' } });

      const report = await scene.run();

      expect(report).toMatchObject({ outcome: 'completed', writes: 1, counts: { updated: 1 } });
      expect(await scene.participants()).toMatchObject([
        { id: before?.id, email: 'corrected@exemplar.example' },
      ]);
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
    });

    it('a participant deleted by hand holds the dossier until a person decides', async () => {
      await scene.begin([dossierOrder('1'), dossierOrder('2')]);
      await scene.run();
      const [person] = await scene.participants(emailOf('1'));
      await deletedByHand('registered', person?.id);

      const report = await scene.run({ full: true });
      const repeated = await scene.run({ full: true });
      const told = await scene.items('1');
      await scene.decide('1', 'participant-deleted', 'recreate');

      expect(report).toMatchObject({ counts: { held: 1, unchanged: 1 } });
      expect(repeated).toMatchObject({ writes: 0, counts: { held: 1 } });
      expect(told).toMatchObject([{ reason: 'participant-deleted', place: 'participant' }]);
      expect(await scene.participants(emailOf('1'))).toHaveLength(1);
      expect(await scene.items('1')).toEqual([]);
      expect(await scene.partner('1')).toMatchObject({ name: 'Exemplar 1' });
    });

    it('a participant who was there before is adopted, or asked about where the sync says so', async () => {
      const known = { email: emailOf('1'), lastname: 'Before', registrationStatus: 'Registered' };
      await scene.begin([dossierOrder('1')], { adoptParticipants: 'ask' });
      await scene.stack.inwink.put('registered', { action: 'upsert', value: known });

      const asking = await scene.run();
      const stillAsking = await scene.run({ full: true });
      const untouched = await scene.participants();
      await scene.decide('1', 'participant-exists', 'adopt');

      expect(asking).toMatchObject({
        outcome: 'completed-with-attention',
        writes: 1,
        counts: { created: 1 },
      });
      expect(stillAsking).toMatchObject({ writes: 0 });
      expect(untouched).toMatchObject([{ lastname: 'Before' }]);
      expect(await scene.participants()).toMatchObject([{ lastname: 'Nom1' }]);
      expect(await scene.items('1')).toEqual([]);
    });
  });

  describe('to a dossier in Planexpo', () => {
    const ends = [
      ['cancelled', 'cancelled-after-sync'],
      ['refused', 'refused-after-sync'],
    ] as const;

    it.each(ends)(
      'a %s dossier is flagged: the partner stays and a person is asked',
      async (status, reason) => {
        await scene.begin([dossierOrder('1'), dossierOrder('2')]);
        await scene.run();
        await scene.edit('1', { status });
        await scene.writes();

        const report = await scene.run();

        expect(report).toMatchObject({ writes: 0, counts: { held: 1, unchanged: 1 } });
        expect(await scene.partner('1')).toMatchObject({ status: 'Published' });
        expect(await scene.items('1')).toMatchObject([{ reason }]);
      },
    );

    it('the answers to a cancelled dossier stand: "unpublish" once, "keep" for good', async () => {
      await scene.begin([dossierOrder('1'), dossierOrder('2')]);
      await scene.run();
      await scene.edit('1', { status: 'cancelled' });
      await scene.edit('2', { status: 'cancelled' });
      await scene.run();

      await scene.decide('1', 'cancelled-after-sync', 'unpublish');
      await scene.decide('2', 'cancelled-after-sync', 'keep');
      const after = await scene.run({ full: true });

      expect(after).toMatchObject({
        outcome: 'completed',
        writes: 0,
        counts: { unchanged: 1, skipped: 1, held: 0 },
      });
      expect(await scene.partner('1')).toMatchObject({ status: 'Draft' });
      expect(await scene.partner('2')).toMatchObject({ status: 'Published' });
    });

    it('under the policy "unpublish" the partner becomes a draft, once', async () => {
      await scene.begin([dossierOrder('1'), dossierOrder('2')], { cancelled: 'unpublish' });
      await scene.run();
      await scene.edit('1', { status: 'refused' });

      const report = await scene.run();

      expect(report).toMatchObject({
        outcome: 'completed',
        writes: 1,
        counts: { withdrawn: 1, unchanged: 1 },
      });
      expect(await scene.partner('1')).toMatchObject({ status: 'Draft' });
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0, counts: { unchanged: 2 } });
    });

    it('a dossier that is validated again is published again, although nothing else changed', async () => {
      await scene.begin([dossierOrder('1')], { cancelled: 'unpublish' });
      await scene.run();
      await scene.edit('1', { status: 'refused' });
      await scene.run();
      await scene.run({ full: true });
      await scene.edit('1', { status: 'validated' });

      const report = await scene.run();

      expect(report).toMatchObject({ writes: 1, counts: { updated: 1 } });
      expect(await scene.partner('1')).toMatchObject({ status: 'Published' });
    });

    it('a deleted dossier is found by a full run, and follows the policy', async () => {
      await scene.begin([dossierOrder('1'), dossierOrder('2')], { cancelled: 'unpublish' });
      await scene.run();
      await scene.stack.planexpo.put('orders', { action: 'delete', id: '1' });

      const plain = await scene.run();
      const full = await scene.run({ full: true });

      expect(plain).toMatchObject({ writes: 0, counts: { unchanged: 2 } });
      expect(full).toMatchObject({ writes: 1, counts: { withdrawn: 1, unchanged: 1 } });
      expect(await scene.partner('1')).toMatchObject({ status: 'Draft' });
    });

    it.each(['flag', 'unpublish'] as const)(
      're-opened editing leaves the partner as it is (%s)',
      async (cancelled) => {
        await scene.begin([dossierOrder('1')], { cancelled });
        await scene.run();
        await scene.edit('1', { status: 'draft', company: { name: 'Half typed' } });
        await scene.writes();

        const report = await scene.run();

        expect(report).toMatchObject({ outcome: 'completed', counts: { waiting: 1 }, writes: 0 });
        expect(await scene.standing('1')).toMatchObject({ reason: 'being-edited' });
        expect(await scene.partner('1')).toMatchObject({ name: 'Exemplar 1', status: 'Published' });
      },
    );

    it('a lower quantity is told and never fought', async () => {
      await scene.begin([dossierOrder('1', { items: [item(PRODUCT, 3)] })]);
      await scene.run();
      const { id } = await scene.partner('1');
      await scene.edit('1', { items: [item(PRODUCT, 1)] });
      await scene.writes();

      const lowered = await scene.run();
      const next = await scene.run();
      const told = await scene.items('1');
      await scene.edit('1', { items: [item(PRODUCT, 4)] });
      await scene.run();

      expect(lowered).toMatchObject({ outcome: 'completed', writes: 0 });
      expect(next).toMatchObject({ writes: 0, counts: { unchanged: 1 } });
      expect(told).toMatchObject([
        { reason: 'quantity-higher-at-target', severity: 'info', detail: { wanted: 1, held: 3 } },
      ]);
      expect(await productOf(id)).toMatchObject([{ quantity: 4 }]);
      expect(await scene.items('1')).toEqual([]);
    });

    it('without an e-mail the partner goes on, no participant is sent, and that is told once', async () => {
      await scene.begin([dossierOrder('1', { booking_contact: { ...contactOf('1'), email: null } })]);

      const report = await scene.run();
      await scene.run({ full: true });

      expect(report).toMatchObject({ outcome: 'completed', counts: { created: 1 }, writes: 1 });
      expect(await scene.participants()).toEqual([]);
      expect(await scene.items('1')).toMatchObject([{ reason: 'no-email', severity: 'info' }]);
    });

    it('co-exhibitors inside their exhibitor’s order come under its partner', async () => {
      await scene.begin([
        {
          ...dossierOrder('1'),
          co_exhibitors: [
            { co_id: 'a', company: { name: 'Co A' }, booking_contact: null, placement: null, items: [] },
            {
              co_id: 'b',
              company: { name: 'Co B' },
              booking_contact: contactOf('b'),
              placement: null,
              items: [],
            },
          ],
        },
      ]);

      const report = await scene.run();

      const parent = await scene.partner('1');
      expect(report).toMatchObject({ outcome: 'completed', counts: { read: 3, created: 3 } });
      expect(await scene.partner('1/co/a')).toMatchObject({ name: 'Co A', affiliatedToId: parent.id });
      expect(await scene.partner('1/co/b')).toMatchObject({ name: 'Co B', affiliatedToId: parent.id });
      await scene.edit('1', { co_exhibitors: [] });
      expect(await scene.run({ full: true })).toMatchObject({ counts: { held: 2, unchanged: 1 } });
    });
  });

  describe('to a product', () => {
    const renames = [
      [
        'Planexpo',
        () => scene.stack.planexpo.put('products', { action: 'patch', id: PRODUCT, value: { name: 'New' } }),
      ],
      [
        'Inwink',
        async () => {
          const [product] = (await scene.stack.inwink.records('product')).filter(
            (p) => p.name === 'Badge exposant',
          );
          await inwinkPerson('product', product?.id, { name: 'New' });
        },
      ],
    ] as const;

    it.each(renames)('renamed in %s: its row stops, everything else goes on', async (_where, rename) => {
      const items = [item(PRODUCT, 1), item('p-34', 1)];
      await scene.begin([dossierOrder('1', { items })]);
      await scene.run();
      const { id } = await scene.partner('1');
      await rename();
      await scene.edit('1', { company: { name: 'Goes on' }, items: [item(PRODUCT, 5), item('p-34', 5)] });

      const report = await scene.run();

      expect(report).toMatchObject({
        outcome: 'completed-with-attention',
        counts: { updated: 1 },
        writes: 2,
      });
      expect((await scene.items()).map((each) => [each.record_id, each.reason])).toEqual([
        [null, 'product-drift'],
      ]);
      expect(await scene.partner('1')).toMatchObject({ name: 'Goes on' });
      expect((await productOf(id)).map((each) => each.quantity).sort()).toEqual([1, 5]);
      expect(await scene.run()).toMatchObject({ writes: 0 });
    });

    it('gone from Inwink between mask and run: that product is told, partner and others are in step', async () => {
      await scene.begin([dossierOrder('1', { items: [item(PRODUCT, 1), item('p-34', 2)] })]);
      await scene.stack.inwink.faults({
        kind: 'status',
        status: 404,
        code: 'NotFound',
        route: 'PUT /{eventId}/exhibitor/{id}/product/{productId}',
      });

      const report = await scene.run();

      expect(report).toMatchObject({ outcome: 'completed-with-attention', counts: { created: 1 } });
      expect(await scene.items('1')).toMatchObject([{ reason: 'product-missing-at-target' }]);
      expect(await productOf((await scene.partner('1')).id)).toHaveLength(1);
    });
  });

  describe('a value that Inwink alters', () => {
    const shout = { kind: 'alter' as const, field: 'name', how: { as: 'uppercase' as const } };

    it('is told once and not written again', async () => {
      await scene.begin([dossierOrder('1')]);
      await scene.stack.inwink.faults(shout);

      const first = await scene.run();
      const full = await scene.run({ full: true });

      expect(first).toMatchObject({ outcome: 'completed', counts: { created: 1 } });
      expect(full).toMatchObject({ writes: 0, counts: { unchanged: 1 } });
      expect(await scene.items('1')).toMatchObject([
        { reason: 'field-altered', severity: 'info', detail: { field: 'name', stored: 'EXEMPLAR 1' } },
      ]);
    });

    it('the same way twice pauses the field, until a person accepts or resumes', async () => {
      await scene.begin([dossierOrder('1')]);
      await scene.stack.inwink.faults(shout);
      await scene.run();
      await inwinkPerson('exhibitor', (await scene.partner('1')).id, { name: 'By hand' });

      await scene.run({ full: true });
      await inwinkPerson('exhibitor', (await scene.partner('1')).id, { name: 'By hand' });
      const paused = await scene.run({ full: true });
      await scene.stack.inwink.clearFaults();
      await scene.decide('1', 'field-altered-twice', 'resume');

      expect(paused).toMatchObject({ outcome: 'completed-with-attention', writes: 0 });
      expect(await scene.partner('1')).toMatchObject({ name: 'Exemplar 1' });
      expect(await scene.items('1')).toEqual([]);
    });
  });
});
