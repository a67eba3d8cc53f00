import { z } from 'zod';
import type { Fields } from '../../../mappings/fields';
import type { RecordKind, Side } from '../../../mappings/weavy-webmecanik/crm-record';
import type { SimRecord, SimulatorControl } from '../../../simulators/control';

/** A record of either simulator, in one form. */
export interface SideRecord {
  kind: RecordKind;
  id: string;
  fields: Fields;
  /** By the platform's own clock, ms since 1970; null when it does not say. */
  at: number | null;
  /** Not logically deleted in weavy, no anonymous visitor in Mautic. */
  isLive: boolean;
  /** Mautic: any do-not-contact entry. */
  isBarred: boolean;
}

/** What stands on both sides at one moment. */
export type SidesState = Readonly<Record<RecordKind, SideRecord[]>>;

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const rawSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  fields: z.record(z.string(), value),
  srvDateUTC: z.string().optional(),
  srvAttrib: z.number().optional(),
  dateAdded: z.string().nullish(),
  dateModified: z.string().nullish(),
  dateIdentified: z.string().nullish(),
  doNotContact: z.array(z.unknown()).default([]),
});

export function sideRecord(kind: RecordKind, raw: SimRecord): SideRecord {
  const { id, fields, doNotContact, ...rest } = rawSchema.parse(raw);
  const text =
    rest.srvDateUTC === undefined ? (rest.dateModified ?? rest.dateAdded ?? null) : `${rest.srvDateUTC}Z`;
  const isVisitor = kind === 'mautic/contact' && (rest.dateIdentified ?? null) === null;
  return {
    kind,
    id,
    fields,
    at: text === null ? null : Date.parse(text),
    isLive: (rest.srvAttrib ?? 0) === 0 && !isVisitor,
    isBarred: doNotContact.length > 0,
  };
}

export type Controls = Readonly<Record<Side, SimulatorControl>>;

/** The name of a kind for the control routes of its simulator. */
export function controlKind(kind: RecordKind): string {
  return kind.slice(kind.indexOf('/') + 1);
}

export async function readSides({ weavy, mautic }: Controls): Promise<SidesState> {
  const all = async (control: SimulatorControl, kind: RecordKind): Promise<SideRecord[]> =>
    (await control.records(controlKind(kind))).map((raw) => sideRecord(kind, raw));
  return {
    'weavy/customer': await all(weavy, 'weavy/customer'),
    'weavy/customercontact': await all(weavy, 'weavy/customercontact'),
    'weavy/marketinginbound': await all(weavy, 'weavy/marketinginbound'),
    'mautic/company': await all(mautic, 'mautic/company'),
    'mautic/contact': await all(mautic, 'mautic/contact'),
  };
}

/** The change time that a person's edit is given in place of now, in that platform's own form. */
export function timeValue(side: Side, at: number): Record<string, string> {
  const text = new Date(at).toISOString().slice(0, 19);
  return side === 'weavy' ? { srvDateUTC: text } : { dateModified: `${text}+00:00` };
}
