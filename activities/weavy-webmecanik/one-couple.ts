import { openItem } from '../../db/attention';
import { matchRecords } from '../../db/couple-matching';
import { countAsItStands, saveCoupleOutcomes } from '../../db/couple-outcomes';
import { couplesOf } from '../../db/couples';
import { stagedCrm } from '../../db/crm-records';
import { inTransaction } from '../../db/pool';
import { coupleKindOf, parseRecordId, type Side, sideOf } from '../../mappings/weavy-webmecanik/crm-record';
import { CrmReason, crmReasons } from '../../mappings/weavy-webmecanik/reasons';
import type { FindWeavyWebmecanik, WeavyWebmecanikContext } from './context';
import { passesOf } from './couple-pass';
import { heedDecisions } from './decisions';
import { findBy, getMany } from './look-before';
import { sidesOf } from './pass-writes';
import { noteAgreements, quietEnd, settlePasses } from './settle-pass';
import { stage } from './stage';

/** What is to be done for one couple, and where it stands. */
export interface CoupleStanding {
  /** The record that goes on for the couple: another one when the asked one is gone. */
  recordId: string;
  sides: Side[];
  outcome: string;
  reason: string | null;
  message: string | null;
}

/** Looking at one record's counterpart, on that counterpart's side. */
export function createCounterpartActivities(find: FindWeavyWebmecanik) {
  return {
    /** Reads the record that this one is linked to, or that is known by the same on the other side. */
    async readCounterpart(input: { sync: string; recordId: string }): Promise<{ found: number }> {
      const context = await find(input.sync);
      const own = parseRecordId(input.recordId);
      if (own === null) return { found: 0 };
      const side: Side = sideOf(own.kind) === 'weavy' ? 'mautic' : 'weavy';
      const [couple] = await couplesOf(context.pool, input.sync, [input.recordId]);
      const linked = parseRecordId((side === 'weavy' ? couple?.weavyRecord : couple?.mauticRecord) ?? '');
      const staged = (await stagedCrm(context.pool, input.sync, [input.recordId])).get(input.recordId);
      const key = staged?.matchKey ?? null;
      const found =
        linked !== null && linked.kind !== 'weavy/marketinginbound'
          ? await getMany(context, linked.kind, [linked.id])
          : await findBy(context, side, coupleKindOf(own.kind), key === null ? [] : [key]);
      await stage(context.pool, context, null, found);
      return { found: found.length };
    },
  };
}

/** One couple outside any run: what its own workflow does between reading and writing. */
export function createOneCoupleActivities(find: FindWeavyWebmecanik) {
  return {
    /** Matches, judges, and notes what needs no write. Answers the sides that are to be written to. */
    async judgeRecord(input: {
      sync: string;
      runId: number | null;
      recordId: string;
    }): Promise<CoupleStanding> {
      const context = await find(input.sync);
      const kind = parseRecordId(input.recordId)?.kind;
      if (kind === undefined) return standing([], 'skipped', CrmReason.deletedAtPlatform, input.recordId);
      const recordId = await goesOn(context, input.recordId);
      await heedDecisions(context, [input.recordId]);
      const record = (await stagedCrm(context.pool, input.sync, [recordId])).get(recordId);
      const keys = record?.matchKey == null ? [] : [record.matchKey];
      await inTransaction(context.pool, (tx) => matchRecords(tx, input.sync, keys));
      const [pass] = await passesOf(context, [recordId]);
      if (pass === undefined) return standing([], 'skipped', CrmReason.deletedAtPlatform, recordId);
      const sides = sidesOf(pass);
      await inTransaction(context.pool, async (tx) => {
        if (sides.length > 0) return;
        if (pass.act === 'write') await noteAgreements(tx, context.slug, [pass]);
        await settlePasses(tx, context, input.runId, [quietEnd(pass)]);
      });
      return standing(sides, pass.outcome, pass.reason, recordId);
    },

    /** Where the couple stands after it was written; `failed`: no answer was had, however often it was tried. */
    async standingOf(input: { sync: string; recordId: string }): Promise<CoupleStanding> {
      const context = await find(input.sync);
      const staged = (await stagedCrm(context.pool, input.sync, [input.recordId])).get(input.recordId);
      const [pass] = await passesOf(context, [input.recordId]);
      const reason = pass?.reason ?? staged?.reason ?? null;
      return standing([], staged?.outcome ?? 'waiting', staged?.reason ?? reason, input.recordId);
    },

    /** A record of a run whose own workflow said nothing to the run: it counts as it stands. */
    async settleOfRun(input: { sync: string; runId: number; recordId: string }): Promise<void> {
      await countAsItStands((await find(input.sync)).pool, input.sync, input.runId, input.recordId);
    },

    /** The platform gave no usable answer for this record, however often it was asked: a person is told (J21). */
    async giveUp(input: {
      sync: string;
      runId: number | null;
      recordId: string;
      answer: string;
    }): Promise<void> {
      const context = await find(input.sync);
      const [pass] = await passesOf(context, [input.recordId]);
      const lead = pass?.lead ?? input.recordId;
      const reason = CrmReason.targetFailing;
      await inTransaction(context.pool, async (tx) => {
        await saveCoupleOutcomes(tx, context.slug, input.runId, [
          { recordIds: [lead], outcome: 'refused', reason, writes: 0, dueMarks: {}, staysDue: true },
        ]);
        await openItem(tx, context.slug, input.runId, {
          recordId: lead,
          reason,
          detail: { answer: input.answer },
          severity: 'action',
        });
      });
    },
  };
}

/** A record that is gone leaves its couple to the other one: what was decided about it is carried out there. */
async function goesOn(context: WeavyWebmecanikContext, recordId: string): Promise<string> {
  const [couple] = await couplesOf(context.pool, context.slug, [recordId]);
  const staged = (await stagedCrm(context.pool, context.slug, [recordId])).get(recordId);
  if (couple === undefined || staged?.gone !== true) return recordId;
  return (couple.mauticRecord === recordId ? couple.weavyRecord : couple.mauticRecord) ?? recordId;
}

function standing(sides: Side[], outcome: string, reason: string | null, recordId: string): CoupleStanding {
  return { recordId, sides, outcome, reason, message: messageOf(recordId, reason) };
}

function messageOf(recordId: string, reason: string | null): string | null {
  if (reason === null || !crmReasons.isCode(reason)) return null;
  const { what, next } = crmReasons.text(reason, 'en');
  return `${recordId}: ${what} ${next}`;
}
