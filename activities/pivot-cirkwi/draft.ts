import type { AttentionItem } from '../../db/attention';
import type { OfferCandidate } from '../../db/offers';
import type { Outcome } from '../../db/outcomes';
import type { PlannedChange } from '../../db/plans';
import { canonicalHash } from '../../mappings/canonical-hash';
import type { FieldNote, Fields } from '../../mappings/fields';
import { decideOffer } from '../../mappings/pivot-cirkwi/decide-offer';
import type { Marks } from '../../mappings/pivot-cirkwi/find-marks';
import { type MappedOffer, mapOffer } from '../../mappings/pivot-cirkwi/map-offer';
import { ITINERARY_TYPE, type Offer } from '../../mappings/pivot-cirkwi/offer';
import { tracksOf } from '../../mappings/pivot-cirkwi/offer-media';
import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import { renderObject } from '../../mappings/pivot-cirkwi/render-object';
import type { PivotCirkwiContext } from './context';
import { publicationOf } from './marks';
import { trackMark } from './track-mark';

/** Answers that go on counting after they were given. */
const STANDING = ['stop', 'keep', 'withdraw'] as const;

/** What a pass would do with one offer. Plans, runs and single records all come from here (promise 10). */
export interface Draft {
  candidate: OfferCandidate;
  outcome: Outcome;
  reason: string | null;
  act: 'none' | 'publish' | 'withdraw';
  /** For `publish` and for what stands in the feed unchanged. */
  mapped: MappedOffer | null;
  document: string | null;
  contentHash: string | null;
  changes: PlannedChange[];
  notes: FieldNote[];
  /** Reasons of items that tell something about the offer, whatever became of it. */
  remarks: string[];
}

/** Decides, maps and compares with what is published. Pure, but for the context's settings. */
export function draftOffer(
  context: PivotCirkwiContext,
  marks: Marks,
  candidate: OfferCandidate,
  items: readonly AttentionItem[],
): Draft {
  const { offer, unreadable } = candidate;
  if (unreadable !== null && candidate.gone !== 'deleted')
    return settled(candidate, 'refused', OfferReason.unreadableRecord);
  const decision = decideOffer({
    offer,
    gone: candidate.gone,
    publication: offer === null ? null : publicationOf(context, marks, offer),
    published: candidate.published !== null,
    standing: standingOf(items),
  });
  if (decision.kind === 'settled') return settled(candidate, decision.outcome, decision.reason);
  if (decision.kind === 'withdraw') return withdrawal(candidate, decision.reason);
  return publication(context, marks, candidate, decision.reason);
}

function publication(
  context: PivotCirkwiContext,
  marks: Marks,
  candidate: OfferCandidate,
  reason: string | null,
): Draft {
  const { offer, track, published } = candidate;
  if (offer === null) return settled(candidate, 'refused', OfferReason.unreadableRecord);
  const trouble = track?.problem == null ? [] : [track.problem.reason];
  if (!isTrackKnown(candidate, offer))
    return { ...settled(candidate, 'waiting', OfferReason.trackUnavailable), remarks: trouble };
  const mapped = mapOffer(offer, {
    publication: publicationOf(context, marks, offer),
    track: track?.hash == null ? null : { hash: track.hash, modifiedAt: track.mediaModifiedAt },
    defaultCountry: 'BE',
  });
  const problem = mapped.problems[0];
  if (problem !== undefined) return { ...settled(candidate, 'refused', problem.reason), notes: mapped.notes };
  const document = renderObject(mapped.object, trackMark);
  const contentHash = canonicalHash(document);
  const remarks = [...mapped.remarks, ...trouble];
  const common = { candidate, reason, mapped, document, contentHash, notes: mapped.notes, remarks };
  if (published?.hash === contentHash) return { ...common, outcome: 'unchanged', act: 'none', changes: [] };
  const before = published?.fields ?? null;
  return {
    ...common,
    outcome: before === null ? 'created' : 'updated',
    act: 'publish',
    changes: changesOf(mapped, candidate.code, before),
  };
}

/**
 * Whether we know the track that the offer names now: looked for, and found usable or not. One that could not be had at
 * all is waited for, so that no circuit loses its track, or comes without one, because a file was out of reach.
 */
function isTrackKnown({ track }: OfferCandidate, offer: Offer): boolean {
  const named = tracksOf(offer)[0];
  if (named === undefined || offer.type !== ITINERARY_TYPE) return true;
  if (track === null || track.mediaCode !== named.code || track.mediaModifiedAt !== named.modifiedAt)
    return false;
  return track.hash !== null || track.problem?.reason !== OfferReason.trackUnavailable;
}

function changesOf({ fields, object }: MappedOffer, code: string, before: Fields | null): PlannedChange[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(fields)])].sort();
  const rule = before === null ? 'create' : 'map';
  const changes = names.flatMap((field) => {
    const change = { before: before?.[field] ?? null, after: fields[field] ?? null };
    if (change.before === change.after) return [];
    return [{ kind: object.kind, targetId: code, field, ...change, rule: `${rule}.${field}` }];
  });
  if (changes.length > 0 || before === null) return changes;
  // the same fields in another form: what Cirkwi showed was edited there, or the rendering of this release differs
  return [{ kind: object.kind, targetId: code, field: 'document', before: null, after: null, rule: 'drift' }];
}

function withdrawal(candidate: OfferCandidate, reason: string): Draft {
  const change: PlannedChange = {
    kind: candidate.offer?.type === ITINERARY_TYPE ? 'circuit' : 'poi',
    targetId: candidate.code,
    field: 'published',
    before: true,
    after: false,
    rule: 'withdraw',
  };
  return { ...settled(candidate, 'withdrawn', reason), act: 'withdraw', changes: [change] };
}

function settled(candidate: OfferCandidate, outcome: Outcome, reason: string): Draft {
  return {
    candidate,
    outcome,
    reason,
    act: 'none',
    mapped: null,
    document: null,
    contentHash: null,
    changes: [],
    notes: [],
    remarks: [],
  };
}

function standingOf(items: readonly AttentionItem[]): (typeof STANDING)[number] | null {
  const decided = items.filter((item) => item.state === 'decided').map((item) => item.decision);
  return STANDING.findLast((code) => decided.includes(code)) ?? null;
}
