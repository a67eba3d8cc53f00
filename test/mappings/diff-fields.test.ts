import * as fc from 'fast-check';
import { type Base, compareReply, diffFields } from '../../mappings/diff-fields';
import type { Fields } from '../../mappings/fields';
import { holds } from './holds';

const nothingPaused = { pausedFields: [] };

describe('diffFields', () => {
  it('creates every filled field of a new record and sends no blanks', () => {
    const diff = diffFields({
      desired: { name: 'ACME', website: null, 'address.street2': '' },
      actual: null,
      base: {},
      ...nothingPaused,
    });

    expect(diff).toEqual({
      changes: [{ field: 'name', before: null, after: 'ACME', rule: 'create' }],
      patch: { name: 'ACME' },
    });
  });

  it.each([
    ['both are equal', 'B12', 'B12'],
    ['null is asked and the target holds an empty text', null, ''],
    ['an empty text is asked and the target holds null', '', null],
    ['0 is asked and the target holds -0', 0, -0],
  ])('changes nothing when %s', (_case, desired, actual) => {
    const base = { f: { sent: 'something', stored: 'something' } };

    const diff = diffFields({ desired: { f: desired }, actual: { f: actual }, base, ...nothingPaused });

    expect(diff).toEqual({ changes: [], patch: {} });
  });

  it('leaves alone what the mapping does not speak of', () => {
    const diff = diffFields({
      desired: {},
      actual: { name: 'ACME', emplacement: 'B12' },
      base: { emplacement: { sent: 'A1', stored: 'A1' } },
      ...nothingPaused,
    });

    expect(diff.patch).toEqual({});
  });

  it('does not rewrite for ever a value that the target keeps in its own form', () => {
    const input = {
      desired: { name: 'Acme  SA' },
      actual: { name: 'Acme SA' },
      base: { name: { sent: 'Acme  SA', stored: 'Acme SA' } },
      ...nothingPaused,
    };

    expect(diffFields(input).changes).toEqual([]);
  });

  it('overwrites what somebody edited in the target, and calls it drift', () => {
    const diff = diffFields({
      desired: { name: 'ACME' },
      actual: { name: 'Acme, edited' },
      base: { name: { sent: 'ACME', stored: 'ACME' } },
      ...nothingPaused,
    });

    expect(diff.changes).toEqual([
      { field: 'name', before: 'Acme, edited', after: 'ACME', rule: 'drift.name' },
    ]);
  });

  it('calls a change of the source a mapped change, even when the target was edited too', () => {
    const diff = diffFields({
      desired: { name: 'ACME Group' },
      actual: { name: 'Acme, edited' },
      base: { name: { sent: 'ACME', stored: 'ACME' } },
      ...nothingPaused,
    });

    expect(diff.changes[0]?.rule).toBe('map.name');
  });

  it('shows another first word of the rule when the caller gives one', () => {
    const diff = diffFields({
      desired: { lastname: 'Martin' },
      actual: { lastname: 'MARTIN' },
      base: {},
      rulePrefix: 'adopt',
      ...nothingPaused,
    });

    expect(diff.changes[0]?.rule).toBe('adopt.lastname');
  });

  it('clears a field that it filled once, when the source says that it is blank now', () => {
    const diff = diffFields({
      desired: { emplacement: null },
      actual: { emplacement: 'B12' },
      base: { emplacement: { sent: 'B12', stored: 'B12' } },
      ...nothingPaused,
    });

    expect(diff.patch).toEqual({ emplacement: null });
  });

  it('does not clear what people typed into a field that the source never filled', () => {
    const diff = diffFields({
      desired: { website: null },
      actual: { website: 'https://typed.example' },
      base: {},
      ...nothingPaused,
    });

    expect(diff.changes).toEqual([]);
  });

  it('is not misled by field names that every JavaScript object has', () => {
    const diff = diffFields({
      desired: { constructor: 'x', toString: 'y' },
      actual: {},
      base: {},
      ...nothingPaused,
    });

    expect(diff.patch).toEqual({ constructor: 'x', toString: 'y' });
  });
});

describe('compareReply', () => {
  it('makes the reply the new base of what was sent, and keeps the base of everything else', () => {
    const result = compareReply({
      sent: { name: 'ACME' },
      reply: { name: 'ACME', website: 'https://acme.example' },
      base: { emplacement: { sent: 'B12', stored: 'B12' } },
    });

    expect(result).toEqual({
      base: { name: { sent: 'ACME', stored: 'ACME' }, emplacement: { sent: 'B12', stored: 'B12' } },
      altered: [],
    });
  });

  it('does not change the base it was given', () => {
    const base: Base = {};

    compareReply({ sent: { name: 'ACME' }, reply: { name: 'ACME' }, base });

    expect(base).toEqual({});
  });

  it('does not call two forms of blank an alteration', () => {
    expect(compareReply({ sent: { a: null, b: '' }, reply: { a: '' }, base: {} }).altered).toEqual([]);
  });

  it('reports an alteration once, and says so when the very same one happens again', () => {
    const sent = { phone: '+33100000000' };
    const reply = { phone: '0100000000' };

    const first = compareReply({ sent, reply, base: {} });
    const second = compareReply({ sent, reply, base: first.base });

    expect(first.altered).toEqual([
      { field: 'phone', sent: '+33100000000', stored: '0100000000', repeated: false },
    ]);
    expect(second.altered[0]?.repeated).toBe(true);
  });

  it('does not call it repeated when another value is altered, or the same one in another way', () => {
    const { base } = compareReply({ sent: { a: 'x' }, reply: { a: 'X' }, base: {} });

    expect(compareReply({ sent: { a: 'y' }, reply: { a: 'Y' }, base }).altered[0]?.repeated).toBe(false);
    expect(compareReply({ sent: { a: 'x' }, reply: { a: '' }, base }).altered[0]?.repeated).toBe(false);
  });

  it('takes a field that the reply does not show for stored empty', () => {
    const { altered } = compareReply({ sent: { a: 'x' }, reply: {}, base: {} });

    expect(altered).toEqual([{ field: 'a', sent: 'x', stored: null, repeated: false }]);
  });
});

describe('whatever the fields', () => {
  const path = fc.constantFrom('name', 'website', 'address.city', 'emplacement');
  const value = fc.oneof(
    fc.constantFrom('', 'a', 'b'),
    fc.constant(null),
    fc.integer({ min: -1, max: 1 }),
    fc.boolean(),
  );
  const fields: fc.Arbitrary<Fields> = fc.dictionary(path, value);
  const base: fc.Arbitrary<Base> = fc.dictionary(path, fc.record({ sent: value, stored: value }));
  const pausedFields = fc.subarray(['name', 'website', 'address.city', 'emplacement']);

  it('asks for nothing more once its patch is applied', () => {
    holds(
      fc.property(fields, fields, base, pausedFields, (desired, actual, before, paused) => {
        const { patch } = diffFields({ desired, actual, base: before, pausedFields: paused });
        const reply = { ...actual, ...patch };
        const after = compareReply({ sent: patch, reply, base: before });

        const again = diffFields({ desired, actual: reply, base: after.base, pausedFields: paused });

        expect(again.changes).toEqual([]);
        expect(after.altered).toEqual([]);
      }),
    );
  });

  it('asks for nothing more when the target alters everything it is sent', () => {
    holds(
      fc.property(fields, fields, base, (desired, actual, before) => {
        const { patch } = diffFields({ desired, actual, base: before, pausedFields: [] });
        const mangled = Object.fromEntries(Object.entries(patch).map(([key, sent]) => [key, `<${sent}>`]));
        const reply = { ...actual, ...mangled };
        const after = compareReply({ sent: patch, reply, base: before });

        expect(diffFields({ desired, actual: reply, base: after.base, pausedFields: [] }).changes).toEqual(
          [],
        );
      }),
    );
  });

  it('never changes a paused field, and its patch is exactly its changes', () => {
    holds(
      fc.property(fields, fc.option(fields), base, pausedFields, (desired, actual, before, paused) => {
        const { changes, patch } = diffFields({ desired, actual, base: before, pausedFields: paused });

        expect(changes.filter(({ field }) => paused.includes(field))).toEqual([]);
        expect(patch).toEqual(Object.fromEntries(changes.map(({ field, after }) => [field, after])));
      }),
    );
  });
});
