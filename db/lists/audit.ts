import type { FieldValue } from '../../mappings/fields';
import type { AuditEntry } from '../audit';
import type { Queryable } from '../pool';
import { type Page, pageOf } from './page';

/** One act, or one field of it. */
export interface AuditListRow {
  id: number;
  sync: string;
  runId: number | null;
  recordId: string | null;
  publicId: string | null;
  /** Of the record. */
  name: string | null;
  kind: string;
  targetId: string | null;
  operation: AuditEntry['operation'];
  field: string | null;
  before: FieldValue;
  after: FieldValue;
  rule: string;
  /** The person who asked; null for what a run did by itself. */
  actor: string | null;
  at: Date;
  /** What the verdict was made from, for pairs that compare three ways. */
  evidence: unknown;
}

export interface AuditFilter {
  sync?: string | undefined;
  /** Of that sync: give both. */
  recordId?: string | undefined;
  runId?: number | undefined;
  actor?: string | undefined;
  /** Only acts of people. */
  peopleOnly?: boolean | undefined;
}

/** The audit, the newest first, from before the row `before`. */
export async function listAudit(
  db: Queryable,
  asked: AuditFilter & { before?: number | undefined; limit: number },
): Promise<Page<AuditListRow>> {
  const { rows } = await db.query<AuditListRow>(
    `select a.id, a.sync, a.run_id as "runId", a.record_id as "recordId", s.public_id as "publicId", s.name, a.kind, a.target_id as "targetId",
       a.operation, a.field, a.before, a.after, a.rule, a.actor, a.at, a.evidence
     from (
       select * from audit
       where ($1::bigint is null or id < $1) and ($3::text is null or sync = $3) and ($4::text is null or record_id = $4)
         and ($5::bigint is null or run_id = $5) and ($6::text is null or actor = $6) and (not $7::boolean or actor is not null)
       order by id desc limit $2) a
     left join staged_record s on s.sync = a.sync and s.record_id = a.record_id
     order by a.id desc`,
    [
      asked.before ?? null,
      asked.limit + 1,
      asked.sync ?? null,
      asked.recordId ?? null,
      asked.runId ?? null,
      asked.actor ?? null,
      asked.peopleOnly ?? false,
    ],
  );
  return pageOf(rows, asked.limit, (row) => row.id);
}

/** Who was let in, refused, given or denied a right. */
export interface AccessAuditRow {
  id: number;
  at: Date;
  actor: string;
  operation: string;
  subject: string | null;
  detail: Record<string, unknown>;
}

/** The audit of access, the newest first, from before the row `before`. */
export async function listAccessAudit(
  db: Queryable,
  asked: {
    actor?: string | undefined;
    operation?: string | undefined;
    subject?: string | undefined;
    before?: number | undefined;
    limit: number;
  },
): Promise<Page<AccessAuditRow>> {
  const { rows } = await db.query<AccessAuditRow>(
    `select id, at, actor, operation, subject, detail from access_audit
     where ($1::bigint is null or id < $1) and ($3::text is null or actor = $3) and ($4::text is null or operation = $4)
       and ($5::text is null or subject = $5)
     order by id desc limit $2`,
    [
      asked.before ?? null,
      asked.limit + 1,
      asked.actor ?? null,
      asked.operation ?? null,
      asked.subject ?? null,
    ],
  );
  return pageOf(rows, asked.limit, (row) => row.id);
}
