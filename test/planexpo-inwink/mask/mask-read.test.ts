import type { Workbook } from '@protobi/exceljs';
import { formatProblem } from '../../../mappings/planexpo-inwink/mask/mask-problem';
import { readMask } from '../../../mappings/planexpo-inwink/mask/mask-read';
import { edited, expectRead, exported, fill, filled, product, refusals, sheetOf } from './mask-fixtures';

const PRODUCTS = 'Produits et options';
const PREREQUISITES = 'Prérequis techniques';

async function refusalsAfter(edit: (workbook: Workbook) => void): Promise<string[]> {
  return refusals(await edited(await exported(), edit));
}

describe('reading a mask', () => {
  it('reads an untouched export without a problem', async () => {
    const raw = expectRead(await readMask(await exported()));

    expect(raw.rows.map(({ row, planexpoId }) => `${row} ${planexpoId.text}`)).toEqual([
      '2 p-31',
      '3 p-32',
      '4 o-7',
      '5 o-8',
    ]);
    expect(raw.answers.planexpoEvent).toEqual({ cell: 'B9', text: 'salon-2027' });
  });

  it('finds sheets whose names were retyped without accents or in capitals', async () => {
    const file = await edited(await exported(), (workbook) => {
      sheetOf(workbook, 0).name = 'PREREQUIS TECHNIQUES';
      sheetOf(workbook, 1).name = 'champs par  defaut';
    });

    expect(expectRead(await readMask(file)).sheets.prerequisites).toBe('PREREQUIS TECHNIQUES');
  });

  it('finds the header below a title that somebody added', async () => {
    const file = await edited(await exported(), (workbook) => {
      sheetOf(workbook, 2).spliceRows(1, 0, ['Salon 2027'], []);
    });

    expect(expectRead(await readMask(file)).rows[0]?.planexpoName).toEqual({
      cell: 'A4',
      text: 'Bannière web',
    });
  });

  it('reads rich text, links and numbers as the text they show', async () => {
    const file = await edited(await exported(), (workbook) => {
      const sheet = sheetOf(workbook, 2);
      sheet.getCell('C2').value = { richText: [{ text: 'Ban' }, { font: { bold: true }, text: 'nière' }] };
      sheet.getCell('D2').value = 48211;
      sheet.getCell('C3').value = { text: 'Badge', hyperlink: 'https://inwink.example/badge' };
    });

    const [first, second] = expectRead(await readMask(file)).rows;
    expect([first?.inwinkName.text, first?.inwinkId.text, second?.inwinkName.text]).toEqual([
      'Bannière',
      '48211',
      'Badge',
    ]);
  });
});

describe('a mask of the wrong shape is refused, with the place', () => {
  it.each([
    [0 as const, `${PREREQUISITES}!- missing-sheet`],
    [1 as const, 'Champs par défaut!- missing-sheet'],
    [2 as const, `${PRODUCTS}!- missing-sheet`],
  ])('when sheet %i is missing', async (index, expected) => {
    expect(await refusalsAfter((workbook) => workbook.removeWorksheet(sheetOf(workbook, index).id))).toEqual([
      expected,
    ]);
  });

  it('when a sheet is there twice', async () => {
    const twice = await refusalsAfter((workbook) => void workbook.addWorksheet('Products and options'));

    expect(twice).toEqual([`${PRODUCTS}!- repeated-sheet`]);
  });

  it('when cells of columns A to D are merged', async () => {
    expect(await refusalsAfter((workbook) => sheetOf(workbook, 2).mergeCells('C3:C5'))).toEqual([
      `${PRODUCTS}!C3 merged-cells`,
    ]);
    expect(await refusalsAfter((workbook) => sheetOf(workbook, 2).mergeCells('C4:D4'))).toEqual([
      `${PRODUCTS}!C4 merged-cells`,
    ]);
    expect(await refusalsAfter((workbook) => sheetOf(workbook, 2).mergeCells('D1:E1'))).toEqual([
      `${PRODUCTS}!D1 merged-cells`,
    ]);
    expect(await refusalsAfter((workbook) => sheetOf(workbook, 0).mergeCells('B6:C6'))).toEqual([
      `${PREREQUISITES}!B6 merged-cells`,
    ]);
  });

  it('when a cell that is read holds a formula, even with a sensible result', async () => {
    const formula = await refusalsAfter((workbook) => {
      sheetOf(workbook, 2).getCell('D3').value = { formula: 'B3', result: 'i-badge' };
      sheetOf(workbook, 0).getCell('B6').value = { formula: '"Oui"', result: 'Oui' };
    });

    expect(formula).toEqual([`${PREREQUISITES}!B6 formula-cell`, `${PRODUCTS}!D3 formula-cell`]);
  });

  it('when a cell that is read shows an error', async () => {
    const error = await refusalsAfter((workbook) => {
      sheetOf(workbook, 2).getCell('C2').value = { error: '#N/A' };
    });

    expect(error).toEqual([`${PRODUCTS}!C2 error-cell`]);
  });

  it('when two columns changed places', async () => {
    const swapped = await refusalsAfter((workbook) =>
      fill(workbook, { C1: 'ID du produit Inwink', D1: 'Produit Inwink' }),
    );

    expect(swapped).toEqual([`${PRODUCTS}!C1 swapped-columns`, `${PRODUCTS}!D1 swapped-columns`]);
  });

  it('when a column was deleted', async () => {
    const deleted = await refusalsAfter((workbook) => sheetOf(workbook, 2).spliceColumns(2, 1));

    expect(deleted).toEqual([
      `${PRODUCTS}!B1 missing-column`,
      `${PRODUCTS}!C1 swapped-columns`,
      `${PRODUCTS}!D1 swapped-columns`,
    ]);
  });

  it('when the header row was deleted', async () => {
    expect(await refusalsAfter((workbook) => sheetOf(workbook, 2).spliceRows(1, 1))).toEqual([
      `${PRODUCTS}!A1 missing-header`,
    ]);
  });

  it('when a whole column is empty', async () => {
    const noNames = await filled({ A2: null, A3: null, A4: null, A5: null });
    const onlyIds = await filled({ D2: 'i-banner', D3: 'i-badge' });
    const onlyNames = await filled({ C2: 'Bannière', C3: 'Badge' });

    expect(await refusals(noNames)).toEqual([`${PRODUCTS}!A1 empty-column`]);
    expect(await refusals(onlyIds)).toEqual([`${PRODUCTS}!C1 empty-column`]);
    expect(await refusals(onlyNames)).toEqual([`${PRODUCTS}!D1 empty-column`]);
  });

  it('when a prerequisite was deleted or copied', async () => {
    const changed = await refusalsAfter((workbook) => {
      const sheet = sheetOf(workbook, 0);
      sheet.getCell('A7').value = null;
      sheet.getCell('A20').value = 'Sales opened on';
    });

    expect(changed).toEqual([
      `${PREREQUISITES}!A20 repeated-prerequisite`,
      `${PREREQUISITES}!- missing-prerequisite`,
    ]);
  });

  it('with every problem of every sheet at once', async () => {
    const all = await refusalsAfter((workbook) => {
      workbook.removeWorksheet(sheetOf(workbook, 1).id);
      workbook.worksheets[1]?.mergeCells('D2:D3');
    });

    expect(all).toEqual(['Champs par défaut!- missing-sheet', `${PRODUCTS}!D2 merged-cells`]);
  });
});

describe('a large mask', () => {
  const many = Array.from({ length: 5000 }, (_, index) => product(`p-${index}`, `Produit ${index}`));

  it('is read with all of its 5,000 rows', async () => {
    const file = await exported({ planexpoProducts: many, inwinkProducts: many });

    expect(expectRead(await readMask(file)).rows).toHaveLength(5000);
  });

  it('is refused from the row on that is one too many', async () => {
    const file = await exported({ planexpoProducts: [...many, product('p-x', 'Un de trop')] });

    expect(await refusals(file)).toEqual([`${PRODUCTS}!A5002 too-many-rows`]);
  });
});

it('says what is wrong, where, and what to do, in either language', async () => {
  const read = await readMask(
    await edited(await exported(), (workbook) => sheetOf(workbook, 2).mergeCells('D7:D8')),
  );
  const [problem] = read.ok ? [] : read.problems;
  if (!problem) throw new Error('a merged cell was accepted');

  expect(formatProblem(problem, 'fr')).toBe(
    'Produits et options!D7: des cellules sont fusionnées ici; annulez la fusion et remplissez chaque cellule',
  );
  expect(formatProblem(problem, 'en')).toBe(
    'Produits et options!D7: cells are merged here; unmerge them and fill in each cell',
  );
  expect(formatProblem({ ...problem, sheet: '', cell: null }, 'fr')).toMatch(/^Fichier: /);
});
