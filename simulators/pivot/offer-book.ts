import type { PivotOffer } from './offer';

/** A relation seen from its target. */
export interface ReverseLink {
  urn: string;
  source: PivotOffer;
}

/** All offers at one moment. Offers are never changed in place, so a view that is kept stays as it was. */
export interface OfferView {
  /** Codes compare without case (documented). */
  get(code: string): PivotOffer | undefined;
  all(): Iterable<PivotOffer>;
  linksTo(code: string): readonly ReverseLink[];
}

export interface OfferBook extends OfferView {
  put(offer: PivotOffer): void;
  remove(code: string): void;
  /** The offers as they are now, whatever happens later. */
  frozen(): OfferView;
  replaceAll(offers: readonly PivotOffer[]): void;
}

export function offerBook(): OfferBook {
  let offers = new Map<string, PivotOffer>();
  let view: OfferView = viewOf(offers);
  let isShared = false;

  /** The map to write into: a fresh one when somebody keeps a view of the present one. */
  const writable = (): Map<string, PivotOffer> => {
    if (isShared) offers = new Map(offers);
    isShared = false;
    view = viewOf(offers);
    return offers;
  };

  return {
    get: (code) => view.get(code),
    all: () => view.all(),
    linksTo: (code) => view.linksTo(code),
    put: (offer) => void writable().set(offer.codeCgt.toUpperCase(), offer),
    remove: (code) => void writable().delete(code.toUpperCase()),
    frozen() {
      isShared = true;
      return view;
    },
    replaceAll(next) {
      offers = new Map(next.map((offer) => [offer.codeCgt.toUpperCase(), offer]));
      isShared = false;
      view = viewOf(offers);
    },
  };
}

function viewOf(offers: ReadonlyMap<string, PivotOffer>): OfferView {
  let reverse: Map<string, ReverseLink[]> | null = null;
  return {
    get: (code) => offers.get(code.toUpperCase()),
    all: () => offers.values(),
    linksTo(code) {
      reverse ??= reverseLinks(offers.values());
      return reverse.get(code.toUpperCase()) ?? [];
    },
  };
}

function reverseLinks(offers: Iterable<PivotOffer>): Map<string, ReverseLink[]> {
  const links = new Map<string, ReverseLink[]>();
  for (const source of offers) {
    for (const { urn, offre } of source.relOffre ?? []) {
      const target = offre.codeCgt.toUpperCase();
      const known = links.get(target);
      if (known) known.push({ urn, source });
      else links.set(target, [{ urn, source }]);
    }
  }
  return links;
}
