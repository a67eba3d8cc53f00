import type { Fields } from '../../mappings/fields';
import type { CrmRecord } from '../../mappings/weavy-webmecanik/crm-record';
import type { DiscoveredField } from '../../mappings/weavy-webmecanik/field-mapping';
import type { CallContext } from '../budget';

export type WeavyEntity = 'customer' | 'customercontact' | 'marketinginbound';

/** The key of weavy's records: codes chosen by the caller (reference: Record keys are business codes). */
export interface WeavyPageQuery {
  entity: WeavyEntity;
  /** Server-maintained change time within [from, to], both inclusive, ms UTC; without it every record. */
  changed?: { from: number; to: number };
  /** Records whose code sorts after this one, in the server's own order; '' from the start. */
  after: string;
  limit: number;
  /** Live records, or logically deleted ones. */
  deleted: boolean;
}

/** A row that could be read, or what is wrong with it. */
export type ReadCrmRecord =
  | { kind: 'record'; record: CrmRecord }
  | { kind: 'unreadable'; id: string | null; problems: string[] };

/**
 * weavy over HTTP. There is no delete, on purpose. A table without one of its API rights is `AccessLost` with code
 * `API_RIGHT` and `fields: [entity, 'READ' | 'ADD' | 'UPDATE']`: the other tables go on.
 */
export interface WeavyClient {
  /** Signs in. `skewMs`: how far weavy's clock is ahead of ours, from the `Date` header; null when it sends none. */
  probe(call?: CallContext): Promise<{ skewMs: number | null; passwordExpiresAt: string | null }>;
  dictionary(entity: WeavyEntity, call?: CallContext): Promise<DiscoveredField[]>;
  /** Ordered by code; the last page has fewer than `limit` rows. Rows changed while paging cannot make others disappear. */
  page(query: WeavyPageQuery, call?: CallContext): Promise<ReadCrmRecord[]>;
  /** One record, deleted or not; null when the code is unknown. */
  get(entity: WeavyEntity, id: string, call?: CallContext): Promise<CrmRecord | null>;
  /** Those of these codes that exist, in any order (at most 100 codes per call are sent). Live ones only. */
  getMany(entity: WeavyEntity, ids: readonly string[], call?: CallContext): Promise<CrmRecord[]>;
  /** Live records whose field equals one of the values, checked again by us (without case, trimmed). */
  findBy(
    entity: WeavyEntity,
    field: string,
    values: readonly string[],
    call?: CallContext,
  ): Promise<CrmRecord[]>;
  /**
   * Creates under our code: a lost answer is `UnknownOutcome`, an existing code is `Conflict`. Answers the record as
   * stored (read once more when the reply has no body).
   */
  create(entity: WeavyEntity, id: string, fields: Fields, call?: CallContext): Promise<CrmRecord>;
  /** Only the given fields change; null clears. `Missing` when it is gone. Answers the record as stored. */
  update(entity: WeavyEntity, id: string, fields: Fields, call?: CallContext): Promise<CrmRecord>;
}
