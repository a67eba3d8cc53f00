import { forgetPerson } from '../../operations/forget';
import {
  company,
  contactInMautic,
  contactInWeavy,
  emailOf,
  mauticContact,
  tiers,
  weavyContact,
  weavyTiers,
} from '../weavy-webmecanik/engine/people';
import { type Records, type Scene, startScene, type Values } from '../weavy-webmecanik/engine/scene';
import { everyRow, rowsWith, tablesWith } from './every-row';

const ENTRANT = 'weavy/marketinginbound/WM-1';
const HIS: Values = { firstName: 'Théodule', lastName: 'Vanderstappen', phoneNumber: '+32 81 77 01 01' };
/** All that tells of him, as typed and as sent. */
const TELLING = [
  ...[emailOf(1), 'Théodule', 'Vanderstappen', '+32 81 77 01 01', '+3281770101', 'Sonneur', 'Carillonneur'],
];

/** A person of both CRMs who asks to be forgotten. */
describe('forgetting a person of two CRMs', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene?.close());

  const forget = (person: string) => {
    const { configuration, pool, client } = scene.stack;
    const context = { configuration, pool, temporal: async () => client, actor: 'test' };
    return forgetPerson(context, person);
  };
  const rows = () => everyRow(scene.stack.pool);
  /** Both platforms, whole. */
  const platforms = async () => ({
    weavy: await scene.stack.weavy.records('customercontact'),
    entrants: await scene.stack.weavy.records('marketinginbound'),
    tiers: await scene.stack.weavy.records('customer'),
    mautic: await scene.stack.mautic.records('contact'),
  });

  /** He and two others in step; his job was edited twice, so that there is a history on both sides. */
  async function inStep(more: Records = {}): Promise<void> {
    await scene.begin({ records: persons(more) });
    await scene.run({ mode: 'plan' });
    await scene.run();
    await scene.edit(mauticContact(1), { position: 'Sonneur' });
    await scene.run();
    await scene.edit(weavyContact(1), { jobTitle: 'Carillonneur' });
    await scene.run();
    await scene.forgetWrites();
  }

  it('leaves nothing of him in any table, and everything of others', async () => {
    await inStep();
    const before = await rows();
    expect(tablesWith(before, TELLING)).toEqual(
      expect.arrayContaining(['audit', 'couple', 'plan_entry', 'staged_record']),
    );

    const report = await forget(emailOf(1));

    const after = await rows();
    expect(tablesWith(after, TELLING)).toEqual([]);
    expect(report).toMatchObject({ isForgotten: true, proof: { hits: [] } });
    expect(report.records.map(({ record }) => record)).toEqual([mauticContact(1), weavyContact(1)]);
    for (const other of [emailOf(2), 'Personne 2', emailOf(3)]) {
      expect(rowsWith(before, other).length).toBeGreaterThan(2);
      expect(rowsWith(after, other)).toEqual(rowsWith(before, other));
    }
  });

  it('keeps both records known by their ids, and as one', async () => {
    await inStep();
    const couple = await scene.couple(mauticContact(1));

    await forget(mauticContact(1));

    expect(await scene.couple(mauticContact(1))).toMatchObject({
      weavy: couple?.weavy,
      mautic: couple?.mautic,
      state: 'active',
      base: {},
    });
    expect(tablesWith(await rows(), TELLING)).toEqual([]);
  });

  it.each([
    ['the next run', {}],
    ['the next full run', { full: true }],
    ['a run over him alone', { only: mauticContact(1) }],
  ])('writes nothing in %s, makes nobody twice and asks nobody', async (_, input) => {
    await inStep();
    const before = await platforms();
    const states = await scene.states();
    await forget(emailOf(1));

    const run = await scene.run(input);
    const full = await scene.run({ full: true });

    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(full).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await platforms()).toEqual(before);
    expect(await scene.states()).toEqual(states);
    expect(await scene.items(mauticContact(1))).toEqual([]);
  });

  it('lets an edit of one side through, and blanks nothing on the other', async () => {
    await inStep();
    await forget(emailOf(1));
    await scene.edit(mauticContact(1), { zipcode: '5000' });

    const run = await scene.run();

    expect(run.writes).toBe(1);
    expect(await scene.fields(weavyContact(1))).toMatchObject({
      ...HIS,
      city: 'Namur',
      jobTitle: 'Carillonneur',
      postalCode: '5000',
    });
    expect(await scene.fields(mauticContact(1))).toMatchObject({ firstname: 'Théodule', city: 'Namur' });
  });

  it('lets an announcement through that comes before any run', async () => {
    await inStep();
    await forget(emailOf(1));
    await scene.edit(mauticContact(1), { position: 'Guetteur' });

    await scene.signal(mauticContact(1));
    await scene.settled(mauticContact(1));

    expect(await scene.fields(mauticContact(1))).toMatchObject({ position: 'Guetteur', city: 'Namur' });
    expect(await scene.fields(weavyContact(1))).toMatchObject({ jobTitle: 'Guetteur', city: 'Namur' });
  });

  it('does not match a changed e-mail with somebody new: the two are still one', async () => {
    await inStep();
    await forget(emailOf(1));
    await scene.edit(mauticContact(1), { email: 'autre@exemple.example' });

    await scene.run();

    expect(await scene.all('mautic/contact')).toHaveProperty('size', 3);
    expect(await scene.all('weavy/marketinginbound')).toHaveProperty('size', 0);
    expect(await scene.fields(weavyContact(1))).toMatchObject({ ...HIS, email: 'autre@exemple.example' });
  });

  it('takes him out of a plan that waits: applying it writes nothing about him', async () => {
    await inStep();
    await scene.edit(mauticContact(1), { zipcode: '5000' });
    await scene.edit(mauticContact(2), { zipcode: '5001' });
    const plan = await scene.run({ mode: 'plan' });
    await forget(emailOf(1));
    await scene.forgetWrites();

    const applied = await scene.run({ mode: 'apply', planRun: plan.runId });
    expect(applied.writes).toBe(1);
    expect(await scene.fields(weavyContact(2))).toMatchObject({ postalCode: '5001' });
    await scene.run();

    expect(await scene.fields(weavyContact(1))).toMatchObject({ ...HIS, city: 'Namur', postalCode: '5000' });
    expect(await scene.fields(mauticContact(1))).toMatchObject({ city: 'Namur', zipcode: '5000' });
  });

  it('is forgotten for good when both platforms forgot him first', async () => {
    await inStep();
    await scene.remove(weavyContact(1));
    await scene.remove(mauticContact(1));
    await scene.run({ full: true });

    const report = await forget(emailOf(1));
    await scene.forgetWrites();
    const run = await scene.run({ full: true });

    expect(report.isForgotten).toBe(true);
    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(tablesWith(await rows(), TELLING)).toEqual([]);
    expect(await scene.items(mauticContact(1))).toEqual([]);
  });

  it('stays forgotten when the platforms forget him afterwards', async () => {
    await inStep();
    await forget(emailOf(1));
    await scene.remove(weavyContact(1));
    await scene.remove(mauticContact(1));

    const run = await scene.run({ full: true });

    expect(run.writes).toBe(0);
    expect(tablesWith(await rows(), TELLING)).toEqual([]);
  });

  it('takes his e-mail out of his company too, whose field is not blanked', async () => {
    const house = { email: emailOf(1), phoneNumber: '+32 81 00 00 00' };
    await inStep({
      weavy: { customer: [tiers(1, house)] },
      mautic: { company: [company(1, { companyemail: emailOf(1), companyphone: '+32 81 00 00 00' })] },
    });

    const report = await forget(emailOf(1));
    expect(report.isForgotten).toBe(true);
    expect(tablesWith(await rows(), TELLING)).toEqual([]);
    const run = await scene.run();

    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await scene.fields(weavyTiers(1))).toMatchObject(house);
  });

  it('leaves an Entrant as weavy’s people have it, until the contact is edited', async () => {
    await scene.begin({ records: { mautic: { contact: [inMautic()] } } });
    await scene.run();
    await scene.edit(ENTRANT, { city: 'Dinant', firstName: 'Theo' });

    expect(await forget(emailOf(1))).toMatchObject({ isForgotten: true });
    expect(tablesWith(await rows(), TELLING)).toEqual([]);
    await scene.forgetWrites();

    expect(await scene.run({ full: true })).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await scene.fields(ENTRANT)).toMatchObject({ city: 'Dinant', firstName: 'Theo' });
    expect(tablesWith(await rows(), TELLING)).toEqual([]);

    await scene.edit(mauticContact(1), { position: 'Sonneur' });
    await scene.run();
    expect(await scene.fields(ENTRANT)).toMatchObject({ jobTitle: 'Sonneur', email: emailOf(1) });
    expect(await scene.all('weavy/marketinginbound')).toHaveProperty('size', 1);
  });

  it('refuses a company', async () => {
    await inStep({ weavy: { customer: [tiers(1)] }, mautic: { company: [company(1)] } });

    await expect(forget(weavyTiers(1))).rejects.toMatchObject({ kind: 'invalid' });
  });
});

function inMautic() {
  const { firstName: firstname, lastName: lastname, phoneNumber: phone } = HIS;
  return contactInMautic(1, {
    firstname: firstname ?? null,
    lastname: lastname ?? null,
    phone: phone ?? null,
  });
}

function persons({ weavy, mautic }: Records): Records {
  return {
    weavy: { customercontact: [contactInWeavy(1, HIS), contactInWeavy(2), contactInWeavy(3)], ...weavy },
    mautic: {
      contact: [
        inMautic(),
        contactInMautic(2, { phone: '+32 81 22 22 22' }),
        contactInMautic(3, { zipcode: '5003' }),
      ],
      ...mautic,
    },
  };
}
