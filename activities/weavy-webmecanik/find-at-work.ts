import { getMapping, mappingAtWork } from '../../db/field-mappings';
import type { FieldMapping } from '../../mappings/weavy-webmecanik/field-mapping';
import type { CrmSyncContext, FindWeavyWebmecanik, WeavyWebmecanikContext } from './context';

/** One document per sync: by its hash, which says whether it is still the one. */
type Kept = Map<string, { sha256: string; mapping: FieldMapping }>;

/** How activities find their context: with the mapping that is at work when they begin. */
export function findAtWork(find: (sync: string) => CrmSyncContext): FindWeavyWebmecanik {
  const kept: Kept = new Map();
  return (sync) => atWork(find(sync), kept);
}

/**
 * The context with the mapping that the last run took up; before the first run the one in the configuration. A version
 * that was put in force since then waits for the next run, which reads all records anew: their keys may be other ones.
 */
export async function atWork(
  context: CrmSyncContext,
  kept: Kept = new Map(),
): Promise<WeavyWebmecanikContext> {
  const { pool, slug, configured } = context;
  const found = await mappingAtWork(pool, slug);
  if (found === null) return { ...context, mapping: configured };
  const known = kept.get(slug);
  if (known?.sha256 === found.sha256) return { ...context, mapping: known.mapping };
  const version = await getMapping(pool, slug, found.version);
  const mapping = version?.mapping ?? configured;
  kept.set(slug, { sha256: found.sha256, mapping });
  return { ...context, mapping };
}
