import type { CirkwiLocomotion } from './cirkwi-object';
import type { UnknownCode } from './code-lists/code-list';
import { difficultyLevel } from './code-lists/difficulties';
import { LOCOMOTIONS } from './code-lists/locomotions';
import { type Notes, wholeNumber } from './mapping-notes';
import { type Offer, USAGES } from './offer';

type OfferUsage = Offer['usages'][number];

/** Durations in PIVOT are minutes (assumed), in Cirkwi seconds (documented). */
const SECONDS_PER_MINUTE = 60;

/**
 * One entry per way of moving that Cirkwi knows, in PIVOT's order of usages. Walking and trail running are one entry in
 * Cirkwi: the walk's difficulty and duration stand. No duration and a duration of 0 both mean "not known".
 */
export function mapLocomotions(
  offer: Pick<Offer, 'usages'>,
  notes: Notes,
): { locomotions: CirkwiLocomotion[]; unknown: UnknownCode[] } {
  const locomotions = new Map<number, CirkwiLocomotion>();
  const unknown: UnknownCode[] = [];
  for (const usage of [...offer.usages].sort(byUsage)) {
    const { id, name } = LOCOMOTIONS[usage.usage];
    if (locomotions.has(id)) continue;
    const level = usage.difficulty === null ? null : difficultyLevel(usage.difficulty);
    if (usage.difficulty !== null && level === null) {
      unknown.push({ list: 'difficulties', code: usage.difficulty });
    }
    const seconds = wholeNumber(usage.durationMinutes, {
      field: `locomotion.${id}.duree`,
      notes,
      factor: SECONDS_PER_MINUTE,
      min: 0,
    });
    locomotions.set(id, { id, name, difficulty: level, durationS: seconds === 0 ? null : seconds });
  }
  return { locomotions: [...locomotions.values()], unknown };
}

/** A usage that is told twice, differently, must give one result in whatever order it is told. */
function byUsage(a: OfferUsage, b: OfferUsage): number {
  const rank = USAGES.indexOf(a.usage) - USAGES.indexOf(b.usage);
  if (rank !== 0) return rank;
  const [left, right] = [told(a), told(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function told({ difficulty, durationMinutes }: OfferUsage): string {
  return `${difficulty ?? ''}\n${durationMinutes ?? ''}`;
}
