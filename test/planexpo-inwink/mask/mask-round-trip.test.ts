import type { CellValue, Workbook } from '@protobi/exceljs';
import fc from 'fast-check';
import { checkMask } from '../../../mappings/planexpo-inwink/mask/mask-check';
import { prerequisiteAnswers } from '../../../mappings/planexpo-inwink/mask/mask-prerequisites';
import { readMask } from '../../../mappings/planexpo-inwink/mask/mask-read';
import {
  edited,
  expectRead,
  exported,
  fill,
  inwinkProducts,
  planexpoProducts,
  products,
  sheetOf,
} from './mask-fixtures';

function fillAsAPerson(workbook: Workbook, yes: string): void {
  const answers = sheetOf(workbook, 0);
  answers.getCell('B5').value = new Date('2026-09-01T00:00:00Z');
  for (const cell of ['B6', 'B7', 'B8']) answers.getCell(cell).value = yes;
  answers.getCell('B11').value = 'Responsable exposants';
  answers.getCell('B12').value = '15/11/2026';
  fill(workbook, { C2: 'Bannière', D2: 'i-banner', C3: 'Badge', D3: 'i-badge' });
}

const expectedMask = {
  prerequisites: {
    salesOpenedOn: '2026-09-01',
    offerFrozen: true,
    planexpoManagerInformed: true,
    inwinkManagerInformed: true,
    planexpoEvent: 'salon-2027',
    inwinkEvent: 'e-1',
    confirmedBy: 'Responsable exposants',
    confirmedOn: '2026-11-15',
  },
  rows: [
    {
      row: 2,
      planexpoId: 'p-31',
      planexpoName: 'Bannière web',
      planexpoPackSize: 10,
      inwinkId: 'i-banner',
      inwinkName: 'Bannière',
      inwinkPackSize: 10,
    },
    {
      row: 3,
      planexpoId: 'p-32',
      planexpoName: 'Badge supplémentaire',
      planexpoPackSize: 1,
      inwinkId: 'i-badge',
      inwinkName: 'Badge',
      inwinkPackSize: 1,
    },
  ],
  unmapped: [
    { row: 4, planexpoId: 'o-7', planexpoName: 'Bannière offerte' },
    { row: 5, planexpoId: 'o-8', planexpoName: 'Prise de parole' },
  ],
};

describe('a mask exported, filled in and read back', () => {
  it.each([
    ['fr' as const, 'Oui'],
    ['en' as const, 'Yes'],
    ['en' as const, 'oui'],
  ])('gives the mapping that was meant (%s, %s)', async (language, yes) => {
    const file = await edited(await exported({ language }), (workbook) => fillAsAPerson(workbook, yes));

    const { mask, problems, notes } = checkMask(expectRead(await readMask(file)), products);

    expect({ mask, problems, notes }).toEqual({ mask: expectedMask, problems: [], notes: [] });
  });

  it('gives the same mapping when the sheets were renamed to the other language', async () => {
    const file = await edited(await exported({ language: 'fr' }), (workbook) => {
      fillAsAPerson(workbook, 'Yes');
      sheetOf(workbook, 0).name = 'Technical prerequisites';
      sheetOf(workbook, 1).name = 'Default fields';
      sheetOf(workbook, 2).name = 'Products and options';
    });

    const raw = expectRead(await readMask(file));

    expect(raw.language).toBe('en');
    expect(checkMask(raw, products).mask).toEqual(expectedMask);
  });

  it('survives being exported again on top of itself', async () => {
    const file = await edited(await exported(), (workbook) => fillAsAPerson(workbook, 'Oui'));
    const current = checkMask(expectRead(await readMask(file)), products).mask ?? undefined;

    const again = checkMask(
      expectRead(await readMask(await exported({ current, language: 'en' }))),
      products,
    );

    expect(again.mask).toEqual(expectedMask);
  });

  it('states which prerequisites are declared as met', async () => {
    const file = await edited(await exported(), (workbook) => {
      fillAsAPerson(workbook, 'Oui');
      sheetOf(workbook, 0).getCell('B7').value = 'Non';
      sheetOf(workbook, 0).getCell('B5').value = null;
    });
    const { mask } = checkMask(expectRead(await readMask(file)), products);
    if (!mask) throw new Error('the mask was refused');

    const answers = prerequisiteAnswers(mask);

    expect(answers.filter(({ answered }) => !answered).map(({ code }) => code)).toEqual([
      'salesOpenedOn',
      'planexpoManagerInformed',
    ]);
    expect(answers.find(({ code }) => code === 'confirmedOn')).toEqual({
      code: 'confirmedOn',
      label: { fr: 'Confirmé le', en: 'Confirmed on' },
      answered: true,
      value: '2026-11-15',
    });
  });
});

describe('whatever people type into the products sheet', () => {
  const known = fc.constantFrom(
    ...planexpoProducts.flatMap(({ id, name }) => [id, name]),
    ...inwinkProducts.flatMap(({ id, name }) => [id, name, ` ${name}\u00a0`, name.toUpperCase()]),
  );
  const garbage: fc.Arbitrary<CellValue> = fc.oneof(
    { weight: 6, arbitrary: known },
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom<CellValue>(null, '', ' ', '=1+1', '#N/A', true, new Date(0), 1e300, -0.5),
    plain({ formula: fc.constant('A1'), result: known }),
    plain({ error: fc.constant('#REF!' as const) }),
    plain({ richText: fc.array(plain({ text: fc.string() }), { maxLength: 3 }) }),
    plain({ text: known, hyperlink: fc.constant('https://example.org') }),
  );
  const address = fc.tuple(fc.constantFrom('A', 'B', 'C', 'D', 'E'), fc.integer({ min: 1, max: 12 }));

  it('is read without throwing, and never gives a mask with a product on two rows', async () => {
    const blank = await exported();
    let accepted = 0;

    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(address, garbage), { maxLength: 12 }), async (edits) => {
        const file = await edited(blank, (workbook) => {
          for (const [[letter, row], value] of edits)
            sheetOf(workbook, 2).getCell(`${letter}${row}`).value = value;
        });
        const read = await readMask(file);
        if (!read.ok) return expectPlaces(read.problems);

        const { mask, problems } = checkMask(read.sheets, products);
        expectPlaces(problems);
        expect(mask === null).toBe(problems.length > 0);
        if (mask === null) return;
        accepted += 1;
        expectDistinct([...mask.rows, ...mask.unmapped].map(({ planexpoId }) => planexpoId));
        expectDistinct(mask.rows.map(({ inwinkId }) => inwinkId));
      }),
      { numRuns: 150 },
    );

    expect(accepted).toBeGreaterThan(0);
  });

  it('never maps a product twice however rows are paired, checked without a file', () => {
    const planexpo = fc.constantFrom(...planexpoProducts);
    const inwink = fc.constantFrom(...inwinkProducts.map((item) => ({ ...item, packSize: null })));
    const platforms = {
      planexpoProducts,
      inwinkProducts: inwinkProducts.map((item) => ({ ...item, packSize: null })),
    };

    fc.assert(
      fc.property(fc.array(fc.tuple(planexpo, inwink, fc.boolean()), { maxLength: 5 }), (pairs) => {
        const cell = (address: string, text: string) => ({ cell: address, text });
        const rows = pairs.map(([source, target, withId], index) => ({
          row: index + 2,
          planexpoName: cell(`A${index + 2}`, source.name),
          planexpoId: cell(`B${index + 2}`, withId ? source.id : ''),
          inwinkName: cell(`C${index + 2}`, target.name),
          inwinkId: cell(`D${index + 2}`, target.id),
        }));
        const isOneToOne =
          new Set(pairs.map(([source]) => source.id)).size === pairs.length &&
          new Set(pairs.map(([, target]) => target.id)).size === pairs.length;

        const { mask } = checkMask({ ...emptyRaw, rows }, platforms);

        expect(mask !== null).toBe(isOneToOne);
      }),
    );
  });
});

/** The workbook library asks its values for `hasOwnProperty`. */
function plain<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true });
}

const emptyRaw = {
  language: 'fr' as const,
  sheets: { prerequisites: 'Prérequis techniques', products: 'Produits et options' },
  answers: {
    salesOpenedOn: { cell: 'B5', text: '' },
    offerFrozen: { cell: 'B6', text: '' },
    planexpoManagerInformed: { cell: 'B7', text: '' },
    inwinkManagerInformed: { cell: 'B8', text: '' },
    planexpoEvent: { cell: 'B9', text: '' },
    inwinkEvent: { cell: 'B10', text: '' },
    confirmedBy: { cell: 'B11', text: '' },
    confirmedOn: { cell: 'B12', text: '' },
  },
};

function expectPlaces(problems: ReadonlyArray<{ sheet: string; cell: string | null }>): void {
  for (const { sheet, cell } of problems) {
    expect(sheet).toBe('Produits et options');
    expect(cell).toMatch(/^[A-D]\d+$/);
  }
}

function expectDistinct(ids: readonly string[]): void {
  expect(new Set(ids).size).toBe(ids.length);
}
