import { grantText } from '../../../mappings/weavy-webmecanik/api-rights';
import {
  company,
  contactInMautic,
  contactInWeavy,
  emailOf,
  known,
  mauticCompany,
  mauticContact,
  tiers,
  weavyContact,
  weavyTiers,
} from './people';
import { type Scene, startScene } from './scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

/** A linked company, a linked Contact and a linked Entrant. */
async function linked() {
  await scene.begin({
    records: {
      weavy: { customer: [tiers(1)], customercontact: [contactInWeavy(1)] },
      mautic: { company: [company(1)], contact: [contactInMautic(1), contactInMautic(2)] },
    },
  });
  await scene.run();
}

const ENTRANT = 'weavy/marketinginbound/WM-2';

/** Something to do on every table of weavy, and what of it is done. */
const forWeavy = {
  async edit() {
    await scene.edit(mauticCompany(1), { companycity: 'Liège' });
    await scene.edit(mauticContact(1), { city: 'Liège' });
    await scene.edit(mauticContact(2), { city: 'Liège' });
    await scene.add(mauticCompany(5), company(5).fields);
    await scene.add(mauticContact(5), contactInMautic(5).fields);
  },
  async done() {
    const isThere = async (recordId: string) => (await scene.record(recordId)) !== null;
    const follows = async (recordId: string) => (await scene.fields(recordId)).city === 'Liège';
    return {
      'edited Tiers': await follows(weavyTiers(1)),
      'new Tiers': await isThere('weavy/customer/WM-5'),
      'edited Contact': await follows(weavyContact(1)),
      'edited Entrant': await follows(ENTRANT),
      'new Entrant': await isThere('weavy/marketinginbound/WM-5'),
    };
  },
};

const forMautic = {
  async edit() {
    await scene.edit(weavyTiers(1), { city: 'Liège' });
    await scene.edit(weavyContact(1), { city: 'Liège' });
    await scene.add(weavyTiers(5), tiers(5).fields);
    await scene.add(weavyContact(5), contactInWeavy(5).fields);
  },
  async done() {
    return {
      'edited company': (await scene.fields(mauticCompany(1))).companycity === 'Liège',
      'new company': (await scene.holding('mautic/company', 'companyname', 'Maison 5')).length === 1,
      'edited contact': (await scene.fields(mauticContact(1))).city === 'Liège',
      'new contact': (await scene.holding('mautic/contact', 'email', emailOf(5))).length === 1,
    };
  },
};

type Done = Record<string, boolean>;
const allBut = (done: Done, missing: readonly string[]): Done =>
  Object.fromEntries(Object.keys(done).map((name) => [name, !missing.includes(name)]));
const missingRights = async () =>
  (await scene.items()).filter(({ reason }) => reason === 'missing-right').map(({ detail }) => detail);

const TABLES = {
  customer: 'Client',
  customercontact: 'Client / Contact',
  marketinginbound: 'Marketing / Entrant',
};
const COLUMNS = { READ: 'API lecture', ADD: 'API ajout', UPDATE: 'API MAJ' };

describe('a box of weavy’s studio that is not ticked', () => {
  // without reading Contacts nobody knows who is one by now: Entrants are neither made nor edited
  test.each([
    ['customer', 'READ', ['edited Tiers', 'new Tiers']],
    ['customer', 'ADD', ['new Tiers']],
    ['customer', 'UPDATE', ['edited Tiers']],
    ['customercontact', 'READ', ['edited Contact', 'edited Entrant', 'new Entrant']],
    ['customercontact', 'UPDATE', ['edited Contact']],
    ['marketinginbound', 'READ', ['edited Entrant', 'new Entrant']],
    ['marketinginbound', 'ADD', ['new Entrant']],
    ['marketinginbound', 'UPDATE', ['edited Entrant']],
  ] as const)(
    '%s/%s: the other objects go on, the item names it, and ticked again the next run delivers',
    async (table, right, missing) => {
      await linked();
      const box = { id: `${table}/${right}` };
      await scene.stack.weavy.put('right', { action: 'upsert', ...box, value: { allowed: false } });
      await forWeavy.edit();

      const run = await scene.run();
      const done = await forWeavy.done();
      const named = await missingRights();
      await scene.stack.weavy.put('right', { action: 'upsert', ...box, value: { allowed: true } });
      const next = await scene.run();

      expect(run).toMatchObject({ outcome: 'completed-with-attention' });
      expect(done).toEqual(allBut(done, missing));
      expect(named).toEqual([{ table: `weavy/${table}`, right }]);
      expect(grantText(`weavy/${table}`, [right], 'fr')).toContain(
        `« ${COLUMNS[right]} » pour la table « ${TABLES[table]} »`,
      );
      expect(await forWeavy.done()).toEqual(allBut(done, []));
      expect(next).toMatchObject({ outcome: 'completed', attention: 0 });
      expect(await scene.items()).toEqual([]);
    },
  );

  test('customercontact/ADD: nothing of ours needs it', async () => {
    await linked();
    await scene.stack.weavy.put('right', { action: 'delete', id: 'customercontact/ADD' });
    await forWeavy.edit();

    const run = await scene.run();

    const done = await forWeavy.done();
    expect(run.outcome).toBe('completed');
    expect(done).toEqual(allBut(done, []));
  });
});

describe('a permission that the API user of Mautic does not have', () => {
  test.each([
    ['company', 'view', 'READ', ['edited company', 'new company']],
    ['company', 'create', 'ADD', ['new company']],
    ['company', 'edit', 'UPDATE', ['edited company']],
    ['contact', 'view', 'READ', ['edited contact', 'new contact']],
    ['contact', 'create', 'ADD', ['new contact']],
    ['contact', 'edit', 'UPDATE', ['edited contact']],
  ] as const)(
    '%s/%s: the other objects go on, the item names it, and given back the next run delivers',
    async (object, permission, right, missing) => {
      await linked();
      const set = (allowed: boolean) =>
        scene.stack.mautic.put('permission', {
          action: 'upsert',
          id: object,
          value: { [permission]: allowed },
        });
      await set(false);
      await forMautic.edit();

      const run = await scene.run();
      const done = await forMautic.done();
      const named = await missingRights();
      await set(true);
      const next = await scene.run();

      expect(run).toMatchObject({ outcome: 'completed-with-attention' });
      expect(done).toEqual(allBut(done, missing));
      expect(named).toEqual([{ table: `mautic/${object}`, right }]);
      expect(await forMautic.done()).toEqual(allBut(done, []));
      expect(next).toMatchObject({ outcome: 'completed', attention: 0 });
      expect(await scene.items()).toEqual([]);
    },
  );
});

test('a right that is missing orphans nobody: what cannot be read is not gone', async () => {
  await linked();
  await scene.stack.weavy.put('right', { action: 'delete', id: 'customercontact/READ' });
  await scene.stack.mautic.put('permission', { action: 'upsert', id: 'company', value: { view: false } });
  await scene.run({ full: true });

  await scene.stack.weavy.put('right', {
    action: 'upsert',
    id: 'customercontact/READ',
    value: { allowed: true },
  });
  await scene.stack.mautic.put('permission', { action: 'upsert', id: 'company', value: { view: true } });
  const run = await scene.run({ full: true });

  expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
  expect(await scene.states()).toEqual({ active: 3 });
});

describe('a mapped field that disappears', () => {
  const FIELD = 'customercontact/spe_interets';
  const INTERESTS = { action: 'upsert', id: 'contact/interests' } as const;
  const definition = {
    type: 'multiselect',
    options: ['salons', 'formation'].map((value) => ({ label: value, value })),
  };

  test('in weavy is paused with an item, the others go on, and back again it goes on', async () => {
    await scene.begin({ records: known(2) });
    await scene.run();
    await scene.stack.weavy.put('field', { action: 'delete', id: FIELD });
    await scene.edit(mauticContact(1), { interests: 'salons', city: 'Liège' });

    const run = await scene.run();
    const gone = await scene.items();
    await scene.stack.weavy.put('field', { action: 'upsert', id: FIELD, value: { fieldType: 'text' } });
    const next = await scene.run();

    expect(run).toMatchObject({ outcome: 'completed-with-attention', writes: 1 });
    expect(gone).toEqual([
      expect.objectContaining({ reason: 'field-gone', record_id: null, severity: 'action' }),
    ]);
    expect(JSON.stringify(gone[0]?.detail)).toContain('spe_interets');
    expect(next).toMatchObject({ outcome: 'completed', attention: 0 });
    expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Liège', spe_interets: 'salons' });
    expect(await scene.items()).toEqual([]);
  });

  test('in Mautic, where its values go with it, erases nothing in weavy when it comes back', async () => {
    await scene.begin({
      records: {
        weavy: { customercontact: [contactInWeavy(1, { spe_interets: 'salons' })] },
        mautic: { contact: [contactInMautic(1, { interests: 'salons' })] },
      },
    });
    await scene.run();
    await scene.stack.mautic.put('field', { ...INTERESTS, action: 'delete' });
    await scene.edit(weavyContact(1), { city: 'Liège' });
    const without = await scene.run();

    await scene.stack.mautic.put('field', { ...INTERESTS, value: definition });
    await scene.run({ full: true });

    expect(without).toMatchObject({ outcome: 'completed-with-attention', writes: 1 });
    expect(await scene.fields(weavyContact(1))).toMatchObject({ spe_interets: 'salons' });
    expect(await scene.fields(mauticContact(1))).toMatchObject({ interests: 'salons', city: 'Liège' });
  });

  test('before anything is linked is a slip of the pen, and stops the run', async () => {
    await scene.begin({ records: known(1) });
    await scene.stack.weavy.put('field', { action: 'delete', id: FIELD });

    const run = await scene.run();

    expect(run).toMatchObject({ outcome: 'stopped', code: 'prerequisites', writes: 0 });
    expect(run.reason).toContain('mapping');
  });
});

test('a custom field is known from the next look on', async () => {
  await scene.begin({ records: known(1) });
  await scene.stack.weavy.put('field', { action: 'upsert', id: 'customercontact/spe_nouveau', value: {} });
  await scene.stack.mautic.put('field', { action: 'upsert', id: 'contact/nouveau', value: {} });

  await scene.run();

  const { rows } = await scene.stack.pool.query("select value::text from cursor where name = 'schemas'");
  expect(rows[0]?.value).toContain('spe_nouveau');
  expect(rows[0]?.value).toContain('"nouveau"');
});
