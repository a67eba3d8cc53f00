import * as fc from 'fast-check';
import { normaliseCountry } from '../../../mappings/normalise/country';
import { anyText } from '../any-text';
import { holds } from '../holds';

describe('normaliseCountry', () => {
  it.each([
    ['fr', 'FR'],
    ['FRA', 'FR'],
    ['  france ', 'FR'],
    ['FRANCE', 'FR'],
    ['la France', 'FR'],
    ['Frankreich', 'FR'],
    ['Belgique', 'BE'],
    ['België', 'BE'],
    ['Etats-Unis', 'US'],
    ['États Unis d’Amérique', 'US'],
    ['U.S.A.', 'US'],
    ['UK', 'GB'],
    ['Angleterre', 'GB'],
    ['Royaume uni', 'GB'],
    ['The Netherlands', 'NL'],
    ['Pays-Bas', 'NL'],
    ['Allemagne', 'DE'],
    ['DEUTSCHLAND', 'DE'],
    ['España', 'ES'],
    ['cote d ivoire', 'CI'],
    ['Guinée-Bissau', 'GW'],
    ['日本', 'JP'],
    ['Ελλάδα', 'GR'],
    ['FR - France', 'FR'],
    ['France (FR)', 'FR'],
    ['Paris, France', 'FR'],
  ])('reads %p as %s', (raw, value) => {
    expect(normaliseCountry(raw)).toEqual({ value, note: 'normalised' });
  });

  it('says nothing about a code that is already right', () => {
    expect(normaliseCountry('FR')).toEqual({ value: 'FR' });
  });

  it.each([
    'Absurdistan',
    'XX',
    'ZZZ',
    'Congo',
    'Paris, IL',
    'France / Belgique',
    'BE - France',
    'n/a',
    '-',
    '33',
  ])('guesses nothing from %p: the field is left out', (raw) => {
    expect(normaliseCountry(raw)).toEqual({ value: undefined, note: 'unknown-value' });
  });

  it('clears on an explicit blank and leaves the field on an absent one', () => {
    expect(normaliseCountry(null)).toEqual({ value: null });
    expect(normaliseCountry('')).toEqual({ value: null });
    expect(normaliseCountry(undefined)).toEqual({ value: undefined });
  });

  it('answers a code of two letters or nothing, and the same for its own answer', () => {
    holds(
      fc.property(anyText, (raw) => {
        const once = normaliseCountry(raw).value;
        expect(once ?? 'FR').toMatch(/^[A-Z]{2}$/);
        expect(normaliseCountry(once).value).toBe(once);
      }),
    );
  });
});
