import { z } from '@hono/zod-openapi';
import { listRunOutcomes, listRuns, type RunDetail, runById, runOutcomeCounts } from '../../db/lists/runs';
import { Refusal } from '../../operations/refusal';
import { EXPORT_FORMATS, sendExport } from '../export/send-export';
import { streamLive } from '../live/stream-live';
import { addOperation, addStream, type Desk } from './operation';
import { outcome, recordOutcome, run, runDetail, runLive, runOf } from './run-answers';
import {
  byNumber,
  byText,
  language,
  numbers,
  pageByNumber,
  pageByText,
  rowNumber,
  slug,
  text,
} from './values';

const RUN = z.strictObject({ run: rowNumber });
const TAG = 'Runs';
const search = text(1, 100);

/** Runs and plans, with what became or would become of each record. */
export function addRuns(desk: Desk): void {
  addReading(desk);
  addOutcomes(desk);
  addLive(desk);
}

/** Or a refusal. */
export async function foundRun({ parts }: Desk, id: number): Promise<RunDetail> {
  const detail = await runById(parts.pool, id);
  if (detail === null) throw new Refusal('not-found', `there is no run ${id}`);
  return detail;
}

function addReading(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'listRuns',
      tag: TAG,
      summary: { fr: 'Passages, le plus récent d’abord', en: 'Runs, the newest first' },
      scope: 'read',
      method: 'get',
      path: '/runs',
      query: z.strictObject({ sync: slug.optional(), ...byNumber }),
      answer: pageByNumber(run),
    },
    async ({ query: { after, ...asked } }) => {
      const { rows, next } = await listRuns(desk.parts.pool, { ...asked, before: after });
      return { items: rows.map(runOf), next };
    },
  );
  addOperation(
    desk,
    {
      id: 'getRun',
      tag: TAG,
      summary: { fr: 'Un passage', en: 'One run' },
      scope: 'read',
      method: 'get',
      path: '/runs/{run}',
      params: RUN,
      answer: runDetail,
      errors: [404],
    },
    async ({ params }) => runOf(await foundRun(desk, params.run)),
  );
}

function addOutcomes(desk: Desk): void {
  addCountRunOutcomes(desk);
  addListRunOutcomes(desk);
  addExportRunOutcomes(desk);
}

function addCountRunOutcomes(desk: Desk): void {
  const { pool } = desk.parts;
  addOperation(
    desk,
    {
      id: 'countRunOutcomes',
      tag: TAG,
      summary: { fr: 'Fiches d’un passage, par issue', en: 'Records of a run, by outcome' },
      description: 'Those that this run looked at; `counts` of the run are over all records of the sync.',
      scope: 'read',
      method: 'get',
      path: '/runs/{run}/counts',
      params: RUN,
      answer: z.object({ run: z.number().int(), counts: numbers }),
      errors: [404],
    },
    async ({ params }) => {
      await foundRun(desk, params.run);
      return { run: params.run, counts: { ...(await runOutcomeCounts(pool, params.run)) } };
    },
  );
}

function addListRunOutcomes(desk: Desk): void {
  const { pool } = desk.parts;
  addOperation(
    desk,
    {
      id: 'listRunOutcomes',
      tag: TAG,
      summary: { fr: 'Ce que chaque fiche est devenue', en: 'What became of each record' },
      description: '`search` finds the words of a name or an id, whatever the case and the accents.',
      scope: 'read',
      method: 'get',
      path: '/runs/{run}/outcomes',
      params: RUN,
      query: z.strictObject({ outcome: outcome.optional(), search: search.optional(), ...byText }),
      answer: pageByText(recordOutcome),
      errors: [404],
    },
    async ({ params, query: { search: words, ...asked } }) => {
      await foundRun(desk, params.run);
      const { rows, next } = await listRunOutcomes(pool, params.run, { ...asked, text: words });
      return { items: rows.map(({ recordId, ...row }) => ({ ...row, record: recordId })), next };
    },
  );
}

function addExportRunOutcomes(desk: Desk): void {
  addStream(
    desk,
    {
      id: 'exportRunOutcomes',
      tag: TAG,
      summary: { fr: 'Les mêmes en fichier CSV ou Excel', en: 'The same as a CSV or Excel file' },
      scope: 'read',
      method: 'get',
      path: '/runs/{run}/outcomes/file',
      params: RUN,
      query: z.strictObject({
        format: z.enum(EXPORT_FORMATS),
        outcome: outcome.optional(),
        search: search.optional(),
        language: language.default('fr'),
      }),
      mediaTypes: [
        'text/csv; charset=utf-8',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      ],
      done: 'The file, written while it is sent. Times are in UTC.',
      errors: [404],
    },
    async ({ c, params, query }) => {
      const filter = { outcome: query.outcome, text: query.search };
      const reader = { language: query.language, zone: 'UTC' };
      return sendExport(c, desk.parts, {
        run: await foundRun(desk, params.run),
        format: query.format,
        filter,
        reader,
      });
    },
  );
}

function addLive(desk: Desk): void {
  desk.api.openAPIRegistry.register('RunLive', runLive);
  addStream(
    desk,
    {
      id: 'watchRun',
      tag: TAG,
      summary: { fr: 'Suivre un passage en direct', en: 'Watch a run' },
      description:
        'Server-sent events: each one without a name holds a `RunLive` in JSON as its `data`, sent at once and whenever something changed; the event `ended` is the last one. Ends after ten minutes at most: ask again. Ends also when the token is revoked or expires.',
      scope: 'read',
      method: 'get',
      path: '/runs/{run}/live',
      params: RUN,
      mediaTypes: ['text/event-stream'],
      done: 'A stream of events.',
      errors: [404],
    },
    async ({ c, params }) => {
      await foundRun(desk, params.run);
      return streamLive(c, desk.parts, params.run, (live) => ({ data: JSON.stringify(runLive.parse(live)) }));
    },
  );
}
