import { z } from '@hono/zod-openapi';
import { mappingDraft as storedDraft } from '../../db/mapping-drafts';
import type { OperationContext } from '../../operations/context';
import { Refusal } from '../../operations/refusal';
import {
  draftMapping,
  draftVersion,
  dropDraft,
  followFile,
  keepMapping,
  putDraftInForce,
} from '../../operations/weavy-webmecanik/mapping-draft';
import { previewMapping } from '../../operations/weavy-webmecanik/mapping-preview';
import { mappingDifference, mappingDraft, previewedRecord, sentMapping } from './mapping-answers';
import { addOperation, type Desk } from './operation';
import { slug } from './values';

const TAG = 'Mapping';
const SYNC = z.strictObject({ sync: slug });

/** Changing a mapping: a draft, what it would do, and putting it in force. */
export function addMappingChanges(desk: Desk): void {
  addDraft(desk);
  addPreview(desk);
  addInForce(desk);
  addFile(desk);
}

async function draftOf(context: OperationContext, sync: string) {
  const draft = await storedDraft(context.pool, sync);
  if (draft === null) throw new Refusal('not-found', `"${sync}" has no draft of a mapping`);
  return draft;
}

function addDraft(desk: Desk): void {
  addDraftMapping(desk);
  addDraftMappingVersion(desk);
  addDropMappingDraft(desk);
}

function addDraftMapping(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'draftMapping',
      tag: TAG,
      summary: { fr: 'Garder une correspondance comme brouillon', en: 'Keep a mapping as the draft' },
      description: 'Changes nothing until it is put in force. 422 for one that contradicts itself.',
      scope: 'operate',
      method: 'put',
      path: '/syncs/{sync}/mapping/draft',
      params: SYNC,
      body: sentMapping,
      answer: mappingDraft,
      errors: [404, 422],
    },
    async ({ context, params, body }) => {
      const issues = await draftMapping(context, params.sync, body);
      if (issues.length === 0) return draftOf(context, params.sync);
      const problems = issues.map(({ path, message }) => ({
        in: 'body',
        field: path.map(String).join('.'),
        message,
      }));
      throw new Refusal('invalid', 'the document contradicts itself: nothing was kept', problems);
    },
  );
}

function addDraftMappingVersion(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'draftMappingVersion',
      tag: TAG,
      summary: { fr: 'Repartir d’une version antérieure', en: 'Begin a draft with an earlier version' },
      scope: 'operate',
      method: 'post',
      path: '/syncs/{sync}/mapping/draft/from-version',
      params: SYNC,
      body: z.strictObject({
        version: z
          .number()
          .int()
          .min(1)
          .max(2 ** 31 - 1),
      }),
      answer: mappingDraft,
      errors: [404, 409, 422],
    },
    async ({ context, params, body }) => {
      await draftVersion(context, params.sync, body.version);
      return draftOf(context, params.sync);
    },
  );
}

function addDropMappingDraft(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'dropMappingDraft',
      tag: TAG,
      summary: { fr: 'Abandonner le brouillon', en: 'Drop the draft' },
      scope: 'operate',
      method: 'delete',
      path: '/syncs/{sync}/mapping/draft',
      params: SYNC,
      answer: z.object({ dropped: z.literal(true) }),
      errors: [404, 422],
    },
    async ({ context, params }) => {
      await dropDraft(context, params.sync);
      return { dropped: true as const };
    },
  );
}

function addPreview(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'previewMapping',
      tag: TAG,
      summary: {
        fr: 'Ce que dix fiches deviendraient avec le brouillon',
        en: 'What ten records would become under the draft',
      },
      description: 'On what was read last: asks no platform and writes nothing.',
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/mapping/draft/preview',
      params: SYNC,
      answer: z.object({
        sha256: z.string(),
        lookedAt: z.number().int(),
        differing: z.number().int(),
        records: z.array(previewedRecord),
      }),
      errors: [404, 422],
    },
    async ({ context, params }) => {
      const { mapping, sha256 } = await draftOf(context, params.sync);
      return { sha256, ...(await previewMapping(context, params.sync, mapping)) };
    },
  );
}

const inForce = z.object({
  version: z.number().int(),
  before: z.number().int().nullable(),
  differences: z.array(mappingDifference),
});

function addInForce(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'putMappingInForce',
      tag: TAG,
      summary: { fr: 'Mettre le brouillon en vigueur', en: 'Put the draft in force' },
      description:
        'The next run works with it. `sha256` names the draft that was looked at; 409 when it is another one by now, or does not fit both platforms.',
      scope: 'operate',
      method: 'post',
      path: '/syncs/{sync}/mapping/put-in-force',
      params: SYNC,
      body: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected the hash of the draft') }),
      answer: inForce,
      errors: [404, 409, 422],
    },
    ({ context, params, body }) => putDraftInForce(context, params.sync, body.sha256),
  );
}

function addFile(desk: Desk): void {
  addFollowMappingFile(desk);
  addKeepMapping(desk);
}

function addFollowMappingFile(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'followMappingFile',
      tag: TAG,
      summary: {
        fr: 'Suivre à nouveau le document de la configuration',
        en: 'Follow the document in the configuration again',
      },
      scope: 'operate',
      method: 'post',
      path: '/syncs/{sync}/mapping/follow-file',
      params: SYNC,
      answer: inForce,
      errors: [404, 409, 422],
    },
    ({ context, params }) => followFile(context, params.sync),
  );
}

function addKeepMapping(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'keepMapping',
      tag: TAG,
      summary: {
        fr: 'Laisser de côté le document de la configuration',
        en: 'Leave the document in the configuration aside',
      },
      description: 'What is in force stays, and nobody is told of the difference again.',
      scope: 'operate',
      method: 'post',
      path: '/syncs/{sync}/mapping/keep',
      params: SYNC,
      answer: z.object({ kept: z.literal(true) }),
      errors: [404, 422],
    },
    async ({ context, params }) => {
      await keepMapping(context, params.sync);
      return { kept: true as const };
    },
  );
}
