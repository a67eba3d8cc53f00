import type { Offer } from '../../mappings/pivot-cirkwi/offer';
import type { CallContext } from '../budget';

/** One offer of a page: understood, or kept out with the reason, so that one bad offer stops nothing else. */
export type ReadOffer =
  | { kind: 'offer'; offer: Offer }
  | { kind: 'unreadable'; code: string | null; problems: string[] };

/** One line of a change list: what happened to an offer as far as the stored query sees it. */
export interface OfferChange {
  code: string;
  /** `left` does not mean deleted: unticked, archived and deleted all look like it. */
  operation: 'entered' | 'changed' | 'left';
  /** ISO 8601 with offset; null where PIVOT gives none. */
  modifiedAt: string | null;
}

export interface OfferPage {
  offers: ReadOffer[];
  /** Offers of the whole answer, as PIVOT counts them. */
  total: number;
  pages: number;
  token: string;
  page: number;
}

/** A Boolean field of an offer type that may be a filter or a tag. */
export interface ThesaurusField {
  urn: string;
  label: string;
  category: string | null;
  /** The operator that owns the field; null for PIVOT's own. */
  owner: string | null;
  offerType: number;
}

export interface MediaUpload {
  /** Base64 is the client's business. */
  bytes: Uint8Array;
}

/** The source side, and the few writes of a track's way back. */
export interface PivotSource {
  /** The change list of the stored query since the last acknowledged answer, at content level 0. */
  diff(queryId: string, call?: CallContext): Promise<OfferChange[]>;
  /** Acknowledges PIVOT's latest `diff` answer to this key and query, whoever asked for it. */
  ack(queryId: string, call?: CallContext): Promise<void>;
  /** Forgets both snapshots: the next diff lists everything as entered. */
  clear(queryId: string, call?: CallContext): Promise<void>;
  /** First page of everything in the stored query, by a posted query of our own, so that the diff is left alone. */
  firstPage(
    query: { queryId: string; content: 0 | 3; perPage: number },
    call?: CallContext,
  ): Promise<OfferPage>;
  /** A later page, from 1. A token that PIVOT no longer knows is a `Conflict` with code `CCM006`. */
  page(query: { token: string; page: number; content: 0 | 3 }, call?: CallContext): Promise<OfferPage>;
  /** At content level 3. Null when PIVOT has no such offer (404). */
  getOffer(code: string, call?: CallContext): Promise<ReadOffer | null>;
  /** Errors that the quality report holds against the offer. */
  audit(code: string, call?: CallContext): Promise<{ errors: string[] }>;
  /** Boolean fields of an offer type, hidden ones included, with their French labels. */
  booleanFields(offerType: number, call?: CallContext): Promise<ThesaurusField[]>;
  /** The file of a media, up to `maxBytes`. */
  media(code: string, limits: { maxBytes: number }, call?: CallContext): Promise<Uint8Array>;
  /** Answers the temporary name under which PIVOT keeps the file until a media refers to it. */
  uploadTrack(file: MediaUpload, call?: CallContext): Promise<string>;
  /**
   * A media offer (type 268) of kind gpx that holds an uploaded file; answers its code. `name` is the key to find it
   * again. PIVOT wants every offer located, media too: it gets the locality of the offer `locatedLike`, when one is named.
   */
  createTrackMedia(
    media: { name: string; file: string; locatedLike?: string | undefined },
    call?: CallContext,
  ): Promise<string>;
  /** The gpx media with exactly this name; null when there is none. */
  findTrackMedia(name: string, call?: CallContext): Promise<string | null>;
  /** Links a media to an offer, and takes other links away (`operation` 2), in one partial update. */
  relinkTrack(
    change: { offer: string; link: string | null; unlink: string[] },
    call?: CallContext,
  ): Promise<void>;
  /** Codes of the offers that refer to this media. */
  offersOfMedia(mediaCode: string, call?: CallContext): Promise<string[]>;
}
