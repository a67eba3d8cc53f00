import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createContexts } from '../../activities/contexts';
import type { ProductDefinition } from '../../mappings/planexpo-inwink/mask/mask';
import { maskLimits } from '../../mappings/planexpo-inwink/mask/mask-archive';
import { type CheckedMask, checkMask } from '../../mappings/planexpo-inwink/mask/mask-check';
import { fileProblems } from '../../mappings/planexpo-inwink/mask/mask-file-problems';
import { formatProblem, type MaskProblem } from '../../mappings/planexpo-inwink/mask/mask-problem';
import { readMask } from '../../mappings/planexpo-inwink/mask/mask-read';
import type { Language } from '../../mappings/reason-types';
import type { OperationContext } from '../context';
import { Refusal } from '../refusal';

/** The products of both platforms as they are now. */
export interface Catalogue {
  planexpoProducts: ProductDefinition[];
  inwinkProducts: ProductDefinition[];
}

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

/** Reads a mask workbook and compares it with both platforms: every problem at once. Rejects with a refusal for a file that cannot be opened. */
export async function checkMaskFile(path: string, catalogue: () => Promise<Catalogue>): Promise<CheckedFile> {
  const file = await contentOf(path);
  if (!Buffer.isBuffer(file)) return { ...refused([file]), file: Buffer.alloc(0), sha256: '' };
  const sha256 = createHash('sha256').update(file).digest('hex');
  const read = await readMask(file);
  if (!read.ok) return { ...refused(read.problems), file, sha256 };
  return { ...checkMask(read.sheets, await catalogue()), file, sha256 };
}

/** The bytes, or the problem of a file that is too large to be worth reading. */
async function contentOf(path: string): Promise<Buffer | MaskProblem> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw new Refusal(
      'invalid',
      `${path} cannot be read (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  try {
    const info = await handle.stat();
    if (!info.isFile()) throw new Refusal('invalid', `${path} is not a file`);
    if (info.size > maskLimits.fileBytes) return fileProblems.tooLarge(info.size, maskLimits.fileBytes);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function refused(problems: MaskProblem[]): CheckedMask {
  return { mask: null, problems, notes: [] };
}

/** A problem or note as `--json` prints it. */
export function problemView(problem: MaskProblem, language: Language) {
  return {
    sheet: problem.sheet,
    cell: problem.cell,
    code: problem.code,
    message: problem.message[language],
    text: formatProblem(problem, language),
  };
}
