/** Part of a list, in its order. `next` is the cursor to ask the following part with; null when this was the last. */
export interface Page<Row, Cursor extends string | number = number> {
  rows: Row[];
  next: Cursor | null;
}

/** Makes a page of rows that were asked with a limit of one more than wanted: that row only tells that there are more. */
export function pageOf<Row, Cursor extends string | number>(
  found: Row[],
  limit: number,
  cursorOf: (row: Row) => Cursor,
): Page<Row, Cursor> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
}
