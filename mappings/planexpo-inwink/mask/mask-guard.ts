/**
 * Takes out of a workbook's XML what makes the workbook reader build millions of objects from a few bytes (a merge over
 * a whole sheet, a name for whole columns, row number 4,000,000,000), before it sees them. Fails closed: a tag that is
 * not written the plain way every spreadsheet program writes it makes the workbook unreadable.
 */
export type GuardedParts =
  | { kind: 'parts'; parts: Map<string, Buffer> }
  | { kind: 'too-complex' }
  | { kind: 'unreadable' };

/** Tags in all parts together. 5,000 products make about 150,000. */
const MAX_TAGS = 1_500_000;
const MAX_ROW = 1_048_576;
const MAX_SHEET_ID = 65_534;
const TAG_OPENS = 0x3c;

const ATTRIBUTES = String.raw`((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>`;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;

export function guardParts(parts: ReadonlyMap<string, Buffer>): GuardedParts {
  if (countTags(parts) > MAX_TAGS) return { kind: 'too-complex' };
  const guarded = new Map<string, Buffer>();
  for (const [name, content] of parts) {
    const xml = guardXml(name, content.toString('utf8'));
    if (xml === null) return { kind: 'unreadable' };
    guarded.set(name, Buffer.from(xml));
  }
  return { kind: 'parts', parts: guarded };
}

function countTags(parts: ReadonlyMap<string, Buffer>): number {
  let tags = 0;
  for (const content of parts.values()) {
    for (let at = content.indexOf(TAG_OPENS); at !== -1; at = content.indexOf(TAG_OPENS, at + 1)) tags += 1;
  }
  return tags;
}

function guardXml(name: string, xml: string): string | null {
  // Document types declare entities; no spreadsheet program writes them.
  if (xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY')) return null;
  if (name === 'xl/workbook.xml') return guardWorkbook(xml);
  return name.startsWith('xl/worksheets/') ? guardSheet(xml) : xml;
}

function guardWorkbook(xml: string): string | null {
  const sheets = attributesOf(xml, 'sheet');
  if (sheets?.every((sheet) => isNumberUpTo(sheet.get('sheetId'), MAX_SHEET_ID)) !== true) return null;
  // Names are never read here, and one for `$A:$XFD` is expanded cell by cell.
  return xml.replace(/<definedNames[\s>][\s\S]*?<\/definedNames\s*>/g, '');
}

function guardSheet(xml: string): string | null {
  const rows = attributesOf(xml, 'row');
  if (rows?.every((row) => isNumberUpTo(row.get('r'), MAX_ROW)) !== true) return null;
  const merges = attributesOf(xml, 'mergeCell');
  if (merges?.every((merge) => clippedMerge(merge.get('ref')) !== null) !== true) return null;
  return xml.replace(tag('mergeCell'), (_, attributes: string) => {
    const ref = attributesFrom(attributes).get('ref');
    return `<mergeCell ref="${clippedMerge(ref) ?? ''}"/>`;
  });
}

/** `D7:XFD9` -> `D7:E8`: where a merge starts is all that is asked of it. */
function clippedMerge(ref: string | undefined): string | null {
  const match = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(ref ?? '');
  if (match === null) return null;
  const [, left = '', top = '', right = '', bottom = ''] = match;
  const firstRow = Number(top);
  const lastRow = Math.min(Number(bottom), firstRow + 1);
  // Two cells in one direction are enough to be a merge, and can never overlap a neighbour that did not overlap before.
  return left === right ? `${left}${top}:${left}${lastRow}` : `${left}${top}:${nextColumn(left)}${top}`;
}

function nextColumn(letters: string): string {
  const last = letters.charCodeAt(letters.length - 1);
  const head = letters.slice(0, -1);
  if (last < 90) return `${head}${String.fromCharCode(last + 1)}`;
  return head === '' ? 'AA' : `${nextColumn(head)}A`;
}

function tag(name: string): RegExp {
  return new RegExp(`<${name}${ATTRIBUTES}`, 'g');
}

/** The attributes of every such start tag; `null` when one of them is not written plainly. */
function attributesOf(xml: string, name: string): Array<Map<string, string>> | null {
  const found = [...xml.matchAll(tag(name))].map((match) => attributesFrom(match[1] ?? ''));
  const opened = xml.match(new RegExp(`<${name}[\\s/>]`, 'g'))?.length ?? 0;
  return found.length === opened ? found : null;
}

function attributesFrom(text: string): Map<string, string> {
  return new Map([...text.matchAll(ATTRIBUTE)].map((match) => [match[1] ?? '', match[2] ?? match[3] ?? '']));
}

function isNumberUpTo(text: string | undefined, limit: number): boolean {
  return text !== undefined && /^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= limit;
}
