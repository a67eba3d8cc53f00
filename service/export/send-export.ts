import type { Context } from 'hono';
import type { RunDetail, RunOutcomeFilter } from '../../db/lists/runs';
import type { ServiceEnv, ServiceParts } from '../parts';
import { csvOf } from './csv';
import { type ExportReader, outcomeTable } from './outcome-table';
import { sendFile } from './send-file';
import { xlsxOf } from './xlsx';

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
type ExportFormat = (typeof EXPORT_FORMATS)[number];

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const satisfies Record<ExportFormat, string>;

interface Asked {
  run: Pick<RunDetail, 'id' | 'sync'>;
  format: ExportFormat;
  filter: RunOutcomeFilter;
  reader: ExportReader;
}

/** What became of the records of a run, as a file. */
export function sendExport(
  c: Context<ServiceEnv>,
  parts: ServiceParts,
  { run, format, filter, reader }: Asked,
): Response {
  return sendFile(c, parts, {
    name: `passerelle-${run.sync}-run-${run.id}.${format}`,
    type: TYPES[format],
    run: run.id,
    begin() {
      const table = outcomeTable(parts, run, filter, reader);
      if (format === 'csv') return csvOf(table, reader.language);
      return xlsxOf(table, `${run.sync.slice(0, 20)} ${run.id}`);
    },
  });
}
