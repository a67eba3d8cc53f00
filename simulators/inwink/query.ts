import { z } from 'zod';
import { valueAt } from '../core/value-path';
import type { EntityTable, Row } from './entity-table';
import type { FieldRule } from './field-rules';
import { validationFailed } from './problems';

const MAX_PAGE_SIZE = 200;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const conditionSchema = z
  .strictObject({ $eq: scalar, $in: z.array(scalar), $gte: scalar, $lt: scalar })
  .partial()
  .refine((condition) => Object.keys(condition).length > 0, 'An operator is expected.');

export const pageSchema = z.object({
  index: z.number().int().min(0).default(0),
  size: z.number().int().min(1).max(MAX_PAGE_SIZE).default(100),
});

const querySchema = z.strictObject({
  $filters: z.record(z.string(), conditionSchema).default({}),
  $order: z.array(z.record(z.string(), z.enum(['asc', 'desc']))).default([{ createdOn: 'asc' }]),
  $page: pageSchema.prefault({}),
});

type Condition = z.infer<typeof conditionSchema>;
type Query = z.infer<typeof querySchema>;

export interface Page<R> {
  items: readonly R[];
  page: { index: number; size: number; total: number };
}

const OWN_PATHS = ['id', 'createdOn', 'updatedOn'];
const DATES = new Set(['createdOn', 'updatedOn']);

/** `POST /{eventId}/{entity}/query`. Pages are cut out of the list as it is now: rows may shift in between. */
export function queryRows<R extends Row>(
  table: EntityTable<R>,
  body: unknown,
  rules: ReadonlyMap<string, FieldRule>,
  isSearchable: (row: R) => boolean,
): Page<R> {
  const query = parsedQuery(body ?? {}, rules);
  const conditions = Object.entries(query.$filters);
  const compare = comparison<R>(query.$order);
  const narrowed = narrow(table, conditions);
  const candidates = narrowed ? narrowed.sort(compare) : table.sorted(JSON.stringify(query.$order), compare);
  const found = candidates.filter(
    (row) => isSearchable(row) && conditions.every(([path, condition]) => holds(row, path, condition)),
  );
  return pageOf(found, query.$page);
}

export function pageOf<R>(rows: readonly R[], { index, size }: { index: number; size: number }): Page<R> {
  return { items: rows.slice(index * size, (index + 1) * size), page: { index, size, total: rows.length } };
}

function parsedQuery(body: unknown, rules: ReadonlyMap<string, FieldRule>): Query {
  const parsed = querySchema.safeParse(body);
  if (!parsed.success) {
    throw validationFailed(
      Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.') || '$', [issue.message]])),
    );
  }
  const { $filters, $order } = parsed.data;
  const used = [...Object.keys($filters), ...$order.flatMap((each) => Object.keys(each))];
  const unknown = used.find((path) => !rules.has(path) && !OWN_PATHS.includes(path));
  if (unknown !== undefined) throw validationFailed({ [unknown]: ['There is no such field.'] });
  return parsed.data;
}

function narrow<R extends Row>(
  table: EntityTable<R>,
  conditions: ReadonlyArray<[string, Condition]>,
): R[] | null {
  for (const [path, condition] of conditions) {
    const values = condition.$in ?? (condition.$eq === undefined ? null : [condition.$eq]);
    if (!values) continue;
    const rows = table.among(path, values);
    if (rows) return rows;
  }
  return null;
}

function comparison<R extends Row>(order: Query['$order']): (a: R, b: R) => number {
  const steps = order.flatMap((each) => Object.entries(each));
  return (a, b) => {
    for (const [path, direction] of steps) {
      const difference = compareValues(path, valueAt(a, path), valueAt(b, path));
      if (difference !== 0) return direction === 'asc' ? difference : -difference;
    }
    return 0;
  };
}

function holds(row: Row, path: string, condition: Condition): boolean {
  const value = valueAt(row, path) ?? null;
  const { $eq, $in, $gte, $lt } = condition;
  if ($eq !== undefined && !isSame(path, value, $eq)) return false;
  if ($in && !$in.some((each) => isSame(path, value, each))) return false;
  if ($gte !== undefined && (value === null || compareValues(path, value, $gte) < 0)) return false;
  return $lt === undefined || (value !== null && compareValues(path, value, $lt) < 0);
}

/** E-mail addresses are the same in any case, as where they must be unique (assumed); all else is exact. */
function isSame(path: string, a: unknown, b: unknown): boolean {
  if (path === 'email' && typeof a === 'string' && typeof b === 'string') return emailKey(a) === emailKey(b);
  return a === b;
}

export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

function compareValues(path: string, a: unknown, b: unknown): number {
  if (DATES.has(path)) return Date.parse(String(a)) - Date.parse(String(b));
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
