import type { FieldValue } from '../../../mappings/fields';
import { comparable } from '../../../mappings/weavy-webmecanik/compare-value';
import type { Side } from '../../../mappings/weavy-webmecanik/crm-record';
import type { FieldPair } from '../../../mappings/weavy-webmecanik/field-mapping';

/** What a person put into a field that the other side may not have yet. */
export interface PendingEdit {
  value: FieldValue;
  /** The order of all edits on both sides. */
  sequence: number;
  /** By the clock of that side; null when the platform does not say. */
  at: number | null;
}

/** What the model knows of one field of one couple. */
export interface FieldTrack {
  pair: FieldPair;
  /** A blank may go from one side to the other. */
  blankTravels: boolean;
  /** What each side held when the two were last seen the same. */
  agreed: Record<Side, FieldValue>;
  /** Nothing can have moved the sync's base since: a value that is changed back is no edit then (J8). */
  isCertain: boolean;
  pending: Partial<Record<Side, PendingEdit>>;
  /** Both sides were edited too near to each other: either value may win. */
  isTie: boolean;
  /** Not judged by the model, until the sides are seen the same. */
  isIgnored: boolean;
}

export const SIDES = ['weavy', 'mautic'] as const;

export function otherSide(side: Side): Side {
  return side === 'weavy' ? 'mautic' : 'weavy';
}

/** The side that is always right about a one-way field; null where the latest edit wins. */
export function masterOf({ direction }: FieldPair): Side | null {
  if (direction === 'both') return null;
  return direction === 'toMautic' ? 'weavy' : 'mautic';
}

export function isSame(pair: FieldPair, weavy: FieldValue, mautic: FieldValue): boolean {
  return comparable(pair.as, 'weavy', weavy) === comparable(pair.as, 'mautic', mautic);
}

/** Equal although one side may spell it in two ways. */
export function isSameOn(side: Side, pair: FieldPair, one: FieldValue, other: FieldValue): boolean {
  return comparable(pair.as, side, one) === comparable(pair.as, side, other);
}

export function isBlank(value: FieldValue | undefined): boolean {
  return value === null || value === undefined || String(value).trim() === '';
}

/** A value as that side holds it. */
export interface Held {
  side: Side;
  value: FieldValue;
}

/**
 * The values of which one must stand on both sides once the sync is quiet: one, or two after a tie. Null: not judged.
 * Latest edit wins; a one-way field keeps its master's; a blank that may not travel is no edit.
 */
export function expectedOf(track: FieldTrack): Held[] | null {
  if (track.isIgnored) return null;
  const master = masterOf(track.pair);
  const edits = (master === null ? SIDES : [master]).flatMap((side) => {
    const edit = standingEdit(track, side);
    return edit === null ? [] : [{ side, ...edit }];
  });
  const latest = edits.reduce<(typeof edits)[number] | null>(
    (best, edit) => (best === null || edit.sequence > best.sequence ? edit : best),
    null,
  );
  if (latest === null) {
    const side = master ?? 'weavy';
    return [{ side, value: track.agreed[side] }];
  }
  return (track.isTie ? edits : [latest]).map(({ side, value }) => ({ side, value }));
}

/** The side's pending edit, unless it counts for nothing. */
export function standingEdit(track: FieldTrack, side: Side): PendingEdit | null {
  const edit = track.pending[side];
  if (edit === undefined) return null;
  if (isBlank(edit.value) && !track.blankTravels) return null;
  return edit;
}

export function holdsExpected(track: FieldTrack, values: Record<Side, FieldValue>): boolean {
  const expected = expectedOf(track);
  if (expected === null) return true;
  if (!isSame(track.pair, values.weavy, values.mautic)) return false;
  return expected.some(({ side, value }) => isSameOn(side, track.pair, value, values[side]));
}
