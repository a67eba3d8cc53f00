import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Language } from '../../mappings/reason-types';
import type { OutcomeTable } from './outcome-table';

/** What Excel expects between cells where it speaks the language. */
const DELIMITERS = { fr: ';', en: ',' } as const satisfies Record<Language, string>;

/**
 * The table as CSV in UTF-8 with a byte order mark, so that Excel reads its accents. A cell that a spreadsheet would take
 * for a formula is made a text. Destroying the stream ends the reading.
 */
export function csvOf({ heads, pages }: OutcomeTable, language: Language): Readable {
  const rows = async function* (): AsyncGenerator<unknown[], void, undefined> {
    yield [...heads];
    for await (const page of pages) yield* page;
  };
  const source = Readable.from(rows());
  const csv = stringify({
    bom: true,
    delimiter: DELIMITERS[language],
    escape_formulas: true,
    record_delimiter: 'windows',
  });
  source.on('error', (error) => csv.destroy(error));
  csv.on('close', () => source.destroy());
  return source.pipe(csv);
}
