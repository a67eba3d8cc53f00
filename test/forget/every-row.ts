import type { Pool } from '../../db/pool';

/** One row of any table, as text; bytes are shown as the text that they are. */
export interface AnyRow {
  table: string;
  text: string;
}

/** Everything in the database, asked for without the code that is tested. */
export async function everyRow(pool: Pool): Promise<AnyRow[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const all: AnyRow[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<Record<string, unknown>>(`select * from "${name}"`);
    for (const row of rows) {
      const shown = Object.entries(row).map(([key, value]) => [
        key,
        Buffer.isBuffer(value) ? value.toString('latin1') : value,
      ]);
      all.push({ table: name, text: JSON.stringify(Object.fromEntries(shown)) });
    }
  }
  return all;
}

/** The tables in which one of these texts stands, whatever its case. */
export function tablesWith(rows: readonly AnyRow[], texts: readonly string[]): string[] {
  const sought = texts.map((text) => text.toLowerCase());
  const found = rows.filter(({ text }) => sought.some((each) => text.toLowerCase().includes(each)));
  return [...new Set(found.map(({ table }) => table))];
}

/** The rows in which this text stands: what must be the same afterwards. */
export function rowsWith(rows: readonly AnyRow[], text: string): AnyRow[] {
  return rows.filter((row) => row.text.toLowerCase().includes(text.toLowerCase()));
}
