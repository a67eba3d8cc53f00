import { type GpxRefused, refused } from './gpx-refusal';

/** How much of the file is looked at for an XML declaration, which stands first or nowhere. */
const DECLARATION_BYTES = 256;
const DECLARED_ENCODING = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/;

/**
 * Declared names that are honoured, and what reads them. A file that claims UTF-16 in its declaration but starts with
 * single-byte characters is a common slip of Windows programs: its bytes are read as what they are.
 */
const READ_AS: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['utf-16', 'utf-8'],
  ['iso-8859-1', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
  ['iso-8859-15', 'iso-8859-15'],
]);

/**
 * The text of an XML file: UTF-8 with or without byte order mark, UTF-16 with one, or the Latin encoding its
 * declaration names. Nothing is guessed or replaced: bytes that do not fit are refused as `not-utf8`, and a last
 * character cut in half as `truncated`.
 */
export function decodeXml(bytes: Uint8Array): { ok: true; text: string } | GpxRefused {
  const encoding = encodingOf(bytes);
  if (encoding === undefined) {
    return refused('not-utf8', 'line 1: declares an encoding other than UTF-8, UTF-16 and ISO-8859-1 or -15');
  }
  const text = decoded(bytes, encoding, 'whole');
  if (text !== undefined) return { ok: true, text };
  // Read as the start of something longer, only a cut last character becomes acceptable.
  if (decoded(bytes, encoding, 'start') !== undefined) {
    return refused('truncated', 'the file ends in the middle of a character');
  }
  return refused('not-utf8', `holds bytes that are not ${encoding.toUpperCase()}`);
}

function encodingOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const declared = DECLARED_ENCODING.exec(head)?.[1];
  return declared === undefined ? 'utf-8' : READ_AS.get(declared.toLowerCase());
}

function decoded(bytes: Uint8Array, encoding: string, part: 'whole' | 'start'): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: part === 'start' });
  } catch {
    return undefined; // a strict decoder throws on bytes that do not fit, and there is no other way to ask it
  }
}
