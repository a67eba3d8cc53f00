import type { Queryable } from '../pool';
import { nameForms, type PersonalValues, phoneForms } from './personal-values';

/** Whom to look for: everybody with this e-mail (small letters), or who stands in this record. */
export type Wanted = { email: string } | { sync: string; recordId: string };

/** What of a person stands in one sync. */
export interface PersonIn {
  sync: string;
  pair: string;
  /** Records that are the person's, or name them now. */
  records: string[];
  /** Records that named them once, or whose participant they are. */
  former: string[];
  /** What participants are known by: `email:...`, `dossier:...`. */
  keys: string[];
  /** Ids of the person's participants. */
  participants: string[];
}

export interface FoundPerson {
  values: PersonalValues;
  places: PersonIn[];
}

/** Rounds of following one record to another; each brings at least one new e-mail or record. */
const ROUNDS = 20;

/**
 * Follows a person through all these syncs: records with the e-mail, the records that those are linked to, their e-mails,
 * and so on. Whoever shares an e-mail is one person here, as in the syncs themselves.
 */
export async function findPerson(
  tx: Queryable,
  syncs: ReadonlyArray<{ slug: string; pair: string }>,
  wanted: Wanted,
): Promise<FoundPerson> {
  const search = new Search(wanted);
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = search.size;
    for (const { slug, pair } of syncs) {
      const place = search.placeOf(slug, pair);
      if (pair === 'planexpo-inwink') await lookAmongDossiers(tx, search, place);
      if (pair === 'weavy-webmecanik') await lookAmongRecords(tx, search, place);
    }
    if (search.size === before) break;
  }
  return search.found();
}

interface Place {
  sync: string;
  pair: string;
  records: Set<string>;
  former: Set<string>;
  keys: Set<string>;
  participants: Set<string>;
}

/** What is known of the person so far. */
class Search {
  readonly emails = new Set<string>();
  readonly phones = new Set<string>();
  readonly names = new Set<string>();
  private readonly places = new Map<string, Place>();

  constructor(private readonly wanted: Wanted) {
    if ('email' in wanted) this.emails.add(wanted.email);
  }

  placeOf(sync: string, pair: string): Place {
    const known = this.places.get(sync);
    if (known !== undefined) return known;
    const isNamed = 'recordId' in this.wanted && this.wanted.sync === sync;
    const place: Place = {
      sync,
      pair,
      records: new Set(isNamed && 'recordId' in this.wanted ? [this.wanted.recordId] : []),
      former: new Set(),
      keys: new Set(),
      participants: new Set(),
    };
    this.places.set(sync, place);
    return place;
  }

  addEmail(value: unknown): void {
    if (typeof value !== 'string') return;
    const email = value.trim().toLowerCase();
    if (email.includes('@')) this.emails.add(email);
  }

  addPerson(person: { first: unknown; last: unknown; phones: unknown[] }): void {
    for (const name of nameForms(person.first, person.last)) this.names.add(name);
    for (const phone of person.phones.flatMap(phoneForms)) this.phones.add(phone);
  }

  get size(): number {
    const inPlaces = [...this.places.values()].map(
      ({ records, former, keys, participants }) => records.size + former.size + keys.size + participants.size,
    );
    return inPlaces.reduce((sum, n) => sum + n, this.emails.size);
  }

  found(): FoundPerson {
    return {
      values: { emails: [...this.emails], phones: [...this.phones], names: [...this.names] },
      places: [...this.places.values()].map(({ sync, pair, records, former, keys, participants }) => ({
        sync,
        pair,
        records: [...records],
        former: [...former],
        keys: [...keys],
        participants: [...participants],
      })),
    };
  }
}

type Contact = Record<string, unknown> | null;

async function lookAmongDossiers(tx: Queryable, search: Search, place: Place): Promise<void> {
  const emails = [...search.emails];
  const { rows: dossiers } = await tx.query<{ id: string; key: string | null; contact: Contact }>(
    `select record_id as id, contact_key as key, body->'bookingContact' as contact from staged_record
     where sync = $1 and (contact_key = any($2) or record_id = any($3) or lower(trim(body->'bookingContact'->>'email')) = any($4))`,
    [place.sync, [...place.keys, ...emails.map((email) => `email:${email}`)], [...place.records], emails],
  );
  for (const { id, key, contact } of dossiers) {
    place.records.add(id);
    if (key !== null) addKey(search, place, key);
    if (contact === null) continue;
    search.addEmail(contact.email);
    const { firstName: first, lastName: last, phone1, phone2 } = contact;
    search.addPerson({ first, last, phones: [phone1, phone2] });
  }
  const { rows: audited } = await tx.query<{ id: string; record: string | null }>(
    `select distinct target_id as id, record_id as record from audit
     where sync = $1 and kind = 'participant' and field = 'email' and target_id is not null
       and (lower(before #>> '{}') = any($2) or lower(after #>> '{}') = any($2))`,
    [place.sync, emails],
  );
  for (const { id, record } of audited) {
    place.participants.add(id);
    if (record !== null) place.former.add(record);
  }
  await lookAmongParticipants(tx, search, place);
}

type SentAndStored = Record<string, { sent: unknown; stored: unknown }>;

async function lookAmongParticipants(tx: Queryable, search: Search, place: Place): Promise<void> {
  const { rows } = await tx.query<{ key: string; id: string; owner: string | null; base: SentAndStored }>(
    `select source_key as key, target_id as id, owner_record as owner, base from link
     where sync = $1 and kind = 'participant' and (source_key = any($2) or target_id = any($3))`,
    [
      place.sync,
      [...place.keys, ...[...search.emails].map((email) => `email:${email}`)],
      [...place.participants],
    ],
  );
  for (const { key, id, owner, base } of rows) {
    addKey(search, place, key);
    place.participants.add(id);
    if (owner !== null) place.former.add(owner);
    for (const form of ['sent', 'stored'] as const) {
      const of = (field: string) => base[field]?.[form];
      search.addPerson({
        first: of('firstname'),
        last: of('lastname'),
        phones: [of('phone'), of('mobilePhone')],
      });
    }
  }
  await lookForFormerKeys(tx, place);
}

/** Addresses that the person's participants had before, unless somebody else goes by them now: known in this sync only. */
async function lookForFormerKeys(tx: Queryable, place: Place): Promise<void> {
  const { rows } = await tx.query<{ key: string }>(
    `select distinct k.key from audit a, unnest(array[a.before, a.after]) as v, lateral (select 'email:' || lower(v #>> '{}') as key) k
     where a.sync = $1 and a.kind = 'participant' and a.field = 'email' and a.target_id = any($2) and v #>> '{}' like '%@%'
       and not exists (select 1 from staged_record s where s.sync = $1 and s.contact_key = k.key)
       and not exists (select 1 from link l where l.sync = $1 and l.kind = 'participant' and l.source_key = k.key and l.target_id <> all($2))`,
    [place.sync, [...place.participants]],
  );
  for (const { key } of rows) place.keys.add(key);
}

/** The e-mails among the keys of a place. */
export function emailsOf(keys: readonly string[]): string[] {
  return keys.flatMap((key) => (key.startsWith('email:') ? [key.slice('email:'.length)] : []));
}

function addKey(search: Search, place: Place, key: string): void {
  place.keys.add(key);
  for (const email of emailsOf([key])) search.addEmail(email);
}

const PERSONS = ['weavy/customercontact', 'weavy/marketinginbound', 'mautic/contact'];
const PHONE_FIELD = /phone|mobile|gsm|fax|^tel/i;

async function lookAmongRecords(tx: Queryable, search: Search, place: Place): Promise<void> {
  const emails = [...search.emails];
  const { rows } = await tx.query<{
    id: string;
    key: string | null;
    fields: Record<string, unknown> | null;
    linked: string[];
  }>(
    `select s.record_id as id, s.match_key as key, s.body->'fields' as fields,
       array(select unnest(array[c.weavy_record, c.mautic_record]) from couple c
             where c.sync = s.sync and c.kind = 'person' and (c.weavy_record = s.record_id or c.mautic_record = s.record_id)) as linked
     from staged_record s
     where s.sync = $1 and s.kind = any($2)
       and (s.match_key = any($3) or s.record_id = any($4) or lower(trim(s.body->'fields'->>'email')) = any($3))`,
    [place.sync, PERSONS, emails, [...place.records]],
  );
  for (const { id, key, fields, linked } of rows) {
    for (const record of [id, ...linked]) if (record !== null) place.records.add(record);
    search.addEmail(key);
    search.addEmail(fields?.email);
    const phones = Object.entries(fields ?? {}).flatMap(([name, value]) =>
      PHONE_FIELD.test(name) ? [value] : [],
    );
    search.addPerson({
      first: fields?.firstName ?? fields?.firstname,
      last: fields?.lastName ?? fields?.lastname,
      phones,
    });
  }
}
