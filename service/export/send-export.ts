import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { RunDetail, RunOutcomeFilter } from '../../db/lists/runs';
import type { ServiceEnv, ServiceParts } from '../parts';
import { csvOf } from './csv';
import { type ExportReader, outcomeTable } from './outcome-table';
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

/**
 * What became of the records of a run, as a file that is written while it is sent. What goes wrong on the way breaks the
 * answer off, so that nobody takes half a file for the whole.
 */
export function sendExport(c: Context<ServiceEnv>, parts: ServiceParts, asked: Asked): Response {
  const { run, format, filter, reader } = asked;
  const table = outcomeTable(parts, run, filter, reader);
  const file =
    format === 'csv' ? csvOf(table, reader.language) : xlsxOf(table, `${run.sync.slice(0, 20)} ${run.id}`);
  file.on('error', (error) =>
    parts.logger?.error(
      { requestId: c.get('requestId'), run: run.id, failure: error.name },
      'export broke off',
    ),
  );
  const stop = () => file.destroy(new Error('the service stops'));
  parts.stopping.addEventListener('abort', stop, { once: true });
  file.on('close', () => parts.stopping.removeEventListener('abort', stop));
  return c.body(
    // the same interface, under two names in two type libraries
    Readable.toWeb(file) as ReadableStream<Uint8Array>,
    200,
    {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="passerelle-${run.sync}-run-${run.id}.${format}"`,
      'cache-control': 'no-store',
    },
  );
}
