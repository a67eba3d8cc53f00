import { createContexts } from '../../activities/contexts';
import type { WeavyWebmecanikContext } from '../../activities/weavy-webmecanik/context';
import { type CouplePass, objectOf, passesOf } from '../../activities/weavy-webmecanik/couple-pass';
import { changesOf } from '../../activities/weavy-webmecanik/pass-writes';
import { nextLeads } from '../../db/couples';
import { nextMapping } from '../../db/field-mappings';
import type { PlannedChange } from '../../db/plans';
import { namesOfRecords } from '../../db/record-names';
import { canonicalHash } from '../../mappings/canonical-hash';
import { diffMapping } from '../../mappings/weavy-webmecanik/diff-mapping';
import type { FieldMapping } from '../../mappings/weavy-webmecanik/field-mapping';
import { MAPPED_OBJECTS, type MappedObject } from '../../mappings/weavy-webmecanik/mapped-objects';
import type { OperationContext } from '../context';
import { syncOfPair } from '../syncs';

/** Records of either kind that a preview looks at to find those that a draft concerns. */
const LOOKED_AT = 250;
const SHOWN = 10;

/** What a pass would do with one couple under a draft. */
export interface PreviewedRecord {
  record: string;
  name: string | null;
  object: MappedObject;
  outcome: string;
  reason: string | null;
  changes: PlannedChange[];
  /** Whether the mapping in force would do something else with it. */
  differs: boolean;
}

export interface MappingPreview {
  lookedAt: number;
  /** How many of them the draft would treat otherwise than what is in force. */
  differing: number;
  /** Ten of them: those treated otherwise first, then those that would be written to. */
  records: PreviewedRecord[];
}

/**
 * What records as they were read last would become under a drafted mapping, by the very code that plans and runs judge
 * with. Writes nothing and asks no platform. Records are taken as they are linked now: another key links others.
 */
export async function previewMapping(
  { configuration, pool }: OperationContext,
  slug: string,
  draft: FieldMapping,
): Promise<MappingPreview> {
  const sync = syncOfPair(configuration, slug, 'weavy-webmecanik');
  const { mapping } = await nextMapping(pool, slug, sync.mapping);
  const context = createContexts(configuration, pool).of('weavy-webmecanik')(slug);
  const objects = concerned(mapping, draft);
  const leads = await leadsOf({ ...context, mapping }, objects);
  const now = new Map((await passesOf({ ...context, mapping }, leads)).map((pass) => [pass.lead, pass]));
  const passes = await passesOf({ ...context, mapping: draft }, leads);
  const looked = passes
    .filter((pass) => objects.includes(objectOf(pass.kinds)))
    .map((pass) => previewed(pass, now.get(pass.lead)));
  const records = looked.sort((a, b) => weightOf(b) - weightOf(a)).slice(0, SHOWN);
  const names = await namesOfRecords(
    pool,
    slug,
    records.map(({ record }) => record),
  );
  return {
    lookedAt: looked.length,
    differing: looked.filter(({ differs }) => differs).length,
    records: records.map((one) => ({ ...one, name: names.get(one.record) ?? null })),
  };
}

/** The objects that a draft changes; all of them for one that changes nothing. */
function concerned(mapping: FieldMapping, draft: FieldMapping): MappedObject[] {
  const changed = new Set(diffMapping(mapping, draft).map(({ object }) => object));
  return MAPPED_OBJECTS.filter((object) => changed.size === 0 || changed.has(object));
}

async function leadsOf(
  { pool, slug }: WeavyWebmecanikContext,
  objects: readonly MappedObject[],
): Promise<string[]> {
  const leads = async (kind: 'company' | 'person') =>
    nextLeads(pool, { sync: slug, kind, scope: 'all', after: '', limit: LOOKED_AT });
  const companies = objects.includes('companies') ? await leads('company') : [];
  const people = objects.some((object) => object !== 'companies') ? await leads('person') : [];
  return [...companies, ...people];
}

function previewed(
  pass: CouplePass,
  now: CouplePass | undefined,
): Omit<PreviewedRecord, 'name'> & { name: null } {
  const end = endOf(pass);
  return {
    record: pass.lead,
    name: null,
    object: objectOf(pass.kinds),
    ...end,
    differs: now === undefined || canonicalHash(end) !== canonicalHash(endOf(now)),
  };
}

function endOf(pass: CouplePass): Pick<PreviewedRecord, 'outcome' | 'reason' | 'changes'> {
  return { outcome: pass.outcome, reason: pass.reason, changes: changesOf(pass) };
}

function weightOf({ differs, changes }: Pick<PreviewedRecord, 'differs' | 'changes'>): number {
  return (differs ? 2 : 0) + (changes.length > 0 ? 1 : 0);
}
