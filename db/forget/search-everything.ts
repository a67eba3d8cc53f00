import { inTransaction, type Pool, type Queryable } from '../pool';
import { emailsOf, type FoundPerson } from './find-person';
import { FORGOTTEN, holds, likePatterns, type Matches, matcher } from './personal-values';

/** Why something that was found may stay. */
export type Stays =
  /** Somebody who works with Passerelle, as the one who acted or signed in. */
  | 'actor'
  /** A phone number that also is in a record of somebody else. */
  | 'shared-phone'
  /** In a sync that was not asked for. */
  | 'other-sync'
  /** The name of a company that is called like the person. */
  | 'company-name';

/** A column in which something of the person stands, and in how many rows. */
export interface Hit {
  column: string;
  rows: number;
}

export interface SearchResult {
  columns: number;
  /** What must not be there any more. */
  hits: Hit[];
  stays: Array<Hit & { why: Stays }>;
}

/** Those who work with Passerelle are not the people in the records: their accounts are closed, not forgotten. */
const ACTORS = new Set([
  ...['account.login', 'account.name', 'account.oidc_subject', 'account.created_by', 'login_attempt.key'],
  ...['api_token.name', 'api_token.created_by', 'api_token.revoked_by', 'access_audit.actor'],
  ...['access_audit.subject', 'access_audit.detail', 'audit.actor', 'attention_item.decided_by'],
  ...[
    'mask_version.imported_by',
    'mask_upload.uploaded_by',
    'mapping_version.put_by',
    'mapping_draft.drafted_by',
  ],
  ...['plan_choice.actor', 'run_request.actor'],
]);

/** The end of a piece goes before the next one: a value may stand across both. */
const SOURCES: Readonly<Record<string, string>> = {
  feed_chunk: `(select version_id, seq, coalesce(substring(lag(bytes) over w from greatest(1, length(lag(bytes) over w) - 255)), '') || bytes as bytes
    from feed_chunk window w as (partition by version_id order by seq)) as feed_chunk`,
};

interface Column {
  table: string;
  name: string;
  type: string;
}

/**
 * Looks through every column of every table that can hold a text: for the e-mails and phones in all rows, for the names in
 * the rows about the person's own records (others may be called the same).
 */
export async function searchEverything(
  pool: Pool,
  person: FoundPerson,
  syncs: readonly string[],
): Promise<SearchResult> {
  return inTransaction(pool, async (tx) => {
    // every byte of the database is read, tracks included
    await tx.query("set local statement_timeout = '15min'");
    const columns = await searchedColumns(tx);
    const found = new Findings();
    const judge = new Judge(person, syncs, await syncsOfRuns(tx));
    const { emails, phones, names } = person.values;
    const former = person.places.flatMap(({ keys }) => emailsOf(keys));
    const patterns = likePatterns([...emails, ...former, ...phones, ...names]);
    const tables = patterns.length === 0 ? [] : new Set(columns.map(({ table }) => table));
    for (const table of tables) {
      const own = columns.filter((column) => column.table === table);
      for (const row of await rowsWith(tx, table, own, patterns))
        for (const column of own) found.add(column, judge.of(column, row));
    }
    return { columns: columns.length, ...found.result() };
  });
}

async function searchedColumns(tx: Queryable): Promise<Column[]> {
  const { rows } = await tx.query<Column>(
    `select c.table_name as table, c.column_name as name, c.data_type as type
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
       and c.data_type in ('text', 'character varying', 'character', 'json', 'jsonb', 'bytea', 'ARRAY') order by 1, 2`,
  );
  return rows;
}

type Row = Record<string, unknown>;

async function rowsWith(
  tx: Queryable,
  table: string,
  columns: readonly Column[],
  patterns: readonly string[],
): Promise<Row[]> {
  const texts = columns.map(({ name, type }) =>
    type === 'bytea' ? `encode("${name}", 'escape') ilike any($1)` : `"${name}"::text ilike any($1)`,
  );
  const { rows } = await tx.query<{ row: Row }>(
    `select to_jsonb("${table}") as row from ${SOURCES[table] ?? `"${table}"`} where ${texts.join(' or ')}`,
    [patterns],
  );
  return rows.map(({ row }) => row);
}

async function syncsOfRuns(tx: Queryable): Promise<Map<number, string>> {
  const { rows } = await tx.query<{ id: number; sync: string }>('select id, sync from run');
  return new Map(rows.map(({ id, sync }) => [id, sync]));
}

/** What each value that stands somewhere is there as. */
class Judge {
  private readonly holdsEmail;
  /** Addresses that were the person's in one sync. */
  private readonly holdsFormer: Map<string, Matches>;
  private readonly holdsPhone;
  private readonly holdsName;
  private readonly own: Map<string, Set<string>>;
  private readonly participants: Set<string>;

  constructor(
    person: FoundPerson,
    private readonly syncs: readonly string[],
    private readonly syncOfRun: ReadonlyMap<number, string>,
  ) {
    this.holdsEmail = matcher(person.values.emails);
    this.holdsFormer = new Map(person.places.map(({ sync, keys }) => [sync, matcher(emailsOf(keys))]));
    this.holdsPhone = matcher(person.values.phones);
    this.holdsName = matcher(person.values.names);
    this.own = new Map(
      person.places.map(({ sync, records, former }) => [sync, new Set([...records, ...former])]),
    );
    this.participants = new Set(person.places.flatMap(({ participants }) => participants));
  }

  of({ table, name, type }: Column, row: Row): Stays | 'hit' | null {
    const value = type === 'bytea' ? textOf(row[name]) : row[name];
    const isOwn = this.isOwn(table, row);
    const sync = this.syncOf(row);
    const holdsFormer = this.holdsFormer.get(sync ?? '') ?? (() => false);
    const hasEmail = holds(value, this.holdsEmail) || holds(value, holdsFormer);
    const hasPhone = holds(value, this.holdsPhone);
    const hasName = isOwn && holds(value, this.holdsName);
    if (!hasEmail && !hasPhone && !hasName) return null;
    if (ACTORS.has(`${table}.${name}`)) return 'actor';
    if (sync !== null && !this.syncs.includes(sync)) return 'other-sync';
    if (hasEmail) return 'hit';
    if (hasPhone && !isOwn) return 'shared-phone';
    return hasPhone || !isCompanyName(table, name, row, this.holdsName) ? 'hit' : 'company-name';
  }

  private syncOf(row: Row): string | null {
    if (typeof row.sync === 'string') return row.sync;
    return typeof row.run_id === 'number' ? (this.syncOfRun.get(row.run_id) ?? null) : null;
  }

  /** A row about a record of the person; a write on somebody else's participant for the same dossier is not. */
  private isOwn(table: string, row: Row): boolean {
    const records = this.own.get(this.syncOf(row) ?? '');
    const ids = [row.record_id, row.weavy_record, row.mautic_record, row.owner_record];
    if (records === undefined || !ids.some((id) => typeof id === 'string' && records.has(id))) return false;
    const isParticipants = (table === 'audit' || table === 'link') && row.kind === 'participant';
    return !isParticipants || this.participants.has(String(row.target_id));
  }
}

/** The company of a dossier is nobody's person, also where it is called like one. */
function isCompanyName(table: string, name: string, row: Row, matches: (text: string) => boolean): boolean {
  if (table !== 'staged_record') return table === 'audit' && row.kind === 'partner';
  if (name === 'name' || name === 'searched') return true;
  if (name !== 'body' || typeof row.body !== 'object' || row.body === null) return false;
  const { company: _company, ...rest } = row.body as Row; // an object was just seen
  return !holds(rest, matches);
}

/** `to_jsonb` writes bytes as `\x` and hexadecimal digits. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? Buffer.from(value.slice(2), 'hex').toString('utf8') : FORGOTTEN;
}

class Findings {
  private readonly counts = new Map<string, { column: string; as: Stays | 'hit'; rows: number }>();

  add({ table, name }: Column, as: Stays | 'hit' | null): void {
    if (as === null) return;
    const column = `${table}.${name}`;
    const known = this.counts.get(`${column} ${as}`);
    if (known === undefined) this.counts.set(`${column} ${as}`, { column, as, rows: 1 });
    else known.rows += 1;
  }

  result(): Pick<SearchResult, 'hits' | 'stays'> {
    const hits: Hit[] = [];
    const stays: SearchResult['stays'] = [];
    for (const { column, as, rows } of this.counts.values())
      if (as === 'hit') hits.push({ column, rows });
      else stays.push({ column, rows, why: as });
    return { hits, stays };
  }
}
