import Table from 'cli-table3';

/** Narrower columns than this make every word a line of its own. */
const NARROWEST = 12;
/** Width without a terminal: what mail and log viewers show without wrapping. */
const WIDTH_WITHOUT_TERMINAL = 120;
/** Space on both sides of a cell's text. */
const PADDING = 2;

export interface Column {
  head: string;
  /** Wraps its text when the line is too short, in proportion to the other columns that do. Without it: never wraps. */
  share?: number;
}

/** A table for people, as wide as its content or the terminal. A plain text is a column that wraps. */
export function table(
  columns: ReadonlyArray<Column | string>,
  rows: ReadonlyArray<readonly string[]>,
): string {
  const named = columns.map((column) => (typeof column === 'string' ? { head: column, share: 1 } : column));
  const drawn = new Table({
    head: named.map((column) => column.head),
    colWidths: widthsOf(named, rows),
    wordWrap: true,
    wrapOnWordBoundary: true,
    style: { head: [], border: [] },
  });
  for (const row of rows) drawn.push(row.map(printable));
  return drawn.toString();
}

/** Columns that fit into their part of the line keep their own width; the others divide what is left. */
function widthsOf(columns: readonly Column[], rows: ReadonlyArray<readonly string[]>): number[] {
  const widths = columns.map(({ head }, index) => {
    const cells = [head, ...rows.map((row) => row[index] ?? '')];
    return PADDING + Math.max(...cells.flatMap((cell) => cell.split('\n').map((line) => line.length)));
  });
  const line = (process.stdout.columns ?? WIDTH_WITHOUT_TERMINAL) - columns.length - 1;
  let wrapping = columns.flatMap(({ share }, index) => (share === undefined ? [] : [{ index, share }]));
  for (;;) {
    const taken = widths.reduce(
      (sum, width, index) => (wrapping.some((c) => c.index === index) ? sum : sum + width),
      0,
    );
    const shares = wrapping.reduce((sum, { share }) => sum + share, 0);
    const partOf = (share: number) => Math.floor(((line - taken) * share) / shares);
    const fitting = wrapping.filter(({ index, share }) => (widths[index] ?? 0) <= partOf(share));
    if (fitting.length === 0) {
      for (const { index, share } of wrapping) widths[index] = Math.max(NARROWEST, partOf(share));
      return widths;
    }
    wrapping = wrapping.filter((column) => !fitting.includes(column));
  }
}

/** Values come from outside: a control character in one must not steer the terminal. */
function printable(cell: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach the terminal
  return cell.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ');
}
