import { z } from 'zod';
import type { Queryable } from '../../db/pool';
import { getCursor, moveCursor } from '../../db/staging';
import type { RecordKind } from '../../mappings/weavy-webmecanik/crm-record';
import type { WeavyWebmecanikContext } from './context';

const deniedSchema = z.array(z.string()).nullable();

/** Kinds of records that a platform does not let us read: what depends on them stands still, the rest goes on. */
export async function deniedKinds(db: Queryable, sync: string): Promise<string[]> {
  return deniedSchema.parse(await getCursor(db, sync, 'denied')) ?? [];
}

export async function setDenied(db: Queryable, sync: string, kinds: readonly string[]): Promise<void> {
  await moveCursor(db, sync, 'denied', [...new Set(kinds)]);
}

/** The kinds that the mapping has the sync read, on both sides. Entrants are looked up, not read. */
export function readKinds({ mapping }: WeavyWebmecanikContext): RecordKind[] {
  const kinds: RecordKind[] = [];
  if (mapping.companies !== null) kinds.push('weavy/customer', 'mautic/company');
  if (mapping.contacts !== null) kinds.push('weavy/customercontact', 'mautic/contact');
  return kinds;
}
