import { z } from '@hono/zod-openapi';
import { listAccessAudit, listAudit } from '../../db/lists/audit';
import { addOperation, type Desk } from './operation';
import { historyLine } from './record-answers';
import { byNumber, json, moment, pageByNumber, recordId, rowNumber, slug, text, yesOrNo } from './values';

const TAG = 'Audit';

const act = historyLine.extend({
  id: z.number().int(),
  sync: z.string(),
  record: z.string().nullable(),
  publicId: z.string().nullable(),
  name: z.string().nullable(),
});

const access = z.object({
  id: z.number().int(),
  at: moment,
  actor: z.string(),
  operation: z.string(),
  subject: z.string().nullable(),
  detail: z.record(z.string(), json),
});

/** Who did what. */
export function addAudit(desk: Desk): void {
  addListAudit(desk);
  addListAccessAudit(desk);
}

function addListAudit(desk: Desk): void {
  const { pool } = desk.parts;
  addOperation(
    desk,
    {
      id: 'listAudit',
      tag: TAG,
      summary: {
        fr: 'Écritures et décisions, les plus récentes d’abord',
        en: 'Writes and decisions, the newest first',
      },
      description: '`actor` is null for what a run did by itself, `token:<name>` for a program.',
      scope: 'read',
      method: 'get',
      path: '/audit',
      query: z.strictObject({
        sync: slug.optional(),
        record: recordId.optional(),
        run: rowNumber.optional(),
        actor: text(1, 200).optional(),
        peopleOnly: yesOrNo.optional(),
        ...byNumber,
      }),
      answer: pageByNumber(act),
    },
    async ({ query: { after, record, run, ...asked } }) => {
      const { rows, next } = await listAudit(pool, { ...asked, recordId: record, runId: run, before: after });
      const items = rows.map(({ recordId: id, runId, ...row }) => ({ ...row, record: id, run: runId }));
      return { items, next };
    },
  );
}

function addListAccessAudit(desk: Desk): void {
  const { pool } = desk.parts;
  addOperation(
    desk,
    {
      id: 'listAccessAudit',
      tag: TAG,
      summary: {
        fr: 'Accès et droits, les plus récents d’abord',
        en: 'Accesses and rights, the newest first',
      },
      scope: 'administer',
      method: 'get',
      path: '/access-audit',
      query: z.strictObject({
        actor: text(1, 200).optional(),
        operation: text(1, 64).optional(),
        subject: text(1, 200).optional(),
        ...byNumber,
      }),
      answer: pageByNumber(access),
    },
    async ({ query: { after, ...asked } }) => {
      const { rows, next } = await listAccessAudit(pool, { ...asked, before: after });
      return { items: rows, next };
    },
  );
}
