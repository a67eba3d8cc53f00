import type { OfferLanguage } from '../../mappings/pivot-cirkwi/offer';
import type { CallContext } from '../budget';

/** An object as Cirkwi's outgoing feed shows it: enough to recognise it and to see whether it is what we published. */
export interface CirkwiEntry {
  /** Cirkwi's own id. */
  id: string;
  kind: 'circuit' | 'poi';
  /** The provider's code, when Cirkwi echoes it. */
  codeCgt: string | null;
  /** Names of private tags. */
  privateTags: string[];
  /** Unix seconds; null where it gives none. */
  modifiedAt: number | null;
  /** Address of the track's file; null for a POI and for a circuit without one. */
  trackUrl: string | null;
  texts: Partial<Record<OfferLanguage, { title: string; description: string }>>;
}

export interface CirkwiListing {
  entries: CirkwiEntry[];
  /** Every object of the account, or of the asked change window. */
  total: number;
  first: number;
}

/** What Cirkwi lets us read. Nothing here writes: Cirkwi imports what we publish. */
export interface CirkwiReadBack {
  /** A page of the outgoing feed; `changedSince` in Unix seconds. */
  list(
    query: {
      kind: 'circuit' | 'poi';
      first: number;
      rows: number;
      changedSince?: number | undefined;
    },
    call?: CallContext,
  ): Promise<CirkwiListing>;
  /** Ids only, all of them: the listing without objects. */
  listIds(kind: 'circuit' | 'poi', call?: CallContext): Promise<string[]>;
  /** The track as Cirkwi exports it (`exporter-gpx`), up to `maxBytes`. Null when Cirkwi has no such circuit. */
  fetchTrack(id: string, limits: { maxBytes: number }, call?: CallContext): Promise<Uint8Array | null>;
}

/** One document per object (assumed throughout: Cirkwi publishes no such service; for tests of per-record writes). */
export interface CirkwiPush {
  /** Creates or replaces by our own id, so that repeating it changes nothing. Answers Cirkwi's id. */
  put(object: { kind: 'circuit' | 'poi'; id: string; document: string }, call?: CallContext): Promise<string>;
  /** An object that is gone already counts as removed. */
  remove(object: { kind: 'circuit' | 'poi'; id: string }, call?: CallContext): Promise<void>;
}
