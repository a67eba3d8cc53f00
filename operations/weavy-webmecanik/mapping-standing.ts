import { listMappings, type MappingVersion, nextMapping } from '../../db/field-mappings';
import { type MappingDraft, mappingDraft } from '../../db/mapping-drafts';
import { canonicalHash } from '../../mappings/canonical-hash';
import { diffMapping, type MappingDifference } from '../../mappings/weavy-webmecanik/diff-mapping';
import type { FieldMapping } from '../../mappings/weavy-webmecanik/field-mapping';
import type { OperationContext } from '../context';
import { syncOfPair } from '../syncs';

/**
 * How the document in the configuration stands to what is in force. `leads`: it is what is in force. `same`: somebody put
 * a version in force from the console, and the document says the same. `aside`: it says something else, which was seen
 * and left aside. `changed`: it was changed since then, and nobody has decided about it.
 */
export type FileStanding = 'leads' | 'same' | 'aside' | 'changed';

export interface MappingStanding {
  /** What the next run works with. */
  mapping: FieldMapping;
  sha256: string;
  /** The newest version that was stored; null before the first run. */
  newest: MappingVersion | null;
  /** Whether runs work with `mapping` already; if not, the next one takes it up. */
  isTakenUp: boolean;
  file: FileStanding;
  /** From what is in force to the document in the configuration. */
  fileDifferences: MappingDifference[];
  draft: MappingDraft | null;
}

/** The mapping in force, the document in the configuration beside it, and what is being changed. No platform is asked. */
export async function mappingStanding(
  { configuration, pool }: OperationContext,
  slug: string,
): Promise<MappingStanding> {
  const sync = syncOfPair(configuration, slug, 'weavy-webmecanik');
  const [{ mapping, sha256, inForce }, draft] = await Promise.all([
    nextMapping(pool, slug, sync.mapping),
    mappingDraft(pool, slug),
  ]);
  return {
    mapping,
    sha256,
    newest: inForce,
    isTakenUp: inForce?.takenUpAt != null && inForce.sha256 === sha256,
    file: fileStanding(inForce, canonicalHash(sync.mapping)),
    fileDifferences: diffMapping(mapping, sync.mapping),
    draft,
  };
}

function fileStanding(inForce: MappingVersion | null, fileHash: string): FileStanding {
  if (inForce?.origin !== 'console') return 'leads';
  if (inForce.sha256 === fileHash) return 'same';
  return inForce.fileLeftAside === fileHash ? 'aside' : 'changed';
}

/** A version with what it changed. */
export interface MappingStep extends MappingVersion {
  differences: MappingDifference[];
}

const NOTHING: FieldMapping = { companies: null, contacts: null, inbounds: null };

/** The versions below `before`, newest first, each with what it changed in the one before it. */
export async function mappingVersions(
  { configuration, pool }: OperationContext,
  slug: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<{ versions: MappingStep[]; next: number | null }> {
  syncOfPair(configuration, slug, 'weavy-webmecanik');
  const found = await listMappings(pool, slug, { before: before ?? null, limit: limit + 1 });
  const versions = found.slice(0, limit).map((version, index) => ({
    ...version,
    differences: diffMapping(found[index + 1]?.mapping ?? NOTHING, version.mapping),
  }));
  return { versions, next: found.length > limit ? (versions.at(-1)?.version ?? null) : null };
}
