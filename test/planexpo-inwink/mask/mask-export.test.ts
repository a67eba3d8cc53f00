import type { Worksheet } from '@protobi/exceljs';
import type { Mask } from '../../../mappings/planexpo-inwink/mask/mask';
import { exported, open, planexpoProducts, product, sheetOf } from './mask-fixtures';

const current: Mask = {
  prerequisites: {
    salesOpenedOn: '2026-09-01',
    offerFrozen: true,
    planexpoManagerInformed: true,
    inwinkManagerInformed: false,
    planexpoEvent: 'salon-2027',
    inwinkEvent: 'e-1',
    confirmedBy: 'Responsable exposants',
    confirmedOn: null,
  },
  rows: [
    mapped('p-31', 'i-banner', 'Bannière'),
    mapped('p-32', 'i-badge', 'Ancien badge'),
    mapped('o-7', 'i-gone', 'Disparu'),
  ],
  unmapped: [],
};

function mapped(planexpoId: string, inwinkId: string, inwinkName: string): Mask['rows'][number] {
  return {
    row: 9,
    planexpoId,
    planexpoName: 'x',
    planexpoPackSize: 1,
    inwinkId,
    inwinkName,
    inwinkPackSize: 1,
  };
}

describe('an exported mask', () => {
  it.each([
    ['fr' as const, ['Prérequis techniques', 'Champs par défaut', 'Produits et options']],
    ['en' as const, ['Technical prerequisites', 'Default fields', 'Products and options']],
  ])('shows the three sheets of the seed in %s, and nothing else', async (language, names) => {
    const workbook = await open(await exported({ language }));

    const visible = workbook.worksheets.filter(({ state }) => state === 'visible').map(({ name }) => name);
    expect(visible).toEqual(names);
    expect(workbook.getWorksheet('_lists')?.state).toBe('veryHidden');
  });

  it('has the four columns of the seed, with A and B filled in from Planexpo', async () => {
    const sheet = sheetOf(await open(await exported()), 2);

    expect(['A1', 'B1', 'C1', 'D1'].map((cell) => sheet.getCell(cell).value)).toEqual([
      'Produit ou option Planexpo',
      'ID Planexpo',
      'Produit Inwink',
      'ID du produit Inwink',
    ]);
    expect(['A2', 'B2', 'C2', 'D2'].map((cell) => sheet.getCell(cell).value)).toEqual([
      'Bannière web',
      'p-31',
      null,
      null,
    ]);
    expect(sheet.getCell('A5').value).toBe('Prise de parole');
  });

  it('offers Inwink products as lists in C and D, on every product row and on the spare rows', async () => {
    const workbook = await open(await exported());
    const sheet = sheetOf(workbook, 2);
    const lists = workbook.getWorksheet('_lists');

    for (const row of [2, 5, 25]) {
      expect(sheet.getCell(`C${row}`).dataValidation).toMatchObject({
        type: 'list',
        formulae: [`'_lists'!$A$1:$A$4`],
      });
      expect(sheet.getCell(`D${row}`).dataValidation).toMatchObject({
        type: 'list',
        formulae: [`'_lists'!$B$1:$B$4`],
      });
    }
    expect(columnOf(lists, 1)).toEqual(['Badge', 'Bannière', 'Bannière cadeau', 'Conférence']);
    expect(columnOf(lists, 2)).toEqual(['i-badge', 'i-banner', 'i-gift', 'i-talk']);
  });

  it('lets people edit the answers and columns C and D, and nothing that was filled in for them', async () => {
    const workbook = await open(await exported());
    const locked = (index: 0 | 1 | 2, cell: string) =>
      sheetOf(workbook, index).getCell(cell).protection?.locked ?? true;

    expect(([0, 1, 2] as const).map((index) => sheetOf(workbook, index).model)).toEqual(
      [0, 1, 2].map(() =>
        expect.objectContaining({ sheetProtection: expect.objectContaining({ sheet: true }) }),
      ),
    );
    expect(['B5', 'B6', 'B11', 'B12'].map((cell) => locked(0, cell))).toEqual([false, false, false, false]);
    expect(['A5', 'B9', 'B10', 'C5'].map((cell) => locked(0, cell))).toEqual([true, true, true, true]);
    expect(['A5', 'B5'].map((cell) => locked(1, cell))).toEqual([true, true]);
    expect(['C2', 'D2', 'A6', 'C6'].map((cell) => locked(2, cell))).toEqual([false, false, false, false]);
    expect(['A1', 'A2', 'B2', 'B6', 'H2'].map((cell) => locked(2, cell))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  it('asks for a yes or no, or for a date, where that is the answer', async () => {
    const sheet = sheetOf(await open(await exported({ language: 'en' })), 0);

    expect(sheet.getCell('A5').value).toBe('Sales opened on');
    expect(sheet.getCell('B5').dataValidation).toMatchObject({ type: 'date' });
    expect(sheet.getCell('A6').value).toBe('Commercial offer frozen');
    expect(sheet.getCell('B6').dataValidation).toMatchObject({ type: 'list', formulae: ['"Yes,No"'] });
    expect(['B9', 'B10'].map((cell) => sheet.getCell(cell).value)).toEqual(['salon-2027', 'e-1']);
  });

  it('lists the default fields of the seed, with the optional ones marked', async () => {
    const sheet = sheetOf(await open(await exported()), 1);

    const rows = Array.from({ length: 18 }, (_, index) => sheet.getRow(index + 5));
    expect(rows.filter((row) => row.getCell(1).value === 'Partenaire')).toHaveLength(10);
    expect(rows.filter((row) => row.getCell(1).value === 'Participant')).toHaveLength(8);
    const optional = rows.filter((row) => row.getCell(4).value === 'Oui').map((row) => row.getCell(2).value);
    expect(optional).toEqual(['Espace', 'Allée']);
  });

  it('keeps the header in sight', async () => {
    const workbook = await open(await exported());

    expect(([0, 1, 2] as const).map((index) => sheetOf(workbook, index).views[0])).toEqual([
      expect.objectContaining({ state: 'frozen', ySplit: 4 }),
      expect.objectContaining({ state: 'frozen', ySplit: 4 }),
      expect.objectContaining({ state: 'frozen', ySplit: 1, xSplit: 2 }),
    ]);
  });

  it('leaves out inactive products of both platforms', async () => {
    const inactive = { ...product('x-1', 'Retired'), active: false };

    const workbook = await open(await exported({ planexpoProducts: [inactive], inwinkProducts: [inactive] }));

    expect(sheetOf(workbook, 2).getCell('A2').value).toBeNull();
    expect(workbook.getWorksheet('_lists')?.getCell('A1').value).toBeNull();
  });
});

describe('text that a spreadsheet could take for a formula', () => {
  it.each(['=HYPERLINK("http://evil.example")', '+1+1', '-2+3', '@SUM(A1)'])(
    'is written as text: %s',
    async (name) => {
      const hostile = [product(name, name)];

      const workbook = await open(
        await exported({
          planexpoProducts: hostile,
          inwinkProducts: hostile,
          planexpoEvent: name,
          inwinkEvent: name,
        }),
      );

      const products = sheetOf(workbook, 2);
      const cells = ['A2', 'B2', 'H2', 'I2'].map((cell) => products.getCell(cell));
      cells.push(sheetOf(workbook, 0).getCell('B9'), sheetOf(workbook, 0).getCell('B10'));
      expect(cells.map(({ value }) => value)).toEqual(cells.map(() => name));
      // Text format keeps it text when somebody edits the cell.
      expect(cells.map(({ numFmt }) => numFmt)).toEqual(cells.map(() => '@'));
    },
  );
});

describe('an export on top of the mask in force', () => {
  it('fills in its answers and its mappings', async () => {
    const workbook = await open(await exported({ current }));

    const answers = ['B5', 'B6', 'B8', 'B11'].map((cell) => sheetOf(workbook, 0).getCell(cell).value);
    expect(answers).toEqual([new Date('2026-09-01T00:00:00Z'), 'Oui', null, 'Responsable exposants']);
    expect(['C2', 'D2', 'F2'].map((cell) => sheetOf(workbook, 2).getCell(cell).value)).toEqual([
      'Bannière',
      'i-banner',
      null,
    ]);
  });

  it('takes over a new name from Inwink and says what it was', async () => {
    const sheet = sheetOf(await open(await exported({ current })), 2);

    expect(['C3', 'D3', 'F3'].map((cell) => sheet.getCell(cell).value)).toEqual([
      'Badge',
      'i-badge',
      'Nom dans le masque précédent: Ancien badge',
    ]);
  });

  it('says of a product that Inwink no longer has that another one must be chosen', async () => {
    const sheet = sheetOf(await open(await exported({ current, language: 'en' })), 2);

    expect(sheet.getCell('F4').value).toBe('The former Inwink product is gone or inactive: choose another.');
    expect(planexpoProducts[2]?.id).toBe(sheet.getCell('B4').value);
  });
});

function columnOf(sheet: Worksheet | undefined, column: number): unknown[] {
  return Array.from({ length: sheet?.rowCount ?? 0 }, (_, index) => sheet?.getCell(index + 1, column).value);
}
