import { createHash } from 'node:crypto';
import { noteForgotten } from '../db/forget/audit';
import { clearCrmRecords } from '../db/forget/clear-crm-records';
import { type Cleared, clearDossiers } from '../db/forget/clear-dossiers';
import { emailsOf, type FoundPerson, findPerson, type Wanted } from '../db/forget/find-person';
import { freePlaces, holdParticipants, holdPlaces } from '../db/forget/hold-places';
import { matcher } from '../db/forget/personal-values';
import { redact } from '../db/forget/redact';
import { type SearchResult, searchEverything } from '../db/forget/search-everything';
import { hasUnsettledCreate, knownSyncs } from '../db/forget/standing';
import { inTransaction, type Queryable } from '../db/pool';
import { findRecords } from '../db/reading';
import { normaliseEmail } from '../mappings/normalise/email';
import { parseRecordId } from '../mappings/weavy-webmecanik/crm-record';
import type { OperationContext } from './context';
import { Refusal } from './refusal';
import { syncOf } from './syncs';

/** What was done to forget a person, and what was found of them afterwards. It names nobody. */
export interface ForgetReport {
  /** sha256 of the e-mail in small letters (of the record's id where there is none): the subject in the audit of accesses. */
  subject: string;
  syncs: string[];
  /** Records that were the person's or named them; they stay known by these ids. */
  records: Array<{ sync: string; record: string }>;
  /** Rows that were changed or removed, by table. */
  changed: Record<string, number>;
  /** A search through every column after the commit. `hits` is empty, or the person is not forgotten. */
  proof: SearchResult;
  isForgotten: boolean;
}

type SyncRow = { slug: string; pair: string };

/**
 * Takes a person out of what Passerelle keeps and proves it; ids, hashes and counts stay. `person` is an e-mail, or a record
 * (private or public id, `mautic/contact/81`) for whose contact the same is done. What the platforms hold is theirs: it
 * comes back with the next read, unless the person is forgotten there first. Refuses (`conflict`) while a run is under
 * way, or while it is not settled whether a record of the person was just created.
 */
export async function forgetPerson(
  context: OperationContext,
  person: string,
  { sync }: { sync?: string | undefined } = {},
): Promise<ForgetReport> {
  const { configuration, pool, actor } = context;
  if (sync !== undefined) syncOf(configuration, sync);
  const syncs = (await knownSyncs(pool)).filter(({ slug }) => sync === undefined || slug === sync);
  const slugs = syncs.map(({ slug }) => slug);
  const wanted = await wantedOf(context, syncs, person);

  const { found, subject, changed } = await inTransaction(pool, async (tx) => {
    await hold(tx, slugs);
    const found = await findPerson(tx, syncs, wanted);
    await assertQuiet(tx, found);
    const changed = await clear(tx, found);
    const subject = subjectOf(wanted, found);
    const records = found.places.reduce((sum, place) => sum + place.records.length, 0);
    await noteForgotten(tx, { actor, subject, detail: { syncs: slugs, records, changed } });
    await freePlaces(tx, slugs);
    return { found, subject, changed };
  }).catch(asRefusal);

  const proof = await searchEverything(pool, found, slugs);
  return {
    subject,
    syncs: slugs,
    records: found.places.flatMap(({ sync: slug, records }) =>
      [...records].sort().map((record) => ({ sync: slug, record })),
    ),
    changed,
    proof,
    isForgotten: proof.hits.length === 0,
  };
}

/** Rows that somebody else works on, for longer than we wait: another forgetting, or the pass of a single record. */
function asRefusal(error: unknown): never {
  const isHeld = typeof error === 'object' && error !== null && 'code' in error && error.code === '55P03';
  if (!isHeld) throw error;
  throw new Refusal(
    'conflict',
    'somebody else works on the same records: nothing was changed; ask again in a minute',
  );
}

/** Whom the text names; a text with an @ is an e-mail. */
async function wantedOf(
  { pool }: OperationContext,
  syncs: readonly SyncRow[],
  person: string,
): Promise<Wanted> {
  const named = person.trim();
  if (named.includes('@')) {
    const email = normaliseEmail(named).value;
    if (email) return { email };
    throw new Refusal('invalid', 'this is no e-mail: nobody was forgotten');
  }
  for (const { slug, pair } of syncs) {
    const [record, another] = named === '' ? [] : await findRecords(pool, slug, named);
    if (record === undefined) continue;
    if (another !== undefined)
      throw new Refusal(
        'invalid',
        `several records of "${slug}" answer to this id: name one by its whole id`,
      );
    assertNamesPerson(pair, record.recordId);
    return { sync: slug, recordId: record.recordId };
  }
  throw new Refusal(
    'not-found',
    'no record has this id: name a person by an e-mail or by the id of a record',
  );
}

function assertNamesPerson(pair: string, recordId: string): void {
  const kind = parseRecordId(recordId)?.kind;
  const isCompany = kind === 'weavy/customer' || kind === 'mautic/company';
  if (pair === 'planexpo-inwink' || (pair === 'weavy-webmecanik' && !isCompany)) return;
  throw new Refusal('invalid', `${recordId} is no person: name one by an e-mail, a contact or a dossier`);
}

async function hold(tx: Queryable, slugs: readonly string[]): Promise<void> {
  const taken = await holdPlaces(tx, slugs);
  if (taken === null) return;
  throw new Refusal(
    'conflict',
    `a run of "${taken.sync}" is under way (${taken.workflowId}): nothing was changed; ask again when it has ended`,
  );
}

async function assertQuiet(tx: Queryable, { places }: FoundPerson): Promise<void> {
  for (const place of places) {
    if (!(await holdParticipants(tx, place.sync, place.keys)))
      throw new Refusal(
        'conflict',
        'a record of this person is being written right now: nothing was changed; ask again in a minute',
      );
    if (await hasUnsettledCreate(tx, place))
      throw new Refusal(
        'conflict',
        `a record of this person may just have been created without an answer: run "${place.sync}" first, or ask again in an hour`,
      );
  }
}

/** Own rows first, in the way of each pair; then whatever else holds the e-mail. */
async function clear(tx: Queryable, { values, places }: FoundPerson): Promise<Cleared> {
  const changed: Cleared = {};
  const add = (rows: Partial<Cleared>) => {
    for (const [table, n = 0] of Object.entries(rows)) if (n > 0) changed[table] = (changed[table] ?? 0) + n;
  };
  for (const place of places) {
    // former addresses are the person's in this sync only
    const emails = [...new Set([...values.emails, ...emailsOf(place.keys)])];
    const everything = [...emails, ...values.phones, ...values.names];
    const matches = matcher(everything);
    if (place.pair === 'planexpo-inwink') add(await clearDossiers(tx, place, emails, matches));
    if (place.pair === 'weavy-webmecanik')
      add(await clearCrmRecords(tx, place, emails, matcher(emails), matches));
    const syncs = [place.sync];
    add(await redact(tx, { syncs, values: emails, matches: matcher(emails) }));
    const recordIds = [...place.records, ...place.former];
    add(await redact(tx, { syncs, values: everything, matches, of: { recordIds } }));
  }
  return changed;
}

function subjectOf(wanted: Wanted, { values }: FoundPerson): string {
  const [email] = values.emails;
  const text = 'email' in wanted ? wanted.email : (email ?? `${wanted.sync}/${wanted.recordId}`);
  return createHash('sha256').update(text).digest('hex');
}
