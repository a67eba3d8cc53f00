import type { MauticField, MauticObject } from './field-definition';
import { phpArray } from './php';
import type { CompanyRow, ContactRow } from './records';
import { fieldsOf, type MauticWorld, numberOf } from './world';

type Json = Record<string, unknown>;

/** A contact as replies and webhooks show it. */
export function contactJson(world: MauticWorld, row: ContactRow): Json {
  return {
    id: row.id,
    isPublished: true,
    dateAdded: row.dateAdded,
    dateModified: row.dateModified,
    createdBy: null,
    modifiedBy: null,
    owner: null,
    points: row.points,
    color: '',
    fields: fieldGroups(world, 'contact', row, { points: row.points }),
    lastActive: row.lastActive,
    dateIdentified: row.dateIdentified,
    preferredProfileImage: 'gravatar',
    doNotContact: row.doNotContact.map((entry) => ({ ...entry, channelId: null })),
    tags: row.tags.map((tag) => ({ id: numberOf(world, `tag ${tag}`), tag })),
    ipAddresses: [],
    utmtags: [],
    stage: null,
  };
}

/** A company; whether it shows its dates is a setting, and by default a matter of the version (assumed). */
export function companyJson(world: MauticWorld, row: CompanyRow): Json {
  const { companyDates } = world.settings;
  const isHidden = companyDates === 'by-version' ? world.version >= 5 : companyDates === 'hidden';
  return {
    isPublished: true,
    ...(isHidden ? {} : { dateAdded: row.dateAdded, dateModified: row.dateModified }),
    id: row.id,
    fields: fieldGroups(world, 'company', row, {}),
    score: 0,
  };
}

function fieldGroups(world: MauticWorld, object: MauticObject, row: CompanyRow, others: Json): Json {
  const fields = fieldsOf(world, object);
  const group = (name: MauticField['group']): unknown =>
    phpArray(
      fields
        .filter((field) => field.group === name)
        .map((field) => [field.alias, fieldJson(field, row)] as const),
    );
  const all = Object.fromEntries(fields.map(({ alias }) => [alias, row.fields[alias] ?? null]));
  return {
    core: group('core'),
    social: group('social'),
    personal: group('personal'),
    professional: group('professional'),
    all: { id: row.id, ...others, ...all },
  };
}

function fieldJson({ id, label, alias, type, group }: MauticField, row: CompanyRow): Json {
  return { id: String(id), label: label ?? alias, alias, type, group, value: row.fields[alias] ?? null };
}

/** Flat rows, texts as the database gives them (assumed). */
export function companyLinksJson(world: MauticWorld, contact: ContactRow): Json {
  const companies = contact.companies.flatMap(({ id, primary }) => {
    const row = world.company.get(id);
    if (!row) return [];
    const text = String(id);
    return [{ id: text, company_id: text, is_primary: primary ? '1' : '0', ...row.fields }];
  });
  return { total: companies.length, companies };
}

export function segmentsJson(world: MauticWorld, contact: ContactRow): Json {
  const lists = contact.segments.map((alias) => {
    const id = numberOf(world, `segment ${alias}`);
    return [id, { id, name: alias, alias }] as const;
  });
  return { total: lists.length, lists: lists.length === 0 ? [] : Object.fromEntries(lists) };
}

export function definitionJson(field: MauticField, order: number): Json {
  const { id, alias, type, group, options, defaultValue, isRequired, isUniqueIdentifier, isPublished } =
    field;
  return {
    isPublished,
    id,
    label: field.label ?? alias,
    alias,
    type,
    group,
    order,
    object: field.object === 'contact' ? 'lead' : 'company',
    defaultValue,
    isRequired,
    isPubliclyUpdatable: false,
    isUniqueIdentifier,
    properties: options.length === 0 ? [] : { list: options },
  };
}
