import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { runById } from '../../../db/lists/runs';
import { Refusal } from '../../../operations/refusal';
import { requestRun } from '../../../operations/request-run';
import { applySchedule, pauseSchedule, resumeSchedule } from '../../../operations/schedules';
import { steerRun } from '../../../operations/steer-run';
import { requireRole } from '../../access/require-role';
import { formOf as receivedForm } from '../../form';
import { operationContext, type ServiceEnv, type ServiceParts } from '../../parts';
import { paths } from '../paths';
import { RUN_WORDS } from '../run/words';
import { act, type Done } from './act';
import { SYNC_WORDS } from './words';

/** What operators can do on the page of a sync: start runs, steer the one under way, schedule. */
export function mountSyncChanges(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  const on = (
    path: string,
    change: (c: Context<ServiceEnv>, parts: ServiceParts, sync: string) => Promise<Done>,
  ) =>
    pages.post(`/syncs/:sync/${path}`, requireRole('operate'), (c) => {
      const sync = c.req.param('sync');
      return act(c, paths.sync(sync), () => change(c, parts, sync));
    });
  on('run', start);
  on('steer', steer);
  on('schedule', schedule);
}

/** Values of a form, or a refusal for one that no page of ours has. */
async function formOf<T>(c: Context<ServiceEnv>, schema: z.ZodType<T>): Promise<T> {
  const form = schema.safeParse(await receivedForm(c));
  if (form.success) return form.data;
  throw new Refusal('invalid', z.prettifyError(form.error));
}

const startSchema = z.object({ what: z.enum(['run', 'full', 'plan']) });

async function start(c: Context<ServiceEnv>, parts: ServiceParts, sync: string): Promise<Done> {
  const { what } = await formOf(c, startSchema);
  const { run } = await requestRun(operationContext(parts, c.get('principal')), sync, {
    mode: what === 'plan' ? 'plan' : 'run',
    ...(what === 'full' ? { full: true } : {}),
  });
  const { started } = SYNC_WORDS[c.get('language')];
  return { path: run === null ? paths.sync(sync) : paths.run(run), text: started };
}

const steerSchema = z.object({
  to: z.enum(['pause', 'resume', 'cancelAfterCurrent']),
  run: z.coerce.number().int().positive(),
});

async function steer(c: Context<ServiceEnv>, parts: ServiceParts, sync: string): Promise<Done> {
  const { to, run } = await formOf(c, steerSchema);
  const asked = await runById(parts.pool, run);
  if (asked?.sync !== sync || !asked.holdsPlace) throw new Refusal('conflict', `run ${run} is not under way`);
  await steerRun(operationContext(parts, c.get('principal')), sync, to);
  return { path: paths.run(run), text: RUN_WORDS[c.get('language')].steered[to] };
}

const given = z.string().trim().max(200).default('');
const scheduleSchema = z.object({
  do: z.enum(['apply', 'configured', 'pause', 'resume']),
  every: given,
  cron: given,
});

async function schedule(c: Context<ServiceEnv>, parts: ServiceParts, sync: string): Promise<Done> {
  const words = SYNC_WORDS[c.get('language')];
  const { do: what, every, cron } = await formOf(c, scheduleSchema);
  const context = operationContext(parts, c.get('principal'));
  const path = paths.sync(sync);
  switch (what) {
    case 'pause':
      await pauseSchedule(context, sync);
      return { path, text: words.schedulePaused };
    case 'resume':
      await resumeSchedule(context, sync);
      return { path, text: words.scheduleResumed };
    case 'configured':
      await applySchedule(context, sync);
      return { path, text: words.scheduled };
    case 'apply':
      if ((every === '') === (cron === '')) throw new Refusal('invalid', words.oneOfBoth);
      await applySchedule(context, sync, every === '' ? { cron } : { every });
      return { path, text: words.scheduled };
  }
}
