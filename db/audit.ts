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
    | 'link-company'
    | 'decision'
    | 'mask'
    | 'mapping'
    | 'override';
  changes: Array<Change & { evidence?: unknown }>;
  rule: string;
  actor?: string;
}

/** Writes the audit of an act: a row per field, or one without a field. Call it in the transaction that records the act. */
export async function writeAudit(db: Queryable, entry: AuditEntry): Promise<void> {
  await writeAudits(db, [entry]);
}

/** The same for many acts at once. */
export async function writeAudits(db: Queryable, entries: AuditEntry[]): Promise<void> {
  const rows = entries.flatMap(({ changes, ...act }) => {
    const fields: Array<Partial<AuditEntry['changes'][number]>> = changes.length > 0 ? changes : [{}];
    return fields.map((change) => ({ ...act, ...change, rule: change.rule ?? act.rule }));
  });
  if (rows.length === 0) return;
  await db.query(
    `insert into audit (sync, run_id, record_id, kind, target_id, operation, field, before, after, rule, actor, evidence)
     select sync, "runId", "recordId", kind, "targetId", operation, field, before, after, rule, actor, evidence
     from jsonb_to_recordset($1::jsonb) as c(sync text, "runId" bigint, "recordId" text, kind text, "targetId" text, operation text,
       field text, before jsonb, after jsonb, rule text, actor text, evidence jsonb)`,
    [toJsonb(rows)],
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
