import { addByHand, bodiesOf, bringInStep } from './by-hand';
import { contactOf, dossierOrder, emailOf, type Scene, startScene } from './scene';

/** Participants that were in the event before us, and contacts by which nobody can be found. */
describe('a booking contact', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  describe('who is in the event already', () => {
    let known: string;

    const beginWith = async (adoptParticipants: 'auto' | 'ask') => {
      await scene.begin([dossierOrder('801'), dossierOrder('802')], { adoptParticipants });
      known = await addByHand(scene, 'registered', {
        firstname: 'Camille',
        lastname: 'Ancien',
        position: 'Stagiaire',
        email: 'Camille.Nom801@exemplar.example',
        registrationStatus: 'Registered',
      });
    };

    it('is shown as an adoption by a plan, which changes nothing', async () => {
      await beginWith('auto');

      await scene.run({ mode: 'plan' });

      const { rows } = await scene.stack.pool.query(
        `select c->>'rule' as rule from plan_entry, jsonb_array_elements(changes) as c
         where record_id = '801' and c->>'field' = '(participant)' and c->>'after' = $1`,
        [known],
      );
      expect(rows).toEqual([{ rule: 'adopt' }]);
      expect(await scene.writes()).toEqual([]);
    });

    it('is adopted, and nobody is made twice', async () => {
      await beginWith('auto');

      await scene.run();

      const all = await scene.participants();
      expect(all).toHaveLength(2);
      expect(all.find((each) => each.id === known)).toMatchObject({
        lastname: 'Nom801',
        position: 'Directrice',
        customFields: { planexpo_order_id: '801' },
      });
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
    });

    it('leaves what it was before in the audit', async () => {
      await beginWith('auto');

      await scene.run();

      const { rows } = await scene.stack.pool.query(
        `select field, before, after from audit where target_id = $1 and field in ('lastname', 'position') order by field`,
        [known],
      );
      expect(rows).toEqual([
        { field: 'lastname', before: 'Ancien', after: 'Nom801' },
        { field: 'position', before: 'Stagiaire', after: 'Directrice' },
      ]);
    });

    describe('where the sync asks first,', () => {
      beforeEach(async () => {
        await beginWith('ask');
        await scene.run();
        await scene.writes();
      });

      it('is left as it is, while the partner is in step', async () => {
        expect(await scene.partner('801')).toMatchObject({ status: 'Published' });
        expect(await knownParticipant()).toMatchObject({ lastname: 'Ancien' });
        expect(await scene.items()).toMatchObject([
          { record_id: '801', reason: 'participant-exists', severity: 'action', detail: { id: known } },
        ]);
      });

      it('is asked about once, also by full runs', async () => {
        await scene.run({ full: true });

        expect(await scene.items()).toHaveLength(1);
        expect(await scene.writes()).toEqual([]);
      });

      it('is taken over after "adopt"', async () => {
        await scene.decide('801', 'participant-exists', 'adopt');

        expect(await knownParticipant()).toMatchObject({ lastname: 'Nom801' });
        expect(await scene.items()).toEqual([]);
        expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
      });

      it('is kept in step after "adopt" like any other', async () => {
        await scene.decide('801', 'participant-exists', 'adopt');
        await scene.edit('801', { booking_contact: { position: 'Gérante' } });

        await scene.run();

        expect(await knownParticipant()).toMatchObject({ position: 'Gérante' });
      });

      it('is never written after "leave alone", while the partner goes on', async () => {
        await scene.decide('801', 'participant-exists', 'leave-alone');
        await scene.edit('801', { company: { name: 'Goes on' }, booking_contact: { position: 'Gérante' } });

        await scene.run({ full: true });

        expect(await knownParticipant()).toMatchObject({ lastname: 'Ancien', position: 'Stagiaire' });
        expect(bodiesOf(await scene.writes())).toEqual([{ name: 'Goes on' }]);
      });

      it('"leave alone" speaks of that person: another contact is sent', async () => {
        await scene.decide('801', 'participant-exists', 'leave-alone');
        await scene.edit('801', { booking_contact: contactOf('new') });

        await scene.run();

        expect(await scene.participants(emailOf('new'))).toHaveLength(1);
        expect(await knownParticipant()).toMatchObject({ lastname: 'Ancien' });
      });

      it('the question is closed when the contact is replaced before it is answered', async () => {
        await scene.edit('801', { booking_contact: contactOf('new') });

        await scene.run();

        expect(await scene.participants(emailOf('new'))).toHaveLength(1);
        expect(await scene.items()).toEqual([]);
      });
    });

    async function knownParticipant() {
      return (await scene.participants()).find((each) => each.id === known);
    }
  });

  it('for whom Inwink has two participants is asked about, and neither is touched', async () => {
    await scene.begin([dossierOrder('801'), dossierOrder('802')]);
    for (const lastname of ['Un', 'Deux'])
      await addByHand(scene, 'registered', { lastname, email: emailOf('801') });

    const report = await scene.run();

    expect(report.counts).toMatchObject({ created: 1, held: 1 });
    expect((await scene.participants(emailOf('801'))).map((each) => each.lastname).sort()).toEqual([
      'Deux',
      'Un',
    ]);
    expect(await scene.items()).toMatchObject([{ record_id: '801', reason: 'ambiguous-target' }]);
  });

  describe.each([
    ['without an e-mail', { email: null }],
    ['with a blank e-mail', { email: '  ' }],
    ['with something that is no e-mail', { email: 'camille (at) exemplar' }],
  ])('%s', (_how, contact) => {
    const order = () => dossierOrder('801', { booking_contact: { ...contactOf('801'), ...contact } });

    it('is not sent, which is told once; the partner goes on', async () => {
      await scene.begin([order()]);

      const first = await scene.run();
      await scene.run({ full: true });

      expect(first).toMatchObject({ outcome: 'completed', counts: { created: 1 } });
      expect(await scene.participants()).toEqual([]);
      const told = (await scene.items('801')).filter((each) => each.reason === 'no-email');
      expect(told).toMatchObject([{ severity: 'info' }]);
    });

    it('is sent as soon as there is one', async () => {
      await bringInStep(scene, [order()]);
      await scene.edit('801', { booking_contact: { email: emailOf('801') } });

      await scene.run();

      expect(await scene.participants(emailOf('801'))).toHaveLength(1);
      expect(await scene.items()).toEqual([]);
    });
  });

  describe('without an e-mail, where the sync tries all the same,', () => {
    const order = () => dossierOrder('801', { booking_contact: { ...contactOf('801'), email: null } });
    const tries = { participantWithoutEmail: 'try' as const };

    it('is refused with the field’s name by an Inwink that wants one, and the partner is there', async () => {
      await scene.begin([order()], tries);

      const report = await scene.run();

      expect(report.counts).toMatchObject({ refused: 1 });
      expect(await scene.partners('801')).toHaveLength(1);
      expect((await scene.items('801')).find((each) => each.reason === 'target-refused')).toMatchObject({
        detail: { fields: ['email'] },
      });
    });
  });
});
