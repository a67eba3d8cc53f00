import type { Fields } from '../fields';

/** The two sides of this pair; each keeps what it is told, and each may be the one that is right. */
export type Side = 'weavy' | 'mautic';

/** What is synchronised: weavy's Tiers, Contact and Entrant; Mautic's company and contact. */
export const RECORD_KINDS = [
  'weavy/customer',
  'weavy/customercontact',
  'weavy/marketinginbound',
  'mautic/company',
  'mautic/contact',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** A couple is a company (Tiers and company) or a person (Contact or Entrant, and contact). */
export type CoupleKind = 'company' | 'person';

/** One object of one platform, as read. Fields carry the platform's own names; lists are one text, `a|b`. */
export interface CrmRecord {
  kind: RecordKind;
  /** weavy: the business code. Mautic: the number, as text. */
  id: string;
  fields: Fields;
  /** Last change by the platform's own clock, in ms since 1970; null when it does not say. */
  modifiedAt: number | null;
  /** weavy: logically deleted. Mautic never says so. */
  deleted: boolean;
  /** weavy Contact: the code of its Tiers (`customer_ID`). Null elsewhere. */
  tiersId: string | null;
  /** Mautic contact: a do-not-contact entry of the e-mail channel with reason 2 (NPAI). False elsewhere. */
  bounced: boolean;
  /** Mautic contact: names of its tags. Empty elsewhere. */
  tags: string[];
}

/** How outcomes, attention items and the command line name a record: `mautic/contact/81`. */
export function recordIdOf(record: Pick<CrmRecord, 'kind' | 'id'>): string {
  return `${record.kind}/${record.id}`;
}

/** The kind and the platform's own id of a record id; null for a text that is none. Codes of weavy may hold slashes. */
export function parseRecordId(recordId: string): { kind: RecordKind; id: string } | null {
  const kind = RECORD_KINDS.find((each) => recordId.startsWith(`${each}/`));
  if (kind === undefined || recordId.length === kind.length + 1) return null;
  return { kind, id: recordId.slice(kind.length + 1) };
}

export function sideOf(kind: RecordKind): Side {
  return kind.startsWith('weavy/') ? 'weavy' : 'mautic';
}

export function coupleKindOf(kind: RecordKind): CoupleKind {
  return kind === 'weavy/customer' || kind === 'mautic/company' ? 'company' : 'person';
}
