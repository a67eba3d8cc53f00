import { ApplicationFailure, activityInfo, Context } from '@temporalio/activity';
import type { WorkflowClient } from '@temporalio/client';
import { countOpenItems } from '../../db/attention';
import { writeAudit } from '../../db/audit';
import { countApplied, countRun, countWrites } from '../../db/outcomes';
import { copyPlan, countPlan, nextToApply, planTotals } from '../../db/plans';
import { inTransaction } from '../../db/pool';
import * as runs from '../../db/runs';
import { dropCursor } from '../../db/staging';
import { FailureKind } from '../../platforms/failure';
import type { RunSettings } from '../../workflows/messages';
import type { FindSync, SyncContext } from '../sync-context';
import { type GuardVerdict, stopOrPass } from './guard';
import { takePlace } from './take-place';

export interface OpenRunInput {
  sync: string;
  mode: runs.RunMode;
  trigger: string;
  full: boolean | null;
  only: string | null;
  planRun: number | null;
  overrides: string[];
}

export type OpenedRun =
  | { kind: 'opened'; runId: number; settings: RunSettings }
  | { kind: 'place-taken'; holder: { runId: number; workflowId: string } };

/** The frame of a run: its row, its place, its guard and its report. */
export function createRunActivities(find: FindSync, workflows: () => WorkflowClient) {
  return {
    /** Opens the run and takes the sync's place. The same execution asking again gets the same answer. */
    async openRun(input: OpenRunInput): Promise<OpenedRun> {
      const context = find(input.sync);
      const execution = activityInfo().workflowExecution;
      if (execution === undefined) throw new Error('a run is opened by its workflow only');
      const { workflowId, runId: workflowRunId } = execution;
      await runs.ensureSync(context.pool, input.sync, context.pair);
      // a number that is no plan is told by the phase that looks for it
      const plan = input.planRun === null ? null : await runs.getRun(context.pool, input.planRun);
      const full = await wantsFull(context, input);
      const run = await runs.openRun(context.pool, {
        sync: input.sync,
        mode: input.mode,
        trigger: input.trigger,
        fullRead: full,
        onlyRecord: input.only,
        planRun: plan?.id ?? null,
        overrides: input.overrides,
        workflowId,
        workflowRunId,
      });
      const holder = await takePlace(context, run.id, { workflowId, workflowRunId }, workflows());
      if (holder.runId !== run.id) {
        const reason = `run ${holder.runId} (${holder.workflowId}) holds the place`;
        await runs.closeRun(context.pool, run.id, {
          outcome: 'cancelled',
          reason,
          counts: null,
          writes: 0,
          attention: 0,
          planned: null,
        });
        return { kind: 'place-taken', holder };
      }
      if (run.overrides.length > 0) await auditOverrides(context, run.id, run.overrides);
      return { kind: 'opened', runId: run.id, settings: settingsOf(context, run.full_read) };
    },

    async enterPhase(input: { sync: string; runId: number; phase: string }): Promise<void> {
      await runs.setPhase(find(input.sync).pool, input.runId, input.phase);
    },

    /** A plan made earlier, or what was chosen of it, becomes the plan of this run. */
    async adoptPlan(input: {
      sync: string;
      runId: number;
      planRun: number;
      choice?: number;
    }): Promise<{ found: boolean }> {
      const context = find(input.sync);
      const plan = await runs.getRun(context.pool, input.planRun);
      if (plan === null || plan.sync !== input.sync || plan.outcome !== 'planned') return { found: false };
      await copyPlan(context.pool, input.planRun, input.runId, input.choice ?? null);
      return { found: true };
    },

    /** Stops a plan that would withdraw or blank more than the sync allows, unless a person allowed it once (promise 4). */
    async guardPlan(input: { sync: string; runId: number; mode: runs.RunMode }): Promise<GuardVerdict> {
      const context = find(input.sync);
      const totals = await planTotals(context.pool, input.runId);
      const linked = await context.countLinked();
      const { guard } = context.policies;
      const tooManyWithdrawn =
        totals.withdrawn > guard.ignoreBelow && totals.withdrawn > linked * guard.maxWithdrawnShare;
      const tooManyBlanked =
        totals.blanked > guard.ignoreBelow && totals.blanked > linked * guard.maxBlankedShare;
      if (!tooManyWithdrawn && !tooManyBlanked)
        return { passed: true, toApply: totals.toApply, message: null };
      // a preview stops nothing and uses up no permission
      if (input.mode === 'plan') return { passed: true, toApply: totals.toApply, message: null };
      const measure = { withdrawn: totals.withdrawn, blanked: totals.blanked, linked };
      return stopOrPass(context, { runId: input.runId, place: 'plan', measure }, totals.toApply);
    },

    /** The source's full answer lacks more records than the sync allows: a person decides whether that is true. */
    async askAboutVanished(input: {
      sync: string;
      runId: number;
      missing: number;
      known: number;
    }): Promise<GuardVerdict> {
      const { missing, known } = input;
      const question = { runId: input.runId, place: 'missing', measure: { missing, known } };
      return stopOrPass(find(input.sync), question, 0);
    },

    async nextToApply(input: {
      sync: string;
      runId: number;
      depth: number;
      after: string;
      limit: number;
    }): Promise<string[]> {
      return nextToApply(find(input.sync).pool, input);
    },

    /** Counts, closes the run and frees the place. A completed run whose counts do not add up is a defect and fails. */
    async closeRun(input: {
      sync: string;
      runId: number;
      outcome: runs.RunOutcome;
      reason: string | null;
      full: boolean;
    }): Promise<ClosedRun> {
      const context = find(input.sync);
      const run = await runs.getRun(context.pool, input.runId);
      if (run === null) throw new Error(`run ${input.runId} is not in the database`);
      const totals = await planTotals(context.pool, input.runId);
      const [counts, writes, attention] = await Promise.all([
        countsOf(context, run, input.outcome),
        countWrites(context.pool, input.runId),
        countOpenItems(context.pool, input.sync),
      ]);
      const completed = input.outcome === 'completed';
      const gap = sumOfBuckets(counts) - counts.read;
      if (completed && gap !== 0)
        throw ApplicationFailure.nonRetryable(
          `the counts of run ${input.runId} do not add up to what was read (${gap}): this is a defect of Passerelle`,
          FailureKind.defect,
        );
      if (gap < 0) counts.waiting -= gap; // not reached by a run that ended early
      const outcome =
        completed && (attention > 0 || counts.held + counts.refused > 0)
          ? 'completed-with-attention'
          : input.outcome;
      await inTransaction(context.pool, async (tx) => {
        await runs.closeRun(tx, input.runId, {
          outcome,
          reason: input.reason,
          counts,
          writes,
          attention,
          planned: totals.entries,
        });
        if (completed && input.full && run.only_record === null) await runs.markFull(tx, input.sync);
        await context.dropPrepared?.(tx, input.runId);
        await dropCursor(tx, input.sync, `reading/${input.runId}`);
        await runs.releasePlace(tx, input.sync, input.runId);
      });
      return { outcome, counts, writes, attention };
    },

    /** Waits for a dossier that somebody else's signal started, so that this run does not work beside it. */
    async awaitDossier(input: { workflowId: string }): Promise<void> {
      const ended = workflows()
        .getHandle(input.workflowId)
        .result()
        .catch(() => undefined); // how it ended is in Postgres
      await Promise.race([ended, Context.current().cancelled]);
    },
  };
}

/** What a workflow learns of its end: numbers only. */
export interface ClosedRun {
  outcome: runs.RunOutcome;
  counts: runs.Counts;
  writes: number;
  attention: number;
}

async function countsOf(
  context: SyncContext,
  run: runs.RunRow,
  outcome: runs.RunOutcome,
): Promise<runs.Counts> {
  if (outcome === 'planned') return countPlan(context.pool, run.id);
  if (run.mode === 'apply') return countApplied(context.pool, run.id);
  return countRun(context.pool, run.sync, run.id, run.only_record);
}

async function wantsFull(context: SyncContext, input: OpenRunInput): Promise<boolean> {
  if (input.only !== null) return false;
  if (input.mode === 'apply') return false;
  if (input.full === true) return true;
  const last = await runs.lastFullAt(context.pool, input.sync);
  return last === null || Date.now() - last.getTime() >= context.policies.fullEvery;
}

async function auditOverrides(context: SyncContext, runId: number, overrides: string[]): Promise<void> {
  for (const code of overrides) {
    await writeAudit(context.pool, {
      sync: context.slug,
      runId,
      recordId: null,
      kind: 'prerequisite',
      targetId: null,
      operation: 'override',
      changes: [],
      rule: `override.${code}`,
    });
  }
}

function settingsOf(context: SyncContext, full: boolean): RunSettings {
  const { retry, window } = context.policies;
  return {
    pair: context.pair,
    full,
    window,
    ...(context.delivery === undefined ? {} : { delivery: context.delivery }),
    retry: {
      initialIntervalMs: retry.initialInterval,
      maximumIntervalMs: retry.maximumInterval,
      maximumAttempts: retry.maximumAttempts,
    },
  };
}

function sumOfBuckets(counts: runs.Counts): number {
  const { read: _read, ...buckets } = counts;
  return Object.values(buckets).reduce((sum, n) => sum + n, 0);
}
