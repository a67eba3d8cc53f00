import type { FieldValue } from '../../fields';
import type { CoupleKind, CrmRecord, Side } from '../crm-record';
import type { CoupleKinds } from '../judged-pairs';
import type { CoupleBase, JudgedPair, JudgeSettings } from '../verdict';

/** What a comparison of both CRMs can find, in the order in which people read it. Added to, never renamed. */
export const DIFFERENCE_KINDS = [
  /** A both-ways field holds two values. */
  'differs',
  /** A one-way field is not what the side with priority holds. */
  'not-as-master',
  /** A bounce (NPAI) that was never written to weavy. */
  'bounce-missing',
  /** Linked, and one of the two is gone. */
  'orphan',
  /** Nothing on the other side for a record that should have a counterpart. */
  'missing',
  /** One on each side for one key, and nobody linked them. */
  'unlinked',
  /** Several of one side with one e-mail, or one company key. */
  'duplicate',
  /** Several Entrants with one e-mail. */
  'entrant-doubled',
  /** A table that a platform did not let us read: what depends on it was not compared. */
  'not-readable',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** One difference. Values of fields are personal data: whoever prints them asks first. */
export interface Difference {
  kind: DifferenceKind;
  /** The records concerned, by their ids: the linked ones first, the one that is gone last. */
  records: string[];
  /** weavy's name of the field, by which a mapping and the attention items know it; null for whole records. */
  field: string | null;
  mauticField: string | null;
  /** What the next run would do about the field (see the rules of verdicts). */
  rule: string | null;
  weavy: FieldValue;
  mautic: FieldValue;
}

/** A record as it was read just now. Only its mapped fields are kept. */
export interface LiveRecord {
  recordId: string;
  /** What it is known by on the other side; null for a blank. */
  key: string | null;
  record: CrmRecord;
}

/** A link as it is stored, and what people decided about it. */
export interface LinkedCouple {
  kind: CoupleKind;
  weavyRecord: string | null;
  mauticRecord: string | null;
  /** How the two became one; `created`: one of them was made from the other. */
  origin: 'created' | 'adopted' | 'relinked';
  /** A person parted or stopped them: they are left alone. */
  isStopped: boolean;
  base: CoupleBase;
  altered: Record<string, { side: Side; stored: FieldValue }>;
  pausedFields: readonly string[];
  /** weavy's names of fields that a person took for agreed as the platforms keep them. */
  keptFields: readonly string[];
  hasBounceNoted: boolean;
}

/** A link with both of its records. */
export interface PresentCouple {
  couple: LinkedCouple;
  kinds: CoupleKinds;
  weavy: LiveRecord;
  mautic: LiveRecord;
  /** By our clock, ms since 1970; null when unknown. */
  modifiedAt: Record<Side, number | null>;
}

/** How the couples of one kind are compared. */
export interface CoupleRules {
  pairs: readonly JudgedPair[];
  /** weavy's names of fields that one side no longer has. */
  gone: readonly string[];
  /** weavy's field for the date of a bounce; null leaves bounces alone. */
  bounceField: string | null;
  settings: JudgeSettings;
}

/** A difference of whole records. */
export function ofRecords(kind: DifferenceKind, records: readonly string[]): Difference {
  return {
    kind,
    records: [...records],
    field: null,
    mauticField: null,
    rule: null,
    weavy: null,
    mautic: null,
  };
}
