import type { z } from 'zod';
import { fieldMappingSchema } from '../../config/field-mapping';
import { getMapping, leaveFileAside, lockMapping, nextMapping, putMapping } from '../../db/field-mappings';
import { dropMappingDraft, type MappingDraft, mappingDraft, saveMappingDraft } from '../../db/mapping-drafts';
import { inTransaction, type Queryable } from '../../db/pool';
import { ensureSync } from '../../db/runs';
import { canonicalHash } from '../../mappings/canonical-hash';
import { diffMapping, type MappingDifference } from '../../mappings/weavy-webmecanik/diff-mapping';
import type { FieldMapping } from '../../mappings/weavy-webmecanik/field-mapping';
import { placeText } from '../../mappings/weavy-webmecanik/mapping-problem';
import { PlatformFailure } from '../../platforms/failure';
import type { OperationContext } from '../context';
import { Refusal } from '../refusal';
import { syncOfPair } from '../syncs';
import { checkMapping } from './mapping';
import { noteMapping } from './mapping-audit';

const PAIR = 'weavy-webmecanik';

/** What makes a document no mapping: where in it, in words of the schema. */
export type MappingIssue = Pick<z.core.$ZodIssue, 'path' | 'message' | 'code'>;

/** The hash of the draft that somebody looked at; null when there was none; left out by those who did not look. */
type SeenDraft = string | null | undefined;

/**
 * Keeps a mapping as the draft of its sync; it changes nothing until it is put in force. One that is no mapping at all is
 * not kept: its issues are answered. Rejects with a conflict when the draft is not the one that was `seen`.
 */
export async function draftMapping(
  context: OperationContext,
  slug: string,
  document: unknown,
  seen?: SeenDraft,
): Promise<MappingIssue[]> {
  return keepDraft(context, slug, { document, seen, begins: 'with-draft' });
}

/** Begins a draft with what an earlier version said. Rejects with a conflict when the draft is not the one that was `seen`. */
export async function draftVersion(
  context: OperationContext,
  slug: string,
  version: number,
  seen?: SeenDraft,
): Promise<void> {
  syncOfPair(context.configuration, slug, PAIR);
  const found = await getMapping(context.pool, slug, version);
  if (found === null) throw new Refusal('not-found', `"${slug}" has no mapping version "${version}"`);
  // what an earlier release stored is read as this one reads the configuration
  const document = asDocument(found.mapping);
  const issues = await keepDraft(context, slug, { document, seen, begins: 'anew' });
  if (issues.length > 0)
    throw new Refusal('conflict', `version ${version} cannot be used by this release`, issues);
}

interface ToKeep {
  document: unknown;
  seen: SeenDraft;
  /** `anew`: with what is in force now, whatever draft there is. */
  begins: 'with-draft' | 'anew';
}

async function keepDraft(
  { configuration, pool, actor }: OperationContext,
  slug: string,
  { document, seen, begins }: ToKeep,
): Promise<MappingIssue[]> {
  const sync = syncOfPair(configuration, slug, PAIR);
  const parsed = fieldMappingSchema.safeParse(document);
  if (!parsed.success) return parsed.error.issues;
  await inTransaction(pool, async (tx) => {
    await ensureSync(tx, slug, PAIR);
    await lockMapping(tx, slug);
    const { mapping, sha256 } = await nextMapping(tx, slug, sync.mapping);
    const found = await mappingDraft(tx, slug);
    refuseUnseen(found, seen);
    const before = begins === 'anew' ? null : found;
    if (before === null) await dropMappingDraft(tx, slug);
    await saveMappingDraft(tx, slug, { mapping: parsed.data, basedOn: sha256, by: actor });
    const differences = diffMapping(before?.mapping ?? mapping, parsed.data);
    if (before !== null && differences.length === 0) return;
    await noteMapping(tx, { actor }, slug, { rule: 'mapping.draft', differences });
  });
  return [];
}

function refuseUnseen(draft: MappingDraft | null, seen: SeenDraft): void {
  if (seen === undefined || (draft?.sha256 ?? null) === seen) return;
  const what = draft === null ? 'the draft was dropped or put in force' : `${draft.by} has changed the draft`;
  throw new Refusal('conflict', `${what} since you looked at it: look again`);
}

/** As people write it: an Entrant's direction and its enforcement are no settings. */
export function asDocument({ companies, contacts, inbounds }: FieldMapping): unknown {
  const fields = inbounds?.fields.map(({ direction: _direction, enforce: _enforce, ...pair }) => pair);
  return { companies, contacts, inbounds: inbounds === null ? null : { ...inbounds, fields } };
}

/** Forgets the draft; that there is none is no error. Rejects with a conflict when it is not the one that was `seen`. */
export async function dropDraft(context: OperationContext, slug: string, seen?: string): Promise<void> {
  syncOfPair(context.configuration, slug, PAIR);
  await inTransaction(context.pool, async (tx) => {
    await lockMapping(tx, slug);
    const draft = await mappingDraft(tx, slug);
    if (draft === null) return;
    refuseUnseen(draft, seen);
    await dropMappingDraft(tx, slug);
    await noteMapping(tx, context, slug, { rule: 'mapping.drop-draft' });
  });
}

export interface PutInForce {
  version: number;
  before: number | null;
  differences: MappingDifference[];
}

/**
 * Puts the draft in force: the next run works with it. `sha256` says which draft was looked at. Rejects with a conflict
 * when the draft is another one by now, when something else was put in force since it was begun, when it changes
 * nothing, and when it does not fit both platforms as they are now; as unavailable when one of them does not answer.
 */
export async function putDraftInForce(
  context: OperationContext,
  slug: string,
  sha256: string,
): Promise<PutInForce> {
  const sync = syncOfPair(context.configuration, slug, PAIR);
  const draft = await draftOf(context, slug, sha256);
  await refuseMisfit(context, slug, draft.mapping);
  return inTransaction(context.pool, async (tx) => {
    await lockMapping(tx, slug);
    await draftOf({ ...context, pool: tx }, slug, sha256);
    const { mapping, sha256: current, inForce } = await nextMapping(tx, slug, sync.mapping);
    if (current !== draft.basedOn)
      throw new Refusal(
        'conflict',
        `another mapping was put in force for "${slug}" since this draft was begun: look at the differences, then draft anew`,
      );
    const differences = diffMapping(mapping, draft.mapping);
    if (differences.length === 0) throw new Refusal('conflict', 'the draft changes nothing');
    const put = {
      origin: 'console' as const,
      by: context.actor,
      fileLeftAside: canonicalHash(sync.mapping),
    };
    await putMapping(tx, slug, draft.mapping, put);
    await dropMappingDraft(tx, slug);
    return noteInForce(tx, context, slug, { before: inForce?.version ?? null, differences });
  });
}

async function draftOf({ pool }: { pool: Queryable }, slug: string, sha256: string): Promise<MappingDraft> {
  const draft = await mappingDraft(pool, slug);
  if (draft === null) throw new Refusal('conflict', `"${slug}" has no draft of a mapping`);
  refuseUnseen(draft, sha256);
  return draft;
}

async function refuseMisfit(context: OperationContext, slug: string, mapping: FieldMapping): Promise<void> {
  try {
    const { ok, problems } = await checkMapping(context, slug, mapping);
    if (ok) return;
    const failing = problems.filter(({ severity }) => severity === 'fail');
    throw new Refusal(
      'conflict',
      `the mapping does not fit both platforms as they are now: ${failing.map(placeText).join(' ; ')}`,
      failing,
    );
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    throw new Refusal('unavailable', `the mapping could not be checked: ${error.message}`);
  }
}

/** The document in the configuration leads again, as it is now and as it will be. */
export async function followFile(context: OperationContext, slug: string): Promise<PutInForce> {
  const sync = syncOfPair(context.configuration, slug, PAIR);
  await refuseMisfit(context, slug, sync.mapping);
  return inTransaction(context.pool, async (tx) => {
    await lockMapping(tx, slug);
    const { mapping, inForce } = await nextMapping(tx, slug, sync.mapping);
    if (inForce?.origin !== 'console')
      throw new Refusal('conflict', `the document in the configuration of "${slug}" is in force already`);
    const put = { origin: 'file' as const, by: context.actor, fileLeftAside: null };
    await putMapping(tx, slug, sync.mapping, put);
    const differences = diffMapping(mapping, sync.mapping);
    return noteInForce(tx, context, slug, { before: inForce.version, differences });
  });
}

/** What is in force stays, although the document in the configuration says something else: nobody is told of it again. */
export async function keepMapping(context: OperationContext, slug: string): Promise<void> {
  const sync = syncOfPair(context.configuration, slug, PAIR);
  await inTransaction(context.pool, async (tx) => {
    const kept = await leaveFileAside(tx, slug, sync.mapping);
    if (kept === null) return;
    await noteMapping(tx, context, slug, {
      rule: 'mapping.keep',
      version: { before: kept, after: kept },
    });
  });
}

async function noteInForce(
  tx: Queryable,
  context: OperationContext,
  slug: string,
  { before, differences }: Omit<PutInForce, 'version'>,
): Promise<PutInForce> {
  const version = (before ?? 0) + 1;
  const rule = 'mapping.put-in-force';
  await noteMapping(tx, context, slug, { rule, version: { before, after: version }, differences });
  return { version, before, differences };
}
