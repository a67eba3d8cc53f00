import { getCursor } from '../../db/staging';
import { checkMapping } from '../../mappings/weavy-webmecanik/check-mapping';
import type { DiscoveredSchemas, FieldMapping } from '../../mappings/weavy-webmecanik/field-mapping';
import type { MappingProblem } from '../../mappings/weavy-webmecanik/mapping-problem';
import { PlatformFailure } from '../../platforms/failure';
import type { OperationContext } from '../context';
import { syncOfPair } from '../syncs';
import { liveSchemas } from './live-schemas';

export interface MappingFields {
  schemas: DiscoveredSchemas;
  /** What of the mapping does not fit these fields. */
  problems: MappingProblem[];
  /** `live`: asked for just now. `stored`: as the last preflight found them. */
  source: 'live' | 'stored';
  /** Why they are not live although that was asked for; null when they are. */
  trouble: string | null;
}

/**
 * The fields of both platforms, and how a mapping fits them. `stored` asks nobody, unless no preflight has found any yet;
 * `live` asks both platforms, and falls back to what is stored when one does not answer.
 */
export async function mappingFields(
  context: OperationContext,
  slug: string,
  mapping: FieldMapping,
  asked: 'live' | 'stored',
): Promise<MappingFields> {
  syncOfPair(context.configuration, slug, 'weavy-webmecanik');
  // stored by preflight only, from the checked type
  const stored = (await getCursor(context.pool, slug, 'schemas')) as DiscoveredSchemas | null;
  const from = (schemas: DiscoveredSchemas, source: MappingFields['source'], trouble: string | null) => ({
    schemas,
    problems: checkMapping(mapping, schemas),
    source,
    trouble,
  });
  if (asked === 'stored' && stored !== null) return from(stored, 'stored', null);
  try {
    return from((await liveSchemas(context, slug)).schemas, 'live', null);
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    if (stored !== null) return from(stored, 'stored', error.message);
    // nothing is known of either side: nothing can be said against the mapping
    return { schemas: { weavy: {}, mautic: {} }, problems: [], source: 'stored', trouble: error.message };
  }
}
