import type { z } from 'zod';
import { asRecordTime } from './clock';
import type { MauticObject } from './field-definition';
import type { mauticStateSchema } from './state';

export type FieldValue = string | number | boolean | null;
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** Rows are never changed in place: a save puts a new one. */
export interface CompanyRow {
  id: number;
  fields: FieldValues;
  dateAdded: string;
  /** Null until the first edit. */
  dateModified: string | null;
  /** The API gave it a key (e-mail, company name) that another record already had. */
  doubled: boolean;
}

export interface ContactRow extends CompanyRow {
  doNotContact: readonly DoNotContact[];
  tags: readonly string[];
  /** Aliases. */
  segments: readonly string[];
  /** In the order they were made. */
  companies: ReadonlyArray<{ id: number; primary: boolean }>;
  /** Null for an anonymous visitor. */
  dateIdentified: string | null;
  lastActive: string | null;
  points: number;
}

export interface DoNotContact {
  id: number;
  /** 1 unsubscribed, 2 bounced, 3 by hand. */
  reason: number;
  channel: string;
  comments: string;
}

/** The field that says who is who. */
export const KEY_OF: Record<MauticObject, string> = { contact: 'email', company: 'companyname' };

type State = z.output<typeof mauticStateSchema>;

export function companyOfState(state: State['company'][number], now: string): CompanyRow {
  return {
    id: state.id,
    fields: state.fields,
    dateAdded: asRecordTime(state.dateAdded ?? now),
    dateModified: state.dateModified ? asRecordTime(state.dateModified) : null,
    doubled: false,
  };
}

/** Without a time of identification, a contact counts as identified since it was added when it has a name or address. */
export function contactOfState(state: State['contact'][number], now: string): ContactRow {
  const row = companyOfState(state, now);
  const primary = state.companies.findLast((link) => link.primary)?.id;
  const since = state.dateIdentified === undefined ? identifiedSince(row) : state.dateIdentified;
  return {
    ...row,
    doNotContact: state.doNotContact.map((entry, index) => ({ id: index + 1, comments: '', ...entry })),
    tags: state.tags,
    segments: state.segments,
    companies: state.companies.map(({ id }) => ({ id, primary: id === primary })),
    dateIdentified: since === null ? null : asRecordTime(since),
    lastActive: row.dateAdded,
    points: state.points,
  };
}

function identifiedSince(row: CompanyRow): string | null {
  return isIdentified(row.fields) ? row.dateAdded : null;
}

/** Assumed: a name, a company or an e-mail address makes a visitor a known contact. */
export function isIdentified(fields: FieldValues): boolean {
  return ['firstname', 'lastname', 'company', 'email'].some((alias) => !isBlank(fields[alias]));
}

export function isBlank(value: unknown): value is null | undefined | '' {
  return value === null || value === undefined || value === '';
}

/** As the database compares texts: without case and outer spaces. */
export function folded(value: FieldValue): string {
  return String(value).trim().toLowerCase();
}

export function isSameKey(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  return folded(a ?? '') === folded(b ?? '');
}
