import type { Pool } from '../db/pool';
import { findRecords, type StagedSummary } from '../db/reading';
import { UsageError } from './context';

/** The record that people name by its private or public id, in any case, or a usage error that says what to do. */
export async function findRecord(pool: Pool, sync: string, id: string): Promise<StagedSummary> {
  const [record, ...others] = await findRecords(pool, sync, id);
  if (record === undefined) {
    throw new UsageError(
      `no record of "${sync}" has the private or public id or the code "${id}": it may not have been read yet ("passerelle run ${sync}")`,
    );
  }
  if (others.length === 0) return record;
  const ids = [record, ...others].map(({ recordId }) => recordId).join(', ');
  throw new UsageError(`several records answer to "${id}": name one by its private id (${ids})`);
}
