import { bodiesOf, bringInStep, editPartnerByHand } from './by-hand';
import { dossierOrder, emailOf, type Scene, startScene } from './scene';

const SENT = 'https://exemplar-601.example';
const ALTERED = SENT.toUpperCase();

/** Inwink stores something else than it was sent (settled question 3). */
describe('a value that Inwink alters', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  it('counts as written, and is reported once', async () => {
    const report = await written();

    expect(report).toMatchObject({ outcome: 'completed', counts: { created: 1 } });
    expect(await scene.items('601')).toMatchObject([
      {
        reason: 'field-altered',
        severity: 'info',
        detail: { field: 'website', sent: SENT, stored: ALTERED },
      },
    ]);
  });

  it('is not written again by later runs, full or not', async () => {
    await written();

    const runs = [await scene.run(), await scene.run({ full: true }), await scene.run({ full: true })];

    expect(runs).toMatchObject([{ writes: 0 }, { writes: 0 }, { writes: 0 }]);
    expect(await scene.writes()).toEqual([]);
    expect(await scene.partner('601')).toMatchObject({ website: ALTERED });
  });

  it('is not sent along when another field of the record changes', async () => {
    await written();
    await scene.edit('601', { company: { name: 'Renamed' } });

    await scene.run();

    expect(bodiesOf(await scene.writes())).toEqual([{ name: 'Renamed' }]);
  });

  it('is sent again when it changes in Planexpo', async () => {
    await written();
    await scene.edit('601', { company: { website: 'https://new.example' } });

    await scene.run();

    expect(await scene.partner('601')).toMatchObject({ website: 'HTTPS://NEW.EXAMPLE' });
    expect((await scene.items('601')).map((each) => each.reason)).toEqual(['field-altered']);
  });

  it('is watched in participants as in partners', async () => {
    await scene.begin([dossierOrder('601')]);
    await scene.stack.inwink.faults({ kind: 'alter', field: 'lastname', how: { as: 'uppercase' } });

    await scene.run();

    expect(await scene.items('601')).toMatchObject([
      { reason: 'field-altered', place: 'participant.lastname', detail: { stored: 'NOM601' } },
    ]);
    expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
  });

  it('is reported when Inwink ignores the field altogether, and not sent for ever', async () => {
    await scene.begin([dossierOrder('601')]);
    await scene.stack.inwink.faults({ kind: 'alter', field: 'website', how: { as: 'drop' } });

    await scene.run();
    await scene.writes();

    expect(await scene.items('601')).toMatchObject([{ reason: 'field-altered', detail: { stored: null } }]);
    expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
  });

  describe('the same way a second time, after somebody edited it,', () => {
    beforeEach(async () => {
      await written();
      await editPartnerByHand(scene, '601', { website: 'https://by-hand.example' });
      await scene.run({ full: true });
      await scene.writes();
    });

    it('pauses that field alone, with an item', async () => {
      await editPartnerByHand(scene, '601', { website: 'https://again.example', name: 'By hand' });

      await scene.run({ full: true });

      expect(bodiesOf(await scene.writes())).toEqual([{ name: 'Exemplar 601' }]);
      expect(await scene.items('601')).toMatchObject([
        { reason: 'field-altered-twice', severity: 'action', place: 'partner.website' },
      ]);
    });

    it('stays paused, and its item open, while the dossier goes on', async () => {
      await scene.edit('601', { company: { name: 'Renamed', website: 'https://new.example' } });

      await scene.run();

      expect(await scene.partner('601')).toMatchObject({ name: 'Renamed', website: ALTERED });
      expect(await scene.items('601')).toMatchObject([{ reason: 'field-altered-twice', state: 'open' }]);
    });

    it('is sent once more after "resume", and kept when Inwink takes it by then', async () => {
      await scene.stack.inwink.clearFaults();

      await scene.decide('601', 'field-altered-twice', 'resume');

      expect(await scene.partner('601')).toMatchObject({ website: SENT });
      expect(await scene.items('601')).toEqual([]);
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
    });

    it('is reported as altered, not paused at once, when "resume" changes nothing', async () => {
      await scene.decide('601', 'field-altered-twice', 'resume');

      expect((await scene.items('601')).map((each) => each.reason)).toEqual(['field-altered']);
      expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
    });

    it('keeps what Inwink made of it after "accept", and writes nothing', async () => {
      await scene.decide('601', 'field-altered-twice', 'accept');

      const report = await scene.run({ full: true });

      expect(report).toMatchObject({ outcome: 'completed', writes: 0 });
      expect(await scene.writes()).toEqual([]);
      expect(await scene.items('601')).toEqual([]);
    });

    it('is sent again after "accept" once it changes in Planexpo', async () => {
      await scene.decide('601', 'field-altered-twice', 'accept');
      await scene.stack.inwink.clearFaults();
      await scene.edit('601', { company: { website: 'https://new.example' } });

      await scene.run();

      expect(await scene.partner('601')).toMatchObject({ website: 'https://new.example' });
    });
  });

  it('"accept" also keeps what people typed into a paused field', async () => {
    await written();
    await editPartnerByHand(scene, '601', { website: 'https://by-hand.example' });
    await scene.run({ full: true });
    await editPartnerByHand(scene, '601', { website: 'https://typed.example' });

    await scene.decide('601', 'field-altered-twice', 'accept');

    expect(await scene.partner('601')).toMatchObject({ website: 'https://typed.example' });
    expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
  });

  it('a participant’s paused field is resumed like a partner’s', async () => {
    await bringInStep(scene, [dossierOrder('601')]);
    await scene.stack.inwink.faults({ kind: 'alter', field: 'position', how: { as: 'uppercase' } });
    await scene.edit('601', { booking_contact: { position: 'Présidente' } });
    await scene.run();
    await editPosition('Autre');
    await scene.run({ full: true });
    await scene.stack.inwink.clearFaults();

    await scene.decide('601', 'field-altered-twice', 'resume');

    expect(await scene.participants(emailOf('601'))).toMatchObject([{ position: 'Présidente' }]);
    expect(await scene.items('601')).toEqual([]);
  });

  /** Dossier 601 in an Inwink that puts every website in capitals. */
  async function written() {
    await scene.begin([dossierOrder('601')]);
    await scene.stack.inwink.faults({ kind: 'alter', field: 'website', how: { as: 'uppercase' } });
    const report = await scene.run();
    await scene.writes();
    return report;
  }

  async function editPosition(position: string): Promise<void> {
    const [participant] = await scene.participants(emailOf('601'));
    await scene.stack.inwink.put('registered', {
      action: 'patch',
      id: String(participant?.id),
      value: { position },
    });
  }
});
