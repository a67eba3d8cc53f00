import type { Offer } from './offer';
import { OfferReason } from './reasons';

/**
 * Which ticks publish an offer, and which urns stand for them (found by label in the thesaurus, or named by the
 * configuration: settled question 25). Several urns of one meaning count as one tick.
 */
export interface PublicationRule {
  /** `any`: the filter or at least one tag. `all`: the filter and at least one tag (settled question 24). */
  rule: 'any' | 'all';
  filterUrns: readonly string[];
  tagUrns: { cirkwi: readonly string[]; network: readonly string[] };
}

/** What the ticks of an offer ask for. */
export interface Publication {
  /** Ticked as the rule asks, and publishable in PIVOT. */
  publish: boolean;
  /** Ticked as the rule asks, whatever the state of the offer. */
  ticked: boolean;
  filter: boolean;
  tagCirkwi: boolean;
  tagNetwork: boolean;
  /** Why the offer is only half ticked; null when filter and tags agree. */
  half: typeof OfferReason.filterWithoutTag | typeof OfferReason.tagWithoutFilter | null;
}

/**
 * Reads the publication criteria of an offer: the Cirkwi filter of the identification panel and the public tags of the
 * Cirkwi panel (seed), always together with the offer being publishable (documented: any other state is in no feed).
 * Urns compare without case. A rule without urns publishes nothing.
 */
export function decidePublication(
  offer: Pick<Offer, 'state' | 'ticked'>,
  { rule, filterUrns, tagUrns }: PublicationRule,
): Publication {
  const ticks = new Set(offer.ticked.map(folded));
  const hasAny = (urns: readonly string[]) => urns.some((urn) => ticks.has(folded(urn)));

  const filter = hasAny(filterUrns);
  const tagCirkwi = hasAny(tagUrns.cirkwi);
  const tagNetwork = hasAny(tagUrns.network);
  const tag = tagCirkwi || tagNetwork;
  const ticked = rule === 'any' ? filter || tag : filter && tag;

  return {
    publish: ticked && offer.state === 'publishable',
    ticked,
    filter,
    tagCirkwi,
    tagNetwork,
    half: halfOf(filter, tag),
  };
}

function halfOf(filter: boolean, tag: boolean): Publication['half'] {
  if (filter === tag) return null;
  return filter ? OfferReason.filterWithoutTag : OfferReason.tagWithoutFilter;
}

function folded(urn: string): string {
  return urn.trim().toLowerCase();
}
