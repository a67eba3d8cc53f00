import Table from 'cli-table3';

/** Narrower columns than this make every word a line of its own. */
const NARROWEST = 12;
/** Width without a terminal: what mail and log viewers show without wrapping. */
const WIDTH_WITHOUT_TERMINAL = 120;

export interface Column {
  head: string;
  /** How much of the line this column may take beside the others; without it the column is as wide as its content. */
  share?: number;
}

/** A table for people: columns with a share wrap their text and divide what the others leave of the line. */
export function table(columns: readonly Column[], rows: ReadonlyArray<readonly string[]>): string {
  const widths = widthsOf(columns, rows);
  const drawn = new Table({
    head: columns.map((column) => column.head),
    colWidths: widths,
    wordWrap: true,
    wrapOnWordBoundary: true,
    style: { head: [], border: [] },
  });
  for (const row of rows) drawn.push(row.map(printable));
  return drawn.toString();
}

function widthsOf(columns: readonly Column[], rows: ReadonlyArray<readonly string[]>): number[] {
  const natural = columns.map(({ head }, index) => {
    const cells = [head, ...rows.map((row) => row[index] ?? '')];
    return 2 + Math.max(...cells.flatMap((cell) => cell.split('\n').map((line) => line.length)));
  });
  const line = (process.stdout.columns ?? WIDTH_WITHOUT_TERMINAL) - columns.length - 1;
  const fixed = columns.reduce((sum, { share }, i) => sum + (share === undefined ? (natural[i] ?? 0) : 0), 0);
  const shares = columns.reduce((sum, { share }) => sum + (share ?? 0), 0);
  return columns.map(({ share }, index) => {
    const wanted = natural[index] ?? NARROWEST;
    if (share === undefined) return wanted;
    return Math.min(wanted, Math.max(NARROWEST, Math.floor(((line - fixed) * share) / shares)));
  });
}

/** Values come from outside: a control character in one must not steer the terminal. */
function printable(cell: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach the terminal
  return cell.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ');
}
