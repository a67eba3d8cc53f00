import { writeAudit } from '../../db/audit';
import { dropMaskUpload, keepMaskUpload, maskUpload } from '../../db/mask-uploads';
import { maskInForce } from '../../db/masks';
import { inTransaction, type Queryable } from '../../db/pool';
import { ensureSync } from '../../db/runs';
import type { Mask } from '../../mappings/planexpo-inwink/mask/mask';
import { diffMasks, type MaskDifference } from '../../mappings/planexpo-inwink/mask/mask-diff';
import type { Language } from '../../mappings/reason-types';
import type { OperationContext } from '../context';
import { importMask, type MaskCheck } from '../masks';
import { Refusal } from '../refusal';
import { syncOfPair } from '../syncs';
import { checkMaskFile, type MaskUpload, problemView, readCatalogue } from './mask-file';

const PAIR = 'planexpo-inwink';
const NOTHING_MAPPED: Pick<Mask, 'rows'> = { rows: [] };

export type UploadedMask = MaskCheck & {
  /** Number of the kept workbook; null for one with problems, which is not kept. */
  upload: number | null;
};

/** Checks a workbook, and keeps one without problems for a day, until somebody puts it in force. Changes nothing that is in force. */
export async function uploadMask(
  context: OperationContext,
  slug: string,
  upload: MaskUpload,
  language: Language,
): Promise<UploadedMask> {
  syncOfPair(context.configuration, slug, PAIR);
  const checked = await checkMaskFile(upload, () => readCatalogue(context, slug));
  const { mask, problems, notes, file, sha256 } = checked;
  const check = {
    ok: mask !== null,
    problems: problems.map((problem) => problemView(problem, language)),
    notes: notes.map((note) => problemView(note, language)),
  };
  if (mask === null) return { ...check, upload: null };
  const kept = await inTransaction(context.pool, async (tx) => {
    await ensureSync(tx, slug, PAIR);
    const id = await keepMaskUpload(tx, slug, { file, fileSha256: sha256, by: context.actor });
    await note(tx, context, slug, { rule: 'mask.upload', before: null, after: id });
    return id;
  });
  return { ...check, upload: kept };
}

export interface UploadReview extends MaskCheck {
  upload: number;
  by: string;
  at: Date;
  mapped: number;
  unmapped: number;
  /** The version in force; null before the first. */
  before: number | null;
  /** Against the version in force; all rows are new before the first. */
  differences: MaskDifference[];
  /** It is the very file that is in force. */
  isInForce: boolean;
}

/** A kept workbook against both platforms as they are now, and against the version in force. */
export async function reviewUpload(
  context: OperationContext,
  slug: string,
  upload: number,
  language: Language,
): Promise<UploadReview> {
  syncOfPair(context.configuration, slug, PAIR);
  const kept = await uploadOf(context, slug, upload);
  const [checked, current] = await Promise.all([
    checkMaskFile(kept.file, () => readCatalogue(context, slug)),
    maskInForce(context.pool, slug),
  ]);
  const { mask } = checked;
  return {
    upload,
    by: kept.by,
    at: kept.at,
    ok: mask !== null,
    problems: checked.problems.map((problem) => problemView(problem, language)),
    notes: checked.notes.map((note) => problemView(note, language)),
    mapped: mask?.rows.length ?? 0,
    unmapped: mask?.unmapped.length ?? 0,
    before: current?.version ?? null,
    differences: mask === null ? [] : diffMasks(current?.mask ?? beforeTheFirst(mask), mask),
    isInForce: current?.fileSha256 === kept.fileSha256,
  };
}

/** The first mask answers nothing anew: only its rows are worth a line. */
function beforeTheFirst(mask: Mask): Mask {
  return { ...mask, ...NOTHING_MAPPED };
}

/** Puts a kept workbook in force as the next version; it is checked once more. Rejects with its problems when it no longer fits. */
export async function putUploadInForce(
  context: OperationContext,
  slug: string,
  upload: number,
  language: Language,
): Promise<number> {
  const kept = await uploadOf(context, slug, upload);
  const imported = await importMask(context, slug, kept.file, language);
  if (imported.ok) {
    await dropMaskUpload(context.pool, slug, upload);
    return imported.version;
  }
  if (imported.refusal === 'already-in-force')
    throw new Refusal('conflict', `this very workbook is in force already, as version ${imported.version}`);
  const texts = imported.problems.map(({ text }) => text);
  throw new Refusal('conflict', `the workbook no longer fits: ${texts.join(' ; ')}`, imported.problems);
}

/** Forgets a kept workbook; one that is gone already is no error. */
export async function dropUpload(context: OperationContext, slug: string, upload: number): Promise<void> {
  syncOfPair(context.configuration, slug, PAIR);
  await inTransaction(context.pool, async (tx) => {
    if (!(await dropMaskUpload(tx, slug, upload))) return;
    await note(tx, context, slug, { rule: 'mask.drop-upload', before: upload, after: null });
  });
}

async function note(
  tx: Queryable,
  { actor }: OperationContext,
  slug: string,
  { rule, ...numbers }: { rule: string; before: number | null; after: number | null },
): Promise<void> {
  await writeAudit(tx, {
    sync: slug,
    runId: null,
    recordId: null,
    kind: 'mask',
    targetId: null,
    operation: 'mask',
    changes: [{ field: 'upload', ...numbers, rule }],
    rule,
    actor,
  });
}

async function uploadOf({ pool }: OperationContext, slug: string, upload: number) {
  const kept = await maskUpload(pool, slug, upload);
  if (kept !== null) return kept;
  throw new Refusal('not-found', `"${slug}" has no workbook that waits under "${upload}": upload it again`);
}
