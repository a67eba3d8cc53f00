import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Language } from '../mappings/reason-types';

/** The cost of a guess: one of the settings that OWASP recommends for scrypt (32 MiB). Raise it here, and hashes follow. */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
const HASH_BYTES = 32;
const SHORTEST = 12;
const LONGEST = 200;
/** So many characters must be left without what everybody would try first. */
const OWN_CHARACTERS = 6;
const TRIED_FIRST =
  /motdepasse|password|passerelle|azertyuiop|qwertyuiop|azerty|qwerty|administrateur|administrator|admin|abcdef|1234567890|0123456789|123456789|12345678|1234567|123456|12345|1234|welcome|bienvenue|changeme/g;

export type PasswordFault = 'too-short' | 'too-long' | 'too-simple';

const FAULTS = {
  fr: {
    'too-short': `Le mot de passe doit compter au moins ${SHORTEST} caractères.`,
    'too-long': `Le mot de passe ne peut pas dépasser ${LONGEST} caractères.`,
    'too-simple':
      'Ce mot de passe est trop facile à deviner : évitez l’identifiant, les répétitions et les suites, quelques mots sans rapport conviennent.',
  },
  en: {
    'too-short': `A password has at least ${SHORTEST} characters.`,
    'too-long': `A password has at most ${LONGEST} characters.`,
    'too-simple':
      'This password is too easy to guess: without the login, repetitions and sequences; a few unrelated words will do.',
  },
} as const satisfies Record<Language, Record<PasswordFault, string>>;

export function passwordFaultText(fault: PasswordFault, language: Language): string {
  return FAULTS[language][fault];
}

/** What speaks against a password for this login; null when nothing does. */
export function passwordFault(password: string, login: string): PasswordFault | null {
  const text = password.normalize('NFKC');
  const characters = [...text];
  if (characters.length < SHORTEST) return 'too-short';
  if (characters.length > LONGEST) return 'too-long';
  const lower = text.toLowerCase();
  const isVaried = new Set([...lower]).size > 4;
  const ownNames = [login, ...login.split(/[@.]/)].filter((name) => name.length > 2);
  const rest = ownNames
    .reduce((left, name) => left.replaceAll(name.toLowerCase(), ''), lower)
    .replace(TRIED_FIRST, '');
  return isVaried && rest.length >= OWN_CHARACTERS ? null : 'too-simple';
}

interface Stored {
  N: number;
  r: number;
  p: number;
  salt: Buffer;
  hash: Buffer;
}

/** `scrypt$N$r$p$salt$hash`, salt and hash in base64url: it tells itself how it is checked. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, { ...COST, salt });
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Nobody's password. */
const NOBODY: Stored = { ...COST, salt: randomBytes(16), hash: randomBytes(HASH_BYTES) };

/**
 * Whether it is the password. Without a stored one (no such account, or none chosen) the answer is no, after the same
 * work: the time tells strangers nothing.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const known = stored === null ? null : parse(stored);
  const expected = known ?? NOBODY;
  const found = await derive(password.slice(0, LONGEST * 4), expected);
  const fits = found.length === expected.hash.length && timingSafeEqual(found, expected.hash);
  return known !== null && fits;
}

/** Whether the hash was made when a guess cost less than today. */
export function isDated(stored: string): boolean {
  const known = parse(stored);
  return known === null || known.N * known.r * known.p < COST.N * COST.r * COST.p;
}

function parse(stored: string): Stored | null {
  const [, N, r, p, salt, hash] =
    /^scrypt\$(\d{1,8})\$(\d{1,2})\$(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return null;
  return {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  };
}

/** The same characters may be typed as different code points: they are brought to one form first (NIST SP 800-63B). */
function derive(password: string, { N, r, p, salt }: Omit<Stored, 'hash'>): Promise<Buffer> {
  const maxmem = 2 * 128 * r * (N + p);
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { N, r, p, maxmem }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
