import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Language } from '../../mappings/reason-types';
import type { SignedIn } from '../access/principal';
import type { ServiceEnv } from '../parts';

/** For whom a page is made: what texts, times and forms depend on. */
export interface View {
  language: Language;
  /** Time zone of the reader, as the browser told; that of the customers until it did. */
  zone: string;
  signedIn: SignedIn;
  /** Address of the page, without its query. */
  path: string;
}

const DEFAULT_ZONE = 'Europe/Paris';
const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const satisfies Record<Language, string>;

export function viewOf(c: Context<ServiceEnv>): View {
  return {
    language: c.get('language'),
    zone: zoneOf(getCookie(c, 'passerelle_zone')),
    signedIn: c.get('signedIn'),
    path: c.req.path,
  };
}

function zoneOf(told: string | undefined): string {
  if (told === undefined) return DEFAULT_ZONE;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: told }).resolvedOptions().timeZone;
  } catch {
    return DEFAULT_ZONE;
  }
}

export function timeText(at: Date, { language, zone }: View): string {
  const style = { dateStyle: 'short', timeStyle: 'short', timeZone: zone } as const;
  return new Intl.DateTimeFormat(LOCALES[language], style).format(at);
}

export function numberText(value: number, { language }: View): string {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 1 }).format(value);
}

/** `1 min 20 s`: a span of time, in seconds. */
export function durationText(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1_000)} ms`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Any stored value in one line; blank and absent ones are told by the caller. */
export function valueText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
