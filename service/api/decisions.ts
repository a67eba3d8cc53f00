import { z } from '@hono/zod-openapi';
import { decide, undoDecision } from '../../operations/decide';
import { decideMany, MOST_DECIDED } from '../../operations/decide-many';
import { addOperation, type Desk } from './operation';
import { code, rowNumber, rowNumberInBody, text } from './values';

const TAG = 'Attention';
const ITEM = z.strictObject({ item: rowNumber });

/** Answers to attention items. */
export function addAnswers(desk: Desk): void {
  addDecisions(desk);
  addDecideMany(desk);
}

const decided = z
  .object({
    item: z.number().int(),
    sync: z.string(),
    record: z.string().nullable(),
    reason: z.string(),
    decision: z.string(),
    argument: z.string().nullable(),
    follows: z
      .enum(['closed', 'dossier-told', 'offer-told', 'record-told', 'track-told', 'next-run'])
      .openapi({
        description: 'What is done about it: nothing more, a workflow was told, or the next run heeds it.',
      }),
  })
  .openapi('Decided');

function addDecisions(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'decide',
      tag: TAG,
      summary: { fr: 'Décider d’un point', en: 'Decide an item' },
      scope: 'operate',
      method: 'post',
      path: '/attention/{item}/decision',
      params: ITEM,
      body: z.strictObject({ decision: code, argument: text(1, 200).optional() }),
      answer: decided,
      errors: [404, 409, 422, 429],
    },
    ({ context, params, body }) => decide(context, params.item, body.decision, body.argument),
  );
  addOperation(
    desk,
    {
      id: 'undoDecision',
      tag: TAG,
      summary: { fr: 'Revenir sur une décision', en: 'Take a decision back' },
      description: 'While nothing was done about it: 409 once it was put into effect.',
      scope: 'operate',
      method: 'delete',
      path: '/attention/{item}/decision',
      params: ITEM,
      answer: decided.omit({ argument: true, follows: true }),
      errors: [404, 409],
    },
    ({ context, params }) => undoDecision(context, params.item),
  );
}

function addDecideMany(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'decideMany',
      tag: TAG,
      summary: { fr: 'La même décision pour plusieurs points', en: 'The same decision for many items' },
      description: 'Each for itself: those that cannot take it are told, and stop none of the others.',
      scope: 'operate',
      method: 'post',
      path: '/decisions',
      body: z.strictObject({ items: z.array(rowNumberInBody).min(1).max(MOST_DECIDED), decision: code }),
      answer: z.object({
        done: z.number().int(),
        refused: z.array(z.object({ item: z.number().int(), kind: z.string(), why: z.string() })),
      }),
    },
    ({ context, body }) => decideMany(context, body.items, body.decision),
  );
}
