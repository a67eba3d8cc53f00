import { z } from 'zod';
import type { WeavySimulatorOptions } from './options';

const timeZone = z.string().refine(isTimeZone, 'An IANA time zone is expected.');

/** What can be turned while the simulator runs: the control kind `setting`, a single record. */
export const settingsSchema = z.strictObject({
  clockSkewMs: z.number().int().default(0),
  timeZone: timeZone.default('UTC'),
  unchangedPut: z.enum(['bumps', 'keeps']).default('bumps'),
  tokenTtlSeconds: z.number().min(0).default(43_200),
  expiresInSkewSeconds: z.number().default(0),
  passwordExpiryUTC: z.string().nullable().default(null),
  searchLagMs: z.number().int().min(0).default(0),
  password: z.string(),
});

export type WeavySettings = z.output<typeof settingsSchema>;

export function settingsOf(options: WeavySimulatorOptions): WeavySettings {
  return settingsSchema.parse({
    clockSkewMs: options.clockSkewMs,
    timeZone: options.timeZone,
    unchangedPut: options.unchangedPut,
    tokenTtlSeconds: options.tokenTtlSeconds,
    expiresInSkewSeconds: options.expiresInSkewSeconds,
    passwordExpiryUTC: options.passwordExpiryUTC,
    searchLagMs: options.searchLagMs,
    password: options.credentials.password,
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
