import { z } from '@hono/zod-openapi';
import type { OperationContext } from '../../operations/context';
import {
  applySchedule,
  pauseSchedule,
  removeSchedule,
  resumeSchedule,
  scheduleStates,
} from '../../operations/schedules';
import { addOperation, type Desk } from './operation';
import { moment, slug, text } from './values';

const TAG = 'Schedules';
const SYNC = z.strictObject({ sync: slug });
const path = '/syncs/{sync}/schedule';

const state = z.object({
  id: z.string(),
  paused: z.boolean(),
  note: z.string().nullable(),
  everyMs: z.array(z.number()),
  cron: z.array(z.string()),
  timeZone: z.string(),
  next: z.array(moment),
});

const states = z
  .object({ schedule: state.nullable(), watch: state.nullable().optional() })
  .openapi('Schedule', {
    description: 'Null where there is none. `watch`: the one that looks for tracks edited in Cirkwi.',
  });

const times = z
  .strictObject({
    every: z
      .string()
      .regex(/^[1-9]\d{0,6}(s|m|h|d)$/, 'expected an interval such as 15m')
      .optional()
      .openapi({ example: '15m' }),
    cron: text(1, 100).optional().openapi({ example: '0 6 * * 1-5' }),
  })
  .openapi({
    description:
      'One of both, or neither for the times of the configuration. Cron is in the time zone of the configuration.',
  });

const described = { tag: TAG, path, params: SYNC, answer: states };

/** When syncs run by themselves. */
export function addSchedules(desk: Desk): void {
  addGetSchedule(desk);
  addSetSchedule(desk);
  addRemoveSchedule(desk);
  addPauses(desk);
}

function addGetSchedule(desk: Desk): void {
  addOperation(
    desk,
    {
      ...described,
      id: 'getSchedule',
      summary: { fr: 'Planification d’une synchronisation', en: 'The schedule of a sync' },
      scope: 'read',
      method: 'get',
      errors: [404, 429],
    },
    ({ context, params }) => scheduleStates(context, params.sync),
  );
}

function addSetSchedule(desk: Desk): void {
  addOperation(
    desk,
    {
      ...described,
      id: 'setSchedule',
      summary: { fr: 'Planifier une synchronisation', en: 'Set the schedule of a sync' },
      description: 'A pause stays.',
      scope: 'operate',
      method: 'put',
      body: times,
      errors: [404, 422, 429],
    },
    async ({ context, params, body }) => {
      await applySchedule(context, params.sync, body);
      return scheduleStates(context, params.sync);
    },
  );
}

function addRemoveSchedule(desk: Desk): void {
  addOperation(
    desk,
    {
      ...described,
      id: 'removeSchedule',
      summary: { fr: 'Supprimer la planification', en: 'Remove the schedule' },
      description: 'A run under way goes on. `removed`: there was one.',
      scope: 'operate',
      method: 'delete',
      answer: z.object({ removed: z.boolean() }),
      errors: [404, 429],
    },
    async ({ context, params }) => ({ removed: await removeSchedule(context, params.sync) }),
  );
}

const PAUSES = {
  pause: { summary: { fr: 'Suspendre la planification', en: 'Pause the schedule' }, act: pauseSchedule },
  resume: { summary: { fr: 'Reprendre la planification', en: 'Resume the schedule' }, act: resumeSchedule },
} satisfies Record<
  string,
  { summary: { fr: string; en: string }; act(context: OperationContext, sync: string): Promise<void> }
>;

function addPauses(desk: Desk): void {
  for (const [name, { summary, act }] of Object.entries(PAUSES))
    addOperation(
      desk,
      {
        id: `${name}Schedule`,
        tag: TAG,
        summary,
        scope: 'operate',
        method: 'post',
        path: `${path}/${name}`,
        params: SYNC,
        answer: states,
        errors: [404, 429],
      },
      async ({ context, params }) => {
        await act(context, params.sync);
        return scheduleStates(context, params.sync);
      },
    );
}
