import type { FieldValue } from '../mappings/fields';
import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** A later attempt holds a higher fence: whoever sees this stops and writes nothing. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
  constructor() {
    super('a later attempt took over this record');
  }
}

/** The target record is linked to another source record already: one of the two must not be touched. */
export class TargetTaken extends Error {
  override readonly name = 'TargetTaken';
  constructor(
    kind: string,
    readonly targetId: string,
  ) {
    super(`the ${kind} ${targetId} is linked to another record already`);
  }
}

/** `team`: a participant's membership in a partner's team. `track`: the way back of an offer's track, which is fenced and never linked. */
export type LinkKind = 'partner' | 'participant' | 'team' | 'track';
export type LinkBase = Record<string, { sent: FieldValue; stored: FieldValue }>;
export type Quantities = Record<string, { sent: number; stored: number }>;

/** Which record on the target belongs to which at the source, with the base of their last agreement. */
export interface Link {
  kind: LinkKind;
  sourceKey: string;
  targetId: string;
  state: 'active' | 'target-deleted' | 'stopped';
  origin: 'created' | 'adopted' | 'relinked';
  ownerRecord: string | null;
  /** Planexpo's id of the booking contact, when it gives one: tells a corrected e-mail from another person. */
  contactId: string | null;
  base: LinkBase;
  quantities: Quantities;
  pausedFields: string[];
}

interface LinkRow {
  kind: LinkKind;
  source_key: string;
  target_id: string;
  state: Link['state'];
  origin: Link['origin'];
  owner_record: string | null;
  contact_id: string | null;
  base: LinkBase;
  quantities: Quantities;
  paused_fields: string[];
}

const COLUMNS =
  'kind, source_key, target_id, state, origin, owner_record, contact_id, base, quantities, paused_fields';

export async function findLinks(
  db: Queryable,
  sync: string,
  kind: LinkKind,
  sourceKeys: string[],
): Promise<Map<string, Link>> {
  const { rows } = await db.query<LinkRow>(
    `select ${COLUMNS} from link where sync = $1 and kind = $2 and source_key = any($3)`,
    [sync, kind, sourceKeys],
  );
  return new Map(rows.map((row) => [row.source_key, fromRow(row)]));
}

export async function findLink(
  db: Queryable,
  sync: string,
  kind: LinkKind,
  sourceKey: string,
): Promise<Link | null> {
  return (await findLinks(db, sync, kind, [sourceKey])).get(sourceKey) ?? null;
}

export async function findLinkByTarget(
  db: Queryable,
  sync: string,
  kind: LinkKind,
  targetId: string,
): Promise<Link | null> {
  const { rows } = await db.query<LinkRow>(
    `select ${COLUMNS} from link where sync = $1 and kind = $2 and target_id = $3`,
    [sync, kind, targetId],
  );
  return rows[0] === undefined ? null : fromRow(rows[0]);
}

/** What an attempt found when it took its turn. */
export interface Claim {
  sync: string;
  kind: LinkKind;
  sourceKey: string;
  fence: number;
  /** Milliseconds until an unsettled create of an earlier attempt may be taken for not done; null when there is none. */
  unsettledForMs: number | null;
}

/** Takes the next fence of an entity, and with it the right to write. */
export async function claim(
  db: Queryable,
  entity: { sync: string; kind: LinkKind; sourceKey: string },
  settle: { requestTimeoutMs: number; searchLagMs: number },
): Promise<Claim> {
  const { rows } = await db.query<{ fence: number; unsettled_ms: number | null }>(
    `insert into intent as i (sync, kind, source_key) values ($1, $2, $3)
     on conflict (sync, kind, source_key) do update set fence = i.fence + 1
     returning fence, case when state = 'creating'
       then greatest(0, extract(epoch from coalesce(ended_at, sent_at + $4 * interval '1 millisecond') + $5 * interval '1 millisecond' - clock_timestamp()) * 1000)::float8
       end as unsettled_ms`,
    [entity.sync, entity.kind, entity.sourceKey, settle.requestTimeoutMs, settle.searchLagMs],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the claim answered no row');
  return { ...entity, fence: row.fence, unsettledForMs: row.unsettled_ms };
}

/** Right before a create is sent: from now on it may have happened. Rejects with Superseded for a late attempt. */
export async function beginCreate(db: Queryable, held: Claim): Promise<void> {
  await fenced(
    db,
    held,
    `update intent set state = 'creating', sent_at = clock_timestamp(), ended_at = null where ${FENCE} returning 1`,
  );
}

/** The create ended without a usable answer: the time from which the search lag counts. */
export async function endCreateAttempt(db: Queryable, held: Claim): Promise<void> {
  await db.query(`update intent set ended_at = clock_timestamp() where ${FENCE}`, keyOf(held));
}

/** The create certainly did not happen (refused), or what it made is linked or handed to a person. */
export async function settleIntent(db: Queryable, held: Claim): Promise<void> {
  await fenced(
    db,
    held,
    `update intent set state = 'idle', sent_at = null, ended_at = null where ${FENCE} returning 1`,
  );
}

/** Rejects with Superseded unless this attempt is still the latest. Call it right before each write. */
export async function assertLatest(db: Queryable, held: Claim): Promise<void> {
  await fenced(db, held, `select 1 from intent where ${FENCE}`);
}

const FENCE = 'sync = $1 and kind = $2 and source_key = $3 and fence = $4';

function keyOf(held: Claim): [string, string, string, number] {
  return [held.sync, held.kind, held.sourceKey, held.fence];
}

/** An answer older than this may come from before a suspension of this process, so it is asked for again. */
const STALE_ANSWER_MS = 2_000;

async function fenced(db: Queryable, held: Claim, sql: string): Promise<void> {
  for (;;) {
    const askedAt = performance.now();
    const { rowCount } = await db.query(sql, keyOf(held));
    if (rowCount !== 1) throw new Superseded();
    if (performance.now() - askedAt < STALE_ANSWER_MS) return;
  }
}

/** Writes the link as it stands after a write, in the same transaction as its audit. Fails for a late attempt. */
export async function saveLink(
  db: Queryable,
  held: Claim,
  link: Pick<Link, 'targetId' | 'origin' | 'ownerRecord' | 'contactId' | 'base' | 'pausedFields'>,
): Promise<void> {
  await settleIntent(db, held);
  const other = await findLinkByTarget(db, held.sync, held.kind, link.targetId);
  if (other !== null && other.sourceKey !== held.sourceKey) throw new TargetTaken(held.kind, link.targetId);
  const { rowCount } = await db.query(
    `insert into link as l (sync, kind, source_key, target_id, origin, owner_record, contact_id, base, paused_fields, fence)
     values ($1, $2, $3, $4, $5, $6, $10, $7, $8, $9)
     on conflict (sync, kind, source_key) do update set
       target_id = excluded.target_id, owner_record = excluded.owner_record, contact_id = excluded.contact_id, base = excluded.base, paused_fields = excluded.paused_fields,
       state = 'active', fence = excluded.fence, updated_at = now()
     where l.fence <= excluded.fence`,
    [
      held.sync,
      held.kind,
      held.sourceKey,
      link.targetId,
      link.origin,
      link.ownerRecord,
      toJsonb(link.base),
      link.pausedFields,
      held.fence,
      link.contactId,
    ],
  );
  if (rowCount !== 1) throw new Superseded();
}

export async function saveQuantity(
  db: Queryable,
  entity: { sync: string; sourceKey: string },
  productId: string,
  quantity: { sent: number; stored: number },
): Promise<void> {
  await db.query(
    `update link set quantities = quantities || jsonb_build_object($3::text, $4::jsonb), updated_at = now()
     where sync = $1 and kind = 'partner' and source_key = $2`,
    [entity.sync, entity.sourceKey, productId, toJsonb(quantity)],
  );
}

export async function setLinkState(
  db: Queryable,
  entity: { sync: string; kind: LinkKind; sourceKey: string },
  state: Link['state'],
): Promise<void> {
  await db.query(
    'update link set state = $4, updated_at = now() where sync = $1 and kind = $2 and source_key = $3',
    [entity.sync, entity.kind, entity.sourceKey, state],
  );
}

/** Forgets a link whose target is gone, because a person asked for a new one. The audit keeps what it was. */
export async function removeLink(
  db: Queryable,
  entity: { sync: string; kind: LinkKind; sourceKey: string },
): Promise<void> {
  await db.query('delete from link where sync = $1 and kind = $2 and source_key = $3', [
    entity.sync,
    entity.kind,
    entity.sourceKey,
  ]);
}

/** The e-mail of a participant's only dossier was corrected: the link follows its new key, whose fences start anew. */
export async function renameLink(db: Queryable, sync: string, from: string, to: string): Promise<void> {
  await db.query(
    `update link set source_key = $3, fence = 0, updated_at = now() where sync = $1 and kind = 'participant' and source_key = $2`,
    [sync, from, to],
  );
}

/** Which of these source keys we linked, or at least tried to create. */
export async function knownKeys(
  db: Queryable,
  sync: string,
  kind: LinkKind,
  keys: string[],
): Promise<Set<string>> {
  const { rows } = await db.query<{ source_key: string }>(
    `select source_key from link where sync = $1 and kind = $2 and source_key = any($3)
     union select source_key from intent where sync = $1 and kind = $2 and source_key = any($3)`,
    [sync, kind, keys],
  );
  return new Set(rows.map((row) => row.source_key));
}

/** The field is sent again, as if for the first time. */
export async function resumeField(
  db: Queryable,
  entity: { sync: string; kind: LinkKind; sourceKey: string },
  field: string,
): Promise<void> {
  await db.query(
    `update link set paused_fields = array_remove(paused_fields, $4), base = base - $4::text where sync = $1 and kind = $2 and source_key = $3`,
    [entity.sync, entity.kind, entity.sourceKey, field],
  );
}

/** The target keeps what it holds for the field (`stored`); only another source value is sent again. */
export async function acceptField(
  db: Queryable,
  entity: { sync: string; kind: LinkKind; sourceKey: string },
  field: string,
  stored: FieldValue,
): Promise<void> {
  await db.query(
    `update link set paused_fields = array_remove(paused_fields, $4), base = jsonb_set(base, array[$4, 'stored'], $5::jsonb)
     where sync = $1 and kind = $2 and source_key = $3`,
    [entity.sync, entity.kind, entity.sourceKey, field, toJsonb(stored)],
  );
}

export async function countLinks(db: Queryable, sync: string, kind: LinkKind): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n from link where sync = $1 and kind = $2 and state = 'active'`,
    [sync, kind],
  );
  return rows[0]?.n ?? 0;
}

function fromRow(row: LinkRow): Link {
  return {
    kind: row.kind,
    sourceKey: row.source_key,
    targetId: row.target_id,
    state: row.state,
    origin: row.origin,
    ownerRecord: row.owner_record,
    contactId: row.contact_id,
    base: row.base,
    quantities: row.quantities,
    pausedFields: row.paused_fields,
  };
}
