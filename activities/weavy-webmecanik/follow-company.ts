import { Context } from '@temporalio/activity';
import { type AuditEntry, writeAudits } from '../../db/audit';
import { saveCouples } from '../../db/couples';
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
  leads: readonly string[],
  page: { failed: string[] },
): Promise<void> {
  const passes = (await passesOf(context, leads)).filter(
    // a contact whose fields are refused or held waits with its company too
    (pass) =>
      pass.company !== null && pass.mautic !== null && !pass.mautic.gone && pass.draft.writes.mautic === null,
  );
  const later = passes.filter((pass) => pass.company?.wanted === TO_COME);
  await inTransaction(context.pool, async (tx) => {
    await noteAgreements(tx, later);
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
          followed.push({ pass, writes: await follow(context, pass) });
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
}

interface Followed {
  pass: CouplePass;
  writes: number;
}

function isOneRecords({ kind }: PlatformFailure): boolean {
  return (
    kind === FailureKind.transient || kind === FailureKind.unknownOutcome || kind === FailureKind.missing
  );
}

/** Answers how many calls changed something. */
async function follow(
  context: WeavyWebmecanikContext,
  { couple, mautic, company }: CouplePass,
): Promise<number> {
  if (couple === null || mautic === null || company === null) return 0;
  const contactId = mautic.record.id;
  const wanted = company.wanted === null ? null : numberOf(company.wanted);
  const made = company.made === null ? null : numberOf(company.made);
  // a contact that we made belongs to nothing but what we gave it
  const isNew = couple.origin === 'created' && made === null;
  const linked = isNew ? [] : await context.mautic.companiesOf(contactId, callContext());
  let writes = 0;
  if (wanted !== null && !linked.some((each) => each.id === wanted)) {
    await context.mautic.addToCompany(wanted, contactId, callContext());
    writes += 1;
  }
  if (made !== null && made !== wanted && linked.some((each) => each.id === made)) {
    await context.mautic.removeFromCompany(made, contactId, callContext());
    writes += 1;
  }
  return writes;
}

async function store(
  context: WeavyWebmecanikContext,
  runId: number | null,
  followed: readonly Followed[],
): Promise<void> {
  await inTransaction(context.pool, async (tx) => {
    await noteAgreements(
      tx,
      followed.map(({ pass }) => pass),
    );
    await saveCouples(
      tx,
      followed.flatMap(({ pass: { couple, company } }) =>
        couple === null || company === null
          ? []
          : [{ id: couple.id, turn: null, madeCompany: company.wanted }],
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
        outcome: writes > 0 ? 'updated' : pass.outcome === 'updated' ? 'unchanged' : pass.outcome,
        writes,
        staysDue: sidesOf({ ...pass, company: null }).length > 0,
      })),
    );
  });
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
