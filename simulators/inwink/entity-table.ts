import { valueAt } from '../core/value-path';

/** What every row has. Rows are never changed in place: a write puts a new one. */
export interface Row {
  id: string;
  createdOn: string;
  updatedOn: string;
}

/** Rows of one kind, with the look-ups a platform of this size would have an index for. */
export interface EntityTable<R extends Row> {
  get(id: string): R | undefined;
  put(row: R): void;
  remove(id: string): void;
  all(): R[];
  /** Rows whose value at an indexed path is one of these; `null` when the path has no index. */
  among(path: string, values: readonly unknown[]): R[] | null;
  /** All rows in an order that is computed once per change. */
  sorted(name: string, compare: (a: R, b: R) => number): readonly R[];
  replaceAll(rows: readonly R[]): void;
}

export function entityTable<R extends Row>(indexedPaths: readonly string[]): EntityTable<R> {
  let rows = new Map<string, R>();
  const indexes = new Map(indexedPaths.map((path) => [path, new Map<string, Set<string>>()]));
  const orders = new Map<string, readonly R[]>();

  const unindex = (row: R): void => {
    for (const [path, index] of indexes) index.get(comparable(valueAt(row, path)))?.delete(row.id);
  };
  const put = (row: R): void => {
    const before = rows.get(row.id);
    if (before) unindex(before);
    rows.set(row.id, row);
    for (const [path, index] of indexes) {
      const key = comparable(valueAt(row, path));
      const ids = index.get(key) ?? new Set();
      index.set(key, ids.add(row.id));
    }
    orders.clear();
  };

  return {
    get: (id) => rows.get(id),
    put,
    remove(id) {
      const before = rows.get(id);
      if (!before) return;
      unindex(before);
      rows.delete(id);
      orders.clear();
    },
    all: () => [...rows.values()],
    among(path, values) {
      const index = indexes.get(path);
      if (!index) return null;
      const ids = new Set(values.flatMap((value) => [...(index.get(comparable(value)) ?? [])]));
      return [...ids].map((id) => rows.get(id)).filter((row) => row !== undefined);
    },
    sorted(name, compare) {
      const known = orders.get(name);
      if (known) return known;
      const sorted = [...rows.values()].sort(compare);
      orders.set(name, sorted);
      return sorted;
    },
    replaceAll(next) {
      rows = new Map();
      for (const index of indexes.values()) index.clear();
      for (const row of next) put(row);
      orders.clear();
    },
  };
}

/** Index key that may hold more than equal values: what it finds is compared again. */
function comparable(value: unknown): string {
  return typeof value === 'string' ? value.trim().toLowerCase() : String(value ?? null);
}
