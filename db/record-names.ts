import type { Queryable } from './pool';

/** What people call these records; those without a name are left out. */
export async function namesOfRecords(
  db: Queryable,
  sync: string,
  recordIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ recordId: string; name: string }>(
    `select record_id as "recordId", name from staged_record where sync = $1 and record_id = any($2) and name is not null`,
    [sync, recordIds],
  );
  return new Map(rows.map(({ recordId, name }) => [recordId, name]));
}
