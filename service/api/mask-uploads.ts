import { z } from '@hono/zod-openapi';
import { importMask, validateMask } from '../../operations/masks';
import { Refusal } from '../../operations/refusal';
import { XLSX } from './masks';
import { addUpload, type Desk } from './operation';
import { language, slug } from './values';

const TAG = 'Masks';
const SYNC = z.strictObject({ sync: slug });
const LANGUAGE = z.strictObject({ language: language.optional() });
const WORKBOOK = { mediaType: XLSX, description: 'The filled-in workbook (.xlsx), up to 5 MB.' };

const problem = z
  .object({
    sheet: z.string(),
    cell: z.string().nullable(),
    code: z.string(),
    message: z.string(),
    text: z.string(),
  })
  .openapi('MaskProblem', { description: 'With its sheet and cell; `text` is the message after its place.' });

/** A workbook checked, and put in force. */
export function addMaskUploads(desk: Desk): void {
  addCheckMask(desk);
  addImportMask(desk);
}

function addCheckMask(desk: Desk): void {
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
}

function addImportMask(desk: Desk): void {
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
