import type { WeavyWebmecanikPolicies } from '../../config/weavy-webmecanik';
import type { FieldMapping } from '../../mappings/weavy-webmecanik/field-mapping';
import type { MauticClient } from '../../platforms/mautic/client';
import type { WeavyClient } from '../../platforms/weavy/client';
import type { SyncContext } from '../sync-context';

/** Everything the activities of one weavy <-> Webmecanik sync work with; built once per worker. */
export interface WeavyWebmecanikContext extends SyncContext {
  pair: 'weavy-webmecanik';
  policies: WeavyWebmecanikPolicies;
  mapping: FieldMapping;
  weavy: WeavyClient;
  mautic: MauticClient;
  /** Rows per page of a read. */
  pageSize: { weavy: number; mautic: number };
  /** Records per writing call to Mautic. */
  batchSize: number;
  /** Calls that one activity may have in flight on each side. */
  inFlight: { weavy: number; mautic: number };
  /** When a create whose reply was lost may be taken for not done (settled question 4). */
  settle: Record<'weavy' | 'mautic', { requestTimeoutMs: number; searchLagMs: number }>;
}

export type FindWeavyWebmecanik = (sync: string) => WeavyWebmecanikContext;
