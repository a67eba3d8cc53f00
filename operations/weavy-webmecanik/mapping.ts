import { getMapping, mappingInForce, nextMapping } from '../../db/field-mappings';
import type { Language } from '../../mappings/reason-types';
import type { MissingRight } from '../../mappings/weavy-webmecanik/api-rights';
import { checkMapping as problemsOf } from '../../mappings/weavy-webmecanik/check-mapping';
import {
  diffMapping as differencesOf,
  formatMappingDifference,
  type MappingDifference,
} from '../../mappings/weavy-webmecanik/diff-mapping';
import type { FieldMapping } from '../../mappings/weavy-webmecanik/field-mapping';
import type { MappingProblem } from '../../mappings/weavy-webmecanik/mapping-problem';
import type { OperationContext } from '../context';
import { Refusal } from '../refusal';
import { syncOfPair } from '../syncs';
import { type FieldView, fieldsView } from './fields-view';
import { liveSchemas } from './live-schemas';

const PAIR = 'weavy-webmecanik';

/** The fields of both platforms as they are now, and what the next run maps each to. */
export async function mappedFields(
  context: OperationContext,
  slug: string,
): Promise<{ fields: FieldView[]; missingRights: MissingRight[] }> {
  const sync = syncOfPair(context.configuration, slug, PAIR);
  const { mapping } = await nextMapping(context.pool, slug, sync.mapping);
  const { schemas, missingRights } = await liveSchemas(context, slug);
  return { fields: fieldsView(schemas, mapping), missingRights };
}

/** Compares a mapping, by default the one that the next run works with, with the fields of both platforms as they are now; writes nothing. */
export async function checkMapping(
  context: OperationContext,
  slug: string,
  mapping?: FieldMapping,
): Promise<{ ok: boolean; problems: MappingProblem[] }> {
  const sync = syncOfPair(context.configuration, slug, PAIR);
  const { schemas } = await liveSchemas(context, slug);
  const checked = mapping ?? (await nextMapping(context.pool, slug, sync.mapping)).mapping;
  const problems = problemsOf(checked, schemas);
  return { ok: problems.every((problem) => problem.severity !== 'fail'), problems };
}

/** Null stands for no version yet (before), and for the document in the configuration (after). */
export interface MappingDiff {
  before: number | null;
  after: number | null;
  differences: MappingDifference[];
  /** The same for people. */
  lines: string[];
}

/** What differs between two versions. `a` is the one in force without a number, `b` the document in the configuration. */
export async function diffMapping(
  context: OperationContext,
  slug: string,
  { a, b, language }: { a?: number | undefined; b?: number | undefined; language?: Language | undefined },
): Promise<MappingDiff> {
  const sync = syncOfPair(context.configuration, slug, PAIR);
  const before = a === undefined ? await inForce(context, slug) : await versionOf(context, slug, a);
  const after =
    b === undefined ? { version: null, mapping: sync.mapping } : await versionOf(context, slug, b);
  const differences = differencesOf(before.mapping, after.mapping);
  return {
    before: before.version,
    after: after.version,
    differences,
    lines: differences.map((one) => formatMappingDifference(one, language ?? sync.language)),
  };
}

interface Version {
  version: number | null;
  mapping: FieldMapping;
}

const NOTHING: FieldMapping = { companies: null, contacts: null, inbounds: null };

/** Before the first run no version is in force: everything in the configuration is new. */
async function inForce({ pool }: OperationContext, slug: string): Promise<Version> {
  return (await mappingInForce(pool, slug)) ?? { version: null, mapping: NOTHING };
}

async function versionOf({ pool }: OperationContext, slug: string, number: number): Promise<Version> {
  const isNumber = Number.isSafeInteger(number) && number > 0;
  const found = isNumber ? await getMapping(pool, slug, number) : null;
  if (found !== null) return found;
  const newest = await mappingInForce(pool, slug);
  const known = newest === null ? 'none is stored yet' : `known: 1 to ${newest.version}`;
  throw new Refusal('not-found', `"${slug}" has no mapping version "${number}" (${known})`);
}
