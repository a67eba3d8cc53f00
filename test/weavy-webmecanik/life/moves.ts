import type { FieldValue } from '../../../mappings/fields';
import type { Side } from '../../../mappings/weavy-webmecanik/crm-record';
import type { FieldMapping } from '../../../mappings/weavy-webmecanik/field-mapping';
import type { SeededRandom } from '../../../simulators/core/seeded-random';
import { type Couple, type CoupleForm, hasPending, keyPairOf } from './couple';
import { type FieldTrack, isBlank, masterOf, otherSide, SIDES } from './field-track';
import type { FreshValues } from './fresh-values';

/** Something that a person, or a mail server, may do next. */
export type Move =
  | { kind: 'edit'; why: string; couple: Couple; track: FieldTrack; side: Side; value: FieldValue }
  | { kind: 'contest'; couple: Couple; track: FieldTrack; loser: Side; isTie: boolean }
  | { kind: 'new'; form: CoupleForm; side: Side }
  | { kind: 'bounce'; couple: Couple; reason: number }
  | { kind: 'points'; couple: Couple }
  | { kind: 'convert'; couple: Couple };

export interface MoveChoice {
  random: SeededRandom;
  fresh: FreshValues;
  fields: FieldMapping;
  couples: readonly Couple[];
  /** A cycle of the sync may be reading and writing just now. */
  inCycle: boolean;
}

type Chooser = (choice: MoveChoice) => Move | null;

/** How often each is tried, among 100. */
const WEIGHTS: ReadonlyArray<readonly [number, Chooser]> = [
  [38, changeField],
  [9, blankField],
  [7, changeBack],
  [6, respell],
  [8, editAgainstMaster],
  [5, contest],
  [10, newRecord],
  [4, bounce],
  [8, points],
  [5, convert],
];

const TRIES = 30;

/** The next move; another kind when the one drawn is not possible. Null only when there is nothing to do at all. */
export function nextMove(choice: MoveChoice): Move | null {
  let draw = choice.random.below(100);
  const drawn = WEIGHTS.find(([weight]) => {
    draw -= weight;
    return draw < 0;
  });
  return drawn?.[1](choice) ?? changeField(choice) ?? newRecord(choice);
}

function changeField(choice: MoveChoice): Move | null {
  return editWhere(choice, 'change', (couple, track, side) => {
    if (masterOf(track.pair) === otherSide(side)) return undefined;
    return freshFor(choice, couple, track, side);
  });
}

/** An edit that the other side's priority undoes. */
function editAgainstMaster(choice: MoveChoice): Move | null {
  return editWhere(choice, 'against the master', (couple, track, side) => {
    const master = masterOf(track.pair);
    if (master !== otherSide(side) || couple.ids[master] === null) return undefined;
    // Where the master has nothing, and the two may never have agreed, a filled value wins.
    if (isBlank(currentOf(track, master))) return undefined;
    return freshFor(choice, couple, track, side);
  });
}

/** One blank in three is in a field that may not be blanked, which is undone. */
function blankField(choice: MoveChoice): Move | null {
  const mayStay = choice.random.below(3) > 0;
  return editWhere(choice, 'blank', (couple, track, side) => {
    if (isBlank(currentOf(track, side)) || track.blankTravels !== mayStay) return undefined;
    // What an Entrant holds is read by nobody, and cannot be put back.
    if (!track.blankTravels && (couple.form === 'entrant' || !isQuiet(couple))) return undefined;
    return null;
  });
}

function changeBack(choice: MoveChoice): Move | null {
  return editWhere(choice, 'change back', (_couple, track, side) => {
    if (track.pending[side] === undefined) return undefined;
    if (isBlank(track.agreed[side]) && !track.blankTravels) return undefined;
    return track.agreed[side];
  });
}

/** The same value in other letters: no change. */
function respell(choice: MoveChoice): Move | null {
  return editWhere(choice, 'respell', (_couple, track, side) => {
    const value = currentOf(track, side);
    if (typeof value !== 'string' || isBlank(value)) return undefined;
    if (track.pair.as === 'phone')
      return value.includes(' ') ? value.replaceAll(' ', '.') : value.replaceAll('.', ' ');
    return track.pair.as === 'email' ? value.toUpperCase() : undefined;
  });
}

/** Both sides of one field, one shortly after the other. Only between two cycles: within one, nobody could judge it. */
function contest(choice: MoveChoice): Move | null {
  if (choice.inCycle) return null;
  const couple = pickWhere(choice, (each) => each.form !== 'entrant' && isQuiet(each));
  if (couple === null) return null;
  const key = keyPairOf(couple.form, choice.fields);
  const tracks = couple.tracks.filter(
    (track) => masterOf(track.pair) === null && !track.isIgnored && track.pair !== key,
  );
  const track = tracks[choice.random.below(tracks.length)];
  if (track === undefined) return null;
  return {
    kind: 'contest',
    couple,
    track,
    loser: choice.random.pick(SIDES),
    isTie: choice.random.below(4) === 0,
  };
}

function newRecord({ random, fields }: MoveChoice): Move | null {
  const kinds = [
    ...(fields.companies === null
      ? []
      : SIDES.map((side) => ({ kind: 'new' as const, form: 'company' as const, side }))),
    ...(fields.contacts === null
      ? []
      : [{ kind: 'new' as const, form: 'contact' as const, side: 'weavy' as const }]),
    ...(fields.inbounds === null || fields.inbounds.create === 'none'
      ? []
      : [{ kind: 'new' as const, form: 'entrant' as const, side: 'mautic' as const }]),
  ];
  return kinds[random.below(kinds.length)] ?? null;
}

function bounce(choice: MoveChoice): Move | null {
  const couple = pickWhere(
    choice,
    (each) => each.form === 'contact' && !each.isBarred && each.frozenInCycle === null && isLinked(each),
  );
  return couple === null ? null : { kind: 'bounce', couple, reason: choice.random.pick([2, 2, 1, 3]) };
}

function points(choice: MoveChoice): Move | null {
  const couple = pickWhere(
    choice,
    (each) => each.form !== 'company' && each.frozenInCycle === null && each.ids.mautic !== null,
  );
  return couple === null ? null : { kind: 'points', couple };
}

function convert(choice: MoveChoice): Move | null {
  const couple = pickWhere(choice, (each) => each.form === 'entrant' && isQuiet(each));
  return couple === null ? null : { kind: 'convert', couple };
}

/** A random couple, side and field for which `valueFor` has a value; undefined means none. */
function editWhere(
  choice: MoveChoice,
  why: string,
  valueFor: (couple: Couple, track: FieldTrack, side: Side) => FieldValue | undefined,
): Move | null {
  const { random, couples } = choice;
  for (let left = TRIES; left > 0 && couples.length > 0; left -= 1) {
    const couple = couples[random.below(couples.length)];
    const track = couple?.tracks[random.below(couple.tracks.length)];
    const side = random.pick(SIDES);
    if (couple === undefined || track === undefined || !mayEdit(couple, track, side)) continue;
    const value = valueFor(couple, track, side);
    if (value !== undefined) return { kind: 'edit', why, couple, track, side, value };
  }
  return null;
}

/**
 * A field that the other side edited is left alone: the sync may be about to write it here, and an edit between its last
 * read and its write can be seen by nobody (settled question 44). Entrants are written, never read back.
 */
function mayEdit(couple: Couple, track: FieldTrack, side: Side): boolean {
  if (couple.frozenInCycle !== null || track.isIgnored || track.isTie || couple.ids[side] === null)
    return false;
  if (couple.form === 'entrant' && side === 'weavy') return false;
  return masterOf(track.pair) !== null || track.pending[otherSide(side)] === undefined;
}

function pickWhere({ random, couples }: MoveChoice, isFit: (couple: Couple) => boolean): Couple | null {
  for (let left = TRIES; left > 0 && couples.length > 0; left -= 1) {
    const couple = couples[random.below(couples.length)];
    if (couple !== undefined && isFit(couple)) return couple;
  }
  return null;
}

function freshFor({ fresh, fields }: MoveChoice, couple: Couple, track: FieldTrack, side: Side): FieldValue {
  const isName = couple.form === 'company' && track.pair === keyPairOf('company', fields);
  return isName ? fresh.companyName() : fresh.value(track.pair.as, side);
}

function currentOf(track: FieldTrack, side: Side): FieldValue {
  return track.pending[side]?.value ?? track.agreed[side];
}

function isLinked(couple: Couple): boolean {
  return couple.ids.weavy !== null && couple.ids.mautic !== null;
}

/** Both records are there and nothing is under way between them. */
function isQuiet(couple: Couple): boolean {
  return couple.frozenInCycle === null && isLinked(couple) && !hasPending(couple);
}
