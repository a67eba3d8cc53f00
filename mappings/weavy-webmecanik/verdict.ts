import type { Fields, FieldValue } from '../fields';
import type { Side } from './crm-record';
import type { FieldPair } from './field-mapping';

/** What each side held for one field when they last agreed; the two differ where a platform altered ours. */
export interface BaseValue {
  weavy: FieldValue;
  mautic: FieldValue;
}

/** weavy's field name -> base. A missing one: the two have never agreed on this field. */
export type CoupleBase = Record<string, BaseValue>;

/** One side as it was read last. */
export interface SideState {
  fields: Fields;
  /** Last change, corrected by the platform's clock skew and never later than now; null when unknown. */
  modifiedAt: number | null;
}

/** How a pair of fields is judged for one couple: the mapping, and what both schemas say. */
export interface JudgedPair extends FieldPair {
  /** The field by which the two are matched: never blanked. */
  identity: boolean;
  /** Required at that side: never blanked there. */
  required: Record<Side, boolean>;
  /** Never written at that side: a foreign key of weavy. */
  readOnly: Record<Side, boolean>;
  /** What that side can hold: longest text and closed list, null where it does not say. */
  limits: Record<Side, { length: number | null; choices: readonly string[] | null }>;
}

export interface JudgeSettings {
  /** Both changed, and nobody can say which was later. `hold`: neither side is written. */
  tie: 'mautic' | 'weavy' | 'hold';
  /** Times this near to each other are a tie. Milliseconds. */
  tieWithinMs: number;
}

export interface JudgeInput {
  pairs: readonly JudgedPair[];
  weavy: SideState;
  mautic: SideState;
  base: CoupleBase;
  /** weavy's names of fields that wait for a person: no verdict, no write, base as it is. */
  paused: readonly string[];
  settings: JudgeSettings;
}

/**
 * Why a field is as it is. Stored with each write and shown to people: added to, never renamed.
 * `agree.*` write nothing.
 */
export type VerdictRule =
  /** Neither changed. */
  | 'agree.unchanged'
  /** Both changed to the same (J3), or were found the same at first. */
  | 'agree.same-value'
  /** Only that side changed (J1, J2, J7). */
  | 'changed.weavy'
  | 'changed.mautic'
  /** Both changed; that side's record was changed later (J4, J5). */
  | 'latest.weavy'
  | 'latest.mautic'
  /** Both changed, and no time tells which was later: settled by the setting (J6). */
  | 'tie.weavy'
  | 'tie.mautic'
  | 'tie.hold'
  /** First agreement: the filled side (J11), the direction's master, or the later record (J10). */
  | 'first.filled-weavy'
  | 'first.filled-mautic'
  | 'first.master-weavy'
  | 'first.master-mautic'
  | 'first.latest-weavy'
  | 'first.latest-mautic'
  | 'first.tie-weavy'
  | 'first.tie-mautic'
  | 'first.tie-hold'
  /** A one-way field was edited on the other side: put back (J14, J15), or left with `enforce: false`. */
  | 'enforced.weavy'
  | 'enforced.mautic'
  | 'left.one-way'
  /** A one-way field changed at its master. */
  | 'master.weavy'
  | 'master.mautic'
  /** A blank that may not travel is undone on the side that blanked (J13, settled question 33). */
  | 'blank-undone.weavy'
  | 'blank-undone.mautic'
  | 'paused'
  /** The value has no spelling on the other side (closed list, length, form): that field is left out and told. */
  | 'not-spelled';

/** The one verdict about one field in one cycle. */
export interface Verdict {
  pair: JudgedPair;
  rule: VerdictRule;
  /** The write that follows: at most one, on the losing side, spelled as that side spells it. */
  write: { side: Side; field: string; before: FieldValue; after: FieldValue } | null;
  /** Why a value was not spelled, with rule `not-spelled`; null otherwise. */
  problem: 'unknown-value' | 'too-long' | 'malformed' | null;
  /** A tie, whoever won: for the log of ties. */
  tie: boolean;
  /** The base after this cycle when nothing is to be written; null leaves the stored one (a write decides it). */
  agreed: BaseValue | null;
  evidence: {
    weavy: FieldValue;
    mautic: FieldValue;
    base: BaseValue | null;
    weavyAt: number | null;
    mauticAt: number | null;
  };
}
