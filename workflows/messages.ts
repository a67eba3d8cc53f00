import { defineQuery, defineSignal } from '@temporalio/workflow';

/** The source says a record was validated: look at it now. `version` lets repeats be recognised. */
export const recordValidated = defineSignal<[{ version?: number | undefined }?]>('recordValidated');
/** The same for any other change. */
export const recordChanged = defineSignal<[{ version?: number | undefined }?]>('recordChanged');
/** A person decided an attention item of this record; the decision itself is in Postgres. */
export const decide = defineSignal<[{ itemId: number }]>('decide');
/** Look at the record again, whatever happened before. */
export const retry = defineSignal<[]>('retry');

export const pause = defineSignal<[]>('pause');
export const resume = defineSignal<[]>('resume');
/** Finish the dossiers under way, start no other, and report. */
export const cancelAfterCurrent = defineSignal<[]>('cancelAfterCurrent');
export const progress = defineQuery<RunProgress>('progress');

/** How activities of a sync are retried. Durations in milliseconds. */
export interface RetrySettings {
  initialIntervalMs: number;
  maximumIntervalMs: number;
  maximumAttempts: number;
}

export interface SyncRunInput {
  sync: string;
  mode: 'run' | 'plan' | 'apply';
  /** Who asked: `manual`, `schedule`, `service`. */
  trigger: string;
  /** Read everything and compare every target; otherwise once per `fullEvery`. */
  full?: boolean;
  /** Only this record. */
  only?: string;
  /** The plan to apply, for mode `apply`. */
  planRun?: number;
  /** Which records of that plan, by the number under which the choice was stored; absent for all of them. */
  choice?: number;
  /** Names of failed prerequisites that the operator takes on; audited. */
  overrides?: string[];
  /** Set by the workflow itself when it continues as new. */
  carried?: CarriedRun;
}

/** What a run knows of itself; small, because it travels through continue-as-new. */
export interface CarriedRun {
  runId: number;
  settings: RunSettings;
  paused: boolean;
  stopAfterCurrent: boolean;
  depth: number;
  after: string;
  /** When the writing began, in milliseconds since 1970 by the workflow's clock. */
  applyingSince: number | null;
  /** When the look at the target began; absent before. */
  lookingSince?: number;
  progress: RunProgress;
}

export interface RunSettings {
  pair: string;
  full: boolean;
  window: number;
  retry: RetrySettings;
  /** How a pair that has a choice hands over. */
  delivery?: 'feed' | 'push';
}

export type Phase =
  | 'opening'
  | 'preflight'
  | 'read'
  | 'plan'
  | 'guard'
  | 'apply'
  | 'confirm'
  | 'report'
  | 'closed';

export interface RunProgress {
  runId: number | null;
  phase: Phase;
  paused: boolean;
  read: number;
  planned: number;
  toApply: number;
  applied: number;
  /** Pace of the writing since it began, pauses included; null before. */
  appliedPerMinute: number | null;
  outcomes: Record<string, number>;
}

export interface RunReport {
  runId: number;
  outcome: string;
  /** Why the run ended early; null when it went through. */
  code:
    | 'place-taken'
    | 'prerequisites'
    | 'guard'
    | 'no-such-plan'
    | 'asked-to-stop'
    | 'cancelled'
    | 'failed'
    | null;
  reason: string | null;
  counts: Record<string, number> | null;
  writes: number;
  attention: number;
}

export interface DossierInput {
  sync: string;
  /** Planexpo's private order id. */
  recordId: string;
  /** Set by a run, which has read and planned the record already. */
  fromRun?: { runId: number; planRun: number | null; retry: RetrySettings };
}

export interface DossierReport {
  outcome: string;
  reason: string | null;
  writes: number;
  passes: number;
}

/** A flat record outside any run. */
export interface RecordInput {
  sync: string;
  /** For offers: codeCgt. For CRM records: `mautic/contact/81`. */
  recordId: string;
  /** @default 'pivot-cirkwi' */
  pair?: string;
  /** Set by a run, whose counts the record belongs to. */
  fromRun?: { runId: number; retry: RetrySettings };
}

export interface RecordReport {
  outcome: string;
  reason: string | null;
  passes: number;
}

export interface TrackReturnInput {
  sync: string;
  /** codeCgt of the offer. */
  recordId: string;
}

export interface TrackReturnReport {
  outcome: 'nothing' | 'kept' | 'offered' | 'declined' | 'held' | 'returned';
}

export interface TrackWatchInput {
  sync: string;
  /** Who asked: `schedule`, `feed`, `manual`. */
  trigger: string;
  /** Set by the workflow itself when it continues as new. */
  carried?: { first: number; edits: number; startedAt: number; since?: number | null };
}

export interface TrackWatchReport {
  /** Edited tracks that were not known before. */
  edits: number;
}
