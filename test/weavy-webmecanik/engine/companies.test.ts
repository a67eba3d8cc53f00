import type { FieldMapping } from '../../../mappings/weavy-webmecanik/field-mapping';
import {
  company,
  contactInMautic,
  contactInWeavy,
  emailOf,
  mauticCompany,
  mauticContact,
  tiers,
  upTo,
  weavyContact,
  weavyTiers,
} from './people';
import { type Scene, startScene, type Values } from './scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

/** Companies known by another field than their name; it travels both ways. */
function keyed(weavy: string, mautic: string) {
  return (demo: FieldMapping): FieldMapping => {
    if (demo.companies === null) return demo;
    const others = demo.companies.fields.filter((pair) => pair.weavy !== weavy && pair.mautic !== mautic);
    const [first] = others;
    if (first === undefined) return demo;
    const key = { ...first, weavy, mautic, direction: 'both' as const, as: 'text' as const };
    return { ...demo, companies: { key: { weavy, mautic }, fields: [key, ...others] } };
  };
}

const KEYS = [
  ['the SIRET', 'siret', 'companysiret', '12345678900011'],
  ['the id of the CRM', 'address3', 'companycrm_id', 'IDCRM-77'],
] as const;

describe('which company is which', () => {
  test('by name: trimmed, without case, inner spaces collapsed', async () => {
    await scene.begin({
      records: {
        weavy: { customer: [tiers(1, { name: ' DUPONT   et Fils ' })] },
        mautic: { company: [company(8, { companyname: 'Dupont et fils' })] },
      },
    });

    const run = await scene.run();

    expect(run.counts).toMatchObject({ created: 0 });
    expect(await scene.couple(weavyTiers(1))).toMatchObject({ mautic: mauticCompany(8), state: 'active' });
  });

  test.each(KEYS)('by %s, whatever their names', async (_, weavy, mautic, value) => {
    await scene.begin({
      records: {
        weavy: { customer: [tiers(1, { [weavy]: value }), tiers(2, { [weavy]: '999' })] },
        mautic: {
          company: [
            company(8, { [mautic]: value }),
            company(9, { companyname: 'Maison 1', [mautic]: '888' }),
          ],
        },
      },
      mapping: keyed(weavy, mautic),
    });

    await scene.run();

    expect(await scene.couple(weavyTiers(1))).toMatchObject({ mautic: mauticCompany(8), state: 'active' });
    expect(await scene.couple(mauticCompany(9))).toMatchObject({ weavy: 'weavy/customer/WM-9' });
    expect((await scene.all('mautic/company')).size).toBe(3);
    expect((await scene.all('weavy/customer')).size).toBe(3);
    expect((await scene.run({ full: true })).writes).toBe(0);
  });

  test.each(KEYS)('never by a blank: %s', async (_, weavy, mautic) => {
    await scene.begin({
      records: {
        weavy: { customer: [tiers(1, { [weavy]: ' ' }), tiers(2)] },
        mautic: { company: [company(1, { [mautic]: null }), company(2, { [mautic]: '' })] },
      },
      mapping: keyed(weavy, mautic),
    });

    const run = await scene.run();

    expect(run).toMatchObject({ writes: 0, counts: { skipped: 4 } });
    expect(await scene.states()).toEqual({});
    expect(await scene.reasons()).toEqual(['no-key']);
  });

  test('made in Mautic from a Tiers, and in weavy from a company, under a code of ours', async () => {
    await scene.begin({
      records: { weavy: { customer: [tiers(1)] }, mautic: { company: [company(8)] } },
    });

    const run = await scene.run();
    const again = await scene.run({ full: true });

    expect(run).toMatchObject({ outcome: 'completed', writes: 2, counts: { created: 2 } });
    expect(again).toMatchObject({ outcome: 'completed', writes: 0, counts: { read: 4, unchanged: 4 } });
    expect(await scene.fields('weavy/customer/WM-8')).toMatchObject({ name: 'Maison 8', city: 'Namur' });
    const [made] = await scene.holding('mautic/company', 'companyname', 'Maison 1');
    expect(await scene.fields(made ?? '')).toMatchObject({ companycity: 'Namur' });
  });

  test('the same 2,000 companies on both sides are not made a second time', async () => {
    const all = upTo(2_000);
    await scene.begin({
      records: {
        weavy: { customer: all.map((n) => tiers(n)) },
        mautic: { company: all.map((n) => company(n)) },
      },
    });

    const run = await scene.run();

    expect(run).toMatchObject({ outcome: 'completed', writes: 0, counts: { created: 0, read: 4_000 } });
    expect(await scene.states()).toEqual({ active: 2_000 });
    expect((await scene.all('mautic/company')).size).toBe(2_000);
  });

  test('a code of ours that belongs to another Tiers overwrites nobody, and is told', async () => {
    await scene.begin({
      records: {
        weavy: { customer: [{ ...tiers(1), id: 'WM-8' }] },
        mautic: { company: [company(1), company(8)] },
      },
    });

    const run = await scene.run();

    expect(run.counts).toMatchObject({ held: 1 });
    expect(await scene.fields('weavy/customer/WM-8')).toMatchObject({ name: 'Maison 1' });
    expect(await scene.reasons(mauticCompany(8))).toEqual(['code-taken']);
  });
});

describe('the company of a contact', () => {
  const working = (n: number, at: number | null, fields: Values = {}) =>
    contactInWeavy(n, { customer_ID: at === null ? null : `T-${at}`, ...fields });

  test('follows its Tiers, also when both are new', async () => {
    await scene.begin({ records: { weavy: { customer: [tiers(1)], customercontact: [working(1, 1)] } } });

    await scene.run();
    await scene.run();

    const [made] = await scene.holding('mautic/company', 'companyname', 'Maison 1');
    const [contact] = await scene.holding('mautic/contact', 'email', emailOf(1));
    expect(await scene.companiesOf(contact ?? '')).toEqual([made]);
    expect((await scene.run({ full: true })).writes).toBe(0);
  });

  test('changes with its Tiers: the link that we made goes', async () => {
    await scene.begin({
      records: {
        weavy: { customer: [tiers(1), tiers(2)], customercontact: [working(1, 1)] },
        mautic: { company: [company(1), company(2)], contact: [contactInMautic(1)] },
      },
    });
    await scene.run();
    const first = await scene.companiesOf(mauticContact(1));
    await scene.edit(weavyContact(1), { customer_ID: 'T-2' });

    await scene.run();

    expect(first).toEqual([mauticCompany(1)]);
    expect(await scene.companiesOf(mauticContact(1))).toEqual([mauticCompany(2)]);
    expect((await scene.run({ full: true })).writes).toBe(0);
  });

  test('becomes the primary one beside a link that Mautic’s people made, which stays', async () => {
    await scene.begin({
      records: {
        weavy: { customer: [tiers(1), tiers(2)], customercontact: [working(1, 1)] },
        mautic: {
          company: [company(1), company(2), company(3)],
          contact: [contactInMautic(1, {}, { companies: [{ id: 3, primary: true }] })],
        },
      },
    });
    await scene.run();
    const first = await scene.companiesOf(mauticContact(1));
    await scene.edit(weavyContact(1), { customer_ID: 'T-2' });

    await scene.run();

    expect(first).toEqual([mauticCompany(1), mauticCompany(3)]);
    expect(await scene.companiesOf(mauticContact(1))).toEqual([mauticCompany(2), mauticCompany(3)]);
  });

  test('a link to the Tiers’ company that Mautic’s people made is not removed when the Tiers changes', async () => {
    await scene.begin({
      records: {
        weavy: { customer: [tiers(1), tiers(2)], customercontact: [working(1, 1)] },
        mautic: {
          company: [company(1), company(2)],
          contact: [contactInMautic(1, {}, { companies: [{ id: 1, primary: true }] })],
        },
      },
    });
    await scene.run();
    await scene.edit(weavyContact(1), { customer_ID: 'T-2' });

    await scene.run();

    expect(await scene.companiesOf(mauticContact(1))).toEqual([mauticCompany(2), mauticCompany(1)]);
  });

  test('without a Tiers any more, only the link that we made goes', async () => {
    await scene.begin({
      records: {
        weavy: { customer: [tiers(1)], customercontact: [working(1, 1)] },
        mautic: {
          company: [company(1), company(3)],
          contact: [contactInMautic(1, {}, { companies: [{ id: 3, primary: true }] })],
        },
      },
    });
    await scene.run();
    await scene.edit(weavyContact(1), { customer_ID: null });

    await scene.run();

    expect(await scene.companiesOf(mauticContact(1))).toEqual([mauticCompany(3)]);
  });

  test('is never written to weavy: a company chosen in Mautic changes no Tiers', async () => {
    await scene.begin({
      records: {
        weavy: { customer: [tiers(1), tiers(2)], customercontact: [working(1, 1)] },
        mautic: { company: [company(1), company(2)], contact: [contactInMautic(1)] },
      },
    });
    await scene.run();
    await scene.edit(
      mauticContact(1),
      { city: 'Liège' },
      { also: { companies: [{ id: 2, primary: true }] } },
    );

    await scene.run();

    expect(await scene.fields(weavyContact(1))).toMatchObject({ customer_ID: 'T-1', city: 'Liège' });
  });

  test('a Tiers that is not synchronised holds no contact up', async () => {
    await scene.begin({
      records: { weavy: { customer: [tiers(1, { name: ' ' })], customercontact: [working(1, 1)] } },
    });

    const run = await scene.run();

    expect(run).toMatchObject({ outcome: 'completed', writes: 1, counts: { created: 1, waiting: 0 } });
  });
});
