import type { Mask, MaskRow, ProductDefinition } from './mask';
import type { ProductColumn } from './mask-labels';
import type { MaskProblem, Place } from './mask-problem';
import type { ProductIndex } from './mask-product-index';
import type { RawRow } from './mask-raw';
import { inwinkProblems, maskNotes, planexpoProblems, swappedCells } from './mask-row-problems';
import { nameKey, tidy } from './mask-text';

export interface CheckedRow {
  row: number;
  /** The products the row means, as far as they could be told. */
  planexpo: ProductDefinition | null;
  inwink: ProductDefinition | null;
  mapped: MaskRow | null;
  unmapped: Mask['unmapped'][number] | null;
  problems: MaskProblem[];
  notes: MaskProblem[];
}

/** One row's texts without stray spaces, and where each of them stands. */
interface Cells {
  text: Record<ProductColumn, string>;
  at: (column: ProductColumn) => Place;
}

type Side = { product: ProductDefinition | null; problems: MaskProblem[]; notes: MaskProblem[] };

/** Judges one row by itself; products used on two rows are the caller's to find. */
export function checkRow(
  raw: RawRow,
  sheet: string,
  planexpo: ProductIndex,
  inwink: ProductIndex,
): CheckedRow {
  const cells: Cells = {
    text: {
      planexpoName: tidy(raw.planexpoName.text),
      planexpoId: tidy(raw.planexpoId.text),
      inwinkName: tidy(raw.inwinkName.text),
      inwinkId: tidy(raw.inwinkId.text),
    },
    at: (column) => ({ sheet, cell: raw[column].cell }),
  };
  const source = checkPlanexpo(cells, planexpo);
  const target = checkInwink(cells, inwink);
  const pair = checkPair(cells, source.product, target.product);
  const problems = [...source.problems, ...target.problems, ...pair.problems];
  const isUnmapped = cells.text.inwinkName === '' && cells.text.inwinkId === '';
  return {
    row: raw.row,
    planexpo: source.product,
    inwink: target.product,
    mapped: problems.length === 0 ? mappedRow(raw.row, source.product, target.product) : null,
    unmapped:
      problems.length === 0 && isUnmapped && source.product !== null
        ? { row: raw.row, planexpoId: source.product.id, planexpoName: source.product.name }
        : null,
    problems,
    notes: [...trimmed(raw, cells), ...source.notes, ...pair.notes],
  };
}

/** Column B decides; column A must agree with it. Without B the name must mean exactly one product. */
function checkPlanexpo({ text, at }: Cells, products: ProductIndex): Side {
  if (text.planexpoId === '') return findByName(text.planexpoName, at, products);
  const product = products.byId(text.planexpoId);
  if (product === undefined) {
    const isSwapped = products.byId(text.planexpoName) && products.byName(text.planexpoId).length > 0;
    return refused(
      isSwapped
        ? swappedCells(at('planexpoName'), at('planexpoId'))
        : planexpoProblems.idUnknown(at('planexpoId'), text.planexpoId),
    );
  }
  if (text.planexpoName === '') {
    return refused(planexpoProblems.nameMissing(at('planexpoName'), product), product);
  }
  if (nameKey(text.planexpoName) !== nameKey(product.name)) {
    return refused(planexpoProblems.renamed(at('planexpoName'), text.planexpoName, product), product);
  }
  return { product, problems: [], notes: [] };
}

function findByName(name: string, at: Cells['at'], products: ProductIndex): Side {
  if (name === '') return refused(planexpoProblems.missing(at('planexpoName')));
  const [product, ...others] = products.byName(name);
  if (product === undefined) {
    return refused(planexpoProblems.nameUnknown(at('planexpoName'), name, products.nearName(name)));
  }
  if (others.length > 0) {
    const ids = [product, ...others].map(({ id }) => id);
    return refused(planexpoProblems.nameAmbiguous(at('planexpoId'), name, ids));
  }
  return { product, problems: [], notes: [maskNotes.foundByName(at('planexpoId'), product)] };
}

/** Column D decides; column C must be the name of the product with that id. */
function checkInwink({ text, at }: Cells, products: ProductIndex): Side {
  const { inwinkName: name, inwinkId: id } = text;
  if (name === '' && id === '') return { product: null, problems: [], notes: [] };
  const namedIds = products.byName(name).map((product) => product.id);
  if (id === '') return refused(inwinkProblems.idMissing(at('inwinkId'), namedIds));
  const product = products.byId(id);
  if (name === '') return refused(inwinkProblems.nameMissing(at('inwinkName'), product), product);
  if (product === undefined) {
    const isSwapped = products.byId(name) !== undefined && products.byName(id).length > 0;
    return refused(
      isSwapped
        ? swappedCells(at('inwinkName'), at('inwinkId'))
        : inwinkProblems.idUnknown(at('inwinkId'), id, namedIds),
    );
  }
  if (nameKey(name) !== nameKey(product.name)) {
    return refused(inwinkProblems.nameMismatch(at('inwinkName'), name, product, namedIds), product);
  }
  if (!product.active) return refused(inwinkProblems.inactive(at('inwinkId'), product), product);
  return { product, problems: [], notes: [] };
}

/** What only matters for a row that maps something: both products in use, and the same scale (seed). */
function checkPair(
  { at }: Cells,
  planexpo: ProductDefinition | null,
  inwink: ProductDefinition | null,
): Omit<Side, 'product'> {
  if (planexpo === null || inwink === null) return { problems: [], notes: [] };
  const problems = planexpo.active ? [] : [planexpoProblems.inactive(at('planexpoName'), planexpo)];
  const unknown = [
    ...(planexpo.packSize === null ? ['Planexpo'] : []),
    ...(inwink.packSize === null ? ['Inwink'] : []),
  ];
  if (unknown.length > 0) return { problems, notes: [maskNotes.packSizeUnknown(at('inwinkId'), unknown)] };
  if (planexpo.packSize !== inwink.packSize) {
    problems.push(inwinkProblems.packSize(at('inwinkId'), planexpo, inwink));
  }
  return { problems, notes: [] };
}

function mappedRow(
  row: number,
  planexpo: ProductDefinition | null,
  inwink: ProductDefinition | null,
): MaskRow | null {
  if (planexpo === null || inwink === null) return null;
  return {
    row,
    planexpoId: planexpo.id,
    planexpoName: planexpo.name,
    planexpoPackSize: planexpo.packSize,
    inwinkId: inwink.id,
    inwinkName: inwink.name,
    inwinkPackSize: inwink.packSize,
  };
}

function trimmed(raw: RawRow, { text, at }: Cells): MaskProblem[] {
  const columns: ProductColumn[] = ['planexpoName', 'planexpoId', 'inwinkName', 'inwinkId'];
  return columns
    .filter((column) => raw[column].text !== text[column])
    .map((column) => maskNotes.trimmed(at(column), text[column]));
}

function refused(problem: MaskProblem, product?: ProductDefinition): Side {
  return { product: product ?? null, problems: [problem], notes: [] };
}
