import type { Mask, ProductDefinition } from './mask';
import { type CheckedRow, checkRow } from './mask-check-row';
import { parsePrerequisites } from './mask-prerequisites';
import type { MaskProblem } from './mask-problem';
import { ProductIndex } from './mask-product-index';
import type { RawMask } from './mask-raw';
import { inwinkProblems, maskNotes, planexpoProblems } from './mask-row-problems';

export interface CheckedMask {
  /** `null` as soon as there is one problem: a refused mask changes nothing. */
  mask: Mask | null;
  problems: MaskProblem[];
  /** Worth reading, and no reason to refuse. */
  notes: MaskProblem[];
}

/**
 * Compares a mask with the products of both platforms as they are now (seed: 1 Planexpo product = 1 Inwink product,
 * same scale; settled questions 10 to 12). Lists every problem and note at once, each with its cell.
 */
export function checkMask(
  raw: RawMask,
  platforms: { planexpoProducts: readonly ProductDefinition[]; inwinkProducts: readonly ProductDefinition[] },
): CheckedMask {
  const planexpo = new ProductIndex(platforms.planexpoProducts);
  const inwink = new ProductIndex(platforms.inwinkProducts);
  const sheet = raw.sheets.products;

  const answers = parsePrerequisites(raw);
  const rows = raw.rows.map((row) => checkRow(row, sheet, planexpo, inwink));
  const problems = [...answers.problems, ...rows.flatMap((row) => row.problems), ...usedTwice(sheet, rows)];
  const mapped = rows.flatMap(({ mapped }) => (mapped === null ? [] : [mapped]));
  const notes = [...answers.notes, ...rows.flatMap((row) => row.notes)];
  if (problems.length > 0) return { mask: null, problems, notes };

  if (mapped.length === 0) notes.push(maskNotes.nothingMapped({ sheet, cell: null }));
  const unmapped = rows.flatMap(({ unmapped }) => (unmapped === null ? [] : [unmapped]));
  return { mask: { prerequisites: answers.prerequisites, rows: mapped, unmapped }, problems, notes };
}

/** One product on two rows, on either side; each later row names the first. */
function usedTwice(sheet: string, rows: readonly CheckedRow[]): MaskProblem[] {
  const firstPlanexpo = new Map<string, string>();
  const firstInwink = new Map<string, string>();
  return rows.flatMap(({ row, planexpo, inwink }) => {
    const problems: MaskProblem[] = [];
    const listedIn = planexpo && firstUse(firstPlanexpo, planexpo, `A${row}`);
    if (planexpo && listedIn) {
      problems.push(planexpoProblems.listedTwice({ sheet, cell: `A${row}` }, planexpo, listedIn));
    }
    const mappedIn = inwink && firstUse(firstInwink, inwink, `D${row}`);
    if (inwink && mappedIn) {
      problems.push(inwinkProblems.mappedTwice({ sheet, cell: `D${row}` }, inwink, mappedIn));
    }
    return problems;
  });
}

/** The cell that used the product before, or `null` when this is the first. */
function firstUse(seen: Map<string, string>, product: ProductDefinition, cell: string): string | null {
  const before = seen.get(product.id);
  if (before !== undefined) return before;
  seen.set(product.id, cell);
  return null;
}
