import { openItem, resolveItems } from '../../db/attention';
import { type AuditEntry, writeAudits } from '../../db/audit';
import { type Altered, type CoupleUpdate, countPaused, couplesOf, saveCouples } from '../../db/couples';
import { markContactsOfTiersDue, markGone } from '../../db/crm-records';
import { inTransaction, type Queryable } from '../../db/pool';
import { comparable } from '../../mappings/weavy-webmecanik/compare-value';
import type { CrmRecord, Side } from '../../mappings/weavy-webmecanik/crm-record';
import { recordIdOf } from '../../mappings/weavy-webmecanik/crm-record';
import { CrmReason } from '../../mappings/weavy-webmecanik/reasons';
import type { CoupleBase } from '../../mappings/weavy-webmecanik/verdict';
import { FailureKind } from '../../platforms/failure';
import type { WeavyWebmecanikContext } from './context';
import { sidesOf } from './pass-writes';
import { isMissingRight, type WriteJob, type WriteResult } from './send-writes';
import { type PassEnd, quietEnd, type Remark, settlePasses } from './settle-pass';
import { stageOwn } from './stage';

/** A write with its answer. */
export interface WriteEnd {
  job: WriteJob;
  result: WriteResult;
  /** Its e-mail was left out, because another contact owns it. */
  emailTaken: boolean;
}

/** Records with one field paused that make it a matter of the mapping (settled question 43). */
const OFTEN = 5;

/** Stores what became of writes: links and bases, the history, where each record stands. All in one transaction. */
export async function saveWrites(
  context: WeavyWebmecanikContext,
  side: Side,
  runId: number | null,
  ends: readonly WriteEnd[],
): Promise<PassEnd[]> {
  return inTransaction(context.pool, async (tx) => {
    const stored = ends.flatMap((end) =>
      end.result.kind === 'stored' ? [{ ...end, record: end.result.record }] : [],
    );
    await stageOwn(
      tx,
      context,
      runId,
      stored.map((end) => withEvidence(side, end)),
    );
    const moved = stored.filter(({ job, record }) => job.operation === 'update' && job.id !== record.id);
    const missing = ends.filter(
      ({ result }) => result.kind === 'failed' && result.failure.kind === FailureKind.missing,
    );
    await noteGone(
      tx,
      context,
      side,
      missing.map(({ job }) => job),
    );
    await noteGone(
      tx,
      context,
      side,
      moved.map(({ job }) => job),
    );
    const foreign = await belongingElsewhere(tx, context, stored);
    const settled = stored
      .filter((end) => !moved.includes(end) && !foreign.has(end.job))
      .map((end) => ({ ...end, ...compared(side, end.job, end.record) }));
    const owned = await saveCouples(tx, [
      ...settled.map((end) => updateOf(side, end)),
      ...ends.flatMap(notDone),
    ]);
    await writeAudits(
      tx,
      settled.map((end) => auditOf(context, side, runId, end)),
    );
    for (const { job, altered } of settled) await tellAltered(tx, context, runId, job, altered);
    const tiers = settled.flatMap(({ job: { pass }, record }) =>
      pass.kinds.weavy === 'customer' && pass.couple?.state !== 'active'
        ? [side === 'weavy' ? record.id : (pass.weavy?.record.id ?? '')]
        : [],
    );
    await markContactsOfTiersDue(tx, context.slug, tiers);
    const passEnds = ends.map((end) => endOf(side, end, settled, owned));
    await settlePasses(tx, context, runId, passEnds);
    await tellRights(tx, context, runId, ends);
    return passEnds;
  });
}

/** Whether the reply shows anything but what we sent: somebody edited the record between our look and our write (J22). */
function isEditedMeanwhile(side: Side, { pass, operation }: WriteJob, record: CrmRecord): boolean {
  const before = pass[side]?.record;
  if (operation === 'create' || before === undefined) return false;
  if (
    before.tiersId !== record.tiersId ||
    before.bounced !== record.bounced ||
    before.deleted !== record.deleted
  )
    return true;
  const sent = new Set((pass.draft.writes[side]?.changes ?? []).map((change) => change.field));
  return pass.draft.verdicts.some(({ pair }) => {
    const field = pair[side];
    if (sent.has(field)) return false;
    return (
      comparable(pair.as, side, before.fields[field]) !== comparable(pair.as, side, record.fields[field])
    );
  });
}

/** Our own write is no evidence of anybody's edit: the time of the last one before it stays (settled question 31). */
function withEvidence(side: Side, { job, record }: { job: WriteJob; record: CrmRecord }): CrmRecord {
  const before = job.pass[side]?.record;
  const isPlain = job.operation === 'update' && job.id === record.id && !isEditedMeanwhile(side, job, record);
  return isPlain && before !== undefined ? { ...record, modifiedAt: before.modifiedAt } : record;
}

interface Compared {
  base: CoupleBase;
  altered: AlteredField[];
}

interface AlteredField {
  field: string;
  place: string;
  side: Side;
  sent: Altered[string]['sent'];
  stored: Altered[string]['stored'];
  repeated: boolean;
}

type Settled = { job: WriteJob; record: CrmRecord; emailTaken: boolean } & Compared;

/** The reply is what counts: it becomes the base, and what the platform altered is noticed (settled question 3). */
function compared(side: Side, job: WriteJob, record: CrmRecord): Compared {
  const base: CoupleBase = {};
  const altered: AlteredField[] = [];
  for (const { pair, other } of job.pass.draft.notSent) {
    const stored = record.fields[pair[side]] ?? null;
    base[pair.weavy] = side === 'weavy' ? { weavy: stored, mautic: other } : { weavy: other, mautic: stored };
  }
  for (const { pair, field, after, other } of job.pass.draft.writes[side]?.changes ?? []) {
    const stored = record.fields[field] ?? null;
    base[pair.weavy] = side === 'weavy' ? { weavy: stored, mautic: other } : { weavy: other, mautic: stored };
    if (comparable(pair.as, side, stored) === comparable(pair.as, side, after)) continue;
    const last = job.pass.couple?.altered[pair.weavy];
    const repeated = last?.side === side && last.sent === after && last.stored === stored;
    altered.push({ field, place: pair.weavy, side, sent: after, stored, repeated });
  }
  return { base, altered };
}

function updateOf(side: Side, { job, record, base, altered }: Settled): CoupleUpdate {
  const { pass } = job;
  const repeated = altered.filter((field) => field.repeated).map((field) => field.place);
  const isWhole = side === 'weavy' ? pass.mautic !== null : pass.weavy !== null;
  return {
    id: job.turn.coupleId,
    turn: job.turn,
    ...(isWhole ? { state: 'active' as const } : {}),
    ...(side === 'weavy' ? { weavyRecord: recordIdOf(record) } : { mauticRecord: recordIdOf(record) }),
    base: { ...pass.draft.agreed, ...base },
    altered: Object.fromEntries(altered.map(({ place, sent, stored }) => [place, { side, sent, stored }])),
    settled: side,
    ...(job.operation === 'create' ? { createSettled: true as const } : {}),
    // a date that stands there already needs no write: the bounce is seen to
    ...(pass.bounce !== null && (side === 'weavy' || pass.bounce.write === null)
      ? { bouncedAt: pass.bounce.seenAt }
      : {}),
    ...(repeated.length === 0
      ? {}
      : { pausedFields: [...new Set([...(pass.couple?.pausedFields ?? []), ...repeated])] }),
  };
}

/** A refused write certainly did not happen. */
function notDone({ job, result }: WriteEnd): CoupleUpdate[] {
  if (result.kind !== 'failed' && result.kind !== 'taken') return [];
  const settled = { id: job.turn.coupleId, turn: job.turn, settled: job.turn.side };
  return [job.operation === 'create' ? { ...settled, createSettled: true } : settled];
}

/** Answers that name a record of another couple: Mautic has merged what we sent onto it. Nothing is linked twice. */
async function belongingElsewhere(
  tx: Queryable,
  context: WeavyWebmecanikContext,
  stored: ReadonlyArray<{ job: WriteJob; record: CrmRecord }>,
): Promise<Set<WriteJob>> {
  const couples = await couplesOf(
    tx,
    context.slug,
    stored.map(({ record }) => recordIdOf(record)),
  );
  const ownerOf = new Map(
    couples.flatMap(({ id, weavyRecord, mauticRecord }) => [
      [weavyRecord, id],
      [mauticRecord, id],
    ]),
  );
  return new Set(
    stored
      .filter(
        ({ job, record }) => (ownerOf.get(recordIdOf(record)) ?? job.turn.coupleId) !== job.turn.coupleId,
      )
      .map(({ job }) => job),
  );
}

/**
 * Records that were not there to be written; versions 3 and 4 of Mautic may also merge two contacts and answer with the
 * other one. What became of them is followed by the next pass (J19).
 */
async function noteGone(
  tx: Queryable,
  context: WeavyWebmecanikContext,
  side: Side,
  jobs: readonly WriteJob[],
): Promise<void> {
  await markGone(
    tx,
    context.slug,
    jobs.map(({ pass, id }) => `${side}/${pass.kinds[side]}/${id ?? ''}`),
  );
}

function auditOf(
  context: WeavyWebmecanikContext,
  side: Side,
  runId: number | null,
  { job, record }: Settled,
): AuditEntry {
  const { pass } = job;
  const bounce = side === 'weavy' ? (pass.bounce?.write ?? null) : null;
  const changes = (pass.draft.writes[side]?.changes ?? []).map(
    ({ field, before, after, rule, evidence }) => ({
      field,
      before,
      after,
      rule,
      ...(evidence === null ? {} : { evidence }),
    }),
  );
  return {
    sync: context.slug,
    runId,
    recordId: pass.lead,
    kind: record.kind,
    targetId: record.id,
    operation: job.operation,
    changes:
      bounce === null
        ? changes
        : [...changes, { field: bounce.field, before: null, after: bounce.after, rule: 'bounce' }],
    rule: job.operation,
  };
}

async function tellAltered(
  tx: Queryable,
  context: WeavyWebmecanikContext,
  runId: number | null,
  { pass }: WriteJob,
  altered: readonly AlteredField[],
): Promise<void> {
  for (const { field, place, side, sent, stored, repeated } of altered) {
    await openItem(tx, context.slug, runId, {
      recordId: pass.lead,
      reason: repeated ? CrmReason.fieldAlteredTwice : CrmReason.fieldAltered,
      place,
      detail: { field, side, sent, stored },
      severity: repeated ? 'action' : 'info',
    });
    if (!repeated || pass.couple === null) continue;
    const paused = await countPaused(tx, context.slug, pass.couple.kind, place);
    if (paused >= OFTEN)
      await openItem(tx, context.slug, runId, {
        recordId: null,
        reason: CrmReason.fieldOftenPaused,
        place,
        detail: { field, side, records: paused },
        severity: 'action',
      });
  }
}

function endOf(side: Side, end: WriteEnd, settled: readonly Settled[], owned: ReadonlySet<number>): PassEnd {
  const { job, result, emailTaken } = end;
  const { pass } = job;
  const base = { pass, writes: 0, staysDue: true };
  switch (result.kind) {
    case 'busy':
      return { ...base, outcome: 'waiting', reason: CrmReason.busyElsewhere };
    case 'taken':
      return {
        ...base,
        outcome: 'held',
        reason: CrmReason.codeTaken,
        remarks: [{ reason: CrmReason.codeTaken, place: '', detail: { code: result.id } }],
      };
    case 'failed':
      return { ...base, ...failedEnd(result.failure) };
    case 'stored': {
      const done = settled.find((each) => each.job === job);
      if (done === undefined || !owned.has(job.turn.coupleId))
        return { ...base, writes: 1, outcome: 'waiting', reason: CrmReason.busyElsewhere };
      const held = emailTaken ? emailTakenRemark() : [];
      const quiet = quietEnd(pass);
      const isHeld = emailTaken || quiet.outcome === 'held';
      const more =
        sidesOf(pass).some((each) => each !== side) ||
        pass.company !== null ||
        pass.draft.problems.length > 0 ||
        isEditedMeanwhile(side, job, result.record);
      return {
        pass,
        writes: 1,
        outcome: isHeld
          ? 'held'
          : job.operation === 'create' || pass.outcome === 'created'
            ? 'created'
            : 'updated',
        reason: emailTaken ? CrmReason.emailTaken : isHeld ? quiet.reason : null,
        ...(side === 'mautic' ? { leadsNow: recordIdOf(result.record) } : {}),
        staysDue: isHeld || more,
        remarks: held,
      };
    }
  }
}

function emailTakenRemark(): Remark[] {
  return [{ reason: CrmReason.emailTaken, place: 'email', detail: { field: 'email' } }];
}

function failedEnd(
  failure: Extract<WriteResult, { kind: 'failed' }>['failure'],
): Pick<PassEnd, 'outcome' | 'reason' | 'remarks'> {
  if (failure.kind === FailureKind.missing)
    return { outcome: 'waiting', reason: CrmReason.deletedAtPlatform };
  if (isMissingRight(failure)) return { outcome: 'held', reason: CrmReason.missingRight, remarks: [] };
  const { code, fields } = failure.detail;
  return {
    outcome: 'refused',
    reason: CrmReason.targetRefused,
    remarks: [
      {
        reason: CrmReason.targetRefused,
        place: '',
        detail: {
          answer: failure.message,
          ...(code === undefined ? {} : { code }),
          ...(fields === undefined ? {} : { fields }),
        },
      },
    ],
  };
}

/** One item per table and right, whatever the number of records; closed again when a write of that kind gets through. */
async function tellRights(
  tx: Queryable,
  context: WeavyWebmecanikContext,
  runId: number | null,
  ends: readonly WriteEnd[],
): Promise<void> {
  const reason = CrmReason.missingRight;
  const stored = ends.filter(({ result }) => result.kind === 'stored');
  for (const place of new Set(stored.map(({ job }) => rightOf(job))))
    await resolveItems(tx, context.slug, null, { reasons: [reason], place });
  const refused = ends.filter(({ result }) => result.kind === 'failed' && isMissingRight(result.failure));
  for (const place of new Set(refused.map(({ job }) => rightOf(job)))) {
    const [table, right] = place.split(' ');
    await openItem(tx, context.slug, runId, {
      recordId: null,
      reason,
      place,
      detail: { table, right },
      severity: 'action',
    });
  }
}

/** `weavy/customercontact UPDATE`: the table and the right that a write needs. */
function rightOf({ turn: { side }, operation, pass }: WriteJob): string {
  return `${side}/${pass.kinds[side]} ${operation === 'create' ? 'ADD' : 'UPDATE'}`;
}
