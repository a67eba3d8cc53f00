import { pivotCirkwiPhases } from './pivot-cirkwi/phases';
import { planexpoInwinkPhases } from './planexpo-inwink/phases';
import type { Phases } from './run-steps';
import { weavyWebmecanikPhases } from './weavy-webmecanik/phases';

const BY_PAIR: Readonly<Record<string, Phases>> = {
  'planexpo-inwink': planexpoInwinkPhases,
  'pivot-cirkwi': pivotCirkwiPhases,
  'weavy-webmecanik': weavyWebmecanikPhases,
};

/** The phases of a pair. Throws for a pair that this release does not know. */
export function phasesOf(pair: string): Phases {
  const phases = BY_PAIR[pair];
  if (phases !== undefined) return phases;
  throw new Error(`this worker knows no pair "${pair}"`);
}
