import { type CompanyRow, type FieldValue, folded, isBlank } from './records';

/** Rows of one object, with an index on the field that says who is who. */
export interface RecordTable<R extends CompanyRow> {
  get(id: number): R | undefined;
  put(row: R): void;
  remove(id: number): void;
  /** By number. */
  all(): readonly R[];
  /** Rows that hold this value, without case, by number. None for a blank. */
  holding(alias: string, value: FieldValue | undefined): R[];
  /** A number never used before. */
  nextId(): number;
  replaceAll(rows: readonly R[]): void;
}

export function recordTable<R extends CompanyRow>(key: string): RecordTable<R> {
  let rows = new Map<number, R>();
  let byKey = new Map<string, Set<number>>();
  let sorted: readonly R[] | null = null;
  let lastId = 0;

  const unindex = (row: R | undefined): void => {
    const value = row?.fields[key];
    if (row && !isBlank(value)) byKey.get(folded(value))?.delete(row.id);
  };
  const put = (row: R): void => {
    unindex(rows.get(row.id));
    rows.set(row.id, row);
    lastId = Math.max(lastId, row.id);
    sorted = null;
    const value = row.fields[key];
    if (isBlank(value)) return;
    const ids = byKey.get(folded(value)) ?? new Set();
    byKey.set(folded(value), ids.add(row.id));
  };
  const all = (): readonly R[] => {
    sorted ??= [...rows.values()].sort((a, b) => a.id - b.id);
    return sorted;
  };

  return {
    get: (id) => rows.get(id),
    put,
    remove(id) {
      unindex(rows.get(id));
      rows.delete(id);
      sorted = null;
    },
    all,
    holding(alias, value) {
      if (value === undefined || isBlank(value)) return [];
      if (alias !== key) {
        return all().filter(
          ({ fields }) => !isBlank(fields[alias]) && folded(fields[alias] ?? '') === folded(value),
        );
      }
      return [...(byKey.get(folded(value)) ?? [])].sort((a, b) => a - b).flatMap((id) => rows.get(id) ?? []);
    },
    nextId: () => lastId + 1,
    replaceAll(next) {
      rows = new Map();
      byKey = new Map();
      lastId = 0;
      sorted = null;
      for (const row of next) put(row);
    },
  };
}
