import * as fc from 'fast-check';
import { normalisePhone } from '../../../mappings/normalise/phone';
import { anyText } from '../any-text';
import { holds } from '../holds';

describe('normalisePhone', () => {
  it.each([
    ['01 23 45 67 89', 'FR', '+33123456789'],
    ['01.23.45.67.89', 'FR', '+33123456789'],
    ['06-12-34-56-78', 'FR', '+33612345678'],
    ['+33 (0)1 23 45 67 89', 'FR', '+33123456789'],
    ['0033 1 23 45 67 89', 'FR', '+33123456789'],
    ['33 1 23 45 67 89', 'FR', '+33123456789'],
    ['tel:+33123456789', 'FR', '+33123456789'],
    ['01\u00A023\u202F45 67 89', 'FR', '+33123456789'],
    ['0478 12 34 56', 'BE', '+32478123456'],
    ['044 668 18 00', 'CH', '+41446681800'],
    ['+44 20 7946 0958', 'FR', '+442079460958'],
    ['01 23 45 67 89', 'no such region', '+33123456789'],
  ])('writes %p, read in %s, as %s', (raw, region, value) => {
    expect(normalisePhone(raw, region)).toEqual({ value, note: 'normalised' });
  });

  it('says nothing when the number is already in that form', () => {
    expect(normalisePhone('+33123456789', 'FR')).toEqual({ value: '+33123456789' });
  });

  it.each([
    ['two numbers', '01 23 45 67 89 / 06 12 34 56 78', '+33123456789'],
    ['two numbers with "ou"', '01 23 45 67 89 ou 06 12 34 56 78', '+33123456789'],
    ['an extension', '01 23 45 67 89 poste 12', '+33123456789'],
    ['an extension in the English way', '+33 1 23 45 67 89 ext. 12', '+33123456789'],
    ['words around it', 'Tél : 01 23 45 67 89 (standard)', '+33123456789'],
  ])('sends the first number of a field with %s, and an operator can see it', (_case, raw, value) => {
    expect(normalisePhone(raw, 'FR')).toEqual({ value, note: 'malformed' });
  });

  it.each([
    ['01 23 45 67', 'FR'],
    ['06 12 34 56 78', 'BE'],
    ['+999 123 456 789', 'FR'],
  ])('keeps %p as typed when it is no valid number in %s but could be dialled', (raw, region) => {
    expect(normalisePhone(` ${raw}\u00A0`, region)).toEqual({ value: raw, note: 'malformed' });
  });

  it.each(['NC', '-', 'n/a', '12', 'à compléter', '0123456789'.repeat(3)])(
    'leaves the hopeless %p out',
    (raw) => {
      expect(normalisePhone(raw, 'FR')).toEqual({ value: undefined, note: 'malformed' });
    },
  );

  it('clears on an explicit blank and leaves the field on an absent one', () => {
    expect(normalisePhone(null, 'FR')).toEqual({ value: null });
    expect(normalisePhone(' ', 'FR')).toEqual({ value: null });
    expect(normalisePhone(undefined, 'FR')).toEqual({ value: undefined });
  });

  it('answers the same for its own answer, whatever was typed', () => {
    holds(
      fc.property(anyText, fc.constantFrom('FR', 'BE', 'XX', ''), (raw, region) => {
        const once = normalisePhone(raw, region).value;
        expect(normalisePhone(once, region).value).toBe(once);
      }),
    );
  });
});
