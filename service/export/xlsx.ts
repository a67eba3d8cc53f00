import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { stream, type Worksheet } from '@protobi/exceljs';
import type { OutcomeTable } from './outcome-table';

/** A sheet holds 1,048,576 rows; what is beyond goes on the next one. */
const ROWS_OF_A_SHEET = 1_000_000;
const WIDTH = 22;

/** The table as a workbook, written while it is sent. Texts stay texts: no cell is a formula. Destroying the stream ends the reading. */
export function xlsxOf(table: OutcomeTable, sheetName: string): Readable {
  const out = new PassThrough();
  write(table, sheetName, out).catch((error: unknown) =>
    out.destroy(error instanceof Error ? error : new Error('the workbook could not be written')),
  );
  return out;
}

async function write({ heads, pages }: OutcomeTable, sheetName: string, out: PassThrough): Promise<void> {
  const workbook = new stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  workbook.creator = 'Passerelle';
  let sheets = 1;
  let sheet = addSheet(workbook, sheetName, heads);
  let rows = 0;
  for await (const page of pages) {
    if (out.destroyed) return;
    if (rows + page.length > ROWS_OF_A_SHEET) {
      sheet.commit();
      sheets += 1;
      sheet = addSheet(workbook, `${sheetName} ${sheets}`, heads);
      rows = 0;
    }
    for (const cells of page) sheet.addRow(cells.map(fitting)).commit();
    rows += page.length;
    await drained(out);
  }
  sheet.commit();
  await workbook.commit();
}

function addSheet(
  workbook: InstanceType<typeof stream.xlsx.WorkbookWriter>,
  name: string,
  heads: readonly string[],
): Worksheet {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = heads.map(() => ({ width: WIDTH }));
  const row = sheet.addRow([...heads]);
  row.font = { bold: true };
  row.commit();
  return sheet;
}

/** Excel refuses a workbook with a longer text, or with a control character in it. */
const LONGEST = 32_767;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

function fitting(cell: string | number): string | number {
  return typeof cell === 'number' ? cell : cell.replace(UNWRITABLE, '').slice(0, LONGEST);
}

/** Waits for a reader that is slower than we are, so that the file does not pile up in memory. */
async function drained(out: PassThrough): Promise<void> {
  if (!out.writableNeedDrain || out.destroyed) return;
  await Promise.race([once(out, 'drain'), once(out, 'close')]);
}
