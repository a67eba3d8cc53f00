import type { FieldValue } from '../../mappings/fields';
import { comparable } from '../../mappings/weavy-webmecanik/compare-value';
import type { Side } from '../../mappings/weavy-webmecanik/crm-record';
import { VALUE_FORMS, type ValueForm } from '../../mappings/weavy-webmecanik/field-mapping';
import { spell } from '../../mappings/weavy-webmecanik/spell-value';

const OPEN = { length: null, choices: null };

describe('comparable', () => {
  it.each<[ValueForm, FieldValue, FieldValue]>([
    ['text', '  Café\r\nCrème ', 'Cafe\u0301\nCrème'],
    ['text', 12, '12'],
    ['text', '\u00A0', null],
    ['email', ' Ana.ROY@Acme.Example', 'ana.roy@acme.example'],
    ['phone', '03 90.11-22 33', '0390112233'],
    ['phone', '+33 (0)3 90 11 22 33', '0033390112233'],
    ['country', 'FR', 'France'],
    ['country', 'CI', 'Ivory Coast'],
    ['country', 'TL', 'East Timor'],
    ['country', 'US', 'United States'],
    ['language', 'FR-FR', 'fr_FR'],
    ['language', 'NL-BE', 'nl_BE'],
    ['boolean', true, 1],
    ['boolean', 'Oui', 'yes'],
    ['boolean', 'non', false],
    ['boolean', '0', 'Faux'],
    ['number', '1 234,50', 1234.5],
    ['number', '1.234,5', '1,234.5'],
    ['number', '1.234.567', 1_234_567],
    ['number', '007', 7],
    ['number', -0, '0'],
    ['date', '2026-03-01T08:15:22', '2026-03-01'],
    ['datetime', '2026-03-01T08:15:22', '2026-03-01 08:15'],
    ['datetime', '2026-03-01T09:15:00+01:00', '2026-03-01 08:15:59'],
    ['list', 'salons|formation', ' formation | salons|salons'],
    ['list', '|', null],
  ])('as %s, takes %p of weavy and %p of Mautic for one value', (form, weavy, mautic) => {
    expect(comparable(form, 'weavy', weavy)).toBe(comparable(form, 'mautic', mautic));
  });

  it.each<[ValueForm, FieldValue, FieldValue]>([
    ['text', 'ACME', 'Acme'],
    ['text', 'a b', 'a\nb'],
    ['email', 'a@b.fr', 'a@b.com'],
    ['phone', '03 90 11 22 33', '03 90 11 22 34'],
    ['phone', '03 90 11 22 33 poste 12', '03 90 11 22 33 poste 14'],
    ['phone', '-', null],
    ['country', 'GN', 'Guinea Bissau'],
    ['country', 'ZX', 'ZY'],
    ['language', 'FR-FR', 'fr_BE'],
    ['boolean', false, null],
    ['boolean', 'peut-être', false],
    ['number', 0, null],
    ['number', '1,234', 1234],
    ['number', '1.2.3', 123],
    ['date', '2026-03-01', '2026-03-02'],
    ['date', '2026-02-30', '2026-03-02'],
    ['datetime', '2026-03-01 08:15', '2026-03-01 08:16'],
    ['list', 'salons', 'salons|formation'],
  ])('as %s, knows %p of weavy from %p of Mautic', (form, weavy, mautic) => {
    expect(comparable(form, 'weavy', weavy)).not.toBe(comparable(form, 'mautic', mautic));
  });

  it.each(VALUE_FORMS)('as %s, every blank is the same', (form) => {
    for (const side of ['weavy', 'mautic'] as const)
      for (const blank of [null, undefined, '', ' \t\n']) expect(comparable(form, side, blank)).toBeNull();
  });
});

describe('spell', () => {
  it.each<[ValueForm, Side, FieldValue, FieldValue]>([
    ['text', 'mautic', '  Rue du <b>Pont</b> ', 'Rue du <b>Pont</b>'],
    ['text', 'weavy', 12, '12'],
    ['email', 'mautic', ' Ana@Acme.Example ', 'Ana@Acme.Example'],
    ['phone', 'weavy', '03 90 11 22 33', '03 90 11 22 33'],
    ['country', 'mautic', 'FR', 'France'],
    ['country', 'mautic', 'us', 'United States'],
    ['country', 'mautic', 'RE', 'Réunion'],
    ['country', 'weavy', 'United Kingdom', 'GB'],
    ['country', 'weavy', 'Falkland Islands', 'FK'],
    ['language', 'mautic', 'FR-FR', 'fr_FR'],
    ['language', 'weavy', 'nl_BE', 'NL-BE'],
    ['boolean', 'mautic', 'oui', true],
    ['boolean', 'weavy', 0, false],
    ['number', 'weavy', '1 234,5', 1234.5],
    ['number', 'mautic', 0, 0],
    ['date', 'mautic', '2026-03-01T08:15:22', '2026-03-01'],
    ['date', 'weavy', '2026-03-01', '2026-03-01T00:00:00'],
    ['datetime', 'mautic', '2026-03-01T08:15:22', '2026-03-01 08:15'],
    ['datetime', 'weavy', '2026-03-01 08:15', '2026-03-01T08:15:00'],
    ['datetime', 'weavy', '2026-03-01T00:15:00+01:00', '2026-02-28T23:15:00'],
    ['list', 'mautic', ' salons | formation|salons', 'salons|formation'],
    ['list', 'weavy', '|', null],
    ['boolean', 'weavy', ' ', null],
  ])('as %s, writes to %s for %p: %p', (form, side, value, spelled) => {
    expect(spell(form, side, value, OPEN)).toEqual({ value: spelled });
  });

  it.each<[ValueForm, Side, FieldValue, string]>([
    ['email', 'mautic', 'ana at acme', 'malformed'],
    ['country', 'mautic', 'ZX', 'unknown-value'],
    ['country', 'mautic', 'XK', 'unknown-value'],
    ['country', 'weavy', 'Unknown', 'unknown-value'],
    ['language', 'mautic', 'français', 'malformed'],
    ['boolean', 'weavy', 'peut-être', 'malformed'],
    ['number', 'weavy', 'douze', 'malformed'],
    ['date', 'mautic', '2026-02-30', 'malformed'],
    ['datetime', 'weavy', 'demain', 'malformed'],
  ])('as %s, has no spelling for %s of %p: %s', (form, side, value, problem) => {
    expect(spell(form, side, value, OPEN)).toEqual({ problem });
  });

  it.each<[ValueForm, FieldValue, string[], object]>([
    ['text', 'gold', ['Gold', 'Silver'], { value: 'Gold' }],
    ['text', 'SILVER', ['Silver', 'silver'], { value: 'Silver' }],
    ['text', 'bronze', ['Gold', 'Silver'], { problem: 'unknown-value' }],
    ['country', 'RE', ['France', 'Reunion'], { value: 'Reunion' }],
    ['country', 'PF', ['Tahiti', 'French Polynesia'], { value: 'French Polynesia' }],
    ['country', 'DE', ['France'], { problem: 'unknown-value' }],
    ['language', 'FR-FR', ['fr', 'fr_FR'], { value: 'fr_FR' }],
    ['language', 'FR-FR', ['en_GB'], { problem: 'unknown-value' }],
    ['boolean', true, ['oui', 'non'], { value: 'oui' }],
    ['boolean', 'non', ['0', '1'], { value: '0' }],
    ['list', 'SALONS|formation', ['salons', 'Formation'], { value: 'salons|Formation' }],
    ['list', 'salons|golf', ['salons'], { problem: 'unknown-value' }],
    ['list', null, ['salons'], { value: null }],
  ])('as %s, %p in the closed list %p is %p', (form, value, choices, result) => {
    expect(spell(form, 'mautic', value, { length: null, choices })).toEqual(result);
  });

  it('counts characters, and never cuts a text', () => {
    const four = { length: 4, choices: null };
    expect(spell('text', 'mautic', 'été!', four)).toEqual({ value: 'été!' });
    expect(spell('text', 'mautic', 'étés!', four)).toEqual({ problem: 'too-long' });
    expect(spell('list', 'mautic', 'ab|cd', four)).toEqual({ problem: 'too-long' });
    expect(spell('text', 'mautic', 'un 😀', four)).toEqual({ value: 'un 😀' });
  });

  it('counts an emoji as two characters for weavy', () => {
    expect(spell('text', 'weavy', 'un 😀', { length: 4, choices: null })).toEqual({ problem: 'too-long' });
    expect(spell('text', 'weavy', 'un 😀', { length: 5, choices: null })).toEqual({ value: 'un 😀' });
  });
});
