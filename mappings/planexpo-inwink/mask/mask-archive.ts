import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';

/** Limits of a mask file. An exported mask with 5,000 products has about 0.4 MB, 5 MB unpacked. */
export const maskLimits = {
  fileBytes: 5 * 1024 * 1024,
  inflatedBytes: 30 * 1024 * 1024,
  entries: 500,
} as const;

export type MaskArchive =
  | { kind: 'parts'; parts: Map<string, Buffer> }
  | { kind: 'not-a-workbook' }
  | { kind: 'macros' }
  | { kind: 'zip-bomb' };

/** The only parts that are ever inflated. Everything else (pictures, comments, links, tables) stays compressed. */
const READ =
  /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/sheet\d+\.xml)$/;
const CONTENT_TYPES = '[Content_Types].xml';
const MACRO_PART = /(^|\/)(vbaProject\.bin|vbaData\.xml|macrosheets\/.*|dialogsheets\/.*)$/i;
const MACRO_TYPE = /macroEnabled|vbaProject/i;

/**
 * Unpacks what a mask needs, within `maskLimits`: declared sizes first, then the bytes that really come out, so that a
 * file that lies about its sizes is stopped as early as an honest one. Never rejects.
 */
export async function openMaskArchive(file: Buffer): Promise<MaskArchive> {
  try {
    const zip = await fromBufferPromise(file, { validateEntrySizes: false });
    if (zip.entryCount > maskLimits.entries) return { kind: 'zip-bomb' };
    return await readEntries(zip);
  } catch {
    // Every failure here means the same to a person: these bytes are no zip archive that can be read.
    return { kind: 'not-a-workbook' };
  }
}

async function readEntries(zip: ZipFile): Promise<MaskArchive> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);

  if (entries.some((entry) => MACRO_PART.test(entry.fileName))) return { kind: 'macros' };
  const declaredBytes = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (declaredBytes > maskLimits.inflatedBytes) return { kind: 'zip-bomb' };

  const parts = new Map<string, Buffer>();
  for (const entry of entries) {
    if (entry.fileName !== CONTENT_TYPES && !READ.test(entry.fileName)) continue;
    if (parts.has(entry.fileName)) return { kind: 'not-a-workbook' };
    const content = await inflate(zip, entry);
    if (content === null) return { kind: 'zip-bomb' };
    // Damaged on the way: read on, it could map a product to another one.
    if (crc32(content) !== entry.crc32) return { kind: 'not-a-workbook' };
    parts.set(entry.fileName, content);
  }

  const types = parts.get(CONTENT_TYPES);
  if (types === undefined || !parts.has('xl/workbook.xml')) return { kind: 'not-a-workbook' };
  return MACRO_TYPE.test(types.toString('utf8')) ? { kind: 'macros' } : { kind: 'parts', parts };
}

/** `null` when more comes out than the entry declares; the stream is dropped at that point. */
async function inflate(zip: ZipFile, entry: Entry): Promise<Buffer | null> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > entry.uncompressedSize) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The parts as a plain, uncompressed zip. The workbook reader gets this one instead of the original, so that two zip
 * readers can never see two different contents in one file.
 */
export function storeArchive(parts: ReadonlyMap<string, Buffer>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const header = entryHeader(name, content);
    directory.push(
      bytes([0x02014b50, 4], [20, 2]),
      header.subarray(4, 30),
      bytes([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
      Buffer.from(name),
    );
    bodies.push(header, content);
    offset += header.length + content.length;
  }
  const directoryBytes = directory.reduce((sum, part) => sum + part.length, 0);
  const end = bytes(
    [0x06054b50, 4],
    [0, 4],
    [parts.size, 2],
    [parts.size, 2],
    [directoryBytes, 4],
    [offset, 4],
    [0, 2],
  );
  return Buffer.concat([...bodies, ...directory, end]);
}

/** Local file header; its bytes 4 to 30 are repeated in the central directory. */
function entryHeader(name: string, content: Buffer): Buffer {
  const nameBytes = Buffer.from(name);
  const fixed = bytes(
    [0x04034b50, 4],
    [20, 2],
    [0, 2], // flags
    [0, 2], // stored
    [0, 2], // time
    [0x21, 2], // 1 January 1980
    [crc32(content), 4],
    [content.length, 4],
    [content.length, 4],
    [nameBytes.length, 2],
    [0, 2], // extra field
  );
  return Buffer.concat([fixed, nameBytes]);
}

/** Little-endian numbers, each with its width in bytes. */
function bytes(...numbers: Array<[value: number, width: 2 | 4]>): Buffer {
  return Buffer.concat(
    numbers.map(([value, width]) => {
      const out = Buffer.alloc(width);
      out.writeUIntLE(value, 0, width);
      return out;
    }),
  );
}
