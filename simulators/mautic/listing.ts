import type { SimReply, SimRequest } from '../core/http-message';
import type { MauticObject } from './field-definition';
import { branchesAt, type QueryBranch, queryTree, textAt } from './php';
import { serverError } from './problems';
import type { FieldValue } from './records';
import { companyJson, contactJson } from './shapes';
import { columnOf, type Row, whereTest } from './where';
import { type MauticWorld, tableOf } from './world';

const DEFAULT_LIMIT = 30;
/** How long a total of contacts is kept. */
const TOTAL_KEPT_MS = 5000;
const KEYS = { contact: 'contacts', company: 'companies' } as const;

/**
 * `GET /contacts` and `/companies`: `total` is a text, and the records are an object in the order asked for, whose keys
 * look like numbers (JavaScript sorts them again). Without `orderBy` contacts come by last activity, newest first.
 */
export function listRecords(world: MauticWorld, object: MauticObject, request: SimRequest): SimReply {
  const query = queryTree(request.query);
  const found = request.findsNothing ? [] : matching(world, object, query);
  const sorted = [...found].sort(ordering(world, object, query));
  const start = wholeNumber(query, 'start', 0);
  const limit = wholeNumber(query, 'limit', DEFAULT_LIMIT);
  const page = limit === 0 ? sorted : sorted.slice(start, start + limit);

  const total = String(keptTotal(world, object, request.query, found.length));
  const content = `{"total":${JSON.stringify(total)},"${KEYS[object]}":${keyed(world, object, page)}}`;
  return { status: 200, body: null, raw: { type: 'application/json', content } };
}

/** Written by hand: an object of JavaScript would lose the order. */
function keyed(world: MauticWorld, object: MauticObject, rows: readonly Row[]): string {
  if (rows.length === 0) return world.version === 3 ? '[]' : '{}';
  const entries = rows.map((row) => `"${row.id}":${JSON.stringify(rowJson(world, object, row))}`);
  return `{${entries.join(',')}}`;
}

export function rowJson(world: MauticWorld, object: MauticObject, row: Row): Record<string, unknown> {
  return object === 'contact' && 'points' in row ? contactJson(world, row) : companyJson(world, row);
}

function matching(world: MauticWorld, object: MauticObject, query: QueryBranch): Row[] {
  const isWanted = whereTest(world, object, query);
  const isSearched = searchTest(textAt(query, 'search') ?? '');
  return tableOf(world, object)
    .all()
    .filter((row) => isSearched(row) && isWanted(row));
}

/**
 * Commands of a search hang on the language of the instance: `ids:` is known here, `email:` is not and finds everyone.
 * Other words are looked for in every text.
 */
function searchTest(search: string): (row: Row) => boolean {
  const words = search.trim().toLowerCase();
  if (words === '' || words.startsWith('email:')) return () => true;
  if (words === '!is:anonymous') return (row) => !('dateIdentified' in row) || row.dateIdentified !== null;
  if (words.startsWith('ids:')) {
    const ids = new Set(words.slice('ids:'.length).split(',').map(Number));
    return (row) => ids.has(row.id);
  }
  return (row) =>
    Object.values(row.fields).some(
      (value) => typeof value === 'string' && value.toLowerCase().includes(words),
    );
}

type Compare = (a: Row, b: Row) => number;

function ordering(world: MauticWorld, object: MauticObject, query: QueryBranch): Compare {
  const clauses = branchesAt(query, 'order').map(
    (clause) => [textAt(clause, 'col') ?? '', textAt(clause, 'dir') ?? 'ASC'] as const,
  );
  const direction = textAt(query, 'orderByDir') ?? 'ASC';
  const columns = (textAt(query, 'orderBy') ?? '').split(',').filter((name) => name !== '');
  const asked = clauses.length > 0 ? clauses : columns.map((name) => [name, direction] as const);
  const usual = object === 'contact' ? (['last_active', 'DESC'] as const) : (['companyname', 'ASC'] as const);
  const compares = (asked.length > 0 ? asked : [usual]).map(([name, dir]) =>
    byColumn(world, object, name, dir),
  );
  return (a, b) => {
    for (const compare of compares) {
      const result = compare(a, b);
      if (result !== 0) return result;
    }
    return 0; // rows that are equal stay by number here, and in no order on the platform
  };
}

function byColumn(world: MauticWorld, object: MauticObject, name: string, dir: string): Compare {
  const column = columnOf(world, object, name);
  const sign = dir.toUpperCase() === 'DESC' ? -1 : 1;
  return (a, b) => sign * order(column(a), column(b));
}

/** Missing values first, as the database sorts. */
function order(a: FieldValue, b: FieldValue): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a).toLowerCase(), String(b).toLowerCase()];
  return left === right ? 0 : left < right ? -1 : 1;
}

function wholeNumber(query: QueryBranch, name: string, otherwise: number): number {
  const text = textAt(query, name);
  if (text === undefined || text === '') return otherwise;
  const number = Number.parseInt(text, 10);
  if (Number.isNaN(number) || number < 0) throw serverError();
  return number;
}

/** Version 5 keeps the total of a list of contacts for five seconds. */
function keptTotal(world: MauticWorld, object: MauticObject, query: URLSearchParams, total: number): number {
  if (object !== 'contact' || world.version < 5) return total;
  const filter = [...query].filter(([name]) => /^(where|search)/.test(name));
  const key = JSON.stringify(filter);
  const kept = world.totals.get(key);
  if (kept && kept.until > world.clock.ms()) return kept.total;
  world.totals.set(key, { total, until: world.clock.ms() + TOTAL_KEPT_MS });
  return total;
}
