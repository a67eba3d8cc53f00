import { z } from '@hono/zod-openapi';
import { reconcileSync } from '../../operations/reconcile';
import { addOperation, type Desk } from './operation';
import { fieldValue, numbers, pair, slug } from './values';

const difference = z
  .object({
    kind: z.string(),
    entity: z.string().optional(),
    record: z.string().nullable().optional(),
    records: z.array(z.string()).optional(),
    publicId: z.string().nullable().optional(),
    targetIds: z.array(z.string()).optional(),
    field: z.string().nullable(),
    mauticField: z.string().nullable().optional(),
    reason: z.string().nullable().optional(),
    rule: z.string().nullable().optional(),
    awaitsImport: z.boolean().optional(),
    held: fieldValue.optional(),
    wanted: fieldValue.optional(),
    weavy: fieldValue.optional(),
    mautic: fieldValue.optional(),
  })
  .openapi('Difference', { description: 'Values of fields are there when they were asked for.' });

/** Both sides of a sync compared in full. */
export function addReconcile(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'reconcileSync',
      tag: 'Syncs',
      summary: { fr: 'Comparer les deux côtés en entier', en: 'Compare both sides in full' },
      description:
        'Reads both platforms anew and changes nothing. What takes longer than a minute answers 503.',
      scope: 'operate',
      method: 'post',
      path: '/syncs/{sync}/reconcile',
      params: z.strictObject({ sync: slug }),
      body: z.strictObject({
        limit: z.number().int().min(0).max(1_000).default(100),
        quantities: z.boolean().optional(),
        tracks: z.boolean().optional(),
        values: z.boolean().optional(),
      }),
      answer: z
        .object({
          pair,
          totals: z.record(z.string(), z.union([z.number(), numbers])),
          counts: numbers,
          shown: z.array(difference),
          total: z.number().int(),
          runUnderWay: z.boolean(),
        })
        .openapi('Reconciled'),
      errors: [404, 409, 422],
    },
    ({ context, params, body }) => reconcileSync(context, params.sync, body),
  );
}
