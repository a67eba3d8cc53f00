import * as fc from 'fast-check';
import { normaliseEmail } from '../../../mappings/normalise/email';
import { anyText } from '../any-text';
import { holds } from '../holds';

describe('normaliseEmail', () => {
  it.each([
    [' Anne.Blanc@Acme.Example ', 'anne.blanc@acme.example'],
    ['mailto:a.b@acme.fr', 'a.b@acme.fr'],
    ['Anne Blanc <a.b@acme.fr>', 'a.b@acme.fr'],
    ['<a.b@acme.fr>', 'a.b@acme.fr'],
    ['a.b@acme.fr\u00A0\u200B', 'a.b@acme.fr'],
  ])('reads %p as %s', (raw, value) => {
    expect(normaliseEmail(raw)).toEqual({ value, note: 'normalised' });
  });

  it.each(['a.b+salon@acme.co.uk', "o'neill@acme.fr", 'andré@société.fr'])('sends %p as typed', (raw) => {
    expect(normaliseEmail(raw)).toEqual({ value: raw });
  });

  it.each([
    'a.b',
    'a.b@',
    '@acme.fr',
    'a.b@acme',
    'a.b@acme.fr.',
    'a..b@acme.fr',
    '.a@acme.fr',
    'a b@acme.fr',
    'a.b @acme.fr',
    'a@b@acme.fr',
    'a.b@acme,fr',
    'a.b@-acme.fr',
    'a.b@127.0.0.1',
    'a.b@acme.fr; c.d@acme.fr',
    'a.b@acme.fr / c.d@acme.fr',
    `${'a'.repeat(65)}@acme.fr`,
    `a@${'b'.repeat(250)}.fr`,
    'néant',
  ])('treats %p as no e-mail, and says so', (raw) => {
    expect(normaliseEmail(raw)).toEqual({ value: undefined, note: 'malformed' });
  });

  it('knows an explicit blank from an absent value', () => {
    expect(normaliseEmail(null)).toEqual({ value: null });
    expect(normaliseEmail(' ')).toEqual({ value: null });
    expect(normaliseEmail(undefined)).toEqual({ value: undefined });
  });

  it('gives one person one identity: case and spaces around make no difference', () => {
    holds(
      fc.property(fc.emailAddress(), (address) => {
        const typed = normaliseEmail(`  ${address.toUpperCase()}\t`);
        expect(typed.value).toBe(normaliseEmail(address).value);
      }),
    );
  });

  it('answers the same for its own answer, whatever was typed', () => {
    holds(
      fc.property(fc.oneof(anyText, fc.emailAddress()), (raw) => {
        const once = normaliseEmail(raw).value;
        expect(normaliseEmail(once).value).toBe(once);
      }),
    );
  });
});
