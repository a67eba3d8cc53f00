import type { SyncOverview } from '../../../db/lists/overview';

/** Records of a sync in the four groups that a glance takes in. They add up to `all`. */
interface Glance {
  all: number;
  /** Both sides agree, or the target rightly no longer has it. */
  inStep: number;
  /** Left out by a rule: draft, test, not ticked. */
  outOfScope: number;
  /** For another record, or for their first pass. */
  waiting: number;
  /** Held for a person, or refused. */
  stuck: number;
}

const GROUPS: Readonly<Record<string, Exclude<keyof Glance, 'all'>>> = {
  created: 'inStep',
  updated: 'inStep',
  unchanged: 'inStep',
  withdrawn: 'inStep',
  skipped: 'outOfScope',
  waiting: 'waiting',
  'not-yet': 'waiting',
  held: 'stuck',
  refused: 'stuck',
};

/** An outcome that this release does not know counts as stuck: somebody should look. */
export function glanceOf(standing: Readonly<Record<string, number>>): Glance {
  const glance: Glance = { all: 0, inStep: 0, outOfScope: 0, waiting: 0, stuck: 0 };
  for (const [outcome, n] of Object.entries(standing)) {
    glance.all += n;
    glance[GROUPS[outcome] ?? 'stuck'] += n;
  }
  return glance;
}

/** How a sync is, in one word. `ended-early`: its last run did not go through. */
export type SyncState = 'running' | 'ended-early' | 'attention' | 'in-order' | 'never';

export function stateOf({ underWay, lastRun, openActions, standing }: SyncOverview): SyncState {
  if (underWay !== null) return 'running';
  if (lastRun === null) return 'never';
  if (lastRun.outcome === 'failed' || lastRun.outcome === 'stopped') return 'ended-early';
  return openActions > 0 || glanceOf(standing).stuck > 0 ? 'attention' : 'in-order';
}
