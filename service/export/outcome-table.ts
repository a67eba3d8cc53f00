import {
  type RunDetail,
  type RunOutcomeFilter,
  type RunOutcomeRow,
  streamRunOutcomes,
} from '../../db/lists/runs';
import type { Language, Reasons } from '../../mappings/reason-types';
import { outcomeText } from '../../operations/outcome-words';
import { reasonsFor } from '../../operations/syncs';
import type { ServiceParts } from '../parts';

const HEADS = {
  fr: ['Fiche', 'Identifiant public', 'Nom', 'Type', 'Issue', 'Raison', 'À faire', 'Écritures', 'Le'],
  en: ['Record', 'Public id', 'Name', 'Kind', 'Outcome', 'Reason', 'What to do', 'Writes', 'At'],
} as const satisfies Record<Language, readonly string[]>;

/** Place of the column of numbers: the others are texts. */
const WRITES = 7;

/** A table as a file holds it, page by page: nothing but one page is in memory. */
export interface OutcomeTable {
  heads: readonly string[];
  /** Rows as long as `heads`. */
  pages: AsyncIterable<OutcomeCells[]>;
}

/** Texts, and how many writes; in the order of the heads. */
type OutcomeCells = Array<string | number>;

/** Who reads the file: its words, and the zone of its times. */
export interface ExportReader {
  language: Language;
  zone: string;
}

/** What became of every record of a run, with the reason in words. */
export function outcomeTable(
  { pool, configuration }: Pick<ServiceParts, 'pool' | 'configuration'>,
  run: Pick<RunDetail, 'id' | 'sync'>,
  filter: RunOutcomeFilter,
  reader: ExportReader,
): OutcomeTable {
  const reasons = reasonsFor(configuration, run.sync);
  // the Swedish way to write a moment is the one that spreadsheets everywhere recognise: 2027-03-01 14:05:59
  const moment = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: reader.zone,
  });
  async function* pages(): AsyncGenerator<OutcomeCells[], void, undefined> {
    for await (const rows of streamRunOutcomes(pool, run.id, filter))
      yield rows.map((row) => cellsOf(row, reasons, reader.language, moment));
  }
  const heads = HEADS[reader.language].map((head, place) =>
    place === WRITES + 1 ? `${head} (${reader.zone})` : head,
  );
  return { heads, pages: pages() };
}

function cellsOf(
  row: RunOutcomeRow,
  reasons: Reasons,
  language: Language,
  moment: Intl.DateTimeFormat,
): OutcomeCells {
  const why = row.reason === null ? null : reasons.text(row.reason, language);
  return [
    row.recordId,
    row.publicId ?? '',
    row.name ?? '',
    row.kind ?? '',
    outcomeText(row.outcome, language),
    why?.what ?? '',
    why?.next ?? '',
    row.writes,
    moment.format(row.at),
  ];
}
