import type { ReadRow } from '../../platforms/planexpo/client';
import { holderOf, readOrder } from '../../platforms/planexpo/order-rows';

const wire = {
  order_id: '48211',
  public_order_id: 'K7Q2',
  status: 'validated',
  version: 7,
  is_test: false,
  parent_order_id: null,
  company: { name: 'ACME', website: null, address: { line1: '1 rue A', city: 'Paris' } },
  booking_contact: { last_name: 'B', email: 'a.b@acme.example', phone_2: null },
  placement: { state: 'assigned', stand_number: 'B12' },
  items: [
    { product_id: 'p-31', name: 'Banniere web', kind: 'catalog', quantity: 10, unit_label: 'pack de 10' },
  ],
  updated_at: '2026-05-01T10:00:00Z',
  validated_at: '2026-04-30T10:00:00Z',
};

function dossiers(rows: ReadRow[]) {
  return rows.flatMap((row) => (row.kind === 'dossier' ? [row.dossier] : []));
}

function problems(rows: ReadRow[]) {
  return rows.flatMap((row) => (row.kind === 'unreadable' ? [[row.id, row.problems]] : []));
}

describe('one dossier', () => {
  test('is read with its absent keys absent and its nulls null', () => {
    expect(readOrder(wire)).toStrictEqual([
      {
        kind: 'dossier',
        dossier: {
          id: '48211',
          publicId: 'K7Q2',
          parentId: null,
          status: 'validated',
          isTest: false,
          version: 7,
          updatedAt: '2026-05-01T10:00:00Z',
          validatedAt: '2026-04-30T10:00:00Z',
          company: { name: 'ACME', website: null, address: { line1: '1 rue A', city: 'Paris' } },
          bookingContact: { lastName: 'B', email: 'a.b@acme.example', phone2: null },
          placement: { state: 'assigned', standNumber: 'B12' },
          items: [
            {
              productId: 'p-31',
              name: 'Banniere web',
              kind: 'catalog',
              quantity: 10,
              unitLabel: 'pack de 10',
            },
          ],
        },
      },
    ]);
  });

  test('without optional parts, with unknown keys and words, is read all the same', () => {
    const { placement: _placement, items: _items, version: _version, is_test: _test, ...rest } = wire;
    const [dossier] = dossiers(readOrder({ ...rest, status: 'archived', booking_contact: null, note: 5 }));

    expect(dossier).toMatchObject({ status: 'archived', bookingContact: null, items: [], isTest: false });
    expect(dossier).not.toHaveProperty('placement');
    expect(dossier).not.toHaveProperty('version');
  });

  test('that cannot be read keeps its id and names what is wrong without quoting it', () => {
    const rows = readOrder({
      ...wire,
      company: { name: 42 },
      updated_at: 'yesterday',
      items: [{ quantity: 'ten' }],
    });

    expect(problems(rows)).toEqual([
      [
        '48211',
        [
          'company.name: expected text',
          'items.0.product_id: missing',
          'items.0.name: missing',
          'items.0.quantity: expected a number',
          'updated_at: expected a date-time with a zone',
        ],
      ],
    ]);
  });

  test.each([[null], ['text'], [[]], [{}], [{ order_id: '' }]])('%j has no id to keep', (row) => {
    expect(problems(readOrder(row))).toEqual([[null, expect.anything()]]);
  });
});

describe('co-exhibitors embedded in a dossier', () => {
  const child = {
    co_id: 'c1',
    company: { name: 'Petit' },
    booking_contact: null,
    placement: null,
    items: [],
  };

  test('follow it as dossiers of their own, with its status and version', () => {
    const rows = readOrder({ ...wire, co_exhibitors: [child, { ...child, co_id: 'c2' }] });

    expect(dossiers(rows).map(({ id, publicId, parentId }) => [id, publicId, parentId])).toEqual([
      ['48211', 'K7Q2', null],
      ['48211/co/c1', 'K7Q2/c1', '48211'],
      ['48211/co/c2', 'K7Q2/c2', '48211'],
    ]);
    expect(rows[1]).toStrictEqual({
      kind: 'dossier',
      dossier: {
        id: '48211/co/c1',
        publicId: 'K7Q2/c1',
        parentId: '48211',
        status: 'validated',
        isTest: false,
        version: 7,
        updatedAt: '2026-05-01T10:00:00Z',
        validatedAt: '2026-04-30T10:00:00Z',
        company: { name: 'Petit' },
        bookingContact: null,
        placement: null,
        items: [],
      },
    });
  });

  test('one that cannot be read stops neither its exhibitor nor the others', () => {
    const rows = readOrder({ ...wire, co_exhibitors: [{ co_id: 'c1' }, { ...child, co_id: 'c2' }, {}] });

    expect(dossiers(rows).map((dossier) => dossier.id)).toEqual(['48211', '48211/co/c2']);
    expect(problems(rows)).toEqual([
      ['48211/co/c1', ['company: missing']],
      [null, ['co_exhibitors: a co_id is missing']],
    ]);
  });

  test('of a dossier that cannot be read are reported, so that they do not look deleted', () => {
    const rows = readOrder({ ...wire, status: 7, co_exhibitors: [child] });

    expect(problems(rows).map(([id]) => id)).toEqual(['48211', '48211/co/c1']);
  });

  test('in anything but a list make the dossier unreadable, so that they do not look deleted', () => {
    expect(problems(readOrder({ ...wire, co_exhibitors: { c1: child } }))).toEqual([
      ['48211', ['co_exhibitors: expected a list']],
    ]);
  });

  test('with one co_id for two are both kept out', () => {
    const rows = readOrder({ ...wire, co_exhibitors: [child, child] });

    expect(dossiers(rows)).toHaveLength(1);
    expect(problems(rows)).toEqual([['48211/co/c1', ['co_id: used twice in this dossier']]]);
  });

  test('with co-exhibitors of their own are read, and those are reported', () => {
    const rows = readOrder({ ...wire, co_exhibitors: [{ ...child, co_exhibitors: [{ co_id: 'x' }] }] });

    expect(dossiers(rows).map((dossier) => dossier.id)).toEqual(['48211', '48211/co/c1']);
    expect(problems(rows)).toEqual([
      ['48211/co/c1/co/x', ['co_exhibitors: a co-exhibitor cannot have its own']],
    ]);
  });

  test('tell by their key which dossier holds them', () => {
    expect(holderOf('48211/co/c1')).toBe('48211');
    expect(holderOf('48211')).toBeNull();
  });
});
