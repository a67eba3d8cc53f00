import { Workbook, type Worksheet } from '@protobi/exceljs';
import type { ProductDefinition } from './mask';
import { writeFieldsSheet } from './mask-export-fields';
import type { InwinkLists, MaskExport } from './mask-export-options';
import { writePrerequisitesSheet } from './mask-export-prerequisites';
import { writeProductsSheet } from './mask-export-products';
import { LIST_SHEET } from './mask-labels';
import { tidy } from './mask-text';

/** The mask as an .xlsx workbook: the three sheets of the seed, filled in as far as the platforms and `current` allow. */
export async function exportMask(options: MaskExport): Promise<Buffer> {
  const workbook = new Workbook();
  workbook.creator = 'Passerelle';
  await writePrerequisitesSheet(workbook, options);
  await writeFieldsSheet(workbook, options.language);
  const catalogue = sortedByName(options.inwinkProducts);
  const lists = listRanges(catalogue);
  await writeProductsSheet(workbook, { ...options, inwinkProducts: catalogue }, lists);
  writeLists(workbook.addWorksheet(LIST_SHEET, { state: 'veryHidden' }), catalogue);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function sortedByName(products: readonly ProductDefinition[]): ProductDefinition[] {
  return products
    .filter(({ active }) => active)
    .sort((a, b) => a.name.localeCompare(b.name, 'fr') || (a.id < b.id ? -1 : 1));
}

function uniqueNames(products: readonly ProductDefinition[]): string[] {
  return [...new Set(products.map(({ name }) => tidy(name)))];
}

function listRanges(products: readonly ProductDefinition[]): InwinkLists | null {
  if (products.length === 0) return null;
  const names = uniqueNames(products).length;
  return {
    names: `'${LIST_SHEET}'!$A$1:$A$${names}`,
    ids: `'${LIST_SHEET}'!$B$1:$B$${products.length}`,
  };
}

function writeLists(sheet: Worksheet, products: readonly ProductDefinition[]): void {
  sheet.getColumn(1).numFmt = '@';
  sheet.getColumn(2).numFmt = '@';
  uniqueNames(products).forEach((name, index) => {
    sheet.getCell(index + 1, 1).value = name;
  });
  products.forEach(({ id }, index) => {
    sheet.getCell(index + 1, 2).value = tidy(id);
  });
}
