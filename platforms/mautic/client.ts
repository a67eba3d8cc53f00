import type { Fields } from '../../mappings/fields';
import type { CrmRecord } from '../../mappings/weavy-webmecanik/crm-record';
import type { DiscoveredField } from '../../mappings/weavy-webmecanik/field-mapping';
import type { CallContext } from '../budget';
import type { PlatformFailure } from '../failure';
import type { ReadCrmRecord } from '../weavy/client';

export type MauticObject = 'company' | 'contact';

export interface MauticPageQuery {
  object: MauticObject;
  /** Modified (or, never modified, added) within [from, to], both inclusive, ms UTC; without it every identified record. */
  changed?: { from: number; to: number };
  /** Records with a higher number; 0 from the start. */
  after: number;
  limit: number;
}

/** What became of one record of a batch, in the order of the batch. */
export type BatchResult =
  | { kind: 'stored'; record: CrmRecord }
  | { kind: 'failed'; failure: PlatformFailure };

/**
 * Mautic over HTTP (Webmecanik Automation is one). There is no delete and no PUT, on purpose. A refused object
 * (no permission on companies, say) is `AccessLost` with `fields: [object]`.
 */
export interface MauticClient {
  /** Signs in and asks for the version, which decides about several quirks. `skewMs` as for weavy. */
  probe(call?: CallContext): Promise<{ version: string; skewMs: number | null }>;
  /** All pages; custom fields at once. */
  fields(object: MauticObject, call?: CallContext): Promise<DiscoveredField[]>;
  /** Ordered by number, sorted by us; anonymous visitors are left out by the query and by us. */
  page(query: MauticPageQuery, call?: CallContext): Promise<ReadCrmRecord[]>;
  get(object: MauticObject, id: string, call?: CallContext): Promise<CrmRecord | null>;
  /** Those of these ids that exist (at most 100 per call are sent). */
  getMany(object: MauticObject, ids: readonly string[], call?: CallContext): Promise<CrmRecord[]>;
  /** Identified records whose field equals one of the values, checked again by us (without case, trimmed). Asked in the way that this version answers truthfully. */
  findBy(
    object: MauticObject,
    field: string,
    values: readonly string[],
    call?: CallContext,
  ): Promise<CrmRecord[]>;
  /**
   * Creates records that were looked up before, without the blank flag; at most `batchSize` per call. One result per
   * record, judged by `statusCodes`. A lost reply is `UnknownOutcome` for the whole call. Answers records as stored.
   */
  createMany(object: MauticObject, records: readonly Fields[], call?: CallContext): Promise<BatchResult[]>;
  /** PATCH of the given fields only; the blank flag where a blank is meant. A 404 of one record is `Missing` of that one. */
  updateMany(
    object: MauticObject,
    records: ReadonlyArray<{ id: string; fields: Fields }>,
    call?: CallContext,
  ): Promise<BatchResult[]>;
  /** Ids and names of the companies of a contact; the primary one is marked. */
  companiesOf(contactId: string, call?: CallContext): Promise<Array<{ id: string; primary: boolean }>>;
  /** Adding a link makes it the primary one. Repeating it changes nothing. */
  addToCompany(companyId: string, contactId: string, call?: CallContext): Promise<void>;
  removeFromCompany(companyId: string, contactId: string, call?: CallContext): Promise<void>;
  /** Aliases of the segments that a contact is in. */
  segmentsOf(contactId: string, call?: CallContext): Promise<string[]>;
}
