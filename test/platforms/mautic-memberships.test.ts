import { FailureKind } from '../../platforms/failure';
import { failureOf } from './failures';
import { json } from './local-server';
import { instanceOf, stopInstances } from './mautic-instance';

afterEach(stopInstances);

describe('what belongs to a contact', () => {
  test.each<[string, unknown]>([
    [
      'a list',
      [
        { id: '4', companyname: 'A', is_primary: '0' },
        { company_id: 5, is_primary: true },
      ],
    ],
    ['an object', { 4: { id: 4, is_primary: 0 }, 5: { id: '5', is_primary: '1' } }],
  ])('are companies, in %s', async (_form, companies) => {
    const { client, asked } = await instanceOf('5.1.0', () => json(200, { total: 2, companies }));

    expect(await client.companiesOf('81')).toEqual([
      { id: '4', primary: false },
      { id: '5', primary: true },
    ]);
    expect(asked()[0]?.path).toBe('/api/contacts/81/companies');
  });

  test.each<[string, unknown, string[]]>([
    ['some', { 3: { id: 3, alias: 'newsletter' }, 4: { id: 4, alias: 'salon' } }, ['newsletter', 'salon']],
    ['none', [], []],
  ])('are segments: %s', async (_name, lists, aliases) => {
    const { client } = await instanceOf('5.1.0', () => json(200, { total: aliases.length, lists }));

    expect(await client.segmentsOf('81')).toEqual(aliases);
  });

  test.each([1, true])('are links, which are changed when the instance says %p', async (success) => {
    const { client, asked } = await instanceOf('5.1.0', () => json(200, { success }));

    await client.addToCompany('4', '81');
    await client.removeFromCompany('5', '81');

    expect(asked().map((one) => `${one.method} ${one.path}`)).toEqual([
      'POST /api/companies/4/contact/81/add',
      'POST /api/companies/5/contact/81/remove',
    ]);
  });

  test('is no link when the instance says that it was not made', async () => {
    const { client } = await instanceOf('5.1.0', () => json(200, { success: 0 }));

    expect((await failureOf(client.addToCompany('4', '81'))).kind).toBe(FailureKind.defect);
  });
});
