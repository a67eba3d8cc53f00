import * as fc from 'fast-check';
import { normaliseUrl } from '../../../mappings/normalise/url';
import { anyText } from '../any-text';
import { holds } from '../holds';

describe('normaliseUrl', () => {
  it.each([
    ['www.acme.fr', 'https://www.acme.fr'],
    ['acme.fr', 'https://acme.fr'],
    ['//acme.fr/', 'https://acme.fr/'],
    ['HTTP://WWW.ACME.FR', 'http://www.acme.fr'],
    ['http:/acme.fr', 'http://acme.fr'],
    ['https//acme.fr', 'https://acme.fr'],
    ['http://https://acme.fr', 'https://acme.fr'],
    ['https:// acme.fr', 'https://acme.fr'],
    ['acme.fr:8080/salon', 'https://acme.fr:8080/salon'],
    ['www.acme.fr/a b'.replace(' ', '%20'), 'https://www.acme.fr/a%20b'],
    ['www.café.fr', 'https://www.xn--caf-dma.fr'],
    ['www.acme.fr.', 'https://www.acme.fr'],
    ['\u00A0www.acme.fr\u200B', 'https://www.acme.fr'],
    ['https.acme.fr', 'https://https.acme.fr'],
  ])('writes %p as %s', (raw, value) => {
    expect(normaliseUrl(raw)).toEqual({ value, note: 'normalised' });
  });

  it.each(['https://acme.example', 'http://acme.fr/', 'https://acme.fr/salon?a=1,2#plan'])(
    'sends %p as typed',
    (raw) => {
      expect(normaliseUrl(raw)).toEqual({ value: raw });
    },
  );

  it.each(['voir www.acme.fr', 'www.acme.fr ; www.other.fr', 'www.acme.fr et www.other.fr'])(
    'sends the first address of %p, and an operator can see it',
    (raw) => {
      expect(normaliseUrl(raw)).toEqual({ value: 'https://www.acme.fr', note: 'malformed' });
    },
  );

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(document.domain)',
    'java\nscript:alert(1)',
    'https:javascript:alert(1)',
    'data:text/html,x',
    'ftp://acme.fr',
    'mailto:a@acme.fr',
    'a@acme.fr',
    'https://user:secret@acme.fr',
    'localhost',
    'https://127.0.0.1/',
    'https://[::1]/',
    'http://2130706433',
    'néant',
    'n/a',
    '-',
    'acme',
    'http://',
    'https://acme..fr',
  ])('leaves %p out', (raw) => {
    expect(normaliseUrl(raw)).toEqual({ value: undefined, note: 'malformed' });
  });

  it('clears on an explicit blank and leaves the field on an absent one', () => {
    expect(normaliseUrl(null)).toEqual({ value: null });
    expect(normaliseUrl('  ')).toEqual({ value: null });
    expect(normaliseUrl(undefined)).toEqual({ value: undefined });
  });

  it('answers http or https or nothing, and the same for its own answer', () => {
    holds(
      fc.property(fc.oneof(anyText, fc.webUrl({ withFragments: true, withQueryParameters: true })), (raw) => {
        const once = normaliseUrl(raw).value;
        expect(once ?? 'https://acme.fr').toMatch(/^https?:\/\/[^@]+\.[a-z]/);
        expect(normaliseUrl(once).value).toBe(once);
      }),
    );
  });
});
