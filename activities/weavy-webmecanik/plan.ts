import { openItem, resolveItems } from '../../db/attention';
import { writeAudits } from '../../db/audit';
import { matchRecords } from '../../db/couple-matching';
import { countOwnRecords, countSkipped, saveCoupleOutcomes } from '../../db/couple-outcomes';
import { couplesOf, nextLeads } from '../../db/couples';
import { markCrmDue, recordsByKey, unreadableCrm } from '../../db/crm-records';
import { type PlanEntry, savePlanEntries } from '../../db/plans';
import { inTransaction, type Queryable } from '../../db/pool';
import type { CoupleKind } from '../../mappings/weavy-webmecanik/crm-record';
import { CrmReason } from '../../mappings/weavy-webmecanik/reasons';
import { takePages } from '../take-pages';
import type { FindWeavyWebmecanik, WeavyWebmecanikContext } from './context';
import { type CouplePass, passesOf } from './couple-pass';
import { heedDecisions } from './decisions';
import { changesOf, sidesOf } from './pass-writes';
import { noteAgreements, quietEnd, settlePasses } from './settle-pass';

/** Records one page looks at. */
const PAGE = 250;

export interface PlanCouplesInput {
  sync: string;
  runId: number;
  kind: CoupleKind;
  scope: 'due' | 'all';
  after: string;
  only: string[] | null;
  /** A preview keeps nothing but the plan; a run also records what needs no write. */
  records: 'plan' | 'plan-and-outcomes';
}

/** Planning from what is staged: no platform is asked, so the same plan comes out however often it is made. */
export function createCouplePlanActivities(find: FindWeavyWebmecanik) {
  return {
    /** Which records are one; answers how many were put together or wait for a counterpart. */
    async matchCouples(input: {
      sync: string;
      runId: number | null;
      keys: string[] | null;
    }): Promise<{ proposed: number }> {
      const context = await find(input.sync);
      return inTransaction(context.pool, async (tx) => {
        const { relinked, proposed } = await matchRecords(tx, input.sync, input.keys);
        await writeAudits(
          tx,
          relinked.map(({ from, to, lead }) => ({
            sync: input.sync,
            runId: input.runId,
            recordId: lead,
            kind: 'weavy/customercontact',
            targetId: to,
            operation: 'relink' as const,
            changes: [{ field: 'weavy', before: from, after: to, rule: 'became-contact' }],
            rule: 'became-contact',
          })),
        );
        for (const { from, to, lead } of relinked)
          await openItem(tx, input.sync, input.runId, {
            recordId: lead,
            reason: CrmReason.becameContact,
            detail: { from, to },
            severity: 'info',
          });
        if (input.keys === null) await countOwnRecords(tx, input.sync);
        return { proposed };
      });
    },

    async planCouples(input: PlanCouplesInput): Promise<{ planned: number; after: string | null }> {
      const context = await find(input.sync);
      let planned = 0;
      const after = await takePages(input.after, async (from) => {
        const page = await planPage(context, { ...input, after: from });
        planned += page.planned;
        return page.after;
      });
      return { planned, after };
    },

    /** One item for all the records that are left out for want of an e-mail or of a key, not one each. */
    async tellLeftOut(input: { sync: string; runId: number }): Promise<void> {
      const { pool } = await find(input.sync);
      const reasons = [CrmReason.noEmail, CrmReason.noKey];
      const counts = await countSkipped(pool, input.sync, reasons);
      for (const reason of reasons) {
        const count = counts[reason] ?? 0;
        if (count === 0) await resolveItems(pool, input.sync, null, { reasons: [reason] });
        else
          await openItem(pool, input.sync, input.runId, {
            recordId: null,
            reason,
            detail: { count },
            severity: 'info',
          });
      }
    },
  };
}

async function planPage(
  context: WeavyWebmecanikContext,
  input: PlanCouplesInput,
): Promise<{ planned: number; after: string | null }> {
  const { sync, kind, scope, after } = input;
  const leads = input.only ?? (await nextLeads(context.pool, { sync, kind, scope, after, limit: PAGE }));
  if (input.records === 'plan-and-outcomes') await heedDecisions(context, leads);
  const passes = await passesOf(context, leads);
  await inTransaction(context.pool, async (tx) => {
    await savePlanEntries(
      tx,
      input.runId,
      passes.map((pass) => entryOf(pass, kind, input.records)),
    );
    if (input.records === 'plan') return;
    const quiet = passes.filter((pass) => sidesOf(pass).length === 0);
    await noteAgreements(
      tx,
      context.slug,
      quiet.filter((pass) => pass.act === 'write'),
    );
    await settlePasses(tx, context, input.runId, quiet.map(quietEnd));
    await holdUnreadable(tx, context, input.runId, leads);
    await tellNewDoubles(tx, context, passes);
  });
  const last = leads.at(-1);
  const more = input.only === null && leads.length === PAGE && last !== undefined;
  return { planned: passes.length, after: more ? last : null };
}

/** A record that turned out to be a double: the linked one of its key is looked at again, and tells the set (J16). */
async function tellNewDoubles(
  tx: Queryable,
  context: WeavyWebmecanikContext,
  passes: readonly CouplePass[],
): Promise<void> {
  const doubles = passes.flatMap((pass) => {
    const own = pass.weavy ?? pass.mautic;
    const isNew = pass.reason === CrmReason.duplicateKey && own?.reason !== CrmReason.duplicateKey;
    return isNew && own?.matchKey != null ? [own] : [];
  });
  const same = await recordsByKey(
    tx,
    context.slug,
    [...new Set(doubles.map(({ record }) => record.kind))],
    doubles.flatMap(({ matchKey }) => matchKey ?? []),
  );
  const couples = await couplesOf(
    tx,
    context.slug,
    same.map(({ recordId }) => recordId),
  );
  await markCrmDue(
    tx,
    context.slug,
    couples.flatMap((couple) => couple.mauticRecord ?? couple.weavyRecord ?? []),
  );
}

async function holdUnreadable(
  tx: Queryable,
  context: WeavyWebmecanikContext,
  runId: number,
  leads: readonly string[],
): Promise<void> {
  const unreadable = await unreadableCrm(tx, context.slug, leads);
  await saveCoupleOutcomes(
    tx,
    context.slug,
    runId,
    unreadable.map(({ recordId, dueMark }) => ({
      recordIds: [recordId],
      outcome: 'held',
      reason: CrmReason.unreadableRecord,
      writes: 0,
      dueMarks: { [recordId]: dueMark },
      staysDue: true,
    })),
  );
  for (const { recordId, problems } of unreadable)
    await openItem(tx, context.slug, runId, {
      recordId,
      reason: CrmReason.unreadableRecord,
      detail: { problems },
      severity: 'action',
    });
}

function entryOf(pass: CouplePass, kind: CoupleKind, records: PlanCouplesInput['records']): PlanEntry {
  const changes = changesOf(pass);
  const sides = pass.act === 'write' ? sidesOf(pass) : [];
  // that two records are one is itself worth a line of a plan that is applied later
  const notes = records === 'plan' && pass.act === 'write' && sides.length === 0;
  return {
    recordId: pass.lead,
    depth: kind === 'company' ? 0 : 1,
    outcome: pass.outcome,
    reason: pass.reason,
    mappedHash: null,
    changes,
    notes: [],
    withdraws: false,
    blanks: changes.some((change) => change.before !== null && change.after === null),
    needsApply: sides.length > 0 || notes,
    sides: notes ? ['mautic'] : sides,
  };
}
