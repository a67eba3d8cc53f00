import { Context } from '@temporalio/activity';
import { writeAudit } from '../../db/audit';
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
    (pass) => pass.company !== null && pass.mautic !== null && !pass.mautic.gone,
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
  await inFlight(
    context.inFlight.mautic,
    passes.filter((pass) => !later.includes(pass)),
    async (pass) => {
      try {
        await follow(context, runId, pass);
      } catch (error) {
        if (!(error instanceof PlatformFailure) || !isOneRecords(error)) throw error;
        if (!page.failed.includes(pass.lead)) page.failed.push(pass.lead);
      }
      Context.current().heartbeat();
    },
  );
}

function isOneRecords({ kind }: PlatformFailure): boolean {
  return (
    kind === FailureKind.transient || kind === FailureKind.unknownOutcome || kind === FailureKind.missing
  );
}

async function follow(
  context: WeavyWebmecanikContext,
  runId: number | null,
  pass: CouplePass,
): Promise<void> {
  const { couple, mautic, company, lead } = pass;
  if (couple === null || mautic === null || company === null) return;
  const contactId = mautic.record.id;
  const wanted = company.wanted === null ? null : numberOf(company.wanted);
  const made = company.made === null ? null : numberOf(company.made);
  const linked = await context.mautic.companiesOf(contactId, callContext());
  let writes = 0;
  if (wanted !== null && !linked.some((each) => each.id === wanted)) {
    await context.mautic.addToCompany(wanted, contactId, callContext());
    writes += 1;
  }
  if (made !== null && made !== wanted && linked.some((each) => each.id === made)) {
    await context.mautic.removeFromCompany(made, contactId, callContext());
    writes += 1;
  }
  await inTransaction(context.pool, async (tx) => {
    await noteAgreements(tx, [pass]);
    await saveCouples(tx, [{ id: couple.id, turn: null, madeCompany: company.wanted }]);
    if (writes > 0)
      await writeAudit(tx, {
        sync: context.slug,
        runId,
        recordId: lead,
        kind: 'mautic/contact',
        targetId: contactId,
        operation: 'link-company',
        changes: [{ field: 'company', before: company.made, after: company.wanted, rule: 'follows-tiers' }],
        rule: 'follows-tiers',
      });
    const more = sidesOf({ ...pass, company: null }).length > 0;
    const outcome =
      writes > 0 ? ('updated' as const) : pass.outcome === 'updated' ? 'unchanged' : pass.outcome;
    await settlePasses(tx, context, runId, [{ ...quietEnd(pass), outcome, writes, staysDue: more }]);
  });
}

/** Mautic's number of a company's record id. */
function numberOf(recordId: string): string {
  return recordId.slice('mautic/company/'.length);
}
