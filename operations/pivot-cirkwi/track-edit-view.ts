import { TRACK_ITEMS } from '../../activities/pivot-cirkwi/return-decision';
import { type AttentionItem, getItem, itemsOfRecords } from '../../db/attention';
import { listTrackEdits, type TrackListRow } from '../../db/lists/tracks';
import { getEdit, type TrackEdit } from '../../db/track-edits';
import { trackBody } from '../../db/tracks';
import type { TrackPair } from '../../mappings/gpx/draw-tracks';
import { type TrackFacts, trackFacts } from '../../mappings/gpx/track-facts';
import type { Language } from '../../mappings/reason-types';
import { type AttentionView, attentionView } from '../attention';
import type { OperationContext } from '../context';
import { type Decided, decide, undoDecision } from '../decide';
import { Refusal } from '../refusal';
import { reasonsFor, syncOfPair } from '../syncs';
import { offerParts, storedTrack, type TrackView } from './offer-view';

/** A track that somebody edited in Cirkwi, beside the one that it was drawn over and what PIVOT holds. */
export interface TrackEditView {
  edit: TrackEdit;
  /** Of the offer. */
  name: string | null;
  pair: TrackPair;
  /** Null where there is no such track. */
  facts: { before: TrackFacts | null; after: TrackFacts | null };
  /** The furthest that a point of either lies from the other, m; null when it is not known. */
  largestDistanceM: number | null;
  /** PIVOT's track as it was fetched last; null for an offer without one. */
  pivot: TrackView | null;
  /** Which of the two PIVOT holds; `other`: a third one. */
  pivotHolds: 'before' | 'after' | 'other' | 'none';
  /** What is asked about it, or was and waits for its pass. */
  items: AttentionView[];
}

/** Everything about one edit. Rejects with not-found for one of another sync. No platform is asked. */
export async function trackEditView(
  context: OperationContext,
  slug: string,
  id: number,
  language: Language,
): Promise<TrackEditView> {
  const { row, edit } = await editOf(context, slug, id);
  const [{ offer }, before, after, items] = await Promise.all([
    offerParts(context, slug, edit.recordId, language),
    edit.baseHash === null ? null : storedTrack(context.pool, edit.baseHash),
    storedTrack(context.pool, edit.editedHash),
    itemsAbout(context, slug, edit),
  ]);
  const pair = { before: before?.line ?? null, after: after?.line ?? null };
  const reasons = reasonsFor(context.configuration, slug);
  const { largestDistanceM } = edit.comparison;
  return {
    edit,
    name: row.name,
    pair,
    facts: {
      before: pair.before === null ? null : trackFacts(pair.before),
      after: pair.after === null ? null : trackFacts(pair.after),
    },
    largestDistanceM: typeof largestDistanceM === 'number' ? largestDistanceM : null,
    pivot: offer.track,
    pivotHolds: holdingOf(edit, offer.track?.hash ?? null),
    items: items.map((item) => attentionView(item, reasons, language)),
  };
}

function holdingOf(edit: TrackEdit, hash: string | null): TrackEditView['pivotHolds'] {
  if (hash === null) return 'none';
  if (hash === edit.editedHash) return 'after';
  return hash === edit.baseHash ? 'before' : 'other';
}

async function editOf(
  { configuration, pool }: OperationContext,
  slug: string,
  id: number,
): Promise<{ row: TrackListRow; edit: TrackEdit }> {
  syncOfPair(configuration, slug, 'pivot-cirkwi');
  const { rows } = await listTrackEdits(pool, slug, { after: id + 1, limit: 1 });
  const row = rows.find((one) => one.id === id);
  const edit = row === undefined ? null : await getEdit(pool, id);
  if (row === undefined || edit === null)
    throw new Refusal('not-found', `"${slug}" has no edited track "${id}"`);
  return { row, edit };
}

async function itemsAbout(
  { pool }: OperationContext,
  slug: string,
  edit: TrackEdit,
): Promise<AttentionItem[]> {
  const items = await itemsOfRecords(pool, slug, [edit.recordId]);
  return items.filter((item) => TRACK_ITEMS.includes(item.reason) && item.detail.edit === edit.id);
}

export type TrackFile = 'before' | 'after' | 'pivot';

/** The GPX file of one of an edit's tracks, as it came. Rejects with not-found where there is none. */
export async function trackFile(
  context: OperationContext,
  slug: string,
  id: number,
  which: TrackFile,
): Promise<{ gpx: Buffer; recordId: string }> {
  const { edit } = await editOf(context, slug, id);
  const hash = await hashOf(context, slug, edit, which);
  const body = hash === null ? null : await trackBody(context.pool, hash);
  if (body === null) throw new Refusal('not-found', `the edited track ${id} has no such file`);
  return { gpx: body.gpx, recordId: edit.recordId };
}

async function hashOf(
  context: OperationContext,
  slug: string,
  edit: TrackEdit,
  which: TrackFile,
): Promise<string | null> {
  if (which === 'before') return edit.baseHash;
  if (which === 'after') return edit.editedHash;
  const { offer } = await offerParts(context, slug, edit.recordId, 'en');
  return offer.track?.hash ?? null;
}

/** A person's answer about an edited track. Rejects with a conflict for an item that is not about it. */
export async function decideTrack(
  context: OperationContext,
  slug: string,
  id: number,
  { item, decision }: { item: number; decision: string },
): Promise<Decided> {
  await refuseOthers(context, slug, id, item);
  return decide(context, item, decision);
}

/** Takes the answer back, while nothing was done about it. */
export async function undoTrackDecision(
  context: OperationContext,
  slug: string,
  id: number,
  item: number,
): Promise<void> {
  await refuseOthers(context, slug, id, item);
  await undoDecision(context, item);
}

async function refuseOthers(
  context: OperationContext,
  slug: string,
  id: number,
  itemId: number,
): Promise<void> {
  const { edit } = await editOf(context, slug, id);
  const item = await getItem(context.pool, itemId);
  const isAboutIt = item?.sync === slug && item.record_id === edit.recordId && item.detail.edit === edit.id;
  if (!isAboutIt) throw new Refusal('conflict', `item ${itemId} does not ask about the edited track ${id}`);
}
