import { writeAudit } from '../db/audit';
import * as stored from '../db/masks';
import { inTransaction, type Queryable } from '../db/pool';
import { ensureSync } from '../db/runs';
import {
  diffMasks as differencesOf,
  formatDifference,
  type MaskDifference,
} from '../mappings/planexpo-inwink/mask/mask-diff';
import { driftOfMask } from '../mappings/planexpo-inwink/mask/mask-drift';
import { exportMask as workbookOf } from '../mappings/planexpo-inwink/mask/mask-export';
import type { Language } from '../mappings/reason-types';
import type { OperationContext } from './context';
import {
  checkMaskFile,
  type MaskUpload,
  type ProblemView,
  problemView,
  readCatalogue,
} from './planexpo-inwink/mask-file';
import { Refusal } from './refusal';
import { syncOf, syncOfPair } from './syncs';

/** The workbook with Planexpo's products filled in, Inwink's on offer, and today's answers kept. `basedOn`: the version in force. */
export async function exportMask(
  context: OperationContext,
  slug: string,
  language?: Language,
): Promise<{ workbook: Buffer; basedOn: number | null }> {
  const sync = syncOfPair(context.configuration, slug, 'planexpo-inwink');
  const current = await stored.maskInForce(context.pool, slug);
  const workbook = await workbookOf({
    language: language ?? sync.language,
    ...(await readCatalogue(context, slug)),
    current: current?.mask,
    planexpoEvent: sync.planexpoEvent,
    inwinkEvent: sync.inwinkEventId,
  });
  return { workbook, basedOn: current?.version ?? null };
}

export interface MaskCheck {
  ok: boolean;
  problems: ProblemView[];
  /** Worth reading, and no reason to refuse. */
  notes: ProblemView[];
}

/** Every problem of a workbook with its sheet and cell; changes nothing. */
export async function validateMask(
  context: OperationContext,
  slug: string,
  upload: MaskUpload,
  language?: Language,
): Promise<MaskCheck> {
  const sync = syncOfPair(context.configuration, slug, 'planexpo-inwink');
  const { mask, problems, notes } = await checkMaskFile(upload, () => readCatalogue(context, slug));
  const viewOf = (problem: (typeof problems)[number]) => problemView(problem, language ?? sync.language);
  return { ok: mask !== null, problems: problems.map(viewOf), notes: notes.map(viewOf) };
}

export type MaskImport =
  | {
      ok: true;
      version: number;
      /** The version that was in force before; null for the first one. */
      before: number | null;
      mapped: number;
      unmapped: number;
      /** One line each, against the version before. */
      differences: string[];
      notes: ProblemView[];
    }
  | { ok: false; refusal: 'problems'; problems: ProblemView[]; notes: ProblemView[] }
  | { ok: false; refusal: 'already-in-force'; version: number };

/** Puts a workbook in force as the next version. A refused one changes nothing; the very file that is in force already is refused too. */
export async function importMask(
  context: OperationContext,
  slug: string,
  upload: MaskUpload,
  asked?: Language,
): Promise<MaskImport> {
  const sync = syncOfPair(context.configuration, slug, 'planexpo-inwink');
  const language = asked ?? sync.language;
  const checked = await checkMaskFile(upload, () => readCatalogue(context, slug));
  const { mask, file, sha256 } = checked;
  const notes = checked.notes.map((note) => problemView(note, language));
  if (mask === null) {
    const problems = checked.problems.map((problem) => problemView(problem, language));
    return { ok: false, refusal: 'problems', problems, notes };
  }
  return inTransaction(context.pool, async (tx): Promise<MaskImport> => {
    await ensureSync(tx, slug, sync.pair);
    const current = await stored.maskInForce(tx, slug);
    if (current?.fileSha256 === sha256)
      return { ok: false, refusal: 'already-in-force', version: current.version };
    const before = current?.version ?? null;
    const added = { file, fileSha256: sha256, mask, importedBy: context.actor };
    const version = await stored.addMask(tx, slug, added);
    await audit(tx, context, slug, { before, after: version, rule: 'mask.import' });
    const differences = current === null ? [] : differencesOf(current.mask, mask);
    return {
      ok: true,
      version,
      before,
      mapped: mask.rows.length,
      unmapped: mask.unmapped.length,
      differences: differences.map((difference) => formatDifference(difference, language)),
      notes,
    };
  });
}

/** One version, without what it maps. */
export interface MaskSummary {
  version: number;
  fileSha256: string;
  inForce: boolean;
  importedBy: string;
  importedAt: string;
  mapped: number;
  unmapped: number;
}

/** The versions that were imported, newest first. */
export async function listMasks(
  { configuration, pool }: OperationContext,
  slug: string,
): Promise<MaskSummary[]> {
  syncOf(configuration, slug);
  const versions = await stored.listMasks(pool, slug);
  return versions.map(({ mask: { rows, unmapped }, importedAt, ...version }) => ({
    ...version,
    importedAt: importedAt.toISOString(),
    mapped: rows.length,
    unmapped: unmapped.length,
  }));
}

/** What differs between two versions, prerequisites first. `lines`: the same for people. */
export async function diffMasks(
  context: OperationContext,
  slug: string,
  a: number,
  b: number,
  language?: Language,
): Promise<{ before: number; after: number; differences: MaskDifference[]; lines: string[] }> {
  const sync = syncOf(context.configuration, slug);
  const before = await versionOf(context, slug, a);
  const after = await versionOf(context, slug, b);
  const differences = differencesOf(before.mask, after.mask);
  return {
    before: before.version,
    after: after.version,
    differences,
    lines: differences.map((difference) => formatDifference(difference, language ?? sync.language)),
  };
}

/** The workbook of a version as it was imported. */
export async function maskFile(context: OperationContext, slug: string, version: number): Promise<Buffer> {
  syncOf(context.configuration, slug);
  const found = await stored.maskFile(context.pool, slug, version);
  if (found === null) throw noSuchVersion(slug, version);
  return found.file;
}

/**
 * Puts an earlier version in force again. Rejects with a conflict when it is in force already, and when products that it
 * maps have changed since: its rows would stop at once, so the workbook has to be imported anew.
 */
export async function putMaskInForce(
  context: OperationContext,
  slug: string,
  version: number,
): Promise<{ version: number; before: number | null }> {
  syncOfPair(context.configuration, slug, 'planexpo-inwink');
  const { mask, inForce } = await versionOf(context, slug, version);
  if (inForce) throw new Refusal('conflict', `version ${version} of "${slug}" is in force already`);
  const drift = driftOfMask(mask, await readCatalogue(context, slug));
  if (drift.length > 0) {
    const rows = [...new Set(drift.map(({ row, planexpoId }) => `${row} (${planexpoId})`))];
    throw new Refusal(
      'conflict',
      `products of version ${version} changed since it was imported, in the rows ${rows.join(', ')}: export the workbook anew, correct it and import it`,
      drift,
    );
  }
  return inTransaction(context.pool, async (tx) => {
    const before = await stored.putMaskInForce(tx, slug, version);
    await audit(tx, context, slug, { before, after: version, rule: 'mask.put-in-force' });
    return { version, before };
  });
}

async function audit(
  tx: Queryable,
  { actor }: OperationContext,
  slug: string,
  { before, after, rule }: { before: number | null; after: number; rule: string },
): Promise<void> {
  await writeAudit(tx, {
    sync: slug,
    runId: null,
    recordId: null,
    kind: 'mask',
    targetId: null,
    operation: 'mask',
    changes: [{ field: 'version', before, after, rule }],
    rule,
    actor,
  });
}

async function versionOf(
  { pool }: OperationContext,
  slug: string,
  version: number,
): Promise<stored.MaskVersion> {
  const found = await stored.getMask(pool, slug, version);
  if (found !== null) return found;
  throw noSuchVersion(slug, version);
}

function noSuchVersion(slug: string, version: number): Refusal {
  return new Refusal(
    'not-found',
    `"${slug}" has no mask version "${version}": see "passerelle mask list ${slug}"`,
  );
}
