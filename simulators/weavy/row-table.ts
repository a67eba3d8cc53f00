export type Value = string | number | boolean | null;

/** A record as the server keeps it. Rows are never changed in place: a write puts a new one. */
export interface Row {
  /** The business code. */
  readonly id: string;
  /** Values that were ever given, also those of fields that do not exist any more. */
  readonly fields: Readonly<Record<string, Value>>;
  readonly srvDateUTC: string;
  /** 0 = live. */
  readonly srvAttrib: number;
  /** 1 = changed since the vendor's own export looked, which it never does here. */
  readonly srvExport: number;
  readonly madeBy: 'api' | 'person';
  /** When searches start to find it, ms since 1970. */
  readonly searchableFrom: number;
  /** The identity that another live record had already when the API made this one; see the summary. */
  readonly repeats: string | null;
}

/** The records of one table, with the look-ups for which a server of this size has an index. */
export interface RowTable {
  get(id: string): Row | undefined;
  put(row: Row): void;
  all(): Row[];
  /** Rows whose text in this field is one of these. */
  among(fieldName: string, texts: readonly string[]): Row[];
  /** Rows of one company or person. */
  alike(identity: string): Row[];
  /** All rows in an order that is computed once per change. */
  sorted(name: string, sort: (rows: readonly Row[]) => Row[]): readonly Row[];
  clear(): void;
}

/** `fold` makes texts that count as equal the same; codes too. `identity` tells what a record is recognised by. */
export function rowTable(
  fold: (text: string) => string,
  identity: (fields: Row['fields']) => string | null,
): RowTable {
  const rows = new Map<string, Row>();
  const indexes = new Map<string, Index>();
  const identities = newIndex((row) => identity(row.fields) ?? '');
  const orders = new Map<string, readonly Row[]>();

  const enter = ({ textOf, keys }: Index, row: Row): void => {
    const text = textOf(row);
    const own = keys.get(text) ?? new Set();
    keys.set(text, own.add(fold(row.id)));
  };
  const indexOn = (fieldName: string): Index => {
    const known = indexes.get(fieldName);
    if (known) return known;
    const index = newIndex((row) => fold(String(row.fields[fieldName] ?? '')));
    for (const row of rows.values()) enter(index, row);
    indexes.set(fieldName, index);
    return index;
  };
  const byKey = (keys: Iterable<string>): Row[] =>
    [...keys].map((key) => rows.get(key)).filter((row) => row !== undefined);

  return {
    get: (id) => rows.get(fold(id)),
    put(row) {
      const before = rows.get(fold(row.id));
      rows.set(fold(row.id), row);
      for (const index of [identities, ...indexes.values()]) {
        if (before) index.keys.get(index.textOf(before))?.delete(fold(row.id));
        enter(index, row);
      }
      orders.clear();
    },
    all: () => [...rows.values()],
    among(fieldName, texts) {
      const { keys } = indexOn(fieldName);
      return byKey(new Set(texts.flatMap((text) => [...(keys.get(fold(text)) ?? [])])));
    },
    alike: (text) => byKey(identities.keys.get(text) ?? []),
    sorted(name, sort) {
      const known = orders.get(name);
      if (known) return known;
      const sorted = sort([...rows.values()]);
      orders.set(name, sorted);
      return sorted;
    },
    clear() {
      rows.clear();
      indexes.clear();
      identities.keys.clear();
      orders.clear();
    },
  };
}

/** Text -> keys of the rows that have it. */
interface Index {
  textOf(row: Row): string;
  keys: Map<string, Set<string>>;
}

function newIndex(textOf: (row: Row) => string): Index {
  return { textOf, keys: new Map() };
}
