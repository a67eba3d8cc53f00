import { Context } from '@temporalio/activity';
import { type AuditEntry, writeAudits } from '../../db/audit';
import { saveCouples } from '../../db/couples';
import type { Outcome } from '../../db/outcomes';
import { inTransaction } from '../../db/pool';
import { CrmReason } from '../../mappings/weavy-webmecanik/reasons';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import { callContext } from '../call-context';
import { inFlight } from '../in-flight';
import type { WeavyWebmecanikContext } from './context';
import { type CouplePass, passesOf, TO_COME } from './couple-pass';
import { sidesOf } from './pass-writes';
import { noteAgreements, quietEnd, settlePasses } from './settle-pass';

/**
 * The Tiers of a Contact becomes the contact's primary company; an older link is removed only when we had made it (settled
 * question 35). Adding a link twice changes nothing, so a lost answer is simply asked for again.
 */
export async function followCompanies(
  context: WeavyWebmecanikContext,
  runId: number | null,
  written: {
    passes: readonly CouplePass[];
    /** Leads whose new e-mail belongs to another contact: it is not sent, the rest goes on. */
    taken: ReadonlySet<string>;
    /** Couples whose contact was made a moment ago. */
    created: ReadonlySet<number>;
    page: { failed: string[] };
  },
): Promise<Set<number>> {
  const { taken, created, page } = written;
  const isTaken = new Set(
    written.passes.flatMap(({ lead, couple }) => (couple !== null && taken.has(lead) ? [couple.id] : [])),
  );
  const passes = (
    await passesOf(
      context,
      written.passes.map((pass) => pass.lead),
    )
  ).filter((pass) => mayFollow(pass, isTaken));
  const later = passes.filter((pass) => pass.company?.wanted === TO_COME);
  await inTransaction(context.pool, async (tx) => {
    await noteAgreements(tx, context.slug, later);
    await settlePasses(
      tx,
      context,
      runId,
      later.map((pass) => ({
        ...quietEnd(pass),
        outcome: 'waiting',
        reason: CrmReason.companyNotYet,
        staysDue: true,
      })),
    );
  });
  const followed: Followed[] = [];
  try {
    await inFlight(
      context.inFlight.mautic,
      passes.filter((pass) => !later.includes(pass)),
      async (pass) => {
        try {
          followed.push(await follow(context, pass, created.has(pass.couple?.id ?? -1)));
        } catch (error) {
          if (!(error instanceof PlatformFailure) || !isOneRecords(error)) throw error;
          if (!page.failed.includes(pass.lead)) page.failed.push(pass.lead);
        }
        Context.current().heartbeat();
      },
    );
  } finally {
    await store(context, runId, followed);
  }
  return new Set(
    [...later, ...followed.map(({ pass }) => pass)].flatMap(({ couple }) =>
      couple === null ? [] : [couple.id],
    ),
  );
}

/** A contact whose fields are refused waits with its company too; one whose e-mail alone is held does not. */
function mayFollow({ company, mautic, couple, draft }: CouplePass, isTaken: ReadonlySet<number>): boolean {
  if (company === null || mautic === null || mautic.gone || couple === null) return false;
  const left = Object.keys(draft.writes.mautic?.fields ?? {});
  return left.length === 0 || (isTaken.has(couple.id) && left.every((field) => field === 'email'));
}

interface Followed {
  pass: CouplePass;
  /** Calls that changed something. */
  writes: number;
  /** The link that is there now is of our making. */
  isOurs: boolean;
}

function isOneRecords({ kind }: PlatformFailure): boolean {
  return (
    kind === FailureKind.transient || kind === FailureKind.unknownOutcome || kind === FailureKind.missing
  );
}

async function follow(context: WeavyWebmecanikContext, pass: CouplePass, isNew: boolean): Promise<Followed> {
  const { mautic, company } = pass;
  if (mautic === null || company === null) return { pass, writes: 0, isOurs: false };
  const contactId = mautic.record.id;
  const wanted = company.wanted === null ? null : numberOf(company.wanted);
  const made = company.made === null ? null : numberOf(company.made);
  const linked = isNew ? [] : await context.mautic.companiesOf(contactId, callContext());
  const there = linked.find((each) => each.id === wanted);
  let writes = 0;
  if (wanted !== null && there?.primary !== true) {
    await context.mautic.addToCompany(wanted, contactId, callContext());
    writes += 1;
  }
  const isLeft = made !== null && made !== wanted && company.madeIsOurs;
  if (isLeft && linked.some((each) => each.id === made)) {
    await context.mautic.removeFromCompany(made, contactId, callContext());
    writes += 1;
  }
  return { pass, writes, isOurs: wanted !== null && there === undefined };
}

async function store(
  context: WeavyWebmecanikContext,
  runId: number | null,
  followed: readonly Followed[],
): Promise<void> {
  await inTransaction(context.pool, async (tx) => {
    await noteAgreements(
      tx,
      context.slug,
      followed.map(({ pass }) => pass),
    );
    await saveCouples(
      tx,
      followed.flatMap(({ pass: { couple, company }, isOurs }) =>
        couple === null || company === null
          ? []
          : [{ id: couple.id, turn: null, madeCompany: company.wanted, companyIsOurs: isOurs }],
      ),
    );
    await writeAudits(
      tx,
      followed.flatMap(({ pass, writes }) => (writes === 0 ? [] : [auditOf(context, runId, pass)])),
    );
    await settlePasses(
      tx,
      context,
      runId,
      followed.map(({ pass, writes }) => ({
        ...quietEnd(pass),
        outcome: outcomeOf(pass, writes),
        writes,
        staysDue: sidesOf({ ...pass, company: null }).length > 0,
      })),
    );
  });
}

/** A create that is found without its answer stays one, whatever follows it. */
function outcomeOf({ outcome }: CouplePass, writes: number): Outcome {
  if (outcome === 'created') return outcome;
  if (writes > 0) return 'updated';
  return outcome === 'updated' ? 'unchanged' : outcome;
}

function auditOf(
  context: WeavyWebmecanikContext,
  runId: number | null,
  { lead, mautic, company }: CouplePass,
): AuditEntry {
  const before = company?.made ?? null;
  const after = company?.wanted ?? null;
  return {
    sync: context.slug,
    runId,
    recordId: lead,
    kind: 'mautic/contact',
    targetId: mautic?.record.id ?? null,
    operation: 'link-company',
    changes: [{ field: 'company', before, after, rule: 'follows-tiers' }],
    rule: 'follows-tiers',
  };
}

/** Mautic's number of a company's record id. */
function numberOf(recordId: string): string {
  return recordId.slice('mautic/company/'.length);
}
