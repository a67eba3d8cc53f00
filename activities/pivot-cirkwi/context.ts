import type { PivotCirkwiPolicies, PivotCirkwiSync } from '../../config/pivot-cirkwi';
import type { CirkwiPush, CirkwiReadBack } from '../../platforms/cirkwi/client';
import type { PivotSource } from '../../platforms/pivot/client';
import type { SyncContext } from '../sync-context';

/** Everything the activities of one PIVOT -> Cirkwi sync work with; built once per worker. */
export interface PivotCirkwiContext extends SyncContext {
  pair: 'pivot-cirkwi';
  configuration: PivotCirkwiSync;
  policies: PivotCirkwiPolicies;
  source: PivotSource;
  target: CirkwiReadBack;
  /** One call per object, for `delivery: push`. */
  push: CirkwiPush;
  /** A file from an address that PIVOT names, when PIVOT itself does not serve it. */
  fetchNamed(url: string, limits: { maxBytes: number; signal?: AbortSignal }): Promise<Uint8Array>;
  readPageSize: number;
  /** When a create whose reply was lost may be taken for not done (settled question 4). */
  settle: { requestTimeoutMs: number; searchLagMs: number };
  /** Calls to PIVOT that one activity may have in flight. */
  sourceInFlight: number;
  targetInFlight: number;
}

export type FindPivotCirkwi = (sync: string) => PivotCirkwiContext;
