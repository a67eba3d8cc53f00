import { columnTime } from './clock';
import type { MauticObject } from './field-definition';
import { branchesAt, csvValues, htmlDecoded, htmlEscaped, type QueryBranch, textAt } from './php';
import { serverError } from './problems';
import type { CompanyRow, ContactRow, FieldValue } from './records';
import { fieldsOf, type MauticWorld } from './world';

export type Row = CompanyRow | ContactRow;
type Test = (row: Row) => boolean;
type Column = (row: Row) => FieldValue;

/**
 * The column of that name, `l.` or `comp.` before it or not: a field, or `id`, `date_added`, `date_modified`, for contacts
 * `date_identified`, `last_active` and `points`. Times are `2026-03-01 08:15:22`. An unknown one breaks the query (500).
 */
export function columnOf(world: MauticWorld, object: MauticObject, name: string): Column {
  const plain = name.replace(/^(l|comp)\./, '');
  const own = OWN_COLUMNS[object][plain];
  if (own) return own;
  if (!fieldsOf(world, object).some(({ alias }) => alias === plain)) throw serverError();
  return (row) => row.fields[plain] ?? null;
}

const SHARED: Record<string, Column> = {
  id: (row) => row.id,
  is_published: () => 1,
  date_added: (row) => columnTime(row.dateAdded),
  date_modified: (row) => columnTime(row.dateModified),
};

const OWN_COLUMNS: Record<MauticObject, Record<string, Column>> = {
  company: SHARED,
  contact: {
    ...SHARED,
    date_identified: (row) => columnTime('dateIdentified' in row ? row.dateIdentified : null),
    last_active: (row) => columnTime('lastActive' in row ? row.lastActive : null),
    points: (row) => ('points' in row ? row.points : 0),
  },
};

/** The filter `where[i][col|expr|val]`, all clauses together. */
export function whereTest(world: MauticWorld, object: MauticObject, query: QueryBranch): Test {
  const tests = branchesAt(query, 'where').map((clause) => clauseTest(world, object, clause));
  return (row) => tests.every((test) => test(row));
}

function clauseTest(world: MauticWorld, object: MauticObject, clause: QueryBranch): Test {
  const expr = textAt(clause, 'expr') ?? '';
  if (expr === 'andX' || expr === 'orX') {
    const tests = branchesAt(clause, 'val').map((inner) => clauseTest(world, object, inner));
    if (tests.length === 0) return () => true;
    return (row) => (expr === 'andX' ? tests.every((test) => test(row)) : tests.some((test) => test(row)));
  }
  const column = columnOf(world, object, textAt(clause, 'col') ?? '');
  const test = valueTest(world, expr, clause);
  return (row) => test(column(row));
}

function valueTest(world: MauticWorld, expr: string, clause: QueryBranch): (value: FieldValue) => boolean {
  const text = htmlEscaped(textAt(clause, 'val') ?? '');
  // as in SQL, no comparison holds for a missing value
  const given = (test: (value: FieldValue) => boolean) => (value: FieldValue) =>
    value !== null && test(value);
  switch (expr) {
    case 'eq':
      return given((value) => compare(value, text) === 0);
    case 'neq':
      return given((value) => compare(value, text) !== 0);
    case 'lt':
      return given((value) => compare(value, text) < 0);
    case 'lte':
      return given((value) => compare(value, text) <= 0);
    case 'gt':
      return given((value) => compare(value, text) > 0);
    case 'gte':
      return given((value) => compare(value, text) >= 0);
    case 'like':
    case 'notLike': {
      const pattern = likePattern(text);
      return given((value) => pattern.test(shown(value)) === (expr === 'like'));
    }
    case 'in':
    case 'notIn': {
      const values = listed(world, clause);
      const texts = new Set(values.map(comparable));
      const isListed = (value: FieldValue): boolean =>
        typeof value === 'string'
          ? texts.has(comparable(value))
          : values.some((each) => compare(value, each) === 0);
      return given((value) => isListed(value) === (expr === 'in'));
    }
    case 'between':
    case 'notBetween':
      return given(betweenTest(clause, expr));
    case 'isNull':
      return (value) => value === null;
    case 'isNotNull':
      return (value) => value !== null;
    case 'isEmpty':
      return (value) => value === null || value === '';
    case 'isNotEmpty':
      return (value) => value !== null && value !== '';
    default:
      throw serverError();
  }
}

/** `val` holds two values, each escaped. Anything else leaves the clause out, as on the platform. */
function betweenTest(clause: QueryBranch, expr: string): (value: FieldValue) => boolean {
  const limits = clause.get('val');
  const [from, to] = limits instanceof Map ? [...limits.values()] : [];
  if (typeof from !== 'string' || typeof to !== 'string') return () => true;
  return (value) =>
    (compare(value, htmlEscaped(from)) >= 0 && compare(value, htmlEscaped(to)) <= 0) === (expr === 'between');
}

/**
 * Later versions read one text of CSV and undo the escaping; a list of `val` is an error there. Version 3 puts the values
 * into the query as they are, so that only numbers get through.
 */
function listed(world: MauticWorld, clause: QueryBranch): string[] {
  const given = clause.get('val') ?? '';
  if (world.version > 3) {
    if (given instanceof Map) throw serverError();
    return csvValues(htmlDecoded(htmlEscaped(given)));
  }
  const texts = given instanceof Map ? [...given.values()] : given.split(',');
  return texts.map((each) => {
    if (typeof each === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(each)) return each.trim();
    throw serverError();
  });
}

/** Numbers as numbers, texts without case. */
function compare(value: FieldValue, given: string): number {
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value) - (Number(given) || 0);
  const [left, right] = [comparable(shown(value)), comparable(given)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function comparable(text: string): string {
  return text.toLowerCase().trimEnd();
}

function shown(value: FieldValue): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value ?? '');
}

/** `%` any letters, `_` one letter; a backslash takes their meaning away. */
function likePattern(text: string): RegExp {
  const source = text.replace(/\\([%_\\])|[%_]|[.*+?^${}()|[\]\\]/g, (part, plain?: string) => {
    if (plain !== undefined) return plain === '\\' ? '\\\\' : plain;
    if (part === '%') return '.*';
    return part === '_' ? '.' : `\\${part}`;
  });
  return new RegExp(`^${source}$`, 'isu');
}
