import { codes, contact, filter, stopWeavys, weavy } from './weavy-support';

afterEach(stopWeavys);

const EARLY = '2026-03-01T08:00:00';

describe('people in weavy', () => {
  test('add, edit and logically delete records, which moves the change time', async () => {
    const { call, control, select } = await weavy({
      customercontact: [contact('C-1', { city: 'Nancy' }, EARLY)],
    });

    const edited = await control.put('customercontact', {
      action: 'patch',
      id: 'C-1',
      value: { phoneNumber: '0390' },
      unset: ['city'],
    });
    const added = await control.put('customercontact', {
      action: 'upsert',
      value: { fields: { lastName: 'New' } },
    });
    await control.put('customercontact', { action: 'delete', id: 'C-1' });

    expect(edited).toMatchObject({ id: 'C-1', fields: { phoneNumber: '0390', city: null }, srvAttrib: 0 });
    expect(String(edited?.srvDateUTC) > EARLY).toBe(true);
    expect(codes(await select('customercontact'))).toEqual([added?.id]);
    expect((await call('GET', '/Data/ACME/customercontact/C-1')).body).toMatchObject({
      srvAttrib: 1,
      phoneNumber: '0390',
    });
  });

  test('may leave the change time as it is, or choose it, so that two records share a second', async () => {
    const { control } = await weavy({ customer: [{ id: 'T-1', fields: {}, srvDateUTC: EARLY }] });

    const kept = await control.put('customer', {
      action: 'patch',
      id: 'T-1',
      value: { city: 'Toul' },
      keepUpdatedAt: true,
    });
    const chosen = await control.put('customer', {
      action: 'upsert',
      id: 'T-2',
      value: { srvDateUTC: EARLY },
    });

    expect([kept?.srvDateUTC, chosen?.srvDateUTC]).toEqual([EARLY, EARLY]);
  });

  test('can bring a deleted record back', async () => {
    const { control, select } = await weavy({ customer: [{ id: 'T-1', fields: {}, srvAttrib: 1 }] });

    await control.put('customer', { action: 'patch', id: 'T-1', value: { srvAttrib: 0 } });

    expect(codes(await select('customer'), 'customer')).toEqual(['T-1']);
  });

  test('are refused fields that do not exist, and records that are not there', async () => {
    const { control } = await weavy({ customer: [{ id: 'T-1', fields: {} }] });

    await expect(
      control.put('customer', { action: 'patch', id: 'T-1', value: { nmae: 'x' } }),
    ).rejects.toThrow('nmae');
    await expect(control.put('customer', { action: 'patch', id: 'T-9', value: {} })).rejects.toThrow('404');
    await expect(control.put('opportunity', { action: 'upsert', value: {} })).rejects.toThrow('opportunity');
  });

  test('go back to the first state, with its fields, rights and settings', async () => {
    const { call, control, select } = await weavy({ customer: [{ id: 'T-1', fields: { name: 'First' } }] });
    await control.put('customer', { action: 'patch', id: 'T-1', value: { name: 'Other' } });
    await control.put('right', { action: 'delete', id: 'customer/READ' });
    await control.put('field', { action: 'delete', id: 'customer/name' });
    await control.put('setting', { action: 'patch', value: { timeZone: 'Europe/Paris' } });

    await control.reset();

    expect((await select('customer')).body).toMatchObject([{ customer_ID: 'T-1', name: 'First' }]);
    expect(await control.records('setting')).toMatchObject([{ timeZone: 'UTC' }]);

    await control.reset({ customer: [{ id: 'T-5', fields: {} }] });
    expect((await call('GET', '/Data/ACME/customer/T-1')).status).toBe(404);
    expect((await call('GET', '/Data/ACME/customer/T-5')).status).toBe(200);
  });
});

describe('an Entrant that becomes a Contact', () => {
  const start = {
    customer: [{ id: 'T-1', fields: { name: 'Exemplar' } }],
    marketinginbound: [
      {
        id: 'WM-81',
        fields: { email: 'new@example.org', firstName: 'Anna', lastName: 'Roy', companyName: 'Exemplar' },
        srvDateUTC: EARLY,
      },
    ],
  };

  test('is a new record with the same e-mail and names, and the Entrant is logically deleted', async () => {
    const { call, control, select } = await weavy(start);

    await control.act('convert', { inboundId: 'WM-81', contactId: 'C-500', customerId: 'T-1' });

    const { body } = await call('GET', '/Data/ACME/customercontact/C-500');
    expect(body).toMatchObject({
      email: 'new@example.org',
      firstName: 'Anna',
      lastName: 'Roy',
      customer_ID: 'T-1',
      srvAttrib: 0,
    });
    expect(body.srvDateUTC > EARLY).toBe(true);
    expect(body).not.toHaveProperty('companyName');
    expect((await select('marketinginbound')).body).toEqual([]);
    expect((await call('GET', '/Data/ACME/marketinginbound/WM-81')).body.srvAttrib).toBe(1);
  });

  test('can leave the Entrant as it was', async () => {
    const { control, select } = await weavy(start);

    await control.act('convert', { inboundId: 'WM-81', contactId: 'C-500', inbound: 'left' });

    expect((await select('marketinginbound')).body).toMatchObject([{ srvDateUTC: EARLY, srvAttrib: 0 }]);
    const filterFields = [filter('email', 'Equal', ['NEW@example.org'])];
    expect(codes(await select('customercontact', { filterFields }))).toEqual(['C-500']);
  });

  test('needs an Entrant, a Tiers and a free code', async () => {
    const { control } = await weavy(start);
    const convert = (values: Record<string, string>) =>
      control.act('convert', { inboundId: 'WM-81', contactId: 'C-1', ...values });

    await expect(convert({ inboundId: 'WM-9' })).rejects.toThrow('WM-9');
    await expect(convert({ customerId: 'T-9' })).rejects.toThrow('T-9');
    await convert({ inbound: 'left' });
    await expect(convert({})).rejects.toThrow('409');
  });
});

describe('duplicates in the stats of weavy', () => {
  test('count Entrants made through the API beside a live one with the same e-mail', async () => {
    const { call, control } = await weavy({
      marketinginbound: [{ id: 'E-1', fields: { email: 'a@example.org' } }],
    });
    const post = (id: string, email: string) =>
      call('POST', '/Data/ACME/marketinginbound', { marketinginbound_ID: id, email });

    await post('WM-1', 'b@example.org');
    expect(await control.stats()).toMatchObject({ duplicates: 0, externalReferences: 1 });

    await post('WM-2', 'B@Example.org');
    await post('WM-3', 'A@example.org ');
    expect(await control.stats()).toMatchObject({ duplicatesByKind: { marketinginbound: 2, customer: 0 } });

    await control.put('marketinginbound', { action: 'delete', id: 'E-1' });
    expect((await control.stats()).duplicates).toBe(1);
  });

  test('count Tiers made through the API beside one of the same name, spaces and case aside', async () => {
    const { call, control } = await weavy({ customer: [{ id: 'T-1', fields: { name: 'Les  Exemplars' } }] });

    await call('POST', '/Data/ACME/customer', { customer_ID: 'WM-1', name: 'les exemplars ' });

    expect((await control.stats()).duplicatesByKind).toEqual({ customer: 1, marketinginbound: 0 });
  });

  test('do not count what people or the first state brought', async () => {
    const twins = ['T-1', 'T-2'].map((id) => ({ id, fields: { name: 'Exemplar' } }));
    const { call, control } = await weavy({ customer: twins });
    await call('POST', '/Data/ACME/customer', { customer_ID: 'WM-1', name: 'Other' });

    await control.put('customer', { action: 'upsert', id: 'T-3', value: { name: 'Other' } });
    await control.put('customer', { action: 'patch', id: 'T-1', value: { name: 'Other' } });
    for (const id of ['E-1', 'E-2'])
      await control.put('marketinginbound', { action: 'upsert', id, value: { email: 'same@example.org' } });

    expect((await control.stats()).duplicates).toBe(0);
  });

  test('do not count records without a name or an address', async () => {
    const { call, control } = await weavy();
    for (const id of ['WM-1', 'WM-2'])
      await call('POST', '/Data/ACME/marketinginbound', { marketinginbound_ID: id, email: ' ' });

    expect((await control.stats()).duplicates).toBe(0);
  });
});
