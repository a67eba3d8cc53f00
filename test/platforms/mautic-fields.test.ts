import { json } from './local-server';
import { instanceOf, stopInstances } from './mautic-instance';

afterEach(stopInstances);

const field = (alias: string, type: string, more: Record<string, unknown> = {}) => ({
  id: 1,
  label: alias.toUpperCase(),
  alias,
  type,
  group: 'core',
  isRequired: false,
  isPublished: true,
  properties: [],
  ...more,
});

test('fields are those that people fill, with the lists of the closed ones', async () => {
  const fields = [
    field('email', 'email', { isRequired: true }),
    field('notes', 'textarea'),
    field('points', 'number'),
    field('old_one', 'text', { isPublished: false }),
    field('civility', 'select', {
      properties: {
        list: [
          { label: 'Madame', value: 'mrs' },
          { label: 'One', value: 1 },
        ],
      },
    }),
    field('tastes', 'multiselect', { properties: { list: 'a|b' } }),
    field('country', 'country'),
  ];
  const { client, asked } = await instanceOf('5.1.0', () => json(200, { total: 7, fields }));

  const discovered = await client.fields('contact');

  const common = { required: false, readOnly: false, length: null, choices: null };
  expect(discovered).toEqual([
    { ...common, name: 'email', label: 'EMAIL', type: 'email', length: 64, required: true, custom: false },
    { ...common, name: 'notes', label: 'NOTES', type: 'textarea', custom: true },
    { ...common, name: 'civility', label: 'CIVILITY', type: 'select', choices: ['mrs', '1'], custom: true },
    { ...common, name: 'tastes', label: 'TASTES', type: 'multiselect', choices: ['a', 'b'], custom: true },
    { ...common, name: 'country', label: 'COUNTRY', type: 'country', custom: false },
  ]);
  expect(asked()[0]).toMatchObject({ path: '/api/fields/contact', query: { limit: '100', start: '0' } });
});

test('all pages of fields are read', async () => {
  const all = Array.from({ length: 230 }, (_, at) => field(`custom_${at}`, 'text'));
  const { client } = await instanceOf('5.1.0', ({ query }) => {
    const start = Number(query.start);
    return json(200, { total: 230, fields: all.slice(start, start + Number(query.limit)) });
  });

  expect(await client.fields('company')).toHaveLength(230);
});
