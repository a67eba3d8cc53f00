import { createHash } from 'node:crypto';
import { createContexts } from '../../activities/contexts';
import type { ProductDefinition } from '../../mappings/planexpo-inwink/mask/mask';
import { maskLimits } from '../../mappings/planexpo-inwink/mask/mask-archive';
import { type CheckedMask, checkMask } from '../../mappings/planexpo-inwink/mask/mask-check';
import { fileProblems } from '../../mappings/planexpo-inwink/mask/mask-file-problems';
import { formatProblem, type MaskProblem } from '../../mappings/planexpo-inwink/mask/mask-problem';
import { readMask } from '../../mappings/planexpo-inwink/mask/mask-read';
import type { Language } from '../../mappings/reason-types';
import type { OperationContext } from '../context';

/** A workbook as it came, or the size in bytes of one that is too large to be read at all. */
export type MaskUpload = Buffer | { bytes: number };

/** Bytes that a workbook may have: a larger one need not be read. */
export const MASK_BYTES = maskLimits.fileBytes;

/** The products of both platforms as they are now. */
export interface Catalogue {
  planexpoProducts: ProductDefinition[];
  inwinkProducts: ProductDefinition[];
}

/** Asks both platforms. Rejects with a `PlatformFailure` when one does not answer. */
export async function readCatalogue(
  { configuration, pool }: OperationContext,
  slug: string,
): Promise<Catalogue> {
  const { source, target } = createContexts(configuration, pool).of('planexpo-inwink')(slug);
  const [planexpoProducts, inwinkProducts] = await Promise.all([
    source.listProducts(),
    target.listProducts(),
  ]);
  return { planexpoProducts, inwinkProducts };
}

export interface CheckedFile extends CheckedMask {
  file: Buffer;
  sha256: string;
}

/** Compares a workbook with both platforms: every problem at once. They are asked only for a file that can be read. */
export async function checkMaskFile(
  upload: MaskUpload,
  catalogue: () => Promise<Catalogue>,
): Promise<CheckedFile> {
  const tooLarge = sizeOf(upload) > maskLimits.fileBytes;
  if (tooLarge || !Buffer.isBuffer(upload)) {
    const problem = fileProblems.tooLarge(sizeOf(upload), maskLimits.fileBytes);
    return { ...refused([problem]), file: Buffer.alloc(0), sha256: '' };
  }
  const sha256 = createHash('sha256').update(upload).digest('hex');
  const read = await readMask(upload);
  if (!read.ok) return { ...refused(read.problems), file: upload, sha256 };
  return { ...checkMask(read.sheets, await catalogue()), file: upload, sha256 };
}

function sizeOf(upload: MaskUpload): number {
  return Buffer.isBuffer(upload) ? upload.byteLength : upload.bytes;
}

function refused(problems: MaskProblem[]): CheckedMask {
  return { mask: null, problems, notes: [] };
}

/** A problem or note in one language: what `mask validate --json` prints. */
export interface ProblemView {
  /** '' for a problem of the file itself. */
  sheet: string;
  cell: string | null;
  code: string;
  message: string;
  /** The message after its place. */
  text: string;
}

export function problemView(problem: MaskProblem, language: Language): ProblemView {
  return {
    sheet: problem.sheet,
    cell: problem.cell,
    code: problem.code,
    message: problem.message[language],
    text: formatProblem(problem, language),
  };
}
