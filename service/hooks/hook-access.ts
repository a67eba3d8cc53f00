import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { HookSignature } from '../../config/hooks';
import type { Configuration, SyncConfiguration } from '../../config/schema';

/** Whose announcement it is, which the header of its signature says. */
export type HookForm = 'planexpo' | 'mautic' | 'generic';

export interface SignedRequest {
  slug: string;
  header(name: string): string | undefined;
  /** As it came, before anything read it. */
  body: Uint8Array;
}

export interface Admitted {
  slug: string;
  sync: SyncConfiguration;
  form: HookForm;
}

/** What a signature claims: the HMAC of `prefix` and the body. */
interface Claim {
  form: HookForm;
  digest: Buffer;
  prefix: string;
  /** When it was signed, in ms since 1970; null where the platform does not say. */
  signedAt: number | null;
}

/**
 * Planexpo's header is assumed (its webhook is not public); Mautic's is documented; the last one is our own form:
 * `t=<seconds since 1970>,v1=<hex HMAC-SHA256 of "<t>." and the body>`.
 */
const HEADERS: ReadonlyArray<readonly [name: string, read: (value: string) => Claim | null]> = [
  ['x-planexpo-signature', planexpoClaim],
  ['webhook-signature', mauticClaim],
  ['x-passerelle-signature', genericClaim],
];

/**
 * Who may announce. A sync that does not exist, one that hears no such announcements, and a signature that is missing,
 * wrong or late are all the same null, found out by the same work.
 */
export function createHookAccess(
  syncs: Configuration['syncs'],
  now: () => number = Date.now,
): (request: SignedRequest) => Admitted | null {
  const bySlug = new Map(Object.entries(syncs));
  const nobodys = randomBytes(32).toString('hex');

  return ({ slug, header, body }) => {
    const sync = bySlug.get(slug);
    const claim = claimOf(header);
    const own = sync === undefined || claim === null ? undefined : signatureOf(sync, claim.form);
    const secrets = [own?.secret ?? nobodys, own?.previous?.secret ?? nobodys];
    const { prefix, digest } = claim ?? { prefix: '', digest: Buffer.alloc(32) };
    const fits = secrets.map((secret) => timingSafeEqual(hmac(secret, prefix, body), digest));
    if (sync === undefined || claim === null || own === undefined || !fits.includes(true)) return null;
    const isInTime = claim.signedAt === null || Math.abs(now() - claim.signedAt) <= sync.hooks.tolerance;
    return isInTime ? { slug, sync, form: claim.form } : null;
  };
}

/** Two signatures on one request are none: nobody could say which one counts. */
function claimOf(header: SignedRequest['header']): Claim | null {
  const [only, ...others] = HEADERS.flatMap(([name, read]) => {
    const value = header(name);
    return value === undefined ? [] : [read(value)];
  });
  return only === undefined || others.length > 0 ? null : only;
}

function planexpoClaim(value: string): Claim | null {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(value)?.[1];
  if (hex === undefined) return null;
  return { form: 'planexpo', digest: Buffer.from(hex, 'hex'), prefix: '', signedAt: null };
}

function mauticClaim(value: string): Claim | null {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(value)) return null;
  return { form: 'mautic', digest: Buffer.from(value, 'base64'), prefix: '', signedAt: null };
}

function genericClaim(value: string): Claim | null {
  const [, seconds, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/i.exec(value) ?? [];
  if (seconds === undefined || hex === undefined) return null;
  const signedAt = Number.parseInt(seconds, 10) * 1_000;
  return { form: 'generic', digest: Buffer.from(hex, 'hex'), prefix: `${seconds}.`, signedAt };
}

function signatureOf({ hooks }: SyncConfiguration, form: HookForm): HookSignature | undefined {
  if (form === 'generic') return hooks.generic;
  if (form === 'planexpo') return 'planexpo' in hooks ? hooks.planexpo : undefined;
  return 'mautic' in hooks ? hooks.mautic : undefined;
}

function hmac(secret: string, prefix: string, body: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(prefix).update(body).digest();
}
