import { toJsonb } from '../jsonb';
import type { Queryable } from '../pool';
import { holds, likePatterns, type Matches, redacted, withoutEntries } from './personal-values';

/** Where an e-mail may stand in rows that are about somebody or something else, and what is done about it there. */
const EVERYWHERE = [
  ['audit', 'before', 'redact'],
  ['audit', 'after', 'redact'],
  ['audit', 'evidence', 'redact'],
  ['attention_item', 'detail', 'redact'],
  ['attention_item', 'argument', 'redact-text'],
  ['plan_entry', 'changes', 'redact'],
  ['plan_entry', 'notes', 'redact'],
  ['run', 'preflight', 'redact'],
  ['run', 'reason', 'redact-text'],
  ['staged_record', 'unreadable', 'redact'],
  ['received_hook', 'problem', 'redact-text'],
  ['link', 'base', 'drop-entry'],
  ['link', 'altered', 'drop-entry'],
  ['couple', 'base', 'drop-entry'],
  ['couple', 'altered', 'drop-entry'],
  ['couple', 'pending', 'drop-inner-entry'],
] as const;

type Column = (typeof EVERYWHERE)[number];
type Table = Column[0];

/** Texts of items and plans about these records may also hold names and phones. */
const OF_RECORDS: readonly Column[] = EVERYWHERE.filter(([table]) =>
  ['attention_item', 'plan_entry'].includes(table),
);

export interface Redaction {
  syncs: readonly string[];
  values: readonly string[];
  matches: Matches;
  /** Rows about these records only. */
  of?: { recordIds: readonly string[] };
}

/** Replaces values where they stand in texts, and drops the entries of bases that hold one. Answers the rows by table. */
export async function redact(tx: Queryable, redaction: Redaction): Promise<Partial<Record<Table, number>>> {
  const changed: Partial<Record<Table, number>> = {};
  if (redaction.values.length === 0) return changed;
  for (const column of redaction.of === undefined ? EVERYWHERE : OF_RECORDS) {
    const rows = await redactColumn(tx, redaction, column);
    if (rows > 0) changed[column[0]] = (changed[column[0]] ?? 0) + rows;
  }
  return changed;
}

async function redactColumn(
  tx: Queryable,
  { syncs, values, matches, of }: Redaction,
  [table, column, act]: Column,
): Promise<number> {
  const scope =
    table === 'plan_entry' ? 'run_id in (select id from run where sync = any($1))' : 'sync = any($1)';
  const { rows } = await tx.query<{ at: string; value: unknown }>(
    `select ctid::text as at, ${column} as value from ${table}
     where ${scope} and ${column}::text ilike any($2) and ($3::text[] is null or ${of === undefined ? 'true' : 'record_id = any($3)'}) for update`,
    [syncs, likePatterns(values), of?.recordIds ?? null],
  );
  const held = rows.filter(({ value }) => holds(value, matches));
  for (const { at, value } of held) {
    const next = act.startsWith('redact')
      ? redacted(value, matches)
      : withoutEntries(value, matches, act === 'drop-entry' ? 1 : 2);
    await tx.query(`update ${table} set ${column} = $2 where ctid = $1::tid`, [
      at,
      act === 'redact-text' ? next : toJsonb(next),
    ]);
  }
  return held.length;
}
