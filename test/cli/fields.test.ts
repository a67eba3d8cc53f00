import { type CrmCommandStack, startCrmCommandStack } from './crm-command-stack';

const email = { weavy: 'email', mautic: 'email', as: 'email' };

let stack: CrmCommandStack;
beforeAll(async () => {
  stack = await startCrmCommandStack({
    contacts: {
      fields: [email, { weavy: 'phoneNumber', mautic: 'phone', as: 'phone', direction: 'toWeavy' }],
    },
    inbounds: { fields: [email] },
  });
});
afterAll(() => stack.stop());

/** The one field of this object with this name. */
async function fieldOf(object: string, name: string) {
  const { code, json } = await stack.run('fields', stack.sync, '--json');
  expect(code).toBe(0);
  return json.fields.find(
    (field: { object: string; name: string }) => field.object === object && field.name === name,
  );
}

describe('passerelle fields', () => {
  it('shows both sides’ fields with their form, and what each is mapped to', async () => {
    expect(await fieldOf('mautic/contact', 'email')).toMatchObject({
      type: 'email',
      custom: false,
      mappedTo: [
        { object: 'contacts', field: 'email', direction: 'both' },
        { object: 'inbounds', field: 'email', direction: 'toWeavy' },
      ],
    });
    expect(await fieldOf('mautic/company', 'companyname')).toMatchObject({ required: true, mappedTo: [] });
    expect(await fieldOf('weavy/customercontact', 'phoneNumber')).toMatchObject({
      mappedTo: [{ object: 'contacts', field: 'phone', direction: 'toWeavy' }],
    });
    expect(await fieldOf('weavy/customercontact', 'customer_ID')).toMatchObject({ readOnly: true });
    expect(await fieldOf('weavy/customercontact', 'bouncedEmailDetected')).toMatchObject({
      mappedTo: [{ object: 'contacts', field: null, direction: 'toWeavy' }],
    });
  });

  it('counts the values of a closed list', async () => {
    await stack.mautic.control.put('field', {
      action: 'upsert',
      id: 'contact/level',
      value: {
        label: 'Level',
        type: 'select',
        options: [
          { label: 'Gold', value: 'gold' },
          { label: 'Silver', value: 'silver' },
        ],
      },
    });

    expect(await fieldOf('mautic/contact', 'level')).toMatchObject({ choices: 2, custom: true });
  });

  it('shows a field that a person just made', async () => {
    expect(await fieldOf('weavy/customer', 'sector')).toBeUndefined();

    await stack.weavy.control.put('field', { action: 'upsert', id: 'customer/sector' });

    expect(await fieldOf('weavy/customer', 'sector')).toMatchObject({ type: 'text', custom: true });
  });

  it('draws one table per object for people', async () => {
    const { stdout } = await stack.run('fields', stack.sync);

    for (const title of [
      'weavy, Tiers (customer)',
      'weavy, Contact',
      'weavy, Entrant',
      'Webmecanik, company',
      'Webmecanik, contact',
    ])
      expect(stdout).toContain(title);
    expect(stdout).toMatch(/│ phoneNumber .*│ contacts: phone/);
  });

  it('says what to tick for a table that it may not read, and shows the others', async () => {
    await stack.weavy.control.put('right', {
      action: 'upsert',
      id: 'customer/READ',
      value: { allowed: false },
    });
    try {
      const { stdout, code } = await stack.run('fields', stack.sync);

      expect(code).toBe(0);
      expect(stdout).toMatch(/tick "API lecture" for the table "Client"\./);
      expect(stdout).toContain('weavy, Contact');
    } finally {
      await stack.weavy.control.put('right', {
        action: 'upsert',
        id: 'customer/READ',
        value: { allowed: true },
      });
    }
  });

  it('refuses a sync of another pair', async () => {
    const { code, stderr } = await stack.run('fields', 'salon');

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('this command is for weavy-webmecanik'),
    });
  });
});
