import type { FieldValue } from '../../../mappings/fields';
import type { RecordKind, Side } from '../../../mappings/weavy-webmecanik/crm-record';
import type { FieldMapping, FieldPair } from '../../../mappings/weavy-webmecanik/field-mapping';
import { type FieldTrack, isBlank, isSame, masterOf, otherSide } from './field-track';
import type { SideRecord } from './side-records';

export type CoupleForm = 'company' | 'contact' | 'entrant';

/** Two records that are one company or one person, under an identity of the model's own. */
export interface Couple {
  identity: string;
  form: CoupleForm;
  /** Null: the sync has yet to make it. */
  ids: Record<Side, string | null>;
  tracks: FieldTrack[];
  /**
   * No further edit until a cycle that began after this one has brought both sides together: nobody could judge the next
   * edit before. Null: free.
   */
  frozenInCycle: number | null;
  /** Any do-not-contact entry in Mautic. */
  isBarred: boolean;
  /** Came back with reason 2 while it was a Contact: weavy must hold a date. */
  bounce: 'none' | 'dated' | 'not-judged';
}

export const KINDS: Record<CoupleForm, Record<Side, RecordKind>> = {
  company: { weavy: 'weavy/customer', mautic: 'mautic/company' },
  contact: { weavy: 'weavy/customercontact', mautic: 'mautic/contact' },
  entrant: { weavy: 'weavy/marketinginbound', mautic: 'mautic/contact' },
};

export function pairsOf(form: CoupleForm, fields: FieldMapping): readonly FieldPair[] {
  switch (form) {
    case 'company':
      return fields.companies?.fields ?? [];
    case 'contact':
      return fields.contacts?.fields ?? [];
    case 'entrant':
      return fields.inbounds?.fields ?? [];
  }
}

/** The pair of fields that says who is who. */
export function keyPairOf(form: CoupleForm, fields: FieldMapping): FieldPair | undefined {
  const key = form === 'company' ? fields.companies?.key : { weavy: 'email', mautic: 'email' };
  return pairsOf(form, fields).find((pair) => pair.weavy === key?.weavy && pair.mautic === key.mautic);
}

/**
 * A couple of two records as they are found. A field on which they differ is not judged until they are seen the same: which
 * of the two wins at a first link is a matter of other tests.
 */
export function foundCouple(
  identity: string,
  form: CoupleForm,
  records: Record<Side, SideRecord>,
  fields: FieldMapping,
): Couple {
  const tracks = pairsOf(form, fields).map((pair): FieldTrack => {
    const agreed = {
      weavy: records.weavy.fields[pair.weavy] ?? null,
      mautic: records.mautic.fields[pair.mautic] ?? null,
    };
    const isIgnored = !isSame(pair, agreed.weavy, agreed.mautic);
    return { ...emptyTrack(pair, form, fields), agreed, isCertain: !isIgnored, isIgnored };
  });
  return {
    identity,
    form,
    ids: { weavy: records.weavy.id, mautic: records.mautic.id },
    tracks,
    frozenInCycle: null,
    isBarred: records.mautic.isBarred,
    bounce: records.mautic.isBarred ? 'not-judged' : 'none',
  };
}

/** A couple of which one record exists: the sync is to make the other with every value that may travel there. */
export function newCouple(
  identity: string,
  form: CoupleForm,
  record: SideRecord,
  origin: Side,
  fields: FieldMapping,
  sequence: number,
): Couple {
  const tracks = pairsOf(form, fields).map((pair): FieldTrack => {
    const track = emptyTrack(pair, form, fields);
    const value = record.fields[pair[origin]] ?? null;
    if (isBlank(value)) return track;
    // A filled value whose way is closed fills the blank at the first link, or stays alone: not judged.
    if (masterOf(pair) === otherSide(origin)) return { ...track, isIgnored: true };
    return { ...track, pending: { [origin]: { value, sequence, at: record.at } } };
  });
  return {
    identity,
    form,
    ids: { weavy: null, mautic: null, [origin]: record.id },
    tracks,
    frozenInCycle: null,
    isBarred: record.isBarred,
    bounce: record.isBarred ? 'not-judged' : 'none',
  };
}

function emptyTrack(pair: FieldPair, form: CoupleForm, fields: FieldMapping): FieldTrack {
  return {
    pair,
    blankTravels: pair.propagateBlank && pair !== keyPairOf(form, fields),
    agreed: { weavy: null, mautic: null },
    isCertain: false,
    pending: {},
    isTie: false,
    isIgnored: false,
  };
}

/**
 * The Entrant of a couple was made a Contact by a person; `mautic` is what stands there. What the Entrant and the Contact
 * share keeps its history; for the rest the two meet for the first time, and the filled value wins.
 */
export function convertedCouple(
  couple: Couple,
  contactId: string,
  mautic: SideRecord,
  fields: FieldMapping,
  now: { sequence: number; cycle: number },
): Couple {
  const before = new Map(couple.tracks.map((track) => [track.pair.weavy, track]));
  const tracks = pairsOf('contact', fields).map((pair): FieldTrack => {
    const fresh = emptyTrack(pair, 'contact', fields);
    const known = before.get(pair.weavy);
    if (known?.pair.mautic === pair.mautic) return { ...known, pair, blankTravels: fresh.blankTravels };
    const value: FieldValue = mautic.fields[pair.mautic] ?? null;
    if (isBlank(value)) return fresh;
    if (masterOf(pair) === 'weavy') return { ...fresh, isIgnored: true };
    return { ...fresh, pending: { mautic: { value, sequence: now.sequence, at: mautic.at } } };
  });
  return {
    ...couple,
    form: 'contact',
    ids: { ...couple.ids, weavy: contactId },
    tracks,
    frozenInCycle: now.cycle,
  };
}

export function hasPending(couple: Couple): boolean {
  return couple.tracks.some(({ pending }) => pending.weavy !== undefined || pending.mautic !== undefined);
}
