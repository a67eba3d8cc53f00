import type { Side } from './crm-record';

/** Times of one field in ms since 1970, null when unknown. Possible: the field changed then at the latest. */
export interface TimeEvidence {
  mauticCertain: number | null;
  mauticPossible: number | null;
  weavyCertain: number | null;
  weavyPossible: number | null;
}

/**
 * How far evidence is trusted. `hard`: certain times only. `best`: else possible times. `fuzzy`: else a certain time of
 * one side against a possible one of the other. Each includes the ones before it.
 */
export type EvidenceMode = 'hard' | 'best' | 'fuzzy';

/**
 * Which side changed a field later; `none` when the times are unknown or at most `tieWithinMs` apart. Neither platform
 * tells certain times over its API, so for us records' times decide, in the mode `fuzzy`.
 */
export function laterSide(
  evidence: TimeEvidence,
  tieWithinMs: number,
  mode: EvidenceMode = 'fuzzy',
): Side | 'none' {
  const { mauticCertain, mauticPossible, weavyCertain, weavyPossible } = evidence;
  const isLater = (a: number | null, b: number | null) => a !== null && b !== null && a - b > tieWithinMs;
  if (isLater(mauticCertain, weavyCertain)) return 'mautic';
  if (isLater(weavyCertain, mauticCertain)) return 'weavy';
  if (mode === 'hard') return 'none';
  if (isLater(mauticPossible, weavyPossible)) return 'mautic';
  if (isLater(weavyPossible, mauticPossible)) return 'weavy';
  if (mode === 'best') return 'none';
  if (isLater(mauticCertain, weavyPossible)) return 'mautic';
  return isLater(weavyCertain, mauticPossible) ? 'weavy' : 'none';
}

/**
 * A platform's time by our clock: without the platform's skew (ms that its clock is ahead, null when unknown), and never
 * in the future. An unknown time stays unknown.
 */
export function correctedTime(
  modifiedAt: number | null,
  skewMs: number | null,
  nowMs: number,
): number | null {
  return modifiedAt === null ? null : Math.min(modifiedAt - (skewMs ?? 0), nowMs);
}
