import type { Pool } from '../db/pool';
import { findRecords, type StagedSummary } from '../db/reading';
import type { OperationContext } from './context';
import { Refusal } from './refusal';
import { syncOf } from './syncs';
import { namedRecord } from './weavy-webmecanik/named-record';

/**
 * The record that people name by its private or public id, in any case, or a refusal that says what to do. An e-mail
 * names nobody here: what is typed stays in the history of a shell.
 */
export async function findRecord(pool: Pool, sync: string, id: string): Promise<StagedSummary> {
  const [record, ...others] = await findRecords(pool, sync, id);
  if (record === undefined) {
    if (id.includes('@'))
      throw new Refusal(
        'invalid',
        'a record is not named by an e-mail, which would stay in the history of this shell: take its id on one of the platforms, such as mautic/contact/81',
      );
    throw new Refusal(
      'not-found',
      `no record of "${sync}" has the private or public id or the code "${id}": it may not have been read yet ("passerelle run ${sync}")`,
    );
  }
  if (others.length === 0) return record;
  const ids = [record, ...others].map(({ recordId }) => recordId).join(', ');
  throw new Refusal('invalid', `several records answer to "${id}": name one by its private id (${ids})`);
}

/**
 * The id under which a run reads one record alone. People write codes in any case; one that was never read is left to
 * the platform to find, but for a CRM, whose ids have to name their kind.
 */
export async function recordToRead(
  { configuration, pool }: OperationContext,
  sync: string,
  id: string,
): Promise<string> {
  const { pair } = syncOf(configuration, sync);
  const [found, another] = await findRecords(pool, sync, id);
  if (found !== undefined && another === undefined) return found.recordId;
  return pair === 'weavy-webmecanik' ? namedRecord(id) : id;
}
