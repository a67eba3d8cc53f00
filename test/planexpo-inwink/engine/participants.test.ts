import { addByHand, bodiesOf, bringInStep } from './by-hand';
import { contactOf, dossierOrder, emailOf, type Scene, startScene } from './scene';

const SHARED = 'partage@exemplar.example';

/** Booking contacts as participants of the event: one for each e-mail (settled questions 14 and 15). */
describe('the booking contact', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  describe('with the e-mail of another dossier', () => {
    it('is one participant, which the second dossier does not write', async () => {
      await scene.begin([sharing('701'), sharing('702')]);

      await scene.run();

      expect(await scene.participants()).toHaveLength(1);
      expect((await scene.writes()).map((entry) => entry.route).sort()).toEqual([
        'POST /{eventId}/exhibitor',
        'POST /{eventId}/exhibitor',
        'POST /{eventId}/registered',
      ]);
    });

    it('is found whatever the case and spaces of the address', async () => {
      await bringInStep(scene, [sharing('701')]);
      await addDossier('702', { email: ' Partage@EXEMPLAR.example ' });

      await scene.run();

      expect(await scene.partners()).toHaveLength(2);
      expect(await scene.participants()).toHaveLength(1);
    });

    it('keeps the data of the dossier that made it, and different data is told', async () => {
      await bringInStep(scene, [sharing('701')]);
      await addDossier('702', { phone_1: '+33 1 99 00 55 55', first_name: 'Dominique' });

      const report = await scene.run();

      expect(report).toMatchObject({ outcome: 'completed', writes: 1 });
      expect(await scene.participants()).toMatchObject([{ firstname: 'Camille', phone: '+33199001234' }]);
      expect(await scene.items()).toMatchObject([
        {
          record_id: '702',
          reason: 'shared-email-differs',
          severity: 'info',
          detail: { owner: '701', fields: ['firstname', 'phone'] },
        },
      ]);
    });

    it('is not told apart by company and position, which are the dossier’s', async () => {
      await bringInStep(scene, [sharing('701')]);
      await addDossier('702', { company: 'Autre société', position: 'Acheteuse' });

      await scene.run();

      expect(await scene.items()).toEqual([]);
    });

    it('is not written in turns by later full runs', async () => {
      await bringInStep(scene, [sharing('701'), sharing('702', { first_name: 'Dominique' })]);

      const runs = [await scene.run({ full: true }), await scene.run({ full: true })];

      expect(runs).toMatchObject([{ writes: 0 }, { writes: 0 }]);
    });

    it('passes to the other dossier when the first one names somebody else', async () => {
      await bringInStep(scene, [sharing('701')]);
      const [shared] = await scene.participants();
      await addDossier('702', { first_name: 'Dominique' });
      await scene.run();
      await scene.edit('701', { booking_contact: contactOf('new') });

      await scene.run({ full: true });

      expect(await scene.participants(SHARED)).toMatchObject([{ id: shared?.id, firstname: 'Dominique' }]);
      expect(await scene.participants(emailOf('new'))).toHaveLength(1);
      expect(await scene.items()).toEqual([]);
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
    });
  });

  describe('that was replaced by another person', () => {
    it('is a new participant, and the former one stays as it was', async () => {
      await bringInStep(scene, [dossierOrder('701')]);
      const [before] = await scene.participants();
      await scene.edit('701', { booking_contact: contactOf('new') });

      const report = await scene.run();

      expect(report.writes).toBe(1);
      expect(await scene.participants(emailOf('701'))).toEqual([before]);
      expect(await scene.participants(emailOf('new'))).toMatchObject([{ lastname: 'Nomnew' }]);
    });

    it('is a new participant also when Planexpo gives no contact ids', async () => {
      const nameless = (id: string) => ({ ...contactOf(id), contact_id: null });
      await bringInStep(scene, [dossierOrder('701', { booking_contact: nameless('701') })]);
      await scene.edit('701', { booking_contact: nameless('new') });

      await scene.run();

      expect(await scene.participants()).toHaveLength(2);
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
    });

    it('can come back, to the participant that was made first', async () => {
      await bringInStep(scene, [dossierOrder('701')]);
      await scene.edit('701', { booking_contact: contactOf('new') });
      await scene.run();
      await scene.edit('701', { booking_contact: { ...contactOf('701'), first_name: 'Alix' } });

      await scene.run();

      expect(await scene.participants(emailOf('701'))).toMatchObject([{ firstname: 'Alix' }]);
      expect(await scene.participants()).toHaveLength(2);
    });
  });

  it('that was taken out of the dossier leaves its participant as it is', async () => {
    await bringInStep(scene, [dossierOrder('701')]);
    const before = await scene.participants();
    await scene.edit('701', { booking_contact: null });

    const report = await scene.run({ full: true });

    expect(report).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await scene.participants()).toEqual(before);
  });

  describe('whose e-mail was corrected', () => {
    it('keeps its participant', async () => {
      await bringInStep(scene, [dossierOrder('701')]);
      const [before] = await scene.participants();
      await scene.edit('701', { booking_contact: { email: 'corrected@exemplar.example' } });

      await scene.run();

      expect(await scene.participants()).toMatchObject([
        { id: before?.id, email: 'corrected@exemplar.example' },
      ]);
      expect(bodiesOf(await scene.writes())).toEqual([{ email: 'corrected@exemplar.example' }]);
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
    });

    it('is the participant that has the new address already, if any; the former one is left alone', async () => {
      await bringInStep(scene, [dossierOrder('701')]);
      const [former] = await scene.participants();
      const other = await addByHand(scene, 'registered', {
        lastname: 'Autre',
        email: 'corrected@exemplar.example',
      });
      await scene.edit('701', { booking_contact: { email: 'corrected@exemplar.example' } });

      await scene.run();

      expect(await scene.participants(emailOf('701'))).toEqual([former]);
      expect(await scene.participants('corrected@exemplar.example')).toMatchObject([
        { id: other, lastname: 'Nom701' },
      ]);
    });

    it('is another participant when a second dossier still names the former address', async () => {
      const contact = contactOf('701');
      await bringInStep(scene, [
        dossierOrder('701', { booking_contact: contact }),
        dossierOrder('702', { booking_contact: contact }),
      ]);
      await scene.edit('701', { booking_contact: { email: 'corrected@exemplar.example' } });

      await scene.run({ full: true });

      expect(await scene.participants(emailOf('701'))).toHaveLength(1);
      expect(await scene.participants('corrected@exemplar.example')).toHaveLength(1);
    });
  });

  async function addDossier(id: string, contact: Record<string, unknown>): Promise<void> {
    const value = sharing(id, contact);
    await scene.stack.planexpo.put('orders', { action: 'upsert', id, value });
  }
});

/** A dossier whose contact has the shared address, and a contact id of its own. */
function sharing(id: string, contact: Record<string, unknown> = {}) {
  const { email: _own, ...rest } = contactOf('701');
  return dossierOrder(id, {
    booking_contact: { ...rest, contact_id: `c-${id}`, email: SHARED, ...contact },
  });
}
