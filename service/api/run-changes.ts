import { z } from '@hono/zod-openapi';
import { recordToRead } from '../../operations/find-record';
import { MOST_CHOSEN, type RunRequest, requestRun } from '../../operations/request-run';
import { type RunSteering, steerRun } from '../../operations/steer-run';
import { syncOf } from '../../operations/syncs';
import { type Asked, addOperation, type Desk } from './operation';
import { code, recordId, rowNumberInBody, slug } from './values';

const SYNC = z.strictObject({ sync: slug });
const TAG = 'Runs';
const overrides = z
  .array(code)
  .max(50)
  .optional()
  .openapi({ description: 'Failed prerequisites to go on in spite of; noted in the audit.' });
const full = z.boolean().optional().openapi({ description: 'Reads everything and compares every record.' });
const only = recordId.optional().openapi({ description: 'This record alone.' });

const request = z
  .union([
    z.strictObject({ mode: z.literal('run'), full, only, overrides }),
    z.strictObject({ mode: z.literal('plan'), full, only, overrides }),
    z.strictObject({
      mode: z.literal('apply'),
      plan: rowNumberInBody.openapi({ description: 'The number of the run that made the plan.' }),
      records: z
        .array(recordId)
        .min(1)
        .max(MOST_CHOSEN)
        .optional()
        .openapi({ description: 'Only these records of the plan; without it, all of them.' }),
      overrides,
    }),
  ])
  .openapi('RunRequest');

const ACTS = { pause: 'pause', resume: 'resume', end: 'cancelAfterCurrent' } as const satisfies Record<
  string,
  RunSteering
>;

/** Starting a run, and telling one under way what to do. */
export function addRunChanges(desk: Desk): void {
  addStartRun(desk);
  addSteerRun(desk);
}

function addStartRun(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'startRun',
      tag: TAG,
      summary: {
        fr: 'Lancer un passage, une simulation, ou appliquer une simulation',
        en: 'Start a run or a plan, or apply a plan',
      },
      description:
        'Does not wait for the end: watch it with its number, which is null when no worker has taken it up within some seconds. 409 while another one is under way. Records that changed since the plan are left alone and told.',
      scope: 'operate',
      method: 'post',
      path: '/syncs/{sync}/runs',
      params: SYNC,
      body: request,
      status: 202,
      done: 'Started.',
      answer: z.object({
        run: z.number().int().nullable(),
        workflowId: z.string(),
        workflowRunId: z.string(),
      }),
      errors: [404, 409, 422, 429],
    },
    async ({ context, params, body }) =>
      requestRun(context, params.sync, await requestOf(context, params.sync, body)),
  );
}

function addSteerRun(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'steerRun',
      tag: TAG,
      summary: {
        fr: 'Mettre en pause, reprendre ou finir le passage en cours',
        en: 'Pause, resume or end the run under way',
      },
      description: '`end`: the records under way are finished and no other one is begun.',
      scope: 'operate',
      method: 'post',
      path: '/syncs/{sync}/run-under-way/{act}',
      params: SYNC.extend({ act: z.enum(['pause', 'resume', 'end']) }),
      status: 202,
      done: 'Told.',
      answer: z.object({ run: z.number().int(), workflowId: z.string() }),
      errors: [404, 409, 429],
    },
    ({ context, params }) => steerRun(context, params.sync, ACTS[params.act]),
  );
}

async function requestOf(
  context: Asked<unknown, unknown, unknown>['context'],
  sync: string,
  body: z.output<typeof request>,
): Promise<RunRequest> {
  syncOf(context.configuration, sync);
  if (body.mode === 'apply') {
    const { plan: planRun, ...asked } = body;
    return { ...asked, planRun };
  }
  if (body.only === undefined) return body;
  return { ...body, only: await recordToRead(context, sync, body.only) };
}
