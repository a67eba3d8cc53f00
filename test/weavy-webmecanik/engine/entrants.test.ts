import type { InboundMapping } from '../../../mappings/weavy-webmecanik/field-mapping';
import { contactInMautic, contactInWeavy, emailOf, entrant, mauticContact, weavyContact } from './people';
import { type Scene, startScene } from './scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

const ENTRANTS = 'weavy/marketinginbound';
const entrants = async () => [...(await scene.all(ENTRANTS)).keys()].sort();

/** Which unknown contacts become an Entrant. */
const create = (setting: InboundMapping['create']) => ({
  mapping: (demo: Parameters<NonNullable<Parameters<Scene['begin']>[0]>['mapping'] & object>[0]) => ({
    ...demo,
    inbounds: demo.inbounds && { ...demo.inbounds, create: setting },
  }),
});

describe('a contact of Mautic that weavy does not know', () => {
  test('becomes an Entrant with a code made of its number, and every mapped value', async () => {
    await scene.begin({
      records: { mautic: { contact: [contactInMautic(81, { position: 'Chef', newsletter: true })] } },
    });

    const run = await scene.run();
    const again = await scene.run({ full: true });

    expect(run).toMatchObject({ outcome: 'completed', writes: 1, counts: { created: 1 } });
    expect(again).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await entrants()).toEqual([`${ENTRANTS}/WM-81`]);
    expect(await scene.fields(`${ENTRANTS}/WM-81`)).toMatchObject({
      email: emailOf(81),
      firstName: 'Ada',
      lastName: 'Personne 81',
      jobTitle: 'Chef',
      city: 'Namur',
      spe_newsletter: true,
    });
  });

  test('is the Contact in weavy with its e-mail, when there is one', async () => {
    await scene.begin({
      records: {
        weavy: { customercontact: [contactInWeavy(1, { email: emailOf(81).toUpperCase() })] },
        mautic: { contact: [contactInMautic(81)] },
      },
    });

    await scene.run();

    expect(await entrants()).toEqual([]);
    expect(await scene.couple(mauticContact(81))).toMatchObject({ weavy: weavyContact(1), state: 'active' });
  });

  test.each([
    ['that somebody made', 'E-000007'],
    ['of the public connector', 'lead81'],
  ])('takes the live Entrant %s with its e-mail over', async (_, id) => {
    await scene.begin({
      records: {
        weavy: { marketinginbound: [entrant(id, { email: emailOf(81).toUpperCase(), comment: 'Salon' })] },
        mautic: { contact: [contactInMautic(81)] },
      },
    });

    await scene.run();
    const again = await scene.run({ full: true });

    expect(await entrants()).toEqual([`${ENTRANTS}/${id}`]);
    expect(await scene.couple(mauticContact(81))).toMatchObject({ weavy: `${ENTRANTS}/${id}` });
    expect(await scene.fields(`${ENTRANTS}/${id}`)).toMatchObject({
      lastName: 'Personne 81',
      comment: 'Salon',
    });
    expect(again.writes).toBe(0);
  });

  test('a deleted Entrant is not taken over, and another is made', async () => {
    await scene.begin({
      records: {
        weavy: { marketinginbound: [{ ...entrant('lead81', { email: emailOf(81) }), srvAttrib: 1 }] },
        mautic: { contact: [contactInMautic(81)] },
      },
    });

    await scene.run();

    expect(await entrants()).toEqual([`${ENTRANTS}/WM-81`]);
  });

  test('an address with an apostrophe is found as it is', async () => {
    const email = "p.o'neil@exemple.example";
    await scene.begin({
      records: {
        weavy: { marketinginbound: [entrant('E-1', { email })] },
        mautic: { contact: [contactInMautic(81, { email })] },
      },
    });

    await scene.run();

    expect(await entrants()).toEqual([`${ENTRANTS}/E-1`]);
  });
});

describe('the setting of which contacts become an Entrant', () => {
  const records = {
    mautic: {
      contact: [
        contactInMautic(1),
        contactInMautic(2, {}, { tags: ['crm'] }),
        contactInMautic(3, {}, { segments: ['prospects'] }),
      ],
    },
  };

  test.each([
    ['none', 'none' as const, []],
    ['a tag', { tag: 'crm' }, [`${ENTRANTS}/WM-2`]],
    ['a segment', { segment: 'prospects' }, [`${ENTRANTS}/WM-3`]],
  ])('%s', async (_, setting, expected) => {
    await scene.begin({ records, ...create(setting) });

    const run = await scene.run();

    expect(await entrants()).toEqual(expected);
    expect(run).toMatchObject({ outcome: 'completed', writes: expected.length });
    expect(await scene.standing(mauticContact(1))).toMatchObject({
      outcome: 'skipped',
      reason: 'not-selected',
    });
    expect(await scene.items()).toEqual([]);
  });

  test('a contact that gets the tag later becomes one by the next run', async () => {
    await scene.begin({ records, ...create({ tag: 'crm' }) });
    await scene.run();
    await scene.edit(mauticContact(1), {}, { also: { tags: ['crm'] } });

    await scene.run();

    expect(await entrants()).toEqual([`${ENTRANTS}/WM-1`, `${ENTRANTS}/WM-2`]);
  });

  test('a contact that joins the segment later becomes one by the next full run', async () => {
    await scene.begin({ records, ...create({ segment: 'prospects' }) });
    await scene.run();
    await scene.edit(mauticContact(1), {}, { also: { segments: ['prospects'] } });

    await scene.run({ full: true });

    expect(await entrants()).toEqual([`${ENTRANTS}/WM-1`, `${ENTRANTS}/WM-3`]);
  });

  test('does not keep a Contact of weavy from following its contact', async () => {
    await scene.begin({
      records: { ...records, weavy: { customercontact: [contactInWeavy(1)] } },
      ...create('none'),
    });
    await scene.run();
    await scene.edit(mauticContact(1), { city: 'Liège' });

    await scene.run();

    expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Liège' });
  });
});

describe('an Entrant', () => {
  test('is written when its contact changes, and never read back', async () => {
    await scene.begin({ records: { mautic: { contact: [contactInMautic(1)] } } });
    await scene.run();
    await scene.edit(`${ENTRANTS}/WM-1`, { lastName: 'Corrigé dans weavy', jobTitle: 'Chef' });

    const untouched = await scene.run({ full: true });
    await scene.edit(mauticContact(1), { city: 'Liège' });
    await scene.run();

    expect(untouched.writes).toBe(0);
    expect(await scene.fields(`${ENTRANTS}/WM-1`)).toMatchObject({
      city: 'Liège',
      lastName: 'Corrigé dans weavy',
      jobTitle: 'Chef',
    });
    const contact = await scene.fields(mauticContact(1));
    expect(contact).toMatchObject({ lastname: 'Personne 1' });
    expect(contact.position ?? null).toBeNull();
  });

  test('that nobody linked is nobody’s business', async () => {
    await scene.begin({
      records: { weavy: { marketinginbound: [entrant('E-1', { email: emailOf(1), lastName: 'Seul' })] } },
    });

    const run = await scene.run();

    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
    expect((await scene.all('mautic/contact')).size).toBe(0);
  });
});
