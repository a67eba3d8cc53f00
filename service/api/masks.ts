import { z } from '@hono/zod-openapi';
import { diffMasks, exportMask, listMasks, maskFile, putMaskInForce } from '../../operations/masks';
import { inTime } from './in-time';
import { addOperation, addStream, type Desk } from './operation';
import { byVersion, json, language, moment, pageByNumber, pageOfAll, slug, versionNumber } from './values';

const TAG = 'Masks';
const SYNC = z.strictObject({ sync: slug });
const VERSION = SYNC.extend({ version: versionNumber });
const LANGUAGE = z.strictObject({ language: language.optional() });
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The customer's workbook: versions, files, an earlier one in force again. Of the pair Planexpo to Inwink alone. */
export function addMasks(desk: Desk): void {
  addVersions(desk);
  addFiles(desk);
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
  addListMasks(desk);
  addDiffMasks(desk);
}

function addListMasks(desk: Desk): void {
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
      query: z.strictObject(byVersion),
      answer: pageByNumber(version),
      errors: [404],
    },
    async ({ context, params, query }) =>
      pageOfAll(await listMasks(context, params.sync), query, ({ version: number }) => number),
  );
}

function addDiffMasks(desk: Desk): void {
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
  addExportMask(desk);
  addGetMaskFile(desk);
}

function addExportMask(desk: Desk): void {
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
}

function addGetMaskFile(desk: Desk): void {
  const named = (name: string) => ({
    'content-type': XLSX,
    'content-disposition': `attachment; filename="${name}.xlsx"`,
  });
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
