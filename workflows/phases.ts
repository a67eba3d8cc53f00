import type { CarriedRun, SyncRunInput } from './messages';
import * as pivotCirkwi from './pivot-cirkwi/phases';
import * as planexpoInwink from './planexpo-inwink/phases';

type Phase = (input: SyncRunInput, run: CarriedRun) => Promise<void>;

/** What a pair does in each phase of a run; the frame around them is the same for all. */
export interface Phases {
  preflight: Phase;
  read: Phase;
  plan: Phase;
  /** What the guard of every pair does not look at. */
  guard?: Phase;
  /** `paused-for-history`: there is more, and the history is long enough; `run` says where to go on. */
  apply(input: SyncRunInput, run: CarriedRun): Promise<'done' | 'paused-for-history'>;
}

const BY_PAIR: Readonly<Record<string, Phases>> = {
  'planexpo-inwink': planexpoInwink,
  'pivot-cirkwi': pivotCirkwi,
};

/** The phases of a pair. Throws for a pair that this release does not know. */
export function phasesOf(pair: string): Phases {
  const phases = BY_PAIR[pair];
  if (phases !== undefined) return phases;
  throw new Error(`this worker knows no pair "${pair}"`);
}
