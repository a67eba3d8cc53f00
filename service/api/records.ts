import { z } from '@hono/zod-openapi';
import { listHistory } from '../../db/lists/history';
import { listRecords } from '../../db/lists/records';
import { findRecord } from '../../operations/find-record';
import { recordView } from '../../operations/record-view';
import { retryAll, retryRecord } from '../../operations/retry';
import { syncOf } from '../../operations/syncs';
import { addOperation, type Desk } from './operation';
import { historyLine, record, recordInList } from './record-answers';
import { outcome } from './run-answers';
import {
  byNumber,
  byText,
  language,
  pageByNumber,
  pageByText,
  recordId,
  slug,
  text,
  wholeNumber,
  yesOrNo,
} from './values';

const SYNC = z.strictObject({ sync: slug });
const RECORD = SYNC.extend({ record: recordId });
const TAG = 'Records';
const MOST_LINES = 200;

/** Records: where they stand, everything about one of them, and another try. */
export function addRecords(desk: Desk): void {
  addReading(desk);
  addHistory(desk);
  addRetries(desk);
}

function addReading(desk: Desk): void {
  addListRecords(desk);
  addGetRecord(desk);
}

function addListRecords(desk: Desk): void {
  const { configuration, pool } = desk.parts;
  addOperation(
    desk,
    {
      id: 'listRecords',
      tag: TAG,
      summary: { fr: 'Fiches d’une synchronisation', en: 'Records of a sync' },
      description:
        'In the order of their ids. `search` finds the words of a name or an id, whatever the case and the accents. `outcome=not-yet`: no pass came to an end.',
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/records',
      params: SYNC,
      query: z.strictObject({
        outcome: z.enum([...outcome.options, 'not-yet']).optional(),
        search: text(1, 100).optional(),
        due: yesOrNo.optional(),
        ...byText,
      }),
      answer: pageByText(recordInList),
      errors: [404],
    },
    async ({ params, query: { search, ...asked } }) => {
      syncOf(configuration, params.sync);
      const { rows, next } = await listRecords(pool, params.sync, { ...asked, text: search });
      const items = rows.map(({ recordId: id, parentId, ...row }) => ({
        ...row,
        record: id,
        parent: parentId,
      }));
      return { items, next };
    },
  );
}

function addGetRecord(desk: Desk): void {
  const { configuration, pool } = desk.parts;
  addOperation(
    desk,
    {
      id: 'getRecord',
      tag: TAG,
      summary: {
        fr: 'Une fiche, avec tout ce qu’on en sait',
        en: 'A record, with everything known about it',
      },
      description: 'By its private or public id, in any case. No platform is asked.',
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/records/{record}',
      params: RECORD,
      query: z.strictObject({
        lines: wholeNumber(1, MOST_LINES)
          .default(50)
          .openapi({ type: 'integer', minimum: 1, maximum: MOST_LINES, default: 50 }),
        language: language.optional(),
      }),
      answer: record,
      errors: [404, 422],
    },
    async ({ context, params, query }) => {
      syncOf(configuration, params.sync);
      const found = await findRecord(pool, params.sync, params.record);
      return recordView(context, params.sync, found, query);
    },
  );
}

function addHistory(desk: Desk): void {
  const { configuration, pool } = desk.parts;
  addOperation(
    desk,
    {
      id: 'listRecordHistory',
      tag: TAG,
      summary: {
        fr: 'Historique d’une fiche, le plus récent d’abord',
        en: 'History of a record, the newest first',
      },
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/records/{record}/history',
      params: RECORD,
      query: z.strictObject(byNumber),
      answer: pageByNumber(historyLine),
      errors: [404, 422],
    },
    async ({ params: { sync, record: id }, query }) => {
      syncOf(configuration, sync);
      const found = await findRecord(pool, sync, id);
      const asked = { sync, recordIds: [found.recordId], before: query.after, limit: query.limit };
      const { rows, next } = await listHistory(pool, asked);
      return { items: rows.map(({ runId, ...row }) => ({ ...row, run: runId })), next };
    },
  );
}

function addRetries(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'retryRecord',
      tag: TAG,
      summary: { fr: 'Repasser une fiche maintenant', en: 'Another pass over a record now' },
      description: '`resumed`: a decision to stop was taken back.',
      scope: 'operate',
      method: 'post',
      path: '/syncs/{sync}/records/{record}/retry',
      params: RECORD,
      status: 202,
      done: 'Its workflow was told.',
      answer: z.object({ record: z.string(), resumed: z.boolean() }),
      errors: [404, 422, 429],
    },
    ({ context, params }) => retryRecord(context, params.sync, params.record),
  );
  addOperation(
    desk,
    {
      id: 'retryAllRecords',
      tag: TAG,
      summary: {
        fr: 'Repasser toutes les fiches retenues, refusées ou en attente',
        en: 'Another pass over all that are held, refused or waiting',
      },
      scope: 'operate',
      method: 'post',
      path: '/syncs/{sync}/retry',
      params: SYNC,
      status: 202,
      done: 'Their workflows were told.',
      answer: z.object({ retried: z.number().int() }),
      errors: [404, 429],
    },
    async ({ context, params }) => ({ retried: await retryAll(context, params.sync) }),
  );
}
