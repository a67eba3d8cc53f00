import { crc32 } from 'node:zlib';
import { Workbook, type Worksheet } from '@protobi/exceljs';
import type { ProductDefinition } from '../../../mappings/planexpo-inwink/mask/mask';
import { checkMask } from '../../../mappings/planexpo-inwink/mask/mask-check';
import { exportMask } from '../../../mappings/planexpo-inwink/mask/mask-export';
import type { MaskExport } from '../../../mappings/planexpo-inwink/mask/mask-export-options';
import { type ReadMask, readMask } from '../../../mappings/planexpo-inwink/mask/mask-read';

export function product(id: string, name: string, packSize: number | null = 1): ProductDefinition {
  return { id, name, packSize, active: true };
}

/** Rows 2 to 5 of the exported third sheet. */
export const planexpoProducts: ProductDefinition[] = [
  product('p-31', 'Bannière web', 10),
  product('p-32', 'Badge supplémentaire'),
  product('o-7', 'Bannière offerte'),
  product('o-8', 'Prise de parole'),
];

export const inwinkProducts: ProductDefinition[] = [
  product('i-banner', 'Bannière', 10),
  product('i-badge', 'Badge'),
  product('i-gift', 'Bannière cadeau'),
  product('i-talk', 'Conférence'),
];

export const products = { planexpoProducts, inwinkProducts };

export function exported(options: Partial<MaskExport> = {}): Promise<Buffer> {
  return exportMask({
    language: 'fr',
    ...products,
    planexpoEvent: 'salon-2027',
    inwinkEvent: 'e-1',
    ...options,
  });
}

/** Opens a workbook, lets a person change it, and saves it again. */
export async function edited(file: Buffer, edit: (workbook: Workbook) => void): Promise<Buffer> {
  const workbook = await open(file);
  edit(workbook);
  return save(workbook);
}

export async function open(file: Buffer): Promise<Workbook> {
  const workbook = new Workbook();
  await workbook.xlsx.load(toArrayBuffer(file));
  return workbook;
}

export async function save(workbook: Workbook): Promise<Buffer> {
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function toArrayBuffer(file: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(file.length);
  file.copy(new Uint8Array(copy));
  return copy;
}

/** The nth sheet: 0 prerequisites, 1 default fields, 2 products. */
export function sheetOf(workbook: Workbook, index: 0 | 1 | 2): Worksheet {
  const sheet = workbook.worksheets[index];
  if (!sheet) throw new Error(`The workbook has no sheet ${index}.`);
  return sheet;
}

/** Writes into cells of the products sheet: `fill(workbook, { C2: 'Bannière' })`. */
export function fill(workbook: Workbook, cells: Record<string, string | number | null>): void {
  for (const [address, value] of Object.entries(cells)) sheetOf(workbook, 2).getCell(address).value = value;
}

/** An exported mask with these cells of the products sheet changed. */
export async function filled(
  cells: Record<string, string | number | null>,
  options: Partial<MaskExport> = {},
): Promise<Buffer> {
  return edited(await exported(options), (workbook) => fill(workbook, cells));
}

/** `Sheet!Cell code` of everything that refuses the file, whether found on reading or on checking. */
export async function refusals(file: Buffer, platforms = products): Promise<string[]> {
  const read = await readMask(file);
  const problems = read.ok ? checkMask(read.sheets, platforms).problems : read.problems;
  return problems.map(({ sheet, cell, code }) => `${sheet}!${cell ?? '-'} ${code}`);
}

export function expectRead(read: ReadMask): Extract<ReadMask, { ok: true }>['sheets'] {
  if (!read.ok) throw new Error(read.problems.map(({ code, cell }) => `${code} ${cell}`).join('; '));
  return read.sheets;
}

export interface ZipEntry {
  name: string;
  /** The bytes in the archive, already compressed when `method` is 8. */
  body: Buffer;
  method: 0 | 8;
  /** What the archive says the content's size is; may be a lie. */
  declaredSize: number;
  crc?: number;
}

export function storedEntry(name: string, content: string): ZipEntry {
  const body = Buffer.from(content);
  return { name, body, method: 0, declaredSize: body.length, crc: crc32(body) };
}

/** A zip archive as given, truthful or not. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(entry.method, 8);
    local.writeUInt32LE(entry.crc ?? 0, 14);
    local.writeUInt32LE(entry.body.length, 18);
    local.writeUInt32LE(entry.declaredSize, 22);
    local.writeUInt16LE(Buffer.byteLength(entry.name), 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    local.copy(central, 6, 4, 30);
    central.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(entry.name), entry.body);
    directory.push(central, Buffer.from(entry.name));
    offset += local.length + Buffer.byteLength(entry.name) + entry.body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, part) => sum + part.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
