import type { Change, Fields, FieldValue } from '../fields';
import type { CrmRecord, Side } from './crm-record';
import { judgeField } from './judge-field';
import type { CoupleKinds } from './judged-pairs';
import { CrmReason } from './reasons/reason-codes';
import { settlePending } from './settle-pending';
import { spell } from './spell-value';
import type { CoupleBase, JudgedPair, JudgeSettings, SideState, Verdict } from './verdict';

/** A couple as far as it is known: a record that is null is yet to come. */
export interface CoupleView {
  kinds: CoupleKinds;
  weavy: CrmRecord | null;
  mautic: CrmRecord | null;
  /** Times of the last change, corrected by the clocks. */
  modifiedAt: Record<Side, number | null>;
  base: CoupleBase;
  paused: readonly string[];
  pending: Partial<Record<Side, Record<string, { sent: FieldValue; other: FieldValue }>>>;
  /** weavy's field name -> the side that a person chose for a tie. */
  chosen: Readonly<Record<string, Side>>;
}

/** What is to be written to one side. */
export interface SideWrite {
  operation: 'create' | 'update';
  /** By that side's own names, spelled as it spells them. */
  fields: Fields;
  changes: FieldWrite[];
}

/** One field of a write. `field` is that side's name. */
export interface FieldWrite extends Change {
  pair: JudgedPair;
  /** What the other side holds, as it holds it. */
  other: FieldValue;
  /** Of the verdict; null for a create, which needs none. */
  evidence: Verdict['evidence'] | null;
}

/** Something about one field that keeps it from being in step while the others go on. */
export interface FieldProblem {
  reason:
    | typeof CrmReason.unknownValue
    | typeof CrmReason.tooLong
    | typeof CrmReason.malformedValue
    | typeof CrmReason.tieHeld;
  /** The side that cannot hold it; for a tie, Mautic's. */
  side: Side;
  pair: JudgedPair;
}

export interface CoupleDraft {
  writes: Record<Side, SideWrite | null>;
  /** Where the base moves although nothing is written. */
  agreed: CoupleBase;
  /** Fields that a create leaves to the other side, with what that side holds: they count as agreed once it is done. */
  notSent: Array<{ pair: JudgedPair; other: FieldValue }>;
  problems: FieldProblem[];
  verdicts: Verdict[];
}

/** Nothing to write, nothing to note. */
export const NO_DRAFT: CoupleDraft = {
  writes: { weavy: null, mautic: null },
  agreed: {},
  notSent: [],
  problems: [],
  verdicts: [],
};

/** What a pass would write to either side of a couple: one verdict per field, creates with every field that may travel. */
export function draftCouple(
  view: CoupleView,
  pairs: readonly JudgedPair[],
  settings: JudgeSettings,
): CoupleDraft {
  const { weavy, mautic } = view;
  if (weavy !== null && mautic !== null) return draftBoth(view, { weavy, mautic }, pairs, settings);
  const there = weavy ?? mautic;
  if (there === null) return NO_DRAFT;
  return draftCreate(there, pairs, weavy === null ? 'weavy' : 'mautic', view.paused);
}

function draftBoth(
  view: CoupleView,
  records: Record<Side, CrmRecord>,
  pairs: readonly JudgedPair[],
  settings: JudgeSettings,
): CoupleDraft {
  const state = (side: Side): SideState => ({
    fields: records[side].fields,
    modifiedAt: view.modifiedAt[side],
  });
  const fields = { weavy: records.weavy.fields, mautic: records.mautic.fields };
  const base = settlePending({ pairs, base: view.base, pending: view.pending, fields });
  const input = {
    pairs,
    weavy: state('weavy'),
    mautic: state('mautic'),
    base,
    paused: view.paused,
    settings,
  };
  const verdicts = pairs.map((pair) => {
    const tie = view.chosen[pair.weavy] ?? settings.tie;
    return judgeField(pair, { ...input, settings: { ...settings, tie } });
  });
  const draft: CoupleDraft = {
    writes: { weavy: null, mautic: null },
    agreed: {},
    notSent: [],
    problems: [],
    verdicts,
  };
  for (const verdict of verdicts) {
    const { pair, write, agreed } = verdict;
    if (agreed !== null && !sameBase(agreed, view.base[pair.weavy])) draft.agreed[pair.weavy] = agreed;
    const problem = problemOf(verdict);
    if (problem !== null) draft.problems.push(problem);
    if (write === null) continue;
    draft.writes[write.side] ??= { operation: 'update', fields: {}, changes: [] };
    add(draft.writes[write.side], {
      pair,
      field: write.field,
      before: write.before,
      after: write.after,
      rule: verdict.rule,
      other: verdict.evidence[write.side === 'weavy' ? 'mautic' : 'weavy'],
      evidence: verdict.evidence,
    });
  }
  return draft;
}

/** A create sends every mapped field that may travel to that side (settled question 43). */
function draftCreate(
  there: CrmRecord,
  pairs: readonly JudgedPair[],
  side: Side,
  paused: readonly string[],
): CoupleDraft {
  const from: Side = side === 'weavy' ? 'mautic' : 'weavy';
  const write: SideWrite = { operation: 'create', fields: {}, changes: [] };
  const problems: FieldProblem[] = [];
  const notSent: CoupleDraft['notSent'] = [];
  const closed = side === 'weavy' ? 'toMautic' : 'toWeavy';
  for (const pair of pairs) {
    const value = there.fields[pair[from]] ?? null;
    if (paused.includes(pair.weavy)) continue;
    if (value === null || value === '' || pair.direction === closed || pair.readOnly[side]) {
      notSent.push({ pair, other: value });
      continue;
    }
    const spelled = spell(pair.as, side, value, pair.limits[side]);
    if ('problem' in spelled) problems.push({ reason: REASON_OF[spelled.problem], side, pair });
    else
      add(write, {
        pair,
        field: pair[side],
        before: null,
        after: spelled.value,
        rule: 'create',
        other: value,
        evidence: null,
      });
  }
  // without what it is known by, a record could never be found again (promise 1)
  const isKnown = write.changes.some((change) => change.pair.identity);
  const writes = { weavy: null, mautic: null, ...(isKnown ? { [side]: write } : {}) };
  return { writes, agreed: {}, notSent, problems, verdicts: [] };
}

function add(write: SideWrite | null, change: FieldWrite): void {
  if (write === null) return;
  write.changes.push(change);
  write.fields[change.field] = change.after;
}

const REASON_OF = {
  'unknown-value': CrmReason.unknownValue,
  'too-long': CrmReason.tooLong,
  malformed: CrmReason.malformedValue,
} as const;

function problemOf(verdict: Verdict): FieldProblem | null {
  const { pair, problem, rule } = verdict;
  if (rule === 'tie.hold' || rule === 'first.tie-hold')
    return { reason: CrmReason.tieHeld, side: 'mautic', pair };
  if (problem === null) return null;
  // the side that cannot hold what the other one has
  const forMautic = spell(pair.as, 'mautic', verdict.evidence.weavy, pair.limits.mautic);
  return { reason: REASON_OF[problem], side: 'problem' in forMautic ? 'mautic' : 'weavy', pair };
}

function sameBase(a: CoupleBase[string], b: CoupleBase[string] | undefined): boolean {
  return b !== undefined && a.weavy === b.weavy && a.mautic === b.mautic;
}
