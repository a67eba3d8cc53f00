import type { FieldValue } from '../../../mappings/fields';
import { recordIdOf, type Side } from '../../../mappings/weavy-webmecanik/crm-record';
import type { FieldMapping } from '../../../mappings/weavy-webmecanik/field-mapping';
import { differencesOf, keysAtStart, type Remembered } from './check-couples';
import {
  type Couple,
  type CoupleForm,
  convertedCouple,
  foundCouple,
  hasPending,
  KINDS,
  newCouple,
} from './couple';
import {
  type FieldTrack,
  holdsExpected,
  isBlank,
  isSameOn,
  masterOf,
  SIDES,
  standingEdit,
} from './field-track';
import { recordsOf, type SideIndex, sideIndex } from './side-index';
import type { SideRecord, SidesState } from './side-records';

/** What must be true of both sides once the sync is quiet, after everything that people did. */
export interface LifeModel {
  readonly couples: readonly Couple[];
  edit(couple: Couple, track: FieldTrack, side: Side, edit: { value: FieldValue; at: number | null }): void;
  /** Two edits of one field, the loser's first; no later edit of the couple until it is settled. */
  contest(track: FieldTrack, isTie: boolean): void;
  made(form: CoupleForm, side: Side, record: SideRecord): void;
  converted(couple: Couple, contact: SideRecord, mautic: SideRecord): void;
  bounced(couple: Couple, reason: number): void;
  beginCycle(): void;
  /** The cycle is over and nobody writes: what both sides hold alike is agreed. Notes what was lost. */
  settle(state: SidesState): void;
  check(state: SidesState): string[];
}

/** The model of two sides as they stand now, in step or not yet. `fields` is the mapping in force. */
export function lifeModel(start: SidesState, fields: FieldMapping): LifeModel {
  const first = sideIndex(start, fields);
  const couples = couplesAt(first, fields);
  const remembered: Remembered = {
    keys: keysAtStart(first),
    made: new Set(Object.values(start).flatMap((records) => records.map(recordIdOf))),
  };
  const losses = new Set<string>();
  let sequence = 0;
  let inCycle = false;
  let cycle = 0;
  const next = (): number => {
    sequence += 1;
    return sequence;
  };
  const replace = (before: Couple, after: Couple): void => {
    couples[couples.indexOf(before)] = after;
  };

  return {
    couples,
    edit(couple, track, side, { value, at }) {
      if (inCycle) track.isCertain = false;
      track.pending[side] = { value, sequence: next(), at };
      // Changed back before anybody looked, or only spelled otherwise.
      if (track.isCertain && isSameOn(side, track.pair, value, track.agreed[side]))
        delete track.pending[side];
      if (isBlank(value) && !track.blankTravels) couple.frozenInCycle = cycle;
    },
    contest(track, isTie) {
      track.isTie = isTie;
      const couple = couples.find((each) => each.tracks.includes(track));
      if (couple !== undefined) couple.frozenInCycle = cycle;
    },
    made(form, side, record) {
      remembered.made.add(recordIdOf(record));
      couples.push(newCouple(recordIdOf(record), form, record, side, fields, next()));
    },
    converted(couple, contact, mautic) {
      remembered.made.add(recordIdOf(contact));
      replace(couple, convertedCouple(couple, contact.id, mautic, fields, { sequence: next(), cycle }));
    },
    bounced(couple, reason) {
      couple.isBarred = true;
      if (reason !== 2 || couple.bounce !== 'none') return;
      couple.bounce = 'dated';
      couple.frozenInCycle = cycle;
    },
    beginCycle() {
      inCycle = true;
      cycle += 1;
      for (const couple of couples)
        for (const track of couple.tracks)
          if (track.pending.weavy !== undefined || track.pending.mautic !== undefined)
            track.isCertain = false;
    },
    settle(state) {
      inCycle = false;
      const index = sideIndex(state, fields);
      for (const couple of couples)
        if (couple.frozenInCycle !== null || hasPending(couple)) {
          const isInStep = settleCouple(couple, index, fields, losses);
          if (isInStep && (couple.frozenInCycle ?? cycle) < cycle) couple.frozenInCycle = null;
        }
    },
    check(state) {
      return [...losses, ...differencesOf(couples, sideIndex(state, fields), fields, remembered)];
    },
  };
}

/** One-sided records whose key nobody else on their side has, and pairs of records that nobody else could be meant by. */
function couplesAt(index: SideIndex, fields: FieldMapping): Couple[] {
  const couples: Couple[] = [];
  const forms: CoupleForm[] = [
    ...(fields.companies === null ? [] : ['company' as const]),
    ...(fields.contacts === null ? [] : ['contact' as const]),
    ...(fields.inbounds === null ? [] : ['entrant' as const]),
  ];
  for (const form of forms) {
    for (const [key, group] of index.groups(KINDS[form].mautic)) {
      const others = index.known(KINDS[form].weavy, key);
      const [mautic, weavy] = [group[0], others[0]];
      if (group.length !== 1 || others.length !== 1 || mautic === undefined || weavy === undefined) continue;
      // Who has a Contact in weavy is a Contact, whatever Entrants there are.
      if (form === 'entrant' && index.known('weavy/customercontact', key).length > 0) continue;
      couples.push(
        withBounceAt(foundCouple(recordIdOf(mautic), form, { weavy, mautic }, fields), weavy, fields),
      );
    }
  }
  return couples;
}

function withBounceAt(couple: Couple, weavy: SideRecord, { contacts }: FieldMapping): Couple {
  const field = contacts?.bounceField ?? null;
  if (couple.form === 'contact' && field !== null && (weavy.fields[field] ?? null) === null) return couple;
  return { ...couple, bounce: 'not-judged' };
}

function settleCouple(couple: Couple, index: SideIndex, fields: FieldMapping, losses: Set<string>): boolean {
  const records = recordsOf(couple, index);
  const { weavy, mautic } = records;
  let isInStep = weavy !== undefined && mautic !== undefined;
  for (const track of couple.tracks) {
    const values = {
      weavy: weavy?.fields[track.pair.weavy] ?? null,
      mautic: mautic?.fields[track.pair.mautic] ?? null,
    };
    noteLoss(couple, track, records, losses);
    if (weavy === undefined || mautic === undefined || !holdsExpected(track, values)) {
      isInStep = false;
      continue;
    }
    if (track.isIgnored) continue;
    Object.assign(track, { agreed: values, isCertain: true, pending: {}, isTie: false });
  }
  const field = fields.contacts?.bounceField ?? null;
  if (couple.bounce === 'dated' && field !== null && (weavy?.fields[field] ?? null) === null) return false;
  return isInStep;
}

/** An edit that must win is gone from the very side that a person made it on. */
function noteLoss(
  couple: Couple,
  track: FieldTrack,
  records: Partial<Record<Side, SideRecord>>,
  losses: Set<string>,
): void {
  if (track.isTie || track.isIgnored) return;
  const master = masterOf(track.pair);
  const standing = (master === null ? SIDES : [master]).flatMap((side) => {
    const edit = standingEdit(track, side);
    return edit === null ? [] : [{ side, ...edit }];
  });
  const [edit, other] = standing;
  const record = edit === undefined ? undefined : records[edit.side];
  if (edit === undefined || other !== undefined || record === undefined) return;
  const field = track.pair[edit.side];
  const held = record.fields[field] ?? null;
  if (isSameOn(edit.side, track.pair, held, edit.value)) return;
  losses.add(
    `${couple.identity}: edit ${edit.sequence} of ${recordIdOf(record)} ${field} was lost: ` +
      `${JSON.stringify(edit.value)} became ${JSON.stringify(held)}`,
  );
}
