import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { fieldMappingSchema } from '../../config/field-mapping';
import { checkCrmSync } from '../../mappings/weavy-webmecanik/check-crm-sync';
import { VALUE_FORMS } from '../../mappings/weavy-webmecanik/field-mapping';
import { CrmReason, crmReasons, type DecisionOffer } from '../../mappings/weavy-webmecanik/reasons';
import { DIFFERENCE_KINDS } from '../../mappings/weavy-webmecanik/reconcile/reconcile-difference';
import { ROOT } from '../setup/run-script';
import { allRows, blocks, section, tableBelow, textOf } from './markdown';

const PAGE = textOf('docs/weavy-webmecanik.md');
const CODES = Object.values(CrmReason);
const OUTCOMES = ['created', 'updated', 'unchanged', 'withdrawn', 'skipped', 'waiting', 'held', 'refused'];

const WORDS = {
  fr: { silent: '-', informs: 'information', asks: 'à traiter', blocks: 'bloque la fiche' },
  en: { silent: '-', informs: 'information', asks: 'needs an answer', blocks: 'blocks the record' },
} as const;

const HEADINGS = {
  fr: {
    directions: 'Les trois sens',
    forms: 'Ce qu’une valeur veut dire : `as`',
    checks: 'Contrôles',
    findings: 'Vérifier, comparer, changer',
    rules: 'Les règles, dans le plan et l’historique',
    differences: 'Comparer les deux côtés',
  },
  en: {
    directions: 'The three directions',
    forms: 'What a value means: `as`',
    checks: 'Checks',
    findings: 'Check, compare, change',
    rules: 'The rules, in plans and in the history',
    differences: 'Comparing both sides',
  },
} as const;

describe.each([
  ['fr', 'Français'],
  ['en', 'English'],
] as const)('docs/weavy-webmecanik.md in %s', (language, heading) => {
  const text = section(PAGE, heading);
  const rows = allRows(text);
  const told = (name: keyof (typeof HEADINGS)['fr']) =>
    tableBelow(text, HEADINGS[language][name]).map(([first]) => first);

  test('explains every reason in the words of the command line, with its weight and the decisions on offer', () => {
    const wanted = CODES.map((code) => {
      const { what, why, next } = crmReasons.text(code, language);
      const offers = crmReasons.decisions(code).map((offer) => `\`${offer.code}\``);
      const decisions = offers.join(', ').replace(/^`([^`]*)`$/, '$1') || '-';
      return [code, `${what} ${why}`, next, WORDS[language][crmReasons.weight(code)], decisions];
    });

    const explained = rows.filter((cells) => cells.length === 5 && CODES.some((code) => code === cells[0]));

    expect(explained.sort()).toEqual(wanted.sort());
  });

  test('explains every decision in the words of the command line', () => {
    const offers = new Map<string, DecisionOffer>(
      CODES.flatMap(crmReasons.decisions).map((offer) => [offer.code, offer] as const),
    );

    for (const { code, label, effect } of offers.values())
      expect(rows).toContainEqual([code, label[language], effect[language]]);
  });

  test('names every check', () => {
    const codes = checkCrmSync({
      sync: 's',
      now: 0,
      weavyProblem: null,
      mauticProblem: null,
      mauticVersion: '5.1.0',
      skewMs: { weavy: 0, mautic: 0 },
      passwordExpiresAt: null,
      mapping: { companies: null, contacts: null, inbounds: null },
      schemas: { weavy: {}, mautic: {} },
      problems: [],
      missingRights: [],
      linkedBefore: true,
      firstRun: 'plan',
    }).map((check) => check.code);

    expect(told('checks')).toEqual(codes);
  });

  test('names every direction, every form of a value and every outcome', () => {
    expect(told('directions')).toEqual(['both', 'toMautic', 'toWeavy']);
    expect(told('forms')).toEqual([...VALUE_FORMS]);
    expect(OUTCOMES.filter((outcome) => !text.includes(`| \`${outcome}\``))).toEqual([]);
  });

  test('names every finding of mapping check, every rule of a verdict and every difference', () => {
    const rules = told('rules').flatMap((cell) => (cell ?? '').split(/[`, ]+/).filter((name) => name !== ''));

    expect(told('findings').sort()).toEqual(wordsOf('mapping-problem.ts', 'MappingProblemCode').sort());
    expect(rules).toEqual(expect.arrayContaining(wordsOf('verdict.ts', 'VerdictRule')));
    expect(told('differences')).toEqual([...DIFFERENCE_KINDS]);
  });

  test('has an example of a mapping that is taken, and names every key of it with its default', () => {
    const [example = ''] = blocks(text, 'yaml');
    const taken = fieldMappingSchema.parse(parse(example));
    const bare = fieldMappingSchema.parse({
      contacts: { fields: [{ weavy: 'email', mautic: 'email' }] },
      inbounds: { fields: [{ weavy: 'email', mautic: 'email' }] },
    });
    const pair = bare.contacts?.fields[0];

    expect(taken.companies?.fields.length).toBeGreaterThan(0);
    expect(taken.contacts?.fields.length).toBeGreaterThan(0);
    expect(taken.inbounds?.fields.length).toBeGreaterThan(0);
    for (const [key, value] of [
      ['contacts.company', bare.contacts?.company],
      ['contacts.bounceField', bare.contacts?.bounceField],
      ['inbounds.create', bare.inbounds?.create],
      ['direction', pair?.direction],
      ['as', pair?.as],
      ['propagateBlank', pair?.propagateBlank],
      ['enforce', pair?.enforce],
    ])
      expect(rows).toContainEqual([key, String(value), expect.any(String)]);
  });
});

/** The quoted words of a union type. */
function wordsOf(file: string, type: string): string[] {
  const source = readFileSync(join(ROOT, 'mappings', 'weavy-webmecanik', file), 'utf8');
  const body = new RegExp(`export type ${type} =([^;]*);`).exec(source)?.[1] ?? '';
  const words = body.split('\n').filter((line) => !/^\s*(\/\*\*|\*)/.test(line));
  return words.flatMap((line) => [...line.matchAll(/'([\w.-]+)'/g)].map(([, word]) => word ?? ''));
}
