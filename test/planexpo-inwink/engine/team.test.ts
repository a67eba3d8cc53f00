import { dossierOrder, type Scene, startScene } from './scene';

describe('the team of a partner', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  it('is left alone unless the sync says otherwise', async () => {
    await scene.begin([dossierOrder('801')]);

    await scene.run();

    expect(await scene.stack.inwink.records('team')).toEqual([]);
  });

  it('gets the booking contact once, and a contact that books twice joins both teams', async () => {
    const contact = { ...dossierOrder('801').booking_contact };
    await scene.begin([dossierOrder('801'), dossierOrder('802', { booking_contact: contact })], {
      linkTeam: 'on',
    });

    await scene.run();
    await scene.writes();
    const second = await scene.run({ full: true });

    const [one, two] = [await scene.partner('801'), await scene.partner('802')];
    const [participant, ...others] = await scene.participants();
    expect(others).toEqual([]);
    expect((await scene.stack.inwink.records('team')).map((member) => member.id).sort()).toEqual(
      [`${one.id}/${participant?.id}`, `${two.id}/${participant?.id}`].sort(),
    );
    expect(second.writes).toBe(0);
    expect(await scene.writes()).toEqual([]);
  });

  it('is joined by dossiers that were in step before the sync said so', async () => {
    await scene.begin([dossierOrder('801')]);
    await scene.run();
    Object.assign(scene.stack.configuration.syncs[scene.stack.sync]?.policies ?? {}, { linkTeam: 'on' });

    const report = await scene.run();

    expect(report).toMatchObject({ writes: 1, counts: { updated: 1 } });
    expect(await scene.stack.inwink.records('team')).toHaveLength(1);
  });
});
