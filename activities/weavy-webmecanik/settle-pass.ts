import { openItem } from '../../db/attention';
import { openRemark, resolveParts } from '../../db/attention-remarks';
import { saveCoupleOutcomes } from '../../db/couple-outcomes';
import { type CoupleUpdate, saveCouples } from '../../db/couples';
import { markContactsOfTiersDue } from '../../db/crm-records';
import type { Outcome } from '../../db/outcomes';
import type { Queryable } from '../../db/pool';
import { CrmReason, crmReasons } from '../../mappings/weavy-webmecanik/reasons';
import type { WeavyWebmecanikContext } from './context';
import type { CouplePass } from './couple-pass';

/** What a pass came to, as it is stored and told. */
export interface PassEnd {
  pass: CouplePass;
  outcome: Outcome;
  reason: string | null;
  writes: number;
  /** There is more to do for this couple: the other side, or the next run. */
  staysDue: boolean;
  /** The record that leads the couple from now on, when that is another one. */
  leadsNow?: string;
  /** Told beside what the pass itself says. */
  remarks?: Remark[];
}

/** One item about a couple: `place` is weavy's field name, or '' for the whole. */
export interface Remark {
  reason: string;
  place: string;
  detail: Record<string, unknown>;
}

/** A pass that ended in one of these is looked at again by the next run (promise 2). */
const STAYS_DUE: readonly Outcome[] = ['waiting', 'held', 'refused'];

/** The end of a pass that wrote nothing now; one that finds what it made without an answer counts that write. */
export function quietEnd(pass: CouplePass): PassEnd {
  const { outcome, reason } = pass;
  // what one field cannot hold today it may hold tomorrow, although the records stay as they are
  const staysDue = STAYS_DUE.includes(outcome) || pass.draft.problems.length > 0;
  const { weavy, mautic } = pass.draft.writes;
  const wasMade = outcome === 'created' && weavy === null && mautic === null;
  return { pass, outcome, reason, writes: wasMade ? 1 : 0, staysDue };
}

/** Stores where the records of these passes stand, and tells people what there is to tell. */
export async function settlePasses(
  tx: Queryable,
  context: WeavyWebmecanikContext,
  runId: number | null,
  ends: readonly PassEnd[],
): Promise<void> {
  await saveCoupleOutcomes(
    tx,
    context.slug,
    runId,
    ends.map(({ pass, ...end }) => ({ ...end, recordIds: recordsOf(pass), dueMarks: dueMarksOf(pass) })),
  );
  await noteOrphans(
    tx,
    ends.map(({ pass }) => pass),
  );
  await tellEnds(tx, context, runId, ends);
}

/** What both sides agree on without a write, and that they are one. */
export async function noteAgreements(
  tx: Queryable,
  sync: string,
  passes: readonly CouplePass[],
): Promise<void> {
  await saveCouples(tx, passes.flatMap(agreementOf));
  // contacts follow a Tiers from when it has a company
  const tiers = passes.flatMap(({ couple, weavy, kinds }) =>
    kinds.weavy === 'customer' && couple?.state === 'proposed' && weavy !== null ? [weavy.record.id] : [],
  );
  await markContactsOfTiersDue(tx, sync, tiers);
}

/** Couples whose weavy record is gone are orphaned; one that is gone in Mautic is followed first (settled question 38). */
async function noteOrphans(tx: Queryable, passes: readonly CouplePass[]): Promise<void> {
  await saveCouples(
    tx,
    passes.flatMap(({ couple, weavy }) =>
      couple?.state === 'active' && weavy?.gone === true
        ? [{ id: couple.id, turn: null, state: 'orphaned' as const }]
        : [],
    ),
  );
}

function agreementOf({ couple, draft, bounce, outcome, weavy, mautic }: CouplePass): CoupleUpdate[] {
  if (couple === null || weavy === null || mautic === null) return [];
  if (outcome === 'skipped') return [];
  return [
    {
      id: couple.id,
      turn: null,
      state: 'active',
      base: draft.agreed,
      settled: 'both',
      createSettled: true,
      ...(bounce === null ? {} : { bouncedAt: bounce.seenAt }),
    },
  ];
}

/** The records of a pass, the leading one first. */
export function recordsOf({ lead, weavy, mautic }: CouplePass): string[] {
  return [
    ...new Set([lead, ...[mautic, weavy].flatMap((record) => (record === null ? [] : [record.recordId]))]),
  ];
}

function dueMarksOf({ weavy, mautic }: CouplePass): Record<string, number> {
  return Object.fromEntries(
    [weavy, mautic].flatMap((record) => (record === null ? [] : [[record.recordId, record.dueMark]])),
  );
}

/** Reasons whose items say what the latest pass found; one that it did not find again is over. */
const OF_A_PASS: readonly string[] = [
  CrmReason.counterpartDeleted,
  CrmReason.unreadableRecord,
  CrmReason.duplicateSet,
  CrmReason.codeTaken,
  CrmReason.emailTaken,
  CrmReason.unknownValue,
  CrmReason.tooLong,
  CrmReason.malformedValue,
  CrmReason.tieHeld,
  CrmReason.targetRefused,
  CrmReason.targetFailing,
];

async function tellEnds(
  tx: Queryable,
  context: WeavyWebmecanikContext,
  runId: number | null,
  ends: readonly PassEnd[],
): Promise<void> {
  const told = ends.map((end) => ({
    recordId: end.leadsNow ?? end.pass.lead,
    remarks: remarksOf(end),
    records: [...recordsOf(end.pass), ...(end.leadsNow === undefined ? [] : [end.leadsNow])],
  }));
  // what was told of the other record of a couple is told of the one that leads
  const parts = told.flatMap(({ recordId, remarks, records }) =>
    records.map((each) => ({ recordId: each, parts: each === recordId ? remarks : [] })),
  );
  await resolveParts(tx, context.slug, parts, OF_A_PASS);
  for (const { recordId, remarks } of told)
    for (const { reason, place, detail } of remarks) {
      const informs = crmReasons.weight(reason) === 'informs';
      if (informs && place === '') await openRemark(tx, context.slug, runId, { recordId, reason, detail });
      else
        await openItem(tx, context.slug, runId, {
          recordId,
          reason,
          place,
          detail,
          severity: informs ? 'info' : 'action',
        });
    }
}

/** Told once for all the records that they concern. */
const TOLD_ONCE: readonly string[] = [CrmReason.missingRight, CrmReason.noEmail, CrmReason.noKey];

function remarksOf({ pass, reason, remarks = [] }: PassEnd): Remark[] {
  const all = [...remarks];
  for (const problem of pass.draft.problems)
    all.push({
      reason: problem.reason,
      place: problem.pair.weavy,
      detail: { weavy: problem.pair.weavy, mautic: problem.pair.mautic, side: problem.side },
    });
  if (pass.duplicates.length > 0)
    all.push({
      reason: CrmReason.duplicateSet,
      place: '',
      detail: { linked: pass.lead, others: pass.duplicates.slice(0, 50) },
    });
  const isTold = reason !== null && !TOLD_ONCE.includes(reason) && crmReasons.weight(reason) !== 'silent';
  if (isTold && !all.some((remark) => remark.reason === reason)) all.push({ reason, place: '', detail: {} });
  return all;
}
