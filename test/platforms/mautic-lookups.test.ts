import { FailureKind } from '../../platforms/failure';
import { failureOf } from './failures';
import { contact, instanceOf, listOf, stopInstances } from './mautic-instance';

afterEach(stopInstances);

describe('a look-up', () => {
  test('on version 3 asks for each value by itself, and spells an apostrophe as any character', async () => {
    const { client, asked } = await instanceOf('3.0.12', () =>
      listOf('contacts', [
        contact(1, "O'Neil@x.example"),
        contact(2, 'oxneil@x.example'),
        contact(3, 'a@x.example'),
      ]),
    );

    const found = await client.findBy('contact', 'email', [' A@x.example ', "o'neil@x.example"]);

    expect(found.map((record) => record.id)).toEqual(['1', '3']);
    expect(asked()[0]?.query).toMatchObject({
      'where[1][expr]': 'orX',
      'where[1][val][0][col]': 'email',
      'where[1][val][0][expr]': 'eq',
      'where[1][val][0][val]': 'A@x.example',
      'where[1][val][1][expr]': 'like',
      'where[1][val][1][val]': 'o_neil@x.example',
    });
  });

  test('on version 4 asks for all values at once, quoted', async () => {
    const { client, asked } = await instanceOf('4.4.9', () =>
      listOf('contacts', [contact(1, 'a@x.example')]),
    );

    await client.findBy('contact', 'email', ['a@x.example', 'b@x.example']);

    expect(asked()[0]?.query).toMatchObject({
      'where[1][col]': 'email',
      'where[1][expr]': 'in',
      'where[1][val]': '"a@x.example","b@x.example"',
    });
  });

  test('doubles the quotes inside a value, and asks with a pattern as well', async () => {
    const { client, asked } = await instanceOf('5.1.0', () => listOf('companies', []));

    await client.findBy('company', 'companyname', ['Le "100%" d\'Or']);

    expect(asked()[0]?.query).toMatchObject({
      'where[1][val][0][val]': '"Le ""100%"" d\'Or"',
      'where[1][val][1][expr]': 'like',
      'where[1][val][1][val]': 'Le _100__ d_Or',
    });
  });

  test('asks for the version once when nobody did yet, and as on version 3 when no reply says it', async () => {
    const { client, asked, server } = await instanceOf(null, () => listOf('contacts', []));

    await client.findBy('contact', 'email', ['a@x.example']);
    await client.findBy('contact', 'email', ['b@x.example']);

    expect(asked().map((one) => one.query['where[1][val][0][expr]'])).toEqual(['eq', 'eq']);
    expect(server.received).toHaveLength(3);
  });

  test('does not hand out strangers, nor anonymous visitors', async () => {
    const rows = [
      contact(1, 'stranger@x.example'),
      contact(2, null, { fields: { all: { email: null, firstname: 'Ana' } } }),
    ];
    const { client } = await instanceOf('5.1.0', () => listOf('contacts', rows));

    expect(await client.findBy('contact', 'firstname', ['ana'])).toMatchObject([{ id: '1' }]);
    expect(await client.findBy('contact', 'email', ['a@x.example'])).toEqual([]);
  });

  test('for nothing, or for blanks, makes no call', async () => {
    const { client, server } = await instanceOf('5.1.0', () => listOf('contacts', [contact(1, '')]));

    expect(await client.findBy('contact', 'email', ['', '  '])).toEqual([]);
    expect(await client.getMany('contact', [])).toEqual([]);
    expect(server.received).toHaveLength(0);
  });

  test('of a record that cannot be read fails: leaving it out would lead to its duplicate', async () => {
    const { client } = await instanceOf('5.1.0', () =>
      listOf('contacts', [contact(1, 'a@x.example', { fields: [] })]),
    );

    expect((await failureOf(client.findBy('contact', 'email', ['a@x.example']))).kind).toBe(
      FailureKind.defect,
    );
  });

  test.each(['3.0.12', '5.1.0'])(
    'by number on version %s finds all of 250 in addresses that fit',
    async (version) => {
      const rows = Array.from({ length: 250 }, (_, at) => contact(at + 1, `c${at}@x.example`));
      const { client, server } = await instanceOf(version, (asked) => {
        const named = Object.entries(asked.query).filter(([name]) => name.startsWith('where[1]'));
        const wanted = new Set(named.flatMap(([, value]) => value.split(',')));
        return listOf(
          'contacts',
          rows.filter((row) => wanted.has(String(row.id))),
        );
      });

      const found = await client.getMany('contact', [
        ...rows.map((row) => String(row.id)),
        '9999',
        'no-number',
      ]);

      expect(found).toHaveLength(250);
      expect(Math.max(...server.received.map((request) => request.path.length))).toBeLessThan(8_000);
    },
  );
});
