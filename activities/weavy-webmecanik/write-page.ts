import { dropProposals, notePending, type TakenTurn, type Turn, takeTurns } from '../../db/couples';
import type { PlannedChange } from '../../db/plans';
import { inTransaction } from '../../db/pool';
import type { FieldValue } from '../../mappings/fields';
import type { Side } from '../../mappings/weavy-webmecanik/crm-record';
import { foldKey } from '../../mappings/weavy-webmecanik/match-key';
import { CrmReason } from '../../mappings/weavy-webmecanik/reasons';
import { FailureKind, type PlatformFailure } from '../../platforms/failure';
import { callContext } from '../call-context';
import type { WeavyWebmecanikContext } from './context';
import { type CouplePass, passesOf } from './couple-pass';
import { followCompanies } from './follow-company';
import { lookUpCounterparts, ownersOfEmails, readTargetsAgain } from './look-before';
import { changesOf, sidesOf } from './pass-writes';
import { saveWrites, type WriteEnd } from './save-writes';
import { sendWrites, type WriteJob, type WriteResult } from './send-writes';
import { noteAgreements, type PassEnd, quietEnd, settlePasses } from './settle-pass';

/** Results kept back until so many can be stored together. */
const STORE_AT = 50;

/** What became of a page: outcomes by name, and records that no answer was had for. */
export interface WrittenPage {
  outcomes: Record<string, number>;
  /** Tried and not answered: each gets a workflow of its own. */
  failed: string[];
  /** An earlier create may still surface for so long; nothing was made meanwhile. */
  unsettledForMs: number;
}

/**
 * Writes to one side what its couples need, judged on what that side holds right now. Safe to run any number of times:
 * what was written and not yet stored is found as it is, and nothing is made twice (promise 1).
 */
export async function writePage(
  context: WeavyWebmecanikContext,
  side: Side,
  runId: number | null,
  leads: readonly string[],
  approved: ReadonlyMap<string, PlannedChange[]> | null,
): Promise<WrittenPage> {
  const before = await passesOf(context, leads);
  await readTargetsAgain(
    context,
    side,
    runId,
    before.filter((pass) => pass.draft.writes[side] !== null || hasExtras(pass, side)),
  );
  const known = await lookUpCounterparts(context, side, runId, before);
  const passes = await passesOf(context, leads);

  const page: WrittenPage = { outcomes: {}, failed: [], unsettledForMs: 0 };
  const settle = async (ends: PassEnd[]) => {
    await inTransaction(context.pool, (tx) => settlePasses(tx, context, runId, ends));
    for (const { outcome } of ends) page.outcomes[outcome] = (page.outcomes[outcome] ?? 0) + 1;
  };
  const allowed = passes.filter((pass) => isApproved(pass, approved));
  await settle(passes.filter((pass) => !allowed.includes(pass)).map(overtaken));
  const double = allowed.filter(
    (pass) => pass.draft.writes[side]?.operation === 'create' && known.has(pass.couple?.id ?? -1),
  );
  await settleDoubles(context, double, settle);
  const now = allowed.filter(
    (pass) => pass.act === 'write' && sidesOf(pass).includes(side) && !double.includes(pass),
  );
  await settleRest(
    context,
    allowed.filter((pass) => !now.includes(pass) && !double.includes(pass)),
    settle,
  );

  const waits = new Map(now.map((pass) => [pass, surfacesWithin(context, side, pass)]));
  const unsettled = now.filter((pass) => (waits.get(pass) ?? 0) > 0);
  page.unsettledForMs = Math.max(0, ...waits.values());
  await settle(
    unsettled.map((pass) => ({
      ...quietEnd(pass),
      outcome: 'waiting',
      reason: CrmReason.createUnsettled,
      staysDue: true,
    })),
  );
  const ready = await withoutUnselected(
    context,
    side,
    now.filter((pass) => !unsettled.includes(pass)),
    settle,
  );
  await write(context, side, runId, ready, page, settle);
  return page;
}

async function write(
  context: WeavyWebmecanikContext,
  side: Side,
  runId: number | null,
  passes: CouplePass[],
  page: WrittenPage,
  settle: (ends: PassEnd[]) => Promise<void>,
): Promise<void> {
  const taken = side === 'mautic' ? await withoutTakenEmails(context, passes) : new Set<string>();
  const turns = await takeTurns(
    context.pool,
    side,
    passes.flatMap((pass) => (pass.couple === null ? [] : [pass.couple.id])),
  );
  const overtakenPasses = passes.filter((pass) => isOvertaken(pass, turns.get(pass.couple?.id ?? -1)));
  await settle(
    overtakenPasses.map((pass) => ({
      ...quietEnd(pass),
      outcome: 'waiting',
      reason: CrmReason.busyElsewhere,
      staysDue: true,
    })),
  );
  const jobs = passes.flatMap((pass) =>
    overtakenPasses.includes(pass) ? [] : jobOf(context, side, pass, turns.get(pass.couple?.id ?? -1)),
  );
  const written: WriteEnd[] = [];
  let failure: PlatformFailure | null = null;
  let answered = 0;
  const store = async () => {
    const ends = written.splice(0);
    if (ends.length === 0) return;
    const saved = await saveWrites(context, side, runId, ends);
    for (const { outcome } of saved) page.outcomes[outcome] = (page.outcomes[outcome] ?? 0) + 1;
  };
  const take = async (results: Array<{ job: WriteJob; result: WriteResult }>) => {
    for (const { job, result } of results) {
      if (result.kind === 'failed' && isUnanswered(result.failure)) {
        failure = result.failure;
        page.failed.push(job.pass.lead);
        continue;
      }
      answered += 1;
      written.push({ job, result, emailTaken: taken.has(job.pass.lead) });
    }
    if (written.length >= STORE_AT) await store();
  };
  try {
    await sendWrites(context, side, jobs, take, (batch) =>
      notePending(
        context.pool,
        side,
        batch.map((job) => pendingOf(side, job)),
      ),
    );
  } finally {
    await store();
  }
  // nothing got through: the platform is away, not one record's fault
  if (failure !== null && answered === 0 && jobs.length > 1) throw failure;

  const followed =
    side === 'mautic'
      ? await followCompanies(context, runId, { passes, taken, created: createdBy(jobs), page })
      : new Set<number>();
  const others = passes.filter(
    (pass) =>
      !overtakenPasses.includes(pass) &&
      !jobs.some((job) => job.pass === pass) &&
      (taken.has(pass.lead) || !followed.has(pass.couple?.id ?? -1)) &&
      !page.failed.includes(pass.lead),
  );
  await settle(
    others.map((pass) => ({
      ...quietEnd(pass),
      ...(taken.has(pass.lead) ? EMAIL_TAKEN : {}),
      staysDue: taken.has(pass.lead) || pass.company !== null || sidesOf(pass).some((each) => each !== side),
    })),
  );
}

/** Somebody else wrote or linked this couple between our look and our turn: what we know is overtaken. */
function isOvertaken({ couple }: CouplePass, turn: TakenTurn | undefined): boolean {
  if (couple === null || turn === undefined) return true;
  return (
    couple.weavyRecord !== turn.weavyRecord ||
    couple.mauticRecord !== turn.mauticRecord ||
    couple.creatingAt?.getTime() !== turn.creatingAt?.getTime()
  );
}

/** Couples whose contact this page made: nobody else can have linked it to a company yet. */
function createdBy(jobs: readonly WriteJob[]): Set<number> {
  return new Set(jobs.filter((job) => job.operation === 'create').map((job) => job.turn.coupleId));
}

/** The other side has a record with this key that belongs to another couple: this one is a double, and is left alone (J16). */
async function settleDoubles(
  context: WeavyWebmecanikContext,
  doubles: CouplePass[],
  settle: (ends: PassEnd[]) => Promise<void>,
): Promise<void> {
  await settle(
    doubles.map((pass) => ({
      ...quietEnd(pass),
      outcome: 'skipped',
      reason: CrmReason.duplicateKey,
      staysDue: false,
    })),
  );
  await dropProposals(
    context.pool,
    doubles.flatMap(({ couple }) => (couple === null ? [] : [couple.id])),
  );
}

const EMAIL_TAKEN: Pick<PassEnd, 'outcome' | 'reason' | 'remarks'> = {
  outcome: 'held',
  reason: CrmReason.emailTaken,
  remarks: [{ reason: CrmReason.emailTaken, place: 'email', detail: { field: 'email' } }],
};

/** Something that a pass has to do on one side beside mapped fields. */
function hasExtras(pass: CouplePass, side: Side): boolean {
  return side === 'weavy' ? pass.bounce?.write != null : false;
}

/** Nothing is to be written on either side any more: what is agreed is noted. What the other side needs is its own step. */
async function settleRest(
  context: WeavyWebmecanikContext,
  rest: CouplePass[],
  settle: (ends: PassEnd[]) => Promise<void>,
): Promise<void> {
  const done = rest.filter((pass) => sidesOf(pass).length === 0);
  await inTransaction(context.pool, (tx) =>
    noteAgreements(
      tx,
      context.slug,
      done.filter((pass) => pass.act === 'write'),
    ),
  );
  await settle(done.map(quietEnd));
  // the sides have changed since the plan: a later step of this run, or the next run, writes what is left
  await settle(
    rest
      .filter((pass) => !done.includes(pass))
      .map((pass) => ({
        ...quietEnd(pass),
        outcome: 'waiting',
        reason: CrmReason.changedSincePlan,
        staysDue: true,
      })),
  );
}

/**
 * How long a create of an earlier attempt may still stay out of Mautic's searches, ms (settled question 4). In weavy our
 * code meets itself, so nothing has to be waited for.
 */
function surfacesWithin(context: WeavyWebmecanikContext, side: Side, { couple, draft }: CouplePass): number {
  if (side === 'weavy' || couple?.creatingAt == null || draft.writes.mautic?.operation !== 'create') return 0;
  const { requestTimeoutMs, searchLagMs } = context.settle.mautic;
  const endedAt = couple.createEndedAt?.getTime() ?? couple.creatingAt.getTime() + requestTimeoutMs;
  return Math.max(0, endedAt + searchLagMs - Date.now());
}

/** A plan that is applied later allows exactly what it showed (promise 10). */
function isApproved(pass: CouplePass, approved: ReadonlyMap<string, PlannedChange[]> | null): boolean {
  if (approved === null) return true;
  const planned = approved.get(pass.lead) ?? [...approved].find(([id]) => recordIs(pass, id))?.[1] ?? [];
  return changesOf(pass).every((change) =>
    planned.some(
      (each) =>
        each.kind === change.kind &&
        each.field === change.field &&
        each.before === change.before &&
        (each.after === change.after || change.rule === 'follows-tiers' || change.rule === 'bounce'),
    ),
  );
}

function recordIs({ weavy, mautic }: CouplePass, recordId: string): boolean {
  return weavy?.recordId === recordId || mautic?.recordId === recordId;
}

function overtaken(pass: CouplePass): PassEnd {
  return { ...quietEnd(pass), outcome: 'refused', reason: CrmReason.changedSincePlan, staysDue: true };
}

/** Contacts of no chosen segment do not become an Entrant (settled question 34). */
async function withoutUnselected(
  context: WeavyWebmecanikContext,
  side: Side,
  passes: CouplePass[],
  settle: (ends: PassEnd[]) => Promise<void>,
): Promise<CouplePass[]> {
  const create = context.mapping.inbounds?.create;
  if (side !== 'weavy' || typeof create !== 'object' || !('segment' in create)) return passes;
  const left: CouplePass[] = [];
  for (const pass of passes) {
    const isNew = pass.draft.writes.weavy?.operation === 'create' && pass.kinds.weavy === 'marketinginbound';
    const id = pass.mautic?.record.id ?? '';
    if (isNew && !(await context.mautic.segmentsOf(id, callContext())).includes(create.segment))
      left.push(pass);
  }
  await settle(
    left.map((pass) => ({
      ...quietEnd(pass),
      outcome: 'skipped',
      reason: CrmReason.notSelected,
      staysDue: false,
    })),
  );
  return passes.filter((pass) => !left.includes(pass));
}

/** An e-mail that another contact owns is not sent: Mautic would merge the two, or refuse (J18). Answers the leads. */
async function withoutTakenEmails(
  context: WeavyWebmecanikContext,
  passes: CouplePass[],
): Promise<Set<string>> {
  const changed = passes.flatMap((pass) => {
    const email = pass.draft.writes.mautic?.fields.email;
    const isUpdate = pass.draft.writes.mautic?.operation === 'update' && pass.kinds.mautic === 'contact';
    return isUpdate && typeof email === 'string' ? [{ pass, email: foldKey(email) }] : [];
  });
  const owners = await ownersOfEmails(
    context,
    changed.map(({ email }) => email),
  );
  const taken = new Set<string>();
  // within a page the first one to take a new e-mail has it
  const givenHere = new Set(passes.flatMap(createdEmail));
  for (const { pass, email } of changed) {
    const isOwned = owners.some((owner) => owner.email === email && owner.id !== pass.mautic?.record.id);
    if (!isOwned && !givenHere.has(email)) {
      givenHere.add(email);
      continue;
    }
    taken.add(pass.lead);
    const write = pass.draft.writes.mautic;
    if (write === null) continue;
    delete write.fields.email;
    write.changes = write.changes.filter((change) => change.field !== 'email');
    if (write.changes.length === 0) pass.draft.writes.mautic = null;
  }
  return taken;
}

function createdEmail(pass: CouplePass): string[] {
  const write = pass.draft.writes.mautic;
  const email = write?.operation === 'create' && pass.kinds.mautic === 'contact' ? write.fields.email : null;
  return typeof email === 'string' ? [foldKey(email)] : [];
}

function jobOf(
  context: WeavyWebmecanikContext,
  side: Side,
  pass: CouplePass,
  turn: Turn | undefined,
): WriteJob[] {
  const write = pass.draft.writes[side];
  const bounce = side === 'weavy' ? (pass.bounce?.write ?? null) : null;
  if (turn === undefined || (write === null && bounce === null)) return [];
  const operation = write?.operation ?? 'update';
  const fields = { ...write?.fields, ...(bounce === null ? {} : { [bounce.field]: bounce.after }) };
  const own = pass[side]?.record.id ?? null;
  // a code made of Mautic's number: a repeated create meets the first one
  const code = side === 'weavy' ? `${context.policies.codePrefix}${pass.mautic?.record.id ?? ''}` : null;
  return [{ pass, turn, operation, id: operation === 'create' ? code : own, fields }];
}

function pendingOf(side: Side, { pass, turn, operation }: WriteJob) {
  const fields: Record<string, { sent: FieldValue; other: FieldValue }> = {};
  for (const { pair, after, other } of pass.draft.writes[side]?.changes ?? [])
    fields[pair.weavy] = { sent: after, other };
  return { turn, fields, creates: operation === 'create' ? ('creates' as const) : ('updates' as const) };
}

/** No clear answer came: the record is tried again by itself. */
function isUnanswered({ kind }: PlatformFailure): boolean {
  return kind === FailureKind.transient || kind === FailureKind.unknownOutcome;
}
