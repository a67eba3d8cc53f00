import { z } from 'zod';
import type { PersonChange } from '../core/platform';
import { asRecordTime } from './clock';
import { commitCompany, commitContact, removeCompany, removeContact } from './commit';
import { withPrimary } from './company-links';
import { blankCompany } from './company-saves';
import { blankContact } from './contact-saves';
import { fieldSchema, OBJECTS } from './field-definition';
import { badRequest, notFound } from './problems';
import type { CompanyRow, ContactRow } from './records';
import { turnSettings } from './turn-settings';
import { type MauticWorld, numberedField } from './world';

const time = z.string().transform(asRecordTime);
const companyValue = z.strictObject({
  id: z.number().int().positive().optional(),
  /** Only the fields that change. */
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
  dateAdded: time.optional(),
  /** In place of now. */
  dateModified: time.nullable().optional(),
});
const contactValue = companyValue.extend({
  doNotContact: z
    .array(z.object({ reason: z.number().int().min(1).max(3), channel: z.string().default('email') }))
    .optional(),
  tags: z.array(z.string()).optional(),
  segments: z.array(z.string()).optional(),
  companies: z.array(z.object({ id: z.number().int(), primary: z.boolean().default(false) })).optional(),
  dateIdentified: time.nullable().optional(),
  points: z.number().int().optional(),
});

/**
 * What people do in Mautic, and its administrators. They are held to fewer rules than the API: a person can make the
 * second contact with one e-mail. Values have the form of the initial state; `fields` holds only what changes.
 */
export function changeMautic(world: MauticWorld, kind: string, change: PersonChange): unknown {
  switch (kind) {
    case 'contact':
      return changeContact(world, change);
    case 'company':
      return changeCompany(world, change);
    case 'field':
      return changeField(world, change);
    case 'permission':
      return changePermission(world, change);
    case 'setting':
      return turnSettings(world, change.value);
    default:
      throw badRequest(`There are no records "${kind}".`);
  }
}

function changeContact(world: MauticWorld, change: PersonChange): unknown {
  const value = contactValue.parse(change.value ?? {});
  const id = idOf(change, value.id);
  const before = id === null ? null : (world.contact.get(id) ?? null);
  if (!before && change.action !== 'upsert') throw notFound();
  if (before && change.action === 'delete') {
    removeContact(world, before);
    return null;
  }
  const start = before ?? { ...blankContact(world), ...(id === null ? {} : { id }) };
  const { doNotContact, companies, ...others } = given(value);
  const after: ContactRow = {
    ...start,
    ...others,
    id: start.id,
    fields: fieldsAfter(start, value.fields, change),
    doNotContact:
      doNotContact?.map((each, index) => ({ id: index + 1, comments: '', ...each })) ?? start.doNotContact,
    companies: companies ? linksOf(companies) : start.companies,
  };
  const row = commitContact(world, before, after, 'person');
  const timed = { ...row, ...timesAfter(row, before, value.dateModified, change) };
  world.contact.put(timed);
  return timed;
}

function changeCompany(world: MauticWorld, change: PersonChange): unknown {
  const value = companyValue.parse(change.value ?? {});
  const id = idOf(change, value.id);
  const before = id === null ? null : (world.company.get(id) ?? null);
  if (!before && change.action !== 'upsert') throw notFound();
  if (before && change.action === 'delete') {
    removeCompany(world, before);
    return null;
  }
  const start = before ?? { ...blankCompany(world), ...(id === null ? {} : { id }) };
  const fields = fieldsAfter(start, value.fields, change);
  const after: CompanyRow = { ...start, ...given(value), id: start.id, fields };
  const row = commitCompany(world, before, after, 'person');
  const timed = { ...row, ...timesAfter(row, before, value.dateModified, change) };
  world.company.put(timed);
  return timed;
}

function idOf(change: PersonChange, given: number | undefined): number | null {
  if (change.id === undefined) return given ?? null;
  return z.coerce.number().int().positive().parse(change.id);
}

/** Only the keys that were given. */
function given<T extends Record<string, unknown>>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  // the same keys and values, less those that are undefined
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** `unset` names fields, `phone` or `fields.phone`. */
function fieldsAfter(
  before: CompanyRow,
  edits: CompanyRow['fields'],
  change: PersonChange,
): CompanyRow['fields'] {
  const unset = (change.unset ?? []).map((path) => [path.replace(/^fields\./, ''), null] as const);
  return { ...before.fields, ...edits, ...Object.fromEntries(unset) };
}

function linksOf(companies: ReadonlyArray<{ id: number; primary: boolean }>): ContactRow['companies'] {
  const links = companies.map(({ id }) => ({ id, primary: false }));
  const primary = companies.findLast((link) => link.primary);
  return primary ? withPrimary(links, primary.id) : links;
}

function timesAfter(
  row: CompanyRow,
  before: CompanyRow | null,
  dateModified: string | null | undefined,
  change: PersonChange,
): Pick<CompanyRow, 'dateModified'> {
  if (dateModified !== undefined) return { dateModified };
  if (change.keepUpdatedAt && before) return { dateModified: before.dateModified };
  return { dateModified: row.dateModified };
}

/** The id of a field is `contact/crm_id`. A removed field takes its values with it. */
function changeField(world: MauticWorld, change: PersonChange): unknown {
  const [object = '', alias = ''] = (change.id ?? '').split('/', 2);
  const before = world.fields.find((field) => field.object === object && field.alias === alias);
  if (!before && change.action !== 'upsert') throw notFound();
  if (before && change.action === 'delete') {
    world.fields = world.fields.filter((field) => field !== before);
    dropValues(world, before.object, alias);
    return null;
  }
  const input = { ...before, ...change.value, object, alias };
  const field = before ? { ...fieldSchema.parse(input), id: before.id } : numberedField(world, input);
  world.fields = before
    ? world.fields.map((each) => (each === before ? field : each))
    : [...world.fields, field];
  return field;
}

function dropValues(world: MauticWorld, object: (typeof OBJECTS)[number], alias: string): void {
  const without = <R extends CompanyRow>(row: R): R => {
    const { [alias]: _dropped, ...fields } = row.fields;
    return { ...row, fields };
  };
  if (object === 'contact') for (const row of world.contact.all()) world.contact.put(without(row));
  else for (const row of world.company.all()) world.company.put(without(row));
}

const permissionSchema = z.strictObject({
  view: z.boolean().optional(),
  create: z.boolean().optional(),
  edit: z.boolean().optional(),
});

/** The id is `contact` or `company`; only the rights that change. */
function changePermission(world: MauticWorld, change: PersonChange): unknown {
  const object = z.enum(OBJECTS).parse(change.id);
  const rights = given(permissionSchema.parse(change.value ?? {}));
  world.permissions[object] = { ...world.permissions[object], ...rights };
  return { id: object, ...world.permissions[object] };
}
