import type { Offer } from './offer';
import type { Publication } from './publication-rule';
import { OfferReason } from './reasons';

export interface OfferSituation {
  /** `null` when PIVOT no longer has it, or when what it answered could not be read; never because a read was partial. */
  offer: Pick<Offer, 'state'> | null;
  /**
   * Set only after one more read of this very offer (settled question 26). `deleted`: PIVOT answered that there is no
   * such offer. `left-query`: it is no longer in the stored query; `offer` is what that read gave.
   */
  gone: 'deleted' | 'left-query' | null;
  /** What its ticks ask for; `null` together with the offer. */
  publication: Publication | null;
  /** It stands in the feed now, put there by this sync. */
  published: boolean;
  /** The last answer a person gave that still stands. */
  standing: 'stop' | 'keep' | 'withdraw' | null;
}

/** Outcomes that leave the feed alone (design: outcome words). */
export type SettledOutcome = 'skipped' | 'held';

/** What a run does with one offer. */
export type OfferDecision =
  /** The object of the offer belongs into the feed; the reason tells that it is only half ticked. */
  | { kind: 'publish'; reason: OfferReason | null }
  /** Its object leaves the feed, so that Cirkwi deletes it at its next import (seed). */
  | { kind: 'withdraw'; reason: OfferReason }
  | { kind: 'settled'; outcome: SettledOutcome; reason: OfferReason };

/**
 * Decides without looking at any field. What the person in charge of the offer did in PIVOT (unticked, archived, taken
 * back to editing, deleted) withdraws; what may be somebody else's accident (another query, an answer nobody
 * understands) holds a published offer as it stands.
 */
export function decideOffer(situation: OfferSituation): OfferDecision {
  const { offer, gone, publication, published, standing } = situation;
  if (standing === 'stop') return settled('skipped', OfferReason.stoppedByDecision);
  if (gone === 'deleted') return ended(published, OfferReason.deletedAtSource, OfferReason.deletedAtSource);
  if (offer === null || publication === null) return settled('held', OfferReason.unreadableRecord);
  if (offer.state === 'archived') return ended(published, OfferReason.archived, OfferReason.archived);
  if (!publication.ticked) {
    return ended(published, OfferReason.unticked, publication.half ?? OfferReason.notTicked);
  }

  switch (offer.state) {
    case 'editing':
      return ended(published, OfferReason.noLongerPublishable, OfferReason.beingEdited);
    case 'not-publishable':
      return ended(published, OfferReason.noLongerPublishable, OfferReason.notPublishable);
    case 'unknown': // an unknown state holds the record (settled question 7)
      return settled('held', OfferReason.unreadableRecord);
    case 'publishable':
      return gone === 'left-query'
        ? outsideQuery(published, standing)
        : { kind: 'publish', reason: publication.half };
  }
}

/** Still ticked and publishable: whether the query was meant to change, only a person knows. */
function outsideQuery(published: boolean, standing: 'keep' | 'withdraw' | null): OfferDecision {
  if (!published) return settled('skipped', OfferReason.outsideQuery);
  if (standing === 'keep') return settled('skipped', OfferReason.keptByDecision);
  if (standing === 'withdraw') return { kind: 'withdraw', reason: OfferReason.leftQuery };
  return settled('held', OfferReason.leftQuery);
}

function ended(published: boolean, whenPublished: OfferReason, neverPublished: OfferReason): OfferDecision {
  return published ? { kind: 'withdraw', reason: whenPublished } : settled('skipped', neverPublished);
}

function settled(outcome: SettledOutcome, reason: OfferReason): OfferDecision {
  return { kind: 'settled', outcome, reason };
}
