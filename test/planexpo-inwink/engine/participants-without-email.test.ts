import { bringInStep } from './by-hand';
import { contactOf, dossierOrder, emailOf, type Scene, startScene } from './scene';

/** The sync tries all the same (settled question 15), and this Inwink takes them. */
describe('a booking contact without an e-mail', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene({ allowNoEmail: true });
  });

  afterAll(() => scene?.close());

  const order = () => dossierOrder('801', { booking_contact: { ...contactOf('801'), email: null } });
  const tries = { participantWithoutEmail: 'try' as const };

  it('is one participant, known by its dossier, and kept in step', async () => {
    await bringInStep(scene, [order()], tries);
    await scene.edit('801', { booking_contact: { position: 'Gérante' } });

    await scene.run();

    expect(await scene.participants()).toMatchObject([
      { lastname: 'Nom801', email: null, position: 'Gérante' },
    ]);
    expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });
  });

  it('is not made twice when the reply of its creation is lost', async () => {
    await scene.begin([order()], tries);
    await scene.stack.inwink.faults({ kind: 'commit-then-drop', route: 'POST /{eventId}/registered' });

    await scene.run();

    expect(await scene.participants()).toHaveLength(1);
  });

  it('keeps its participant when the e-mail becomes known', async () => {
    await bringInStep(scene, [order()], tries);
    const [before] = await scene.participants();
    await scene.edit('801', { booking_contact: { email: emailOf('801') } });

    await scene.run();

    expect(await scene.participants()).toMatchObject([{ id: before?.id, email: emailOf('801') }]);
  });

  it('keeps its participant and the address in Inwink when the e-mail is taken away', async () => {
    await bringInStep(scene, [dossierOrder('801')], tries);
    const [before] = await scene.participants();
    await scene.edit('801', { booking_contact: { email: null } });

    await scene.run();

    expect(await scene.participants()).toMatchObject([{ id: before?.id, email: emailOf('801') }]);
  });
});
