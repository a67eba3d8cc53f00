import * as fc from 'fast-check';
import { cleanText, normaliseText } from '../../../mappings/normalise/text';
import { anyText } from '../any-text';
import { holds } from '../holds';

describe('normaliseText', () => {
  it.each([
    ['ends', '  ACME ', 'ACME'],
    ['non-breaking and narrow spaces', 'Hall\u00A01\u202F- B', 'Hall 1 - B'],
    ['line ends and tabs', '1 rue A\r\n\tBâtiment B', '1 rue A Bâtiment B'],
    ['control characters', 'AC\u0000ME\u0007', 'ACME'],
    ['zero-width marks and a byte order mark', '\uFEFFAC\u200BME', 'ACME'],
    ['marks that turn the writing direction', 'abc\u202Efdp.exe', 'abcfdp.exe'],
    ['lone surrogates', 'AC\uD83DME\uDE00', 'ACME'],
    ['accents typed as two characters', 'Se\u0301same', 'Sésame'],
  ])('cleans %s and says so', (_case, raw, value) => {
    expect(normaliseText(raw)).toEqual({ value, note: 'normalised' });
  });

  it.each(['ACME S.A.', 'Œuvre d’été', 'emoji 😀 stays', 'عربي', '日本'])(
    'sends %p as typed, without a note',
    (raw) => {
      expect(normaliseText(raw)).toEqual({ value: raw });
    },
  );

  it('keeps absent, explicitly blank and blank after cleaning apart from a value', () => {
    expect(normaliseText(undefined)).toEqual({ value: undefined });
    expect(normaliseText(null)).toEqual({ value: null });
    expect(normaliseText(' \u00A0\u200B')).toEqual({ value: null });
  });

  it('cleans everything in one go, and what it answers can be stored and sent', () => {
    holds(
      fc.property(anyText, (raw) => {
        const once = cleanText(raw);

        expect(cleanText(once)).toBe(once);
        expect(once).not.toMatch(/[\p{Cc}\p{Cs}]|^\s|\s$/u);
      }),
    );
  });
});
