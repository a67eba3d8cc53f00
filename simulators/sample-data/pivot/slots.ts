import { mixedSeed, type SeededRandom, seededRandom } from '../../core/seeded-random';

/** Ticks and state of an offer, in the words of the notes. */
export type Standing =
  | 'ticked'
  | 'filterOnly'
  | 'tagOnly'
  | 'unticked'
  | 'archived'
  | 'editing'
  | 'notPublishable';

/** What is special about an itinerary. */
export type Special =
  | 'longTrack'
  | 'severalSegments'
  | 'route'
  | 'noElevation'
  | 'byteOrderMark'
  | 'gpx10'
  | 'brokenTrack'
  | 'twoTracks'
  | 'noTrack'
  | 'sharedTrack'
  | 'noFrenchName'
  | 'unknownDifficulty'
  | 'unknownTheme'
  | 'oddNumbers'
  | 'unreadable'
  | 'lurkingError';

/** An offer before its contents. */
export interface OfferSlot {
  position: number;
  /** Its place among the itineraries, or among the points of interest. */
  rank: number;
  kind: 'itinerary' | 'poi';
  standing: Standing;
  special: Special | null;
  random: SeededRandom;
}

/** Among 40 itineraries, or 40 points of interest; all others are ticked. */
const STANDINGS: ReadonlyMap<number, Standing> = new Map([
  [3, 'filterOnly'],
  [7, 'unticked'],
  [13, 'tagOnly'],
  [17, 'unticked'],
  [23, 'archived'],
  [27, 'editing'],
  [33, 'notPublishable'],
]);

/** Among 120 itineraries. No place that is special is anything but ticked. */
const SPECIALS: ReadonlyMap<number, Special> = new Map([
  [5, 'longTrack'],
  [9, 'severalSegments'],
  [12, 'route'],
  [15, 'noElevation'],
  [18, 'byteOrderMark'],
  [21, 'gpx10'],
  [25, 'twoTracks'],
  [29, 'brokenTrack'],
  [31, 'noTrack'],
  [35, 'sharedTrack'],
  [36, 'sharedTrack'],
  [38, 'noFrenchName'],
  [41, 'unknownDifficulty'],
  [44, 'unknownTheme'],
  [45, 'longTrack'],
  [48, 'oddNumbers'],
  [50, 'unreadable'],
  [54, 'lurkingError'],
  [58, 'brokenTrack'],
  [65, 'brokenTrack'],
  [70, 'severalSegments'],
  [75, 'brokenTrack'],
  [78, 'oddNumbers'],
  [85, 'longTrack'],
  [88, 'brokenTrack'],
  [95, 'twoTracks'],
]);

/** At any size only the first few hundred itineraries have long tracks: a real world is not all of them either. */
const LONG_TRACKS_AMONG = 480;

/** Three itineraries for one point of interest. */
export function offerSlots(offers: number, seed: number): OfferSlot[] {
  return Array.from({ length: offers }, (_, position) => {
    const isPoi = position % 4 === 3;
    const rank = isPoi ? (position - 3) / 4 : position - Math.floor(position / 4);
    return {
      position,
      rank,
      kind: isPoi ? 'poi' : 'itinerary',
      standing: STANDINGS.get(rank % 40) ?? 'ticked',
      special: isPoi ? poiSpecial(rank) : itinerarySpecial(rank),
      random: seededRandom(mixedSeed(seed, position)),
    };
  });
}

function itinerarySpecial(rank: number): Special | null {
  const special = SPECIALS.get(rank % 120) ?? null;
  return special === 'longTrack' && rank >= LONG_TRACKS_AMONG ? null : special;
}

function poiSpecial(rank: number): Special | null {
  if (rank % 120 === 20) return 'unreadable';
  return rank % 40 === 10 ? 'noFrenchName' : null;
}
