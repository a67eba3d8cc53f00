import { z } from 'zod';
import type { WeavyWebmecanikStack } from './stack';

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const fieldsSchema = z.record(z.string(), valueSchema);
const weavyRowSchema = z.looseObject({ id: z.string(), fields: fieldsSchema, srvAttrib: z.number() });
const mauticRowSchema = z.looseObject({
  id: z.number(),
  fields: fieldsSchema,
  companies: z.array(z.object({ id: z.number(), primary: z.boolean() })).optional(),
});

/** A live record as its simulator holds it. */
export interface HeldRecord {
  /** `mautic/contact/81`, as attention items and the command line name it. */
  recordId: string;
  /** What it is known by on the other side, without case and spare spaces; null for a blank. */
  key: string | null;
  fields: z.infer<typeof fieldsSchema>;
  /** The company that a person belongs to, as a record id: the Tiers of a Contact, the primary company of a contact. */
  company: string | null;
}

/** Everything that both platforms hold. */
export interface HeldRecords {
  customer: HeldRecord[];
  customercontact: HeldRecord[];
  marketinginbound: HeldRecord[];
  company: HeldRecord[];
  /** Without anonymous visitors. */
  contact: HeldRecord[];
}

/** Asks both simulators behind the product's back: nothing here comes from the database or through the API. */
export async function heldRecords({ weavy, mautic }: WeavyWebmecanikStack): Promise<HeldRecords> {
  const weavyRows = async (kind: string, key: string) => {
    const rows = z.array(weavyRowSchema).parse(await weavy.records(kind));
    return rows.filter(({ srvAttrib }) => srvAttrib === 0).map((row) => weavyRecord(kind, key, row));
  };
  const mauticRows = async (kind: string, key: string) =>
    z
      .array(mauticRowSchema)
      .parse(await mautic.records(kind))
      .map((row) => mauticRecord(kind, key, row));
  const contacts = await mauticRows('contact', 'email');
  return {
    customer: await weavyRows('customer', 'name'),
    customercontact: await weavyRows('customercontact', 'email'),
    marketinginbound: await weavyRows('marketinginbound', 'email'),
    company: await mauticRows('company', 'companyname'),
    contact: contacts.filter(({ fields }) => Object.values(fields).some((value) => value !== null)),
  };
}

function weavyRecord(kind: string, key: string, row: z.infer<typeof weavyRowSchema>): HeldRecord {
  const tiers = row.fields.customer_ID ?? null;
  return {
    recordId: `weavy/${kind}/${row.id}`,
    key: folded(row.fields[key]),
    fields: row.fields,
    company: kind !== 'customercontact' || tiers === null ? null : `weavy/customer/${tiers}`,
  };
}

function mauticRecord(kind: string, key: string, row: z.infer<typeof mauticRowSchema>): HeldRecord {
  const primary = row.companies?.find((link) => link.primary);
  return {
    recordId: `mautic/${kind}/${row.id}`,
    key: folded(row.fields[key]),
    fields: row.fields,
    company: primary === undefined ? null : `mautic/company/${primary.id}`,
  };
}

/** The demo's keys are the names of companies and the e-mails of persons. */
function folded(value: unknown): string | null {
  const text = String(value ?? '')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase();
  return text === '' ? null : text;
}

/** The records of each key; those without one are left out. */
export function byKey(records: readonly HeldRecord[]): Map<string, HeldRecord[]> {
  const sets = new Map<string, HeldRecord[]>();
  for (const record of records) {
    if (record.key === null) continue;
    const set = sets.get(record.key);
    if (set === undefined) sets.set(record.key, [record]);
    else set.push(record);
  }
  return sets;
}
