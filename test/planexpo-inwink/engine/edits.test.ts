import { contactOf, dossierOrder, emailOf, type Scene, startScene } from './scene';

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
  });

  describe('to who is who', () => {
    const twin = () => ({ name: 'Twin', customFields: { planexpo_order_id: '1' } });

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
});
