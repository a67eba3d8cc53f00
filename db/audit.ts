import type { Change, FieldValue } from '../mappings/fields';
import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** One act on one record: a write with its fields, an adoption, a decision. */
export interface AuditEntry {
  sync: string;
  runId: number | null;
  recordId: string | null;
  kind: string;
  targetId: string | null;
  operation:
    | 'create'
    | 'update'
    | 'adopt'
    | 'quantity'
    | 'withdraw'
    | 'relink'
    | 'altered'
    | 'link-team'
    | 'decision'
    | 'mask'
    | 'override';
  changes: Change[];
  rule: string;
  actor?: string;
}

/** Writes the audit of an act: a row per field, or one without a field. Call it in the transaction that records the act. */
export async function writeAudit(db: Queryable, entry: AuditEntry): Promise<void> {
  const rows: Array<Partial<Change>> = entry.changes.length > 0 ? entry.changes : [{}];
  await db.query(
    `insert into audit (sync, run_id, record_id, kind, target_id, operation, field, before, after, rule, actor)
     select $1, $2, $3, $4, $5, $6, c.field, c.before, c.after, coalesce(c.rule, $8), $9
     from jsonb_to_recordset($7::jsonb) as c(field text, before jsonb, after jsonb, rule text)`,
    [
      entry.sync,
      entry.runId,
      entry.recordId,
      entry.kind,
      entry.targetId,
      entry.operation,
      toJsonb(rows),
      entry.rule,
      entry.actor ?? null,
    ],
  );
}

export interface AuditRow {
  id: number;
  run_id: number | null;
  kind: string;
  target_id: string | null;
  operation: string;
  field: string | null;
  before: FieldValue;
  after: FieldValue;
  rule: string;
  actor: string | null;
  at: Date;
}

/** A record's history, newest first. */
export async function auditOfRecord(
  db: Queryable,
  sync: string,
  recordId: string,
  limit: number,
): Promise<AuditRow[]> {
  const { rows } = await db.query<AuditRow>(
    `select id, run_id, kind, target_id, operation, field, before, after, rule, actor, at from audit
     where sync = $1 and record_id = $2 order by id desc limit $3`,
    [sync, recordId, limit],
  );
  return rows;
}
