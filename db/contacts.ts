import { findLink, type Link } from './links';
import type { Queryable } from './pool';

/** The validated dossiers that name this contact: earliest validated first, then by id (settled question 14). */
export async function dossiersOfContact(db: Queryable, sync: string, contactKey: string): Promise<string[]> {
  const { rows } = await db.query<{ record_id: string }>(
    `select record_id from staged_record
     where sync = $1 and contact_key = $2 and status = 'validated' and deleted_at is null
       and not coalesce((body->>'isTest')::boolean, false)
     order by validated_at nulls last, record_id`,
    [sync, contactKey],
  );
  return rows.map((row) => row.record_id);
}

/** The participant that this dossier made for this very contact, under whatever e-mail. */
export async function ownedParticipant(
  db: Queryable,
  sync: string,
  recordId: string,
  contactId: string,
): Promise<Link | null> {
  const { rows } = await db.query<{ source_key: string }>(
    `select source_key from link where sync = $1 and kind = 'participant' and owner_record = $2 and contact_id = $3 order by linked_at limit 1`,
    [sync, recordId, contactId],
  );
  const row = rows[0];
  return row === undefined ? null : findLink(db, sync, 'participant', row.source_key);
}
