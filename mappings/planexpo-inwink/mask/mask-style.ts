import type { Borders, Cell, Fill, Style, Worksheet } from '@protobi/exceljs';

const NAVY = 'FF1F3864';
const INPUT = 'FFFFF8E1';
const READ_ONLY = 'FFF3F5F8';
const LINE = 'FFC9D1DC';
const MUTED = 'FF5A6472';

/** Text format: what starts with = + - @ stays text even when somebody edits the cell, and long ids keep their digits. */
const AS_TEXT = '@';

const fill = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });
const thin = { style: 'thin', color: { argb: LINE } } as const;
const frame: Partial<Borders> = { top: thin, bottom: thin, left: thin, right: thin };
const font = { name: 'Calibri', size: 11 } as const;

export const cellStyles = {
  title: {
    font: { ...font, size: 16, bold: true, color: { argb: NAVY } },
    alignment: { vertical: 'middle' },
    protection: { locked: true },
  },
  subtitle: { font: { ...font, color: { argb: MUTED } }, protection: { locked: true } },
  header: {
    font: { ...font, bold: true, color: { argb: 'FFFFFFFF' } },
    fill: fill(NAVY),
    border: frame,
    alignment: { vertical: 'middle', horizontal: 'left', wrapText: true, indent: 1 },
    numFmt: AS_TEXT,
    protection: { locked: true },
  },
  /** To be filled in: the only unlocked cells. */
  input: {
    font,
    fill: fill(INPUT),
    border: frame,
    alignment: { vertical: 'middle', horizontal: 'left', wrapText: true, indent: 1 },
    numFmt: AS_TEXT,
    protection: { locked: false },
  },
  dateInput: {
    font,
    fill: fill(INPUT),
    border: frame,
    alignment: { vertical: 'middle', horizontal: 'left', indent: 1 },
    numFmt: 'dd/mm/yyyy',
    protection: { locked: false },
  },
  readOnly: {
    font,
    fill: fill(READ_ONLY),
    border: frame,
    alignment: { vertical: 'middle', horizontal: 'left', wrapText: true, indent: 1 },
    numFmt: AS_TEXT,
    protection: { locked: true },
  },
  number: {
    font,
    fill: fill(READ_ONLY),
    border: frame,
    alignment: { vertical: 'middle', horizontal: 'center' },
    protection: { locked: true },
  },
  strong: {
    font: { ...font, bold: true },
    fill: fill(READ_ONLY),
    border: frame,
    alignment: { vertical: 'middle', horizontal: 'left', wrapText: true, indent: 1 },
    numFmt: AS_TEXT,
    protection: { locked: true },
  },
} as const satisfies Record<string, Partial<Style>>;

/** Writes a value as it is: a string is always text, never a formula. */
export function put(cell: Cell, value: string | number | Date | null, style: Partial<Style>): void {
  cell.value = value;
  cell.style = style;
}

/** Not every spreadsheet program grows a row for wrapped text by itself. `widths` are in characters. */
export function rowHeight(cells: ReadonlyArray<{ text: string | null; width: number }>): number {
  const lines = cells.map(({ text, width }) => Math.ceil(((text?.length ?? 0) * 1.15 + 2) / width));
  return 7 + 15 * Math.max(1, ...lines);
}

/** Locks all but the input cells; no password, since this guards against slips, not against people. */
export async function protectSheet(sheet: Worksheet): Promise<void> {
  await sheet.protect('', {
    selectLockedCells: true,
    selectUnlockedCells: true,
    formatColumns: true,
    formatRows: true,
  });
}

/** Landscape A4, one page wide, with the header row on every page; `last` is the last cell to print. */
export function printNicely(
  sheet: Worksheet,
  headerRow: number,
  last: { column: string; row: number },
): void {
  sheet.pageSetup = {
    orientation: 'landscape',
    paperSize: 9,
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
    // The library writes the $ before each column itself, and none before the rows.
    printArea: `A$1:${last.column}$${last.row}`,
    printTitlesRow: `${headerRow}:${headerRow}`,
  };
  sheet.headerFooter = { oddFooter: '&L&A&R&P / &N' };
}
