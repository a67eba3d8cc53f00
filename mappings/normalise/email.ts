import { asTyped, cleanText, type Normalised, type RawText } from './text';

const LOCAL = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+(?:xn--[a-z0-9-]+|\p{L}{2,})$/u;
/** Longest address that mail servers take, and longest part before the @ (RFC 5321). */
const LONGEST = { address: 254, local: 64 };

/**
 * One e-mail address, trimmed and in lower case: it is a person's identity in Inwink (assumed), so nothing is guessed.
 * `mailto:` and `Name <address>` are unwrapped. What is no address, or several of them, is treated as no e-mail:
 * `undefined` with the note `malformed`.
 */
export function normaliseEmail(raw: RawText): Normalised {
  if (raw === undefined || raw === null) return { value: raw };
  const text = cleanText(raw);
  if (text === '') return { value: null };
  const value = cleanText(unwrap(text).toLowerCase());
  return isAddress(value) ? asTyped(raw, value) : { value: undefined, note: 'malformed' };
}

function unwrap(text: string): string {
  const inner = /^[^<>@]*<([^<>]+)>$/u.exec(text)?.[1] ?? text;
  return inner.trim().replace(/^mailto:\s*/iu, '');
}

function isAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const domain = text.slice(at + 1);
  if (at < 1 || text.length > LONGEST.address || local.length > LONGEST.local) return false;
  return LOCAL.test(local) && DOMAIN.test(domain);
}
