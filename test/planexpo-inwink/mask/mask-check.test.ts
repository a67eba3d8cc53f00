import { checkMask } from '../../../mappings/planexpo-inwink/mask/mask-check';
import { formatProblem } from '../../../mappings/planexpo-inwink/mask/mask-problem';
import { readMask } from '../../../mappings/planexpo-inwink/mask/mask-read';
import {
  edited,
  expectRead,
  exported,
  filled,
  inwinkProducts,
  planexpoProducts,
  product,
  products,
  refusals,
  sheetOf,
} from './mask-fixtures';

const PRODUCTS = 'Produits et options';
/** Row 2 mapped correctly; the cells given come on top. */
const good = { C2: 'Bannière', D2: 'i-banner' };

async function check(file: Buffer, platforms = products) {
  return checkMask(expectRead(await readMask(file)), platforms);
}

describe('a mask that contradicts the platforms is refused, with the exact cell', () => {
  it.each([
    ['an id that Inwink does not have', { ...good, C3: 'Badge', D3: 'i-nope' }, 'D3 inwink-id-unknown'],
    [
      'a name that is not the one of the id',
      { ...good, C3: 'Badge', D3: 'i-gift' },
      'C3 inwink-name-mismatch',
    ],
    ['only the Inwink name', { ...good, C3: 'Badge' }, 'D3 inwink-incomplete'],
    ['only the Inwink id', { ...good, D3: 'i-badge' }, 'C3 inwink-incomplete'],
    ['name and id exchanged', { ...good, C3: 'i-badge', D3: 'Badge' }, 'C3 swapped-cells'],
    [
      'one Inwink product for two Planexpo products',
      { C3: 'Badge', D3: 'i-badge', C4: 'Badge', D4: 'i-badge' },
      'D4 inwink-mapped-twice',
    ],
    ['packs of different sizes', { C3: 'Bannière', D3: 'i-banner' }, 'D3 pack-size'],
    ['a Planexpo id that does not exist', { B3: 'p-99' }, 'B3 planexpo-id-unknown'],
    ['a Planexpo name that is not the one of the id', { A3: 'Badge VIP' }, 'A3 planexpo-name-mismatch'],
    [
      'a Planexpo name that nobody knows, without an id',
      { A3: 'Badge VIP', B3: null },
      'A3 planexpo-name-unknown',
    ],
    ['a Planexpo id without a name', { A3: null }, 'A3 planexpo-name-missing'],
    ['Planexpo name and id exchanged', { A3: 'p-32', B3: 'Badge supplémentaire' }, 'A3 swapped-cells'],
    ['an Inwink product for no Planexpo product', { C9: 'Badge', D9: 'i-badge' }, 'A9 planexpo-missing'],
    [
      'one Planexpo product on two rows',
      { A9: 'Prise de parole', C9: 'Badge', D9: 'i-badge' },
      'A9 planexpo-listed-twice',
    ],
  ])('%s', async (_, cells, expected) => {
    const file = await filled(cells);

    expect(await refusals(file)).toEqual([`${PRODUCTS}!${expected}`]);
    expect((await check(file)).mask).toBeNull();
  });

  it('a product renamed in Planexpo since the export', async () => {
    const renamed = planexpoProducts.map((known) =>
      known.id === 'p-31' ? { ...known, name: 'Bannière XL' } : known,
    );

    expect(await refusals(await filled(good), { ...products, planexpoProducts: renamed })).toEqual([
      `${PRODUCTS}!A2 planexpo-name-mismatch`,
    ]);
  });

  it('an inactive product on either side, when the row maps it', async () => {
    const off = { planexpoProducts: off1(planexpoProducts), inwinkProducts: off1(inwinkProducts) };

    expect(
      await refusals(await filled(good), { ...products, planexpoProducts: off.planexpoProducts }),
    ).toEqual([`${PRODUCTS}!A2 planexpo-inactive`]);
    expect(await refusals(await filled(good), { ...products, inwinkProducts: off.inwinkProducts })).toEqual([
      `${PRODUCTS}!D2 inwink-inactive`,
    ]);
    expect(await refusals(await exported(), off)).toEqual([]);
  });

  it('an empty column B when two products have that name; column B decides when it is filled', async () => {
    const twins = {
      ...products,
      planexpoProducts: [...planexpoProducts, product('p-33', 'Badge supplémentaire')],
    };

    expect(await refusals(await filled({ B3: null }), twins)).toEqual([
      `${PRODUCTS}!B3 planexpo-name-ambiguous`,
    ]);
    expect(await refusals(await filled({ B3: 'p-33' }), twins)).toEqual([]);
  });

  it('an answer that is neither yes nor no, and one that is no date', async () => {
    const file = await edited(await exported(), (workbook) => {
      sheetOf(workbook, 0).getCell('B5').value = '31/02/2026';
      sheetOf(workbook, 0).getCell('B6').value = 'peut-être';
    });

    expect(await refusals(file)).toEqual([
      'Prérequis techniques!B5 answer-unreadable',
      'Prérequis techniques!B6 answer-unreadable',
    ]);
  });

  it('and lists the problems of all rows at once', async () => {
    const file = await filled({ C2: 'Bannière', D2: 'i-nope', D3: 'i-badge', A4: 'Autre' });

    expect(await refusals(file)).toEqual([
      `${PRODUCTS}!D2 inwink-id-unknown`,
      `${PRODUCTS}!C3 inwink-incomplete`,
      `${PRODUCTS}!A4 planexpo-name-mismatch`,
    ]);
  });
});

describe('messages of a refused mask', () => {
  async function message(cells: Record<string, string | null>, language: 'fr' | 'en'): Promise<string> {
    const [problem] = (await check(await filled(cells))).problems;
    if (!problem) throw new Error('the mask was accepted');
    return formatProblem(problem, language);
  }

  it('name both products when column C is not the name of the product in D', async () => {
    expect(await message({ C3: 'Badge', D3: 'i-gift' }, 'fr')).toBe(
      "Produits et options!C3: « Badge » n'est pas le nom du produit i-gift, qu'Inwink appelle « Bannière cadeau »; « Badge » a l'identifiant i-badge: corrigez l'une des deux cellules",
    );
  });

  it('name the first place of a product that is used twice', async () => {
    expect(await message({ C3: 'Badge', D3: 'i-badge', C5: 'Badge', D5: 'i-badge' }, 'en')).toContain(
      'already used in D3',
    );
  });

  it('state both pack sizes', async () => {
    const text = await message({ C3: 'Bannière', D3: 'i-banner' }, 'fr');

    expect(text).toContain(
      '« Badge supplémentaire » compte 1 unité(s) par lot dans Planexpo, « Bannière » 10 dans Inwink',
    );
  });

  it('propose the product whose name differs only in case or accents', async () => {
    expect(await message({ A3: 'badge supplementaire', B3: null }, 'en')).toContain(
      'closest: "Badge supplémentaire"',
    );
  });
});

describe('what is worth a note and no refusal', () => {
  async function notesOf(file: Buffer, platforms = products): Promise<string[]> {
    const { mask, notes } = await check(file, platforms);
    expect(mask).not.toBeNull();
    return notes.filter(({ sheet }) => sheet === PRODUCTS).map(({ cell, code }) => `${cell ?? '-'} ${code}`);
  }

  it('spaces and non-breaking spaces around a value', async () => {
    const file = await filled({ C2: '\u00a0Bannière ', D2: 'i-banner\u202f' });

    expect(await notesOf(file)).toEqual(['C2 trimmed', 'D2 trimmed']);
    expect((await check(file)).mask?.rows[0]).toMatchObject({ inwinkId: 'i-banner', inwinkName: 'Bannière' });
  });

  it('a pack size that a platform does not state', async () => {
    const unknown = inwinkProducts.map((known) => ({ ...known, packSize: null }));

    expect(await notesOf(await filled(good), { ...products, inwinkProducts: unknown })).toEqual([
      'D2 pack-size-unknown',
    ]);
  });

  it('a product found by its name because column B is empty', async () => {
    expect(await notesOf(await filled({ ...good, B2: null }))).toEqual(['B2 found-by-name']);
  });

  it('a mask that maps nothing at all', async () => {
    expect(await notesOf(await exported())).toEqual(['- nothing-mapped']);
  });

  it('two Inwink products with one name, when column D tells which', async () => {
    const twins = { ...products, inwinkProducts: [...inwinkProducts, product('i-banner-2', 'Bannière', 10)] };

    expect(await notesOf(await filled({ C2: 'Bannière', D2: 'i-banner-2' }), twins)).toEqual([]);
  });
});

function off1<T extends { active: boolean }>(list: T[]): T[] {
  return list.map((item, index) => (index === 0 ? { ...item, active: false } : item));
}
