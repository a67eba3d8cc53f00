import { setTimeout as sleep } from 'node:timers/promises';
import { writeAudit } from '../db/audit';
import { savePlanChoice } from '../db/plans';
import { inTransaction } from '../db/pool';
import { ensureSync, getRun, runOfExecution, saveRunRequest } from '../db/runs';
import type { SyncRunInput } from '../workflows/messages';
import type { OperationContext } from './context';
import { Refusal } from './refusal';
import { startRun } from './start-run';
import { syncOf } from './syncs';

/** How long whoever asked waits for the number of the run, which its first step gives it. */
const NUMBER_WITHIN_MS = 3_000;
const LOOK_EVERY_MS = 100;
/** Ids of a choice in one request; more than that is the whole plan. */
export const MOST_CHOSEN = 10_000;

export interface RunRequest {
  mode: SyncRunInput['mode'];
  full?: boolean | undefined;
  /** Only this record, by its private id. */
  only?: string | undefined;
  /** The plan to apply, for mode `apply`. */
  planRun?: number | undefined;
  /** Only these records of that plan. */
  records?: readonly string[] | undefined;
  /** Failed prerequisites to go on in spite of. */
  overrides?: readonly string[] | undefined;
}

export interface RequestedRun {
  /** Null when no worker has taken it up yet. */
  run: number | null;
  workflowId: string;
  workflowRunId: string;
}

/**
 * Starts a run in somebody's name and does not wait for its end. Rejects with a conflict while another one is under way,
 * and when the plan to apply is none of this sync's or has none of the records that were chosen.
 */
export async function requestRun(
  context: OperationContext,
  slug: string,
  request: RunRequest,
): Promise<RequestedRun> {
  const { pair } = syncOf(context.configuration, slug);
  const choice = await choiceOf(context, slug, request);
  const client = await context.temporal();
  const { mode, full, only, planRun, overrides } = request;
  const start = await startRun(client, pair, {
    sync: slug,
    mode,
    trigger: 'manual',
    ...(full ? { full } : {}),
    ...(only === undefined ? {} : { only }),
    ...(planRun === undefined ? {} : { planRun }),
    ...(choice === null ? {} : { choice }),
    ...(overrides === undefined || overrides.length === 0 ? {} : { overrides: [...overrides] }),
  });
  if (start.kind === 'busy')
    throw new Refusal(
      'conflict',
      `a run of "${slug}" is under way (workflow ${start.workflowId}): wait for its end, or stop it`,
    );
  const { workflowId, workflowRunId } = start;
  await noteStart(context, slug, { ...request, workflowRunId });
  return { run: await numberOf(context, workflowRunId), workflowId, workflowRunId };
}

/** Temporal is what starts a run, so the note follows the act: one that a crash lost did start all the same. */
async function noteStart(
  { configuration, pool, actor }: OperationContext,
  slug: string,
  { mode, full, only, planRun, records, workflowRunId }: RunRequest & { workflowRunId: string },
): Promise<void> {
  const rule = 'run.start';
  const asked = { mode, full: full || null, only, planRun, records: records?.length };
  const changes = Object.entries(asked).flatMap(([field, after]) =>
    after === undefined || after === null ? [] : [{ field, before: null, after, rule }],
  );
  await inTransaction(pool, async (tx) => {
    await saveRunRequest(tx, workflowRunId, actor);
    await ensureSync(tx, slug, syncOf(configuration, slug).pair);
    await writeAudit(tx, {
      sync: slug,
      runId: null, // its first step gives it a number
      recordId: null,
      kind: 'run',
      targetId: workflowRunId,
      operation: 'decision',
      changes,
      rule,
      actor,
    });
  });
}

async function choiceOf(
  { pool, actor }: OperationContext,
  slug: string,
  { mode, planRun, records }: RunRequest,
): Promise<number | null> {
  if (mode !== 'apply') return null;
  const plan = planRun === undefined ? null : await getRun(pool, planRun);
  if (plan === null || plan.sync !== slug)
    throw new Refusal('not-found', `"${slug}" has no plan ${planRun ?? ''}: make one first`);
  if (plan.outcome !== 'planned')
    throw new Refusal('conflict', `run ${plan.id} is no finished plan: make a plan first`);
  if (records === undefined) return null;
  if (records.length > MOST_CHOSEN)
    throw new Refusal(
      'invalid',
      `${records.length} records are more than ${MOST_CHOSEN}: apply the whole plan`,
    );
  const { id, found } = await savePlanChoice(pool, { planRun: plan.id, recordIds: records, actor });
  if (found > 0) return id;
  throw new Refusal('invalid', 'choose at least one record of the plan');
}

async function numberOf({ pool }: OperationContext, workflowRunId: string): Promise<number | null> {
  const until = Date.now() + NUMBER_WITHIN_MS;
  for (;;) {
    const run = await runOfExecution(pool, workflowRunId);
    if (run !== null || Date.now() > until) return run;
    await sleep(LOOK_EVERY_MS);
  }
}
