import type { FieldValue } from '../mappings/fields';
import type { CoupleKind, Side } from '../mappings/weavy-webmecanik/crm-record';
import type { CoupleBase } from '../mappings/weavy-webmecanik/verdict';
import { toJsonb } from './jsonb';
import { Superseded } from './links';
import type { Queryable } from './pool';

/** A write under way: what was sent to a side, and what the other side held then. By weavy's field name. */
export type PendingWrites = Partial<Record<Side, Record<string, { sent: FieldValue; other: FieldValue }>>>;
/** The last alteration of a field by a platform. */
export type Altered = Record<string, { side: Side; sent: FieldValue; stored: FieldValue }>;

/** Two records that are one, or one whose counterpart is to come. */
export interface Couple {
  id: number;
  kind: CoupleKind;
  weavyRecord: string | null;
  mauticRecord: string | null;
  state: 'proposed' | 'active' | 'orphaned' | 'stopped';
  origin: 'created' | 'adopted' | 'relinked';
  base: CoupleBase;
  altered: Altered;
  pausedFields: string[];
  pending: PendingWrites;
  /** Mautic's company that the contact was brought to. */
  madeCompany: string | null;
  /** Whether that link is of our making: only then it is ever removed. */
  companyIsOurs: boolean;
  bouncedAt: Date | null;
  creatingAt: Date | null;
  createEndedAt: Date | null;
}

const COLUMNS = `c.id, c.kind, c.weavy_record as "weavyRecord", c.mautic_record as "mauticRecord", c.state, c.origin, c.base, c.altered,
  c.paused_fields as "pausedFields", c.pending, c.made_company as "madeCompany", c.company_is_ours as "companyIsOurs", c.bounced_at as "bouncedAt",
  c.creating_at as "creatingAt", c.create_ended_at as "createEndedAt"`;

/** The couples that these records are part of; each once. */
export async function couplesOf(
  db: Queryable,
  sync: string,
  recordIds: readonly string[],
): Promise<Couple[]> {
  const { rows } = await db.query<Couple>(
    `select ${COLUMNS} from couple c where c.sync = $1 and c.weavy_record = any($2)
     union all
     select ${COLUMNS} from couple c where c.sync = $1 and c.mautic_record = any($2) and not coalesce(c.weavy_record = any($2), false)`,
    [sync, recordIds],
  );
  return rows;
}

/** Couples whose record on one side is known to be gone, while they still count as linked. */
export async function couplesWithGone(
  db: Queryable,
  sync: string,
  side: Side,
  after: number,
  limit: number,
): Promise<Couple[]> {
  const { rows } = await db.query<Couple>(
    `select ${COLUMNS} from couple c join staged_record s on s.sync = c.sync and s.record_id = c.${side}_record
     where c.sync = $1 and c.state in ('active', 'proposed') and s.deleted_at is not null and c.id > $2 order by c.id limit $3`,
    [sync, after, limit],
  );
  return rows;
}

/**
 * Linked records of Mautic that share what they are known by with another one that changed: that one may have taken their
 * place in a merge, which no list tells.
 */
export async function perhapsMerged(db: Queryable, sync: string): Promise<string[]> {
  const { rows } = await db.query<{ record_id: string }>(
    `select distinct m.record_id from staged_record d
     join staged_record m on m.sync = d.sync and m.match_key = d.match_key and m.kind = d.kind and m.record_id <> d.record_id and m.deleted_at is null
     join couple c on c.sync = m.sync and c.mautic_record = m.record_id and c.state in ('active', 'proposed')
     where d.sync = $1 and d.due and d.kind in ('mautic/contact', 'mautic/company') and d.match_key is not null and d.deleted_at is null
     order by m.record_id`,
    [sync],
  );
  return rows.map((row) => row.record_id);
}

/**
 * Records that a pass has to look at, in the order of their ids: those that are due, or all. The weavy record of a couple
 * whose Mautic record is looked at too is left out: that one leads.
 */
export async function nextLeads(
  db: Queryable,
  query: { sync: string; kind: CoupleKind; scope: 'due' | 'all'; after: string; limit: number },
): Promise<string[]> {
  const due = query.scope === 'due' ? 'and s.due' : '';
  const led = query.scope === 'due' ? 'and m.due' : '';
  const { rows } = await db.query<{ record_id: string }>(
    `select s.record_id from staged_record s
     where s.sync = $1 and s.kind = any($2) and s.record_id > $3 ${due}
       and not (s.kind like 'weavy/%' and exists (
         select 1 from couple c join staged_record m on m.sync = c.sync and m.record_id = c.mautic_record
         where c.sync = $1 and c.weavy_record = s.record_id and m.body is not null ${led}))
     order by s.record_id limit $4`,
    [query.sync, KINDS[query.kind], query.after, query.limit],
  );
  return rows.map((row) => row.record_id);
}

const KINDS: Readonly<Record<CoupleKind, string[]>> = {
  company: ['weavy/customer', 'mautic/company'],
  person: ['weavy/customercontact', 'weavy/marketinginbound', 'mautic/contact'],
};

/** A couple that an attempt may write to one side of. */
export interface Turn {
  coupleId: number;
  side: Side;
  fence: number;
}

/** A turn, and the couple as it stood when it was taken: what was known before may be overtaken. */
export interface TakenTurn extends Turn {
  weavyRecord: string | null;
  mauticRecord: string | null;
  creatingAt: Date | null;
}

/** Takes the next fence of these couples for one side, and with it the right to write there. */
export async function takeTurns(
  db: Queryable,
  side: Side,
  coupleIds: readonly number[],
): Promise<Map<number, TakenTurn>> {
  const { rows } = await db.query<{
    id: number;
    fence: number;
    weavyRecord: string | null;
    mauticRecord: string | null;
    creatingAt: Date | null;
  }>(
    `update couple set ${side}_fence = ${side}_fence + 1 where id in (select id from couple where id = any($1) order by id for update)
     returning id, ${side}_fence as fence, weavy_record as "weavyRecord", mautic_record as "mauticRecord", creating_at as "creatingAt"`,
    [coupleIds],
  );
  return new Map(rows.map(({ id, ...turn }) => [id, { coupleId: id, side, ...turn }]));
}

/** An answer older than this may come from before a suspension of this process, so it is asked for again. */
const STALE_ANSWER_MS = 2_000;

/** Rejects with Superseded unless all these turns are still the latest. Call it right before each write. */
export async function assertLatestTurns(db: Queryable, turns: readonly Turn[]): Promise<void> {
  const [first] = turns;
  if (first === undefined) return;
  for (;;) {
    const askedAt = performance.now();
    if ((await latestTurns(db, first.side, turns)).size !== turns.length) throw new Superseded();
    if (performance.now() - askedAt < STALE_ANSWER_MS) return;
  }
}

/** Ids of the couples whose turn is still the latest. */
export async function latestTurns(db: Queryable, side: Side, turns: readonly Turn[]): Promise<Set<number>> {
  const { rows } = await db.query<{ id: number }>(
    `select c.id from couple c join unnest($1::bigint[], $2::bigint[]) as t(id, fence) on c.id = t.id and c.${side}_fence = t.fence`,
    [turns.map((turn) => turn.coupleId), turns.map((turn) => turn.fence)],
  );
  return new Set(rows.map((row) => row.id));
}

/** Notes what is about to be sent, so that a later attempt knows its own writes; for creates, that they may have happened. */
export async function notePending(
  db: Queryable,
  side: Side,
  writes: ReadonlyArray<{
    turn: Turn;
    fields: Record<string, { sent: FieldValue; other: FieldValue }>;
    creates: 'creates' | 'updates';
  }>,
): Promise<void> {
  await db.query(
    `update couple c set pending = c.pending || jsonb_build_object($2::text, w.fields),
       creating_at = case when w.creates then clock_timestamp() else c.creating_at end,
       create_ended_at = case when w.creates then null else c.create_ended_at end
     from jsonb_to_recordset($1::jsonb) as w(id bigint, fence bigint, fields jsonb, creates boolean)
     where c.id = w.id and c.${side}_fence = w.fence`,
    [
      toJsonb(
        writes.map(({ turn, fields, creates }) => ({
          id: turn.coupleId,
          fence: turn.fence,
          fields,
          creates: creates === 'creates',
        })),
      ),
      side,
    ],
  );
}

/** These creates ended without a usable answer: the time from which the search lag counts. */
export async function noteLostCreates(db: Queryable, turns: readonly Turn[]): Promise<void> {
  const [first] = turns;
  if (first === undefined) return;
  await db.query(
    `update couple c set create_ended_at = clock_timestamp() from unnest($1::bigint[], $2::bigint[]) as t(id, fence)
     where c.id = t.id and c.${first.side}_fence = t.fence and c.creating_at is not null`,
    [turns.map((turn) => turn.coupleId), turns.map((turn) => turn.fence)],
  );
}

/** A field that one side no longer has: whatever was agreed about it is forgotten, so that its loss is nobody's edit. */
export async function forgetField(
  db: Queryable,
  sync: string,
  kind: CoupleKind,
  field: string,
): Promise<void> {
  await db.query('update couple set base = base - $3::text where sync = $1 and kind = $2 and base ? $3', [
    sync,
    kind,
    field,
  ]);
}

/** A couple as it stands after a pass. `base` and `altered` are merged into what is stored. */
export interface CoupleUpdate {
  id: number;
  /** Set by those who wrote; a later attempt's couple is left alone. */
  turn: Turn | null;
  weavyRecord?: string | null;
  mauticRecord?: string | null;
  state?: Couple['state'];
  origin?: Couple['origin'];
  base?: CoupleBase;
  altered?: Altered;
  pausedFields?: string[];
  /** The side whose pending writes are settled. */
  settled?: Side | 'both';
  /** The create is over: done, or certainly not done. */
  createSettled?: true;
  madeCompany?: string | null;
  companyIsOurs?: boolean;
  bouncedAt?: string | null;
}

/** Saves couples after a pass; answers the ids of those that were still this attempt's to save. */
export async function saveCouples(db: Queryable, updates: readonly CoupleUpdate[]): Promise<Set<number>> {
  if (updates.length === 0) return new Set();
  const { rows } = await db.query<{ id: number }>(
    `update couple c set
       weavy_record = case when u.set ? 'weavyRecord' then u.set->>'weavyRecord' else c.weavy_record end,
       mautic_record = case when u.set ? 'mauticRecord' then u.set->>'mauticRecord' else c.mautic_record end,
       linked_at = case when u.set->>'state' = 'active' then coalesce(c.linked_at, now()) else c.linked_at end,
       state = case when c.state = 'stopped' and u.set->>'state' = 'active' then c.state else coalesce(u.set->>'state', c.state) end, origin = coalesce(u.set->>'origin', c.origin),
       base = c.base || coalesce(u.set->'base', '{}'), altered = c.altered || coalesce(u.set->'altered', '{}'),
       paused_fields = case when u.set ? 'pausedFields' then array(select jsonb_array_elements_text(u.set->'pausedFields')) else c.paused_fields end,
       pending = case when u.set->>'settled' = 'both' then '{}' when u.set ? 'settled' then c.pending - (u.set->>'settled') else c.pending end,
       creating_at = case when u.set ? 'createSettled' then null else c.creating_at end,
       create_ended_at = case when u.set ? 'createSettled' then null else c.create_ended_at end,
       made_company = case when u.set ? 'madeCompany' then u.set->>'madeCompany' else c.made_company end,
       company_is_ours = coalesce((u.set->>'companyIsOurs')::boolean, c.company_is_ours),
       bounced_at = case when u.set ? 'bouncedAt' then (u.set->>'bouncedAt')::timestamptz else c.bounced_at end,
       updated_at = now()
     from jsonb_to_recordset($1::jsonb) as u(id bigint, side text, fence bigint, set jsonb)
     where c.id = u.id and (u.side is null or case u.side when 'weavy' then c.weavy_fence else c.mautic_fence end = u.fence)
     returning c.id`,
    [
      toJsonb(
        updates.map(({ id, turn, ...set }) => ({
          id,
          side: turn?.side ?? null,
          fence: turn?.fence ?? null,
          set,
        })),
      ),
    ],
  );
  return new Set(rows.map((row) => row.id));
}

/** A proposal that came to nothing: its record left, or has lost what it was known by. */
export async function dropProposals(db: Queryable, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db.query("delete from couple where id = any($1) and state = 'proposed' and creating_at is null", [
    ids,
  ]);
}

/** How many records pair off: what the guard's shares are shares of. */
export async function countCouples(db: Queryable, sync: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    "select count(*)::int as n from couple where sync = $1 and state = 'active'",
    [sync],
  );
  return rows[0]?.n ?? 0;
}

/** How many couples have this field paused. */
export async function countPaused(
  db: Queryable,
  sync: string,
  kind: CoupleKind,
  field: string,
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    'select count(*)::int as n from couple where sync = $1 and kind = $2 and $3 = any(paused_fields)',
    [sync, kind, field],
  );
  return rows[0]?.n ?? 0;
}

/** The Mautic record of each Tiers that has one. */
export async function companiesOfTiers(
  db: Queryable,
  sync: string,
  weavyRecords: readonly string[],
): Promise<Map<string, { mauticRecord: string | null }>> {
  const { rows } = await db.query<{ weavy_record: string; mautic_record: string | null }>(
    `select weavy_record, case when state = 'active' then mautic_record end as mautic_record from couple
     where sync = $1 and weavy_record = any($2) and state in ('active', 'proposed')`,
    [sync, weavyRecords],
  );
  return new Map(rows.map((row) => [row.weavy_record, { mauticRecord: row.mautic_record }]));
}

/** The record on one side is gone, and a person asked for a new one: the couple waits for it as if it never had one. */
export async function resetSide(db: Queryable, coupleId: number, side: Side): Promise<void> {
  await db.query(
    `update couple set ${side}_record = null, state = 'proposed', origin = 'created', base = '{}', altered = '{}', pending = '{}',
       paused_fields = '{}', made_company = null, company_is_ours = false, bounced_at = null, creating_at = null, create_ended_at = null, updated_at = now() where id = $1`,
    [coupleId],
  );
}

/** A paused field goes on: as if never agreed, or with what both sides hold taken for agreed. */
export async function resumePaused(
  db: Queryable,
  coupleId: number,
  field: string,
  agreed: { weavy: FieldValue; mautic: FieldValue } | null,
): Promise<void> {
  await db.query(
    `update couple set paused_fields = array_remove(paused_fields, $2), altered = altered - $2::text,
       base = case when $3::jsonb is null then base - $2::text else base || jsonb_build_object($2::text, $3::jsonb) end, updated_at = now()
     where id = $1`,
    [coupleId, field, agreed === null ? null : toJsonb(agreed)],
  );
}
