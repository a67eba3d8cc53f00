import type { DataValidation, Workbook, Worksheet } from '@protobi/exceljs';
import type { MaskRow, ProductDefinition } from './mask';
import type { InwinkLists, MaskExport } from './mask-export-options';
import { productColumns, sheetLabels } from './mask-labels';
import type { Bilingual, Language } from './mask-problem';
import { cellStyles, printNicely, protectSheet, put, rowHeight } from './mask-style';
import { tidy } from './mask-text';

const HEADER_ROW = 1;
const SPARE_ROWS = 20;
/** Columns to the right of A-D: for people, never read back. */
const column = { pack: 5, remark: 6, catalogueName: 8, catalogueId: 9, cataloguePack: 10 } as const;

const widths = [48, 22, 44, 42, 15, 40, 3, 44, 42, 15];

const texts = {
  pack: { fr: 'Unités par lot (Planexpo)', en: 'Units per pack (Planexpo)' },
  remark: { fr: 'Remarques', en: 'Remarks' },
  catalogueName: { fr: 'Catalogue Inwink: nom', en: 'Inwink catalogue: name' },
  catalogueId: { fr: 'Catalogue Inwink: ID', en: 'Inwink catalogue: ID' },
  cataloguePack: { fr: 'Unités par lot (Inwink)', en: 'Units per pack (Inwink)' },
  notInList: {
    fr: 'Choisissez une valeur de la liste. Si le produit manque, créez-le dans Inwink et demandez un nouvel export du masque.',
    en: 'Choose a value from the list. If the product is missing, create it in Inwink and ask for a new export of the mask.',
  },
  oneToOne: {
    fr: '1 produit Planexpo = 1 produit Inwink, avec autant d’unités par lot. Laissez C et D vides si le produit n’est pas à synchroniser.',
    en: '1 Planexpo product = 1 Inwink product, with as many units per pack. Leave C and D empty if the product is not to be synchronised.',
  },
  idPrompt: {
    fr: 'L’ID qui correspond au nom de la colonne C: voir le catalogue à droite (colonnes H et I).',
    en: 'The ID that belongs to the name in column C: see the catalogue on the right (columns H and I).',
  },
} as const satisfies Record<string, Bilingual>;

const remarks = {
  gone: {
    fr: 'L’ancien produit Inwink n’existe plus ou est désactivé: choisissez-en un autre.',
    en: 'The former Inwink product is gone or inactive: choose another.',
  },
  renamed: { fr: 'Nom dans le masque précédent', en: 'Name in the mask before' },
} as const satisfies Record<string, Bilingual>;

/** The third sheet: one row per active Planexpo product, then some empty ones for products that are still to come. */
export async function writeProductsSheet(
  workbook: Workbook,
  options: MaskExport,
  lists: InwinkLists | null,
): Promise<void> {
  const { language } = options;
  const sheet = workbook.addWorksheet(sheetLabels.products[language], {
    views: [{ state: 'frozen', ySplit: HEADER_ROW, xSplit: 2, showGridLines: false }],
    properties: { tabColor: { argb: 'FFE0A800' } },
  });
  sheet.columns = widths.map((width) => ({ width }));
  writeHeader(sheet, language);

  const products = options.planexpoProducts.filter(({ active }) => active);
  const rowsBefore = new Map((options.current?.rows ?? []).map((row) => [row.planexpoId, row]));
  const inwinkById = new Map(options.inwinkProducts.map((product) => [product.id, product]));
  products.forEach((product, index) => {
    const row = HEADER_ROW + 1 + index;
    const before = rowsBefore.get(product.id);
    writeProduct(sheet, row, product);
    writeMapping(sheet, row, before, before && inwinkById.get(before.inwinkId), language);
  });
  for (
    let row = HEADER_ROW + 1 + products.length;
    row <= HEADER_ROW + products.length + SPARE_ROWS;
    row += 1
  ) {
    writeSpareRow(sheet, row);
  }
  offerLists(sheet, HEADER_ROW + products.length + SPARE_ROWS, lists, language);
  writeCatalogue(sheet, options.inwinkProducts);
  fitRows(sheet);
  printNicely(sheet, HEADER_ROW, { column: 'F', row: HEADER_ROW + products.length + SPARE_ROWS });
  await protectSheet(sheet);
}

function writeHeader(sheet: Worksheet, language: Language): void {
  for (const { letter, label } of productColumns) {
    put(sheet.getCell(`${letter}${HEADER_ROW}`), label[language], cellStyles.header);
  }
  for (const key of ['pack', 'remark', 'catalogueName', 'catalogueId', 'cataloguePack'] as const) {
    put(sheet.getCell(HEADER_ROW, column[key]), texts[key][language], cellStyles.header);
  }
  sheet.getRow(HEADER_ROW).height = 34;
}

function writeProduct(sheet: Worksheet, row: number, product: ProductDefinition): void {
  put(sheet.getCell(row, 1), tidy(product.name), cellStyles.strong);
  put(sheet.getCell(row, 2), tidy(product.id), cellStyles.readOnly);
  put(sheet.getCell(row, column.pack), product.packSize, cellStyles.number);
}

/** Fills in what the mask in force maps, under today's name, and says in the remarks what changed since. */
function writeMapping(
  sheet: Worksheet,
  row: number,
  before: MaskRow | undefined,
  now: ProductDefinition | undefined,
  language: Language,
): void {
  put(sheet.getCell(row, 3), before ? tidy(now?.name ?? before.inwinkName) : null, cellStyles.input);
  put(sheet.getCell(row, 4), before ? tidy(before.inwinkId) : null, cellStyles.input);
  put(sheet.getCell(row, column.remark), remarkOn(before, now, language), cellStyles.input);
}

function remarkOn(
  before: MaskRow | undefined,
  now: ProductDefinition | undefined,
  language: Language,
): string | null {
  if (before === undefined) return null;
  if (now === undefined) return remarks.gone[language];
  return now.name === before.inwinkName ? null : `${remarks.renamed[language]}: ${before.inwinkName}`;
}

function writeSpareRow(sheet: Worksheet, row: number): void {
  for (const number of [1, 3, 4, column.remark]) put(sheet.getCell(row, number), null, cellStyles.input);
  put(sheet.getCell(row, 2), null, cellStyles.readOnly);
  put(sheet.getCell(row, column.pack), null, cellStyles.number);
}

/** The library's types leave out what it documents: validations by range. By cell it writes ranges that overlap. */
type WithValidations = Worksheet & {
  dataValidations: { add(range: string, validation: DataValidation): void };
};

function offerLists(sheet: Worksheet, lastRow: number, lists: InwinkLists | null, language: Language): void {
  if (lists === null) return;
  // The property exists on every worksheet of the library; see the type above.
  const { dataValidations } = sheet as WithValidations;
  const first = HEADER_ROW + 1;
  const names = listOf(lists.names, productColumns[2].label, texts.oneToOne, language);
  dataValidations.add(`C${first}:C${lastRow}`, names);
  const ids = listOf(lists.ids, productColumns[3].label, texts.idPrompt, language);
  dataValidations.add(`D${first}:D${lastRow}`, ids);
}

function listOf(range: string, label: Bilingual, prompt: Bilingual, language: Language): DataValidation {
  return {
    type: 'list',
    allowBlank: true,
    formulae: [range],
    showInputMessage: true,
    promptTitle: label[language],
    prompt: prompt[language],
    showErrorMessage: true,
    errorStyle: 'stop',
    errorTitle: label[language],
    error: texts.notInList[language],
  };
}

function writeCatalogue(sheet: Worksheet, products: readonly ProductDefinition[]): void {
  products.forEach((product, index) => {
    const row = HEADER_ROW + 1 + index;
    put(sheet.getCell(row, column.catalogueName), tidy(product.name), cellStyles.readOnly);
    put(sheet.getCell(row, column.catalogueId), tidy(product.id), cellStyles.readOnly);
    put(sheet.getCell(row, column.cataloguePack), product.packSize, cellStyles.number);
  });
}

function fitRows(sheet: Worksheet): void {
  for (let number = HEADER_ROW + 1; number <= sheet.rowCount; number += 1) {
    const row = sheet.getRow(number);
    row.height = rowHeight(widths.map((width, index) => ({ text: row.getCell(index + 1).text, width })));
  }
}
