import type { Command } from 'commander';
import { TRACK_ITEMS } from '../../activities/pivot-cirkwi/return-decision';
import { signalRecord, signalTrack } from '../../activities/signals';
import type { Pair } from '../../config/schema';
import { type AttentionItem, decideItem, getItem, reopenItem, resolveItem } from '../../db/attention';
import { writeAudit } from '../../db/audit';
import { inTransaction } from '../../db/pool';
import type { DecisionOffer, Language, Reasons } from '../../mappings/reason-types';
import type { OperationContext } from '../../operations/context';
import { recordWords } from '../../operations/record-words';
import { reasonsFor, syncOf } from '../../operations/syncs';
import { answer, COLON } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, UsageError, withContext } from '../context';

/**
 * What follows the decision: nothing more to do, the workflow of the dossier, the offer, its track or the record works on it, or the
 * next run heeds it.
 */
type Follows = 'closed' | 'dossier-told' | 'offer-told' | 'record-told' | 'track-told' | 'next-run';

/** Answered in the words of the pair. */
const TOLD = ['dossier-told', 'offer-told', 'record-told'] as const satisfies Follows[];
type Told = (typeof TOLD)[number];

const WORDS = {
  fr: {
    closed: 'Point classé.',
    'track-told': 'La décision sur le tracé est appliquée maintenant ; « passerelle show » dit où il en est.',
    'next-run': 'La décision vaut pour le prochain passage : passerelle run.',
  },
  en: {
    closed: 'Item closed.',
    'track-told':
      'The decision about the track is put into effect now; "passerelle show" tells where it stands.',
    'next-run': 'The decision counts in the next run: passerelle run.',
  },
} as const satisfies Record<Language, Record<Exclude<Follows, Told>, string>>;

/** `passerelle decide ITEM DECISION [ARGUMENT]`: a person's answer to an attention item. */
export function decideCommand(program: Command): void {
  const command = program
    .command('decide')
    .argument('<item>', 'number of the item, as "attention" shows it')
    .argument('<decision>', 'one of the decisions on offer')
    .argument('[argument]', 'what the decision needs, such as the id of an Inwink record')
    .description('answer an attention item; the answer is kept with your name');
  withCommonOptions(
    command,
    'decide 12 recreate',
    'decide 12 relink 6b0f6a0e-2f4e-4a55-9d5a-2f1f0f6f3a11',
  ).action((item: string, decision: string, argument: string | undefined, options: CommonOptions) =>
    withContext(options, async (context) => {
      const open = await openItemOf(context, item);
      const { language, pair } = syncOf(context.configuration, open.sync);
      const offer = offerOf(open, reasonsFor(context.configuration, open.sync), decision, language);
      const value = argumentOf(offer, argument);
      const follows = await decide(context, open, offer, value);
      const { id, sync, record_id: record, reason } = open;
      answer(
        options,
        { item: id, sync, record, reason, decision: offer.code, argument: value, follows },
        () =>
          `${offer.label[language]}${COLON[language]}${offer.effect[language]}\n${followsText(follows, pair, language)}`,
      );
    }),
  );
}

async function openItemOf({ pool }: OperationContext, text: string): Promise<AttentionItem> {
  const id = /^\d{1,15}$/.test(text) ? Number(text) : null;
  const item = id === null ? null : await getItem(pool, id);
  if (item === null) throw new UsageError(`there is no attention item "${text}": see "passerelle attention"`);
  if (item.state === 'open') return item;
  const what =
    item.state === 'decided'
      ? `was answered with "${item.decision}" by ${item.decided_by}, and waits for the next pass`
      : 'is closed: what it told of is over';
  throw new UsageError(`item ${text} ${what}`);
}

function offerOf(item: AttentionItem, reasons: Reasons, decision: string, language: Language): DecisionOffer {
  const offers = reasons.decisions(item.reason);
  const offer = offers.find(({ code }) => code === decision);
  if (offer !== undefined) return offer;
  const lines = offers.map(({ code, label }) => `\n  ${code}: ${label[language]}`);
  throw new UsageError(
    `"${decision}" is not on offer for item ${item.id} (${item.reason}). On offer:${lines.join('') || ' nothing'}`,
  );
}

function argumentOf(offer: DecisionOffer, argument: string | undefined): string | null {
  const value = argument?.trim() ?? '';
  if (offer.argument === undefined && value !== '')
    throw new UsageError(`"${offer.code}" takes no argument ("${value}" was given)`);
  if (offer.argument !== undefined && value === '')
    throw new UsageError(`"${offer.code}" needs the id of the Inwink record: decide ITEM ${offer.code} ID`);
  return value === '' ? null : value;
}

async function decide(
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
    if (!taken) throw new UsageError(`item ${item.id} was answered by someone else just now`);
    await writeAudit(tx, {
      sync: item.sync,
      runId: null,
      recordId: item.record_id,
      kind: 'attention',
      targetId: argument,
      operation: 'decision',
      changes: [{ field: item.reason, before: null, after: offer.code, rule: `decide.${offer.code}` }],
      rule: `decide.${offer.code}`,
      actor: context.actor,
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
    await reopenItem(context.pool, item.id, { notTold: offer.code });
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

function followsText(follows: Follows, pair: Pair, language: Language): string {
  return isTold(follows) ? recordWords(pair, language).decisionApplied : WORDS[language][follows];
}

function isTold(follows: Follows): follows is Told {
  return TOLD.some((each) => each === follows);
}
