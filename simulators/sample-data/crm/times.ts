/** Every record has a moment of its own, in whole seconds; nothing here depends on today. */
const FIRST_CHANGE_MS = Date.parse('2025-06-02T06:00:00Z');
const BETWEEN_RECORDS_MS = 61_000;
const COMPANIES_LATER_MS = 7_000;
/** All records of the notes `sameSecond`, on both sides. */
export const SHARED_MOMENT_MS = Date.parse('2025-05-20T09:30:00Z');

export function contactMoment(position: number): number {
  return FIRST_CHANGE_MS + position * BETWEEN_RECORDS_MS;
}

export function companyMoment(position: number): number {
  return FIRST_CHANGE_MS + COMPANIES_LATER_MS + position * BETWEEN_RECORDS_MS;
}

/** As weavy writes it: UTC without an offset. */
export function weavyTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

/** As Mautic writes it: UTC with its offset. */
export function mauticTime(ms: number): string {
  return `${weavyTime(ms)}+00:00`;
}

/** When each side says that it changed the record last; `never` in Mautic means never since it was added. */
export interface Moments {
  weavyMs: number;
  mauticMs: number;
  neverEditedInMautic: boolean;
}

const LATER_MS = 2 * 3_600_000;

/** Which side was later, where it matters; a third of the other records was never edited in Mautic. */
export function momentsOf(
  ms: number,
  position: number,
  later: 'weavy' | 'mautic' | 'neither' | null,
): Moments {
  if (later === 'neither')
    return { weavyMs: SHARED_MOMENT_MS, mauticMs: SHARED_MOMENT_MS, neverEditedInMautic: false };
  if (later === 'weavy') return { weavyMs: ms + LATER_MS, mauticMs: ms, neverEditedInMautic: false };
  if (later === 'mautic') return { weavyMs: ms, mauticMs: ms + LATER_MS, neverEditedInMautic: false };
  return { weavyMs: ms, mauticMs: ms, neverEditedInMautic: position % 3 === 0 };
}
