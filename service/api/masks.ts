import { z } from '@hono/zod-openapi';
import {
  diffMasks,
  exportMask,
  importMask,
  listMasks,
  maskFile,
  putMaskInForce,
  validateMask,
} from '../../operations/masks';
import { Refusal } from '../../operations/refusal';
import { inTime } from './in-time';
import { addOperation, addStream, addUpload, type Desk } from './operation';
import { byNumber, json, language, moment, pageByNumber, pageOfAll, slug, versionNumber } from './values';

const TAG = 'Masks';
const SYNC = z.strictObject({ sync: slug });
const VERSION = SYNC.extend({ version: versionNumber });
const LANGUAGE = z.strictObject({ language: language.optional() });
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const WORKBOOK = { mediaType: XLSX, description: 'The filled-in workbook (.xlsx), up to 5 MB.' };

/** The customer's workbook: had pre-filled, checked, put in force. Of the pair Planexpo to Inwink alone. */
export function addMasks(desk: Desk): void {
  addVersions(desk);
  addFiles(desk);
  addChecks(desk);
  addPutInForce(desk);
}

const version = z.object({
  version: z.number().int(),
  fileSha256: z.string(),
  inForce: z.boolean(),
  importedBy: z.string(),
  importedAt: moment,
  mapped: z.number().int(),
  unmapped: z.number().int(),
});

function addVersions(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'listMasks',
      tag: TAG,
      summary: {
        fr: 'Versions du masque, la plus récente d’abord',
        en: 'Versions of the mask, the newest first',
      },
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/masks',
      params: SYNC,
      query: z.strictObject(byNumber),
      answer: pageByNumber(version),
      errors: [404],
    },
    async ({ context, params, query }) =>
      pageOfAll(await listMasks(context, params.sync), query, ({ version: number }) => number),
  );
  addOperation(
    desk,
    {
      id: 'diffMasks',
      tag: TAG,
      summary: { fr: 'Différences entre deux versions', en: 'What differs between two versions' },
      description: '`lines` say the same for people.',
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/mask/differences',
      params: SYNC,
      query: LANGUAGE.extend({ from: versionNumber, to: versionNumber }),
      answer: z.object({
        before: z.number().int(),
        after: z.number().int(),
        differences: z.array(
          z.object({
            kind: z.enum(['added', 'removed', 'changed', 'prerequisite']),
            planexpoId: z.string().optional(),
            code: z.string().optional(),
            before: json.optional(),
            after: json.optional(),
          }),
        ),
        lines: z.array(z.string()),
      }),
      errors: [404],
    },
    ({ context, params, query }) => diffMasks(context, params.sync, query.from, query.to, query.language),
  );
}

function addFiles(desk: Desk): void {
  const named = (name: string) => ({
    'content-type': XLSX,
    'content-disposition': `attachment; filename="${name}.xlsx"`,
  });
  addStream(
    desk,
    {
      id: 'exportMask',
      tag: TAG,
      summary: { fr: 'Le classeur pré-rempli', en: 'The pre-filled workbook' },
      description: 'With the products of both platforms as they are now, and today’s answers.',
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/mask/workbook',
      params: SYNC,
      query: LANGUAGE,
      mediaTypes: [XLSX],
      done: 'The workbook.',
      errors: [404, 422],
    },
    async ({ c, context, params, query }) => {
      const { workbook } = await inTime(exportMask(context, params.sync, query.language));
      return c.body(new Uint8Array(workbook), 200, named(`mask-${params.sync}`));
    },
  );
  addStream(
    desk,
    {
      id: 'getMaskFile',
      tag: TAG,
      summary: {
        fr: 'Le classeur d’une version, tel qu’importé',
        en: 'The workbook of a version, as it was imported',
      },
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/masks/{version}/file',
      params: VERSION,
      mediaTypes: [XLSX],
      done: 'The workbook.',
      errors: [404],
    },
    async ({ c, context, params }) => {
      const file = await maskFile(context, params.sync, params.version);
      return c.body(new Uint8Array(file), 200, named(`mask-${params.sync}-${params.version}`));
    },
  );
}

const problem = z
  .object({
    sheet: z.string(),
    cell: z.string().nullable(),
    code: z.string(),
    message: z.string(),
    text: z.string(),
  })
  .openapi('MaskProblem', { description: 'With its sheet and cell; `text` is the message after its place.' });

function addChecks(desk: Desk): void {
  addUpload(
    desk,
    {
      id: 'checkMask',
      tag: TAG,
      summary: { fr: 'Vérifier un classeur', en: 'Check a workbook' },
      description: 'Every problem at once, by sheet and cell. Changes nothing.',
      scope: 'read',
      method: 'post',
      path: '/syncs/{sync}/mask/check',
      params: SYNC,
      query: LANGUAGE,
      file: WORKBOOK,
      answer: z.object({ ok: z.boolean(), problems: z.array(problem), notes: z.array(problem) }),
      errors: [404, 422],
    },
    ({ context, params, query, body }) => validateMask(context, params.sync, body, query.language),
  );
  addUpload(
    desk,
    {
      id: 'importMask',
      tag: TAG,
      summary: { fr: 'Mettre un classeur en vigueur', en: 'Put a workbook in force' },
      description:
        'As the next version. 422 with every problem when it cannot be used, 409 when the very file is in force already.',
      scope: 'operate',
      method: 'post',
      path: '/syncs/{sync}/masks',
      params: SYNC,
      query: LANGUAGE,
      file: WORKBOOK,
      status: 201,
      done: 'In force.',
      answer: z.object({
        version: z.number().int(),
        before: z.number().int().nullable(),
        mapped: z.number().int(),
        unmapped: z.number().int(),
        differences: z.array(z.string()),
        notes: z.array(problem),
      }),
      errors: [404, 409, 422],
    },
    async ({ context, params, query, body }) => {
      const done = await importMask(context, params.sync, body, query.language);
      if (done.ok) return done;
      if (done.refusal === 'problems')
        throw new Refusal(
          'invalid',
          'the workbook cannot be put in force: nothing was changed',
          done.problems,
        );
      throw new Refusal('conflict', `this very file is in force already, as version ${done.version}`);
    },
  );
}

function addPutInForce(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'putMaskInForce',
      tag: TAG,
      summary: { fr: 'Remettre une version en vigueur', en: 'Put an earlier version in force again' },
      description: '409 when it is in force, and when products that it maps have changed since.',
      scope: 'operate',
      method: 'post',
      path: '/syncs/{sync}/masks/{version}/put-in-force',
      params: VERSION,
      answer: z.object({ version: z.number().int(), before: z.number().int().nullable() }),
      errors: [404, 409, 422],
    },
    ({ context, params }) => putMaskInForce(context, params.sync, params.version),
  );
}
