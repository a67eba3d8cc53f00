import { z } from 'zod';
import { deniedKinds } from '../../activities/weavy-webmecanik/denied';
import { couplesByState, pausedFields } from '../../db/crm-reading';
import type { Pool } from '../../db/pool';
import { cursorMovedAt } from '../../db/reading';
import { getCursor } from '../../db/staging';
import { RECORD_KINDS, type RecordKind } from '../../mappings/weavy-webmecanik/crm-record';

/** The kinds that are read; Entrants are looked up. */
export const READ_KINDS = RECORD_KINDS.filter((kind) => kind !== 'weavy/marketinginbound');

/** What a sync of this pair has beside others: `status --json` prints it under `crm`. */
export interface CrmStatus {
  /** Links by kind and state. */
  couples: Record<string, Record<string, number>>;
  /** When each kind was last read to its end; null before the first time. Entrants are looked up, not read. */
  lastRead: Partial<Record<RecordKind, string | null>>;
  /** How far each platform's clock is ahead of ours, in ms; null when unknown. */
  skewMs: { weavy: number | null; mautic: number | null };
  /** Fields that wait for a person, by weavy's name. */
  pausedFields: Array<{ kind: string; field: string; records: number }>;
  /** Mapped fields that one side no longer has: paused for every record. */
  goneFields: string[];
  /** Tables that a platform does not let us read. */
  deniedTables: string[];
}

const clockSchema = z.object({ skewMs: z.number().nullable() }).nullable().catch(null);
const goneSchema = z.record(z.string(), z.array(z.string())).nullable().catch(null);

export async function crmStatus(pool: Pool, slug: string): Promise<CrmStatus> {
  const lastRead: CrmStatus['lastRead'] = {};
  for (const kind of READ_KINDS)
    lastRead[kind] = (await cursorMovedAt(pool, slug, `since/${kind}`))?.toISOString() ?? null;
  const skewOf = async (side: string) =>
    clockSchema.parse(await getCursor(pool, slug, `clock/${side}`))?.skewMs ?? null;
  const gone = goneSchema.parse(await getCursor(pool, slug, 'gone-fields')) ?? {};
  return {
    couples: await couplesByState(pool, slug),
    lastRead,
    skewMs: { weavy: await skewOf('weavy'), mautic: await skewOf('mautic') },
    pausedFields: await pausedFields(pool, slug),
    goneFields: Object.entries(gone).flatMap(([object, names]) => names.map((name) => `${object}: ${name}`)),
    deniedTables: await deniedKinds(pool, slug),
  };
}
