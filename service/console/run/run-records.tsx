import type { FC } from 'hono/jsx';
import type { Page } from '../../../db/lists/page';
import type { RunOutcomeRow } from '../../../db/lists/runs';
import type { Reasons } from '../../../mappings/reason-types';
import { outcomeText } from '../../../operations/outcome-words';
import { EXPORT_FORMATS } from '../../export/send-export';
import { OutcomeBadge } from '../parts/badge';
import { Time } from '../parts/time';
import { paths, withQuery } from '../paths';
import { RECORD_OUTCOMES, type RunRecordsAsked } from '../records/asked';
import { RecordsPager, SearchForm } from '../records/search-form';
import { RECORDS_WORDS } from '../records/words';
import { numberText, type View } from '../view';
import { RUN_WORDS } from './words';

export const runRecordsPath = (run: number) => `${paths.run(run)}/records`;

export interface RunRecordsProps {
  view: View;
  run: { id: number; sync: string };
  asked: RunRecordsAsked;
  page: Page<RunOutcomeRow, string>;
  counts: Readonly<Record<string, number>>;
  reasons: Reasons;
}

/** What became of each record in the run: narrowed by outcome, searched by name or id, taken away as a file. */
export const RunRecords: FC<RunRecordsProps> = ({ view, run, asked, page, counts, reasons }) => {
  const words = RUN_WORDS[view.language];
  const path = runRecordsPath(run.id);
  return (
    <section class="card" aria-labelledby="records">
      <h2 id="records">{words.recordsOf}</h2>
      <p class="soft">{words.recordsLead}</p>
      <nav class="row" aria-label={words.outcome}>
        {RECORD_OUTCOMES.map((outcome) => {
          const n = counts[outcome] ?? 0;
          if (n === 0) return null;
          return (
            <a
              href={withQuery(path, { outcome })}
              {...(asked.outcome === outcome ? { 'aria-current': 'true' } : {})}
            >
              {`${numberText(n, view)} ${outcomeText(outcome, view.language)}`}
            </a>
          );
        })}
      </nav>
      <SearchForm view={view} path={path} asked={asked} outcomes={RECORD_OUTCOMES} />
      {page.rows.length === 0 ? (
        <p class="empty">{words.noRecord}</p>
      ) : (
        <OutcomeTable view={view} sync={run.sync} rows={page.rows} reasons={reasons} />
      )}
      <RecordsPager view={view} path={path} asked={asked} next={page.next} />
      <p class="row">
        <span>{words.export}</span>
        {EXPORT_FORMATS.map((format) => (
          <a class="button" href={`${paths.run(run.id)}/export.${format}`} download="">
            {format === 'csv' ? 'CSV' : 'Excel (xlsx)'}
          </a>
        ))}
      </p>
    </section>
  );
};

interface OutcomeTableProps {
  view: View;
  sync: string;
  rows: readonly RunOutcomeRow[];
  reasons: Reasons;
}

const OutcomeTable: FC<OutcomeTableProps> = ({ view, sync, rows, reasons }) => {
  const words = RUN_WORDS[view.language];
  return (
    <div class="scroll">
      <table>
        <caption>{RECORDS_WORDS[view.language].caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.id}</th>
            <th scope="col">{words.outcome}</th>
            <th scope="col">{words.reason}</th>
            <th scope="col" class="number">
              {words.writes}
            </th>
            <th scope="col">{words.settled}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">
                <a href={paths.record(sync, row.recordId)}>
                  {row.name ?? RECORDS_WORDS[view.language].noName}
                </a>
              </th>
              <td class="mono">{row.publicId ?? row.recordId}</td>
              <td>
                <OutcomeBadge outcome={row.outcome} language={view.language} />
              </td>
              <td>{row.reason === null ? '' : reasons.text(row.reason, view.language).what}</td>
              <td class="number">{numberText(row.writes, view)}</td>
              <td>
                <Time at={row.at} view={view} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
