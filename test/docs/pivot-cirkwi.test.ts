import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkOfferSync } from '../../mappings/pivot-cirkwi/check-offer-sync';
import { difficultyLevel } from '../../mappings/pivot-cirkwi/code-lists/difficulties';
import { LOCOMOTIONS } from '../../mappings/pivot-cirkwi/code-lists/locomotions';
import { poiCategory } from '../../mappings/pivot-cirkwi/code-lists/poi-categories';
import { hasNoTag, publicTag } from '../../mappings/pivot-cirkwi/code-lists/public-tags';
import { FIELD_SHEET } from '../../mappings/pivot-cirkwi/field-sheet';
import { decidePublication } from '../../mappings/pivot-cirkwi/publication-rule';
import { type DecisionOffer, OfferReason, offerReasons } from '../../mappings/pivot-cirkwi/reasons';
import { usageFields } from '../../platforms/pivot/contract';
import { ROOT } from '../setup/run-script';
import { allRows, section, tableBelow, textOf } from './markdown';

const PAGE = textOf('docs/pivot-cirkwi.md');
const CODES = Object.values(OfferReason);
const OUTCOMES = ['created', 'updated', 'unchanged', 'withdrawn', 'skipped', 'waiting', 'held', 'refused'];

const WORDS = {
  fr: {
    silent: '-',
    informs: 'information',
    asks: 'à traiter',
    blocks: 'bloque l’offre',
    ticked: 'coché',
    published: 'publiée',
  },
  en: {
    silent: '-',
    informs: 'information',
    asks: 'needs an answer',
    blocks: 'blocks the offer',
    ticked: 'ticked',
    published: 'published',
  },
} as const;

const HEADINGS = {
  fr: { rule: 'Ce qui est publié', fields: 'Les champs', states: 'Les états d’un objet' },
  en: { rule: 'What is published', fields: 'The fields', states: 'The states of an object' },
} as const;

describe.each([
  ['fr', 'Français'],
  ['en', 'English'],
] as const)('docs/pivot-cirkwi.md in %s', (language, heading) => {
  const text = section(PAGE, heading);
  const rows = allRows(text);
  const firstCells = rows.map(([first = '']) => first);
  const words = WORDS[language];

  test('explains every reason in the words of the command line, with its weight and the decisions on offer', () => {
    const wanted = CODES.map((code) => {
      const { what, why, next } = offerReasons.text(code, language);
      const offers = offerReasons.decisions(code).map((offer) => `\`${offer.code}\``);
      const decisions = offers.join(', ').replace(/^`([^`]*)`$/, '$1') || '-';
      return [code, `${what} ${why}`, next, words[offerReasons.weight(code)], decisions];
    });

    const told = rows.filter((cells) => cells.length === 5 && CODES.some((code) => code === cells[0]));

    expect(told.sort()).toEqual(wanted.sort());
  });

  test('explains every decision in the words of the command line', () => {
    const offers = new Map<string, DecisionOffer>(
      CODES.flatMap(offerReasons.decisions).map((offer) => [offer.code, offer] as const),
    );

    for (const { code, label, effect } of offers.values())
      expect(rows).toContainEqual([code, label[language], effect[language]]);
  });

  test('tells of every half-ticked case what the rule makes of it', () => {
    const urns = { filterUrns: ['urn:f'], tagUrns: { cirkwi: ['urn:c'], network: ['urn:n'] } };

    const told = tableBelow(text, HEADINGS[language].rule);

    expect(told).toHaveLength(4);
    for (const [filter = '', tags = '', any = '', all = '', reason = ''] of told) {
      const ticked = [
        ...(filter === words.ticked ? ['urn:f'] : []),
        ...(/^(au moins un|at least one)$/.test(tags) ? ['urn:n'] : []),
      ];
      const offer = { state: 'publishable' as const, ticked };
      const decided = (rule: 'any' | 'all') => decidePublication(offer, { rule, ...urns });
      expect([any, all].map((cell) => cell === words.published)).toEqual([
        decided('any').publish,
        decided('all').publish,
      ]);
      const silent = ticked.length === 0 ? OfferReason.notTicked : '-';
      expect(reason).toBe(decided('any').half ?? silent);
    }
  });

  test('has the field table of the mapping', () => {
    const wanted = FIELD_SHEET.map(({ cirkwi, pivot, note }) => [cirkwi, pivot, note[language]]);

    expect(tableBelow(text, HEADINGS[language].fields)).toEqual(wanted);
  });

  test('names every check', () => {
    const codes = checkOfferSync({
      sourceProblem: null,
      targetProblem: null,
      offers: 1,
      query: 'q',
      found: {
        marks: { filterUrns: [], cirkwiTagUrns: [], networkTagUrns: [] },
        ambiguous: [],
        missing: [],
      },
      publicationRule: 'any',
      half: { filterOnly: 0, tagOnly: 0, examples: [] },
      publicUrl: 'https://p.example',
    }).map((check) => check.code);

    expect(firstCells).toEqual(expect.arrayContaining(codes));
  });

  test('names every outcome, every state of an object and every answer to an edited track', () => {
    const states = listIn('db/migrations/000002_offers_and_tracks.sql', /state in \(('staged'[^)]*)\)/);
    const policies = listIn('config/pivot-cirkwi.ts', /trackReturn: z\.enum\(\[([^\]]*)\]/);
    const protections = listIn('config/pivot-cirkwi.ts', /protectTracks: z\.enum\(\[([^\]]*)\]/);

    expect(OUTCOMES.filter((outcome) => !text.includes(`| \`${outcome}\``))).toEqual([]);
    expect(tableBelow(text, HEADINGS[language].states).map(([state]) => state)).toEqual(states);
    expect(policies.filter((policy) => !text.includes(`| \`${policy}\``))).toEqual([]);
    expect(protections.filter((policy) => !text.includes(`| \`${policy}\``))).toEqual([]);
  });
});

describe('the code lists of docs/pivot-cirkwi.md', () => {
  const text = section(PAGE, 'Listes de codes / Code lists');
  const told = (heading: string) =>
    tableBelow(text, heading).map(([pivot = '', cirkwi = '']) => [pivot, cirkwi]);

  test('give every way of moving its locomotion', () => {
    const wanted = usageFields.map(([usage, urn]) => {
      const { id, name } = LOCOMOTIONS[usage];
      return [urn, `${id} ${name}`];
    });

    expect(told('Locomotions')).toEqual(wanted);
  });

  test('give every difficulty its level', () => {
    const rows = told('Difficultés / Difficulties');

    expect(rows).toEqual(rows.map(([tail = '']) => [tail, String(difficultyLevel(tail))]));
    expect(rows).toHaveLength(linesIn('difficulties', /^ {2}\{ tail: /gm));
  });

  test('give every theme its tag, and name those that have none', () => {
    const rows = told('Tags publics / Public tags');
    const without = /Without a counterpart[^:]*:\s*([^.]*)\./.exec(text)?.[1] ?? '';
    const named = [...without.matchAll(/`(\w+)`/g)].map(([, theme]) => theme ?? '');

    expect(rows).toEqual(rows.map(([theme = '']) => [theme, entry(publicTag(theme))]));
    expect(rows).toHaveLength(linesIn('public-tags', /^ {2}\w+: \{ id: /gm));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((theme) => !hasNoTag(theme))).toEqual([]);
  });

  test('give every type of offer its category', () => {
    const rows = told('Catégories des points / Categories of points');

    expect(rows).toEqual(rows.map(([type = '']) => [type, entry(poiCategory(Number.parseInt(type, 10)))]));
    expect(rows).toHaveLength(linesIn('poi-categories', /^ {2}\[\d+, \{ id: /gm));
  });
});

function entry(found: { id: number; name: string } | null): string {
  return found === null ? 'none' : `${found.id} ${found.name}`;
}

/** How many entries the source of a code list has. */
function linesIn(list: string, line: RegExp): number {
  const source = readFileSync(join(ROOT, 'mappings', 'pivot-cirkwi', 'code-lists', `${list}.ts`), 'utf8');
  return source.match(line)?.length ?? 0;
}

/** The quoted words of the first list in a file that looks like this. */
function listIn(file: string, list: RegExp): string[] {
  const found = list.exec(readFileSync(join(ROOT, file), 'utf8'))?.[1] ?? '';
  const words = [...found.matchAll(/'([\w-]+)'/g)].map(([, word]) => word ?? '');
  if (words.length === 0) throw new Error(`${file} has no such list`);
  return words;
}
