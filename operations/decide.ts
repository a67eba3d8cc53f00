import { TRACK_ITEMS } from '../activities/pivot-cirkwi/return-decision';
import { signalRecord, signalTrack } from '../activities/signals';
import type { Pair } from '../config/schema';
import {
  type AttentionItem,
  decideItem,
  getItem,
  reopenItem,
  resolveItem,
  undoDecision as takeBack,
} from '../db/attention';
import { writeAudit } from '../db/audit';
import { inTransaction } from '../db/pool';
import { openEdit } from '../db/track-edits';
import type { DecisionOffer, Language, Reasons } from '../mappings/reason-types';
import type { OperationContext } from './context';
import { Refusal } from './refusal';
import { languageOf, reasonsFor, syncOf } from './syncs';

/**
 * What follows the decision: nothing more to do, the workflow of the dossier, the offer, its track or the record works on it, or the
 * next run heeds it.
 */
export type Follows = 'closed' | 'dossier-told' | 'offer-told' | 'record-told' | 'track-told' | 'next-run';

/** A decision that was noted. */
export interface Decided {
  item: number;
  sync: string;
  record: string | null;
  reason: string;
  decision: string;
  argument: string | null;
  follows: Follows;
  /** What it is called and what it does, for people. */
  offer: Pick<DecisionOffer, 'label' | 'effect'>;
}

/** A decision that was taken back: the item is open again. */
export interface Undone {
  item: number;
  sync: string;
  record: string | null;
  reason: string;
  /** The one that no longer counts. */
  decision: string;
}

/**
 * A person's answer to an attention item: noted with who and when, and told to the workflow that works on it. Rejects
 * with a refusal for an item that is not open, and for a decision that is not on offer for it.
 */
export async function decide(
  context: OperationContext,
  itemId: number,
  decision: string,
  argument?: string,
): Promise<Decided> {
  const item = await openItemOf(context, itemId);
  syncOf(context.configuration, item.sync);
  const reasons = reasonsFor(context.configuration, item.sync);
  const offer = offerOf(item, reasons, decision, languageOf(context.configuration, item.sync));
  const value = argumentOf(offer, argument);
  const follows = await carryOut(context, item, offer, value);
  const { sync, record_id: record, reason } = item;
  const { code, label, effect } = offer;
  return {
    item: itemId,
    sync,
    record,
    reason,
    decision: code,
    argument: value,
    follows,
    offer: { label, effect },
  };
}

/**
 * Takes a decision back while nothing was done about it: the item is open again and asks for another answer. An answer
 * that goes on counting, such as a stop, can be taken back at any time. Rejects with a conflict once it was put into effect.
 */
export async function undoDecision(context: OperationContext, itemId: number): Promise<Undone> {
  const item = await itemOf(context, itemId);
  if (await isTrackUnderWay(context, item)) throw putIntoEffect(itemId);
  const decision = await inTransaction(context.pool, async (tx) => {
    const undone = await takeBack(tx, itemId);
    if (undone === null) return null;
    await writeAudit(tx, {
      ...auditOf(context, item),
      targetId: null,
      changes: [{ field: item.reason, before: undone.decision, after: null, rule: 'decide.undo' }],
      rule: 'decide.undo',
    });
    return undone.decision;
  });
  if (decision !== null)
    return { item: itemId, sync: item.sync, record: item.record_id, reason: item.reason, decision };
  if (item.state === 'open')
    throw new Refusal('conflict', `item ${itemId} has no decision to take back: nobody answered it`);
  throw putIntoEffect(itemId);
}

function putIntoEffect(itemId: number): Refusal {
  return new Refusal(
    'conflict',
    `the decision about item ${itemId} was put into effect already, and can no longer be taken back`,
  );
}

/** The way back of a track closes its item at its end only: until then its edit says that it began. */
async function isTrackUnderWay({ pool }: OperationContext, item: AttentionItem): Promise<boolean> {
  if (item.record_id === null || !TRACK_ITEMS.includes(item.reason)) return false;
  return (await openEdit(pool, item.sync, item.record_id))?.state === 'returning';
}

async function itemOf({ pool }: OperationContext, itemId: number): Promise<AttentionItem> {
  const item = await getItem(pool, itemId);
  if (item !== null) return item;
  throw new Refusal('not-found', `there is no attention item "${itemId}": see "passerelle attention"`);
}

async function openItemOf(context: OperationContext, itemId: number): Promise<AttentionItem> {
  const item = await itemOf(context, itemId);
  if (item.state === 'open') return item;
  const what =
    item.state === 'decided'
      ? `was answered with "${item.decision}" by ${item.decided_by}, and waits for the next pass`
      : 'is closed: what it told of is over';
  throw new Refusal('conflict', `item ${itemId} ${what}`);
}

function auditOf({ actor }: OperationContext, item: AttentionItem) {
  return {
    sync: item.sync,
    runId: null,
    recordId: item.record_id,
    kind: 'attention',
    operation: 'decision' as const,
    actor,
  };
}

function offerOf(item: AttentionItem, reasons: Reasons, decision: string, language: Language): DecisionOffer {
  const offers = reasons.decisions(item.reason);
  const offer = offers.find(({ code }) => code === decision);
  if (offer !== undefined) return offer;
  const lines = offers.map(({ code, label }) => `\n  ${code}: ${label[language]}`);
  throw new Refusal(
    'invalid',
    `"${decision}" is not on offer for item ${item.id} (${item.reason}). On offer:${lines.join('') || ' nothing'}`,
  );
}

function argumentOf(offer: DecisionOffer, argument: string | undefined): string | null {
  const value = argument?.trim() ?? '';
  if (offer.argument === undefined && value !== '')
    throw new Refusal('invalid', `"${offer.code}" takes no argument ("${value}" was given)`);
  if (offer.argument !== undefined && value === '')
    throw new Refusal(
      'invalid',
      `"${offer.code}" needs the id of the Inwink record: decide ITEM ${offer.code} ID`,
    );
  return value === '' ? null : value;
}

async function carryOut(
  context: OperationContext,
  item: AttentionItem,
  offer: DecisionOffer,
  argument: string | null,
): Promise<Follows> {
  const { pair } = syncOf(context.configuration, item.sync);
  const follows = followsFrom(pair, item, offer);
  // connected before anything is noted: a decision that nobody is told of would wait for ever
  const client = follows === 'closed' || follows === 'next-run' ? null : await context.temporal();
  await inTransaction(context.pool, async (tx) => {
    const taken = await decideItem(tx, item.id, { decision: offer.code, argument, actor: context.actor });
    if (!taken) throw new Refusal('conflict', `item ${item.id} was answered by someone else just now`);
    await writeAudit(tx, {
      ...auditOf(context, item),
      targetId: argument,
      changes: [{ field: item.reason, before: null, after: offer.code, rule: `decide.${offer.code}` }],
      rule: `decide.${offer.code}`,
    });
    if (follows === 'closed') await resolveItem(tx, item.id);
  });
  if (client === null || item.record_id === null) return follows;
  try {
    const record = { pair, sync: item.sync, recordId: item.record_id };
    const signal = follows === 'track-told' ? signalTrack : signalRecord;
    await signal(client.workflow, record, 'decide', { itemId: item.id });
  } catch (error) {
    // workflows heed decisions that still stand only, so a signal that did arrive changes nothing now
    const answer = { id: item.id, decision: offer.code, decided_by: context.actor };
    await reopenItem(context.pool, answer, { notTold: offer.code });
    throw error;
  }
  return follows;
}

/** "Seen" needs no pass, which would only find the same thing again; a sync's own items are heeded by its runs. */
function followsFrom(pair: Pair, item: AttentionItem, offer: DecisionOffer): Follows {
  if (offer.code === 'acknowledge') return 'closed';
  if (item.record_id === null) return offer.code === 'allow-once' ? 'next-run' : 'closed';
  if (pair === 'planexpo-inwink') return 'dossier-told';
  if (pair === 'weavy-webmecanik') return 'record-told';
  return TRACK_ITEMS.includes(item.reason) ? 'track-told' : 'offer-told';
}
