import { z } from 'zod';
import type { ServerOptions } from '../core/server-parts';
import type { MauticFieldInput } from './field-definition';
import type { MauticState } from './state';

export const VERSIONS = [3, 4, 5] as const;
export type MauticVersion = (typeof VERSIONS)[number];

/** What an administrator may switch while the simulator runs (`POST /_sim/settings`). */
export const settingsSchema = z.object({
  /** `off`: every call is 403 of type `api_disabled`. */
  api: z.enum(['on', 'off']),
  /** `old`: failures to sign in are `{"error","error_description"}`. */
  errorForm: z.enum(['errors', 'old']),
  /** Whether companies show `dateAdded` and `dateModified`. `by-version`: hidden on 5 (assumed). */
  companyDates: z.enum(['shown', 'hidden', 'by-version']),
  /** What a numeric 0 in a POST or PATCH of a contact does: `dropped` by every released version. */
  zeros: z.enum(['dropped', 'written']),
  /** Calls per 3600 s; 0 = none. */
  hourlyLimit: z.number().int().min(0),
});

export type MauticSettings = z.output<typeof settingsSchema>;

export interface MauticSimulatorOptions extends ServerOptions {
  /** What is not given is switched off. */
  credentials: {
    basic?: { username: string; password: string } | undefined;
    oauth2?: { clientId: string; clientSecret: string } | undefined;
  };
  /** Default 4. `POST /_sim/version` changes it at run time. */
  version?: MauticVersion | undefined;
  /** Default: nothing. */
  initial?: MauticState | undefined;
  /** Custom fields beside the default ones, from the start. */
  fields?: readonly MauticFieldInput[] | undefined;
  /** Default 3600. */
  tokenTtlSeconds?: number | undefined;
  /** How far this server's clock is ahead, also in its `Date` header. Default 0. */
  clockSkewMs?: number | undefined;
  api?: MauticSettings['api'] | undefined;
  errorForm?: MauticSettings['errorForm'] | undefined;
  companyDates?: 'shown' | 'hidden' | undefined;
  zeros?: MauticSettings['zeros'] | undefined;
  hourlyLimit?: number | undefined;
}

export function settingsOf(options: MauticSimulatorOptions): MauticSettings {
  return {
    api: options.api ?? 'on',
    errorForm: options.errorForm ?? 'errors',
    companyDates: options.companyDates ?? 'by-version',
    zeros: options.zeros ?? 'dropped',
    hourlyLimit: options.hourlyLimit ?? 0,
  };
}
