import type { WeavyWebmecanikPolicies } from '../../config/weavy-webmecanik';
import type { FieldMapping } from '../../mappings/weavy-webmecanik/field-mapping';
import type { MauticClient } from '../../platforms/mautic/client';
import type { WeavyClient } from '../../platforms/weavy/client';
import type { SyncContext } from '../sync-context';

/** What stays the same for one weavy <-> Webmecanik sync as long as a worker lives. */
export interface CrmSyncContext extends SyncContext {
  pair: 'weavy-webmecanik';
  policies: WeavyWebmecanikPolicies;
  /** The document in the configuration: in force until somebody puts another one in force from the console. */
  configured: FieldMapping;
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

/** Everything the activities of one sync work with. */
export interface WeavyWebmecanikContext extends CrmSyncContext {
  /** What the last run took up: the same for all that is done until the next run. */
  mapping: FieldMapping;
}

/** Asked by each activity: a mapping that was put in force meanwhile needs no new worker. */
export type FindWeavyWebmecanik = (sync: string) => Promise<WeavyWebmecanikContext>;
