import type { ServerOptions } from '../core/server-parts';
import type { PlanexpoState } from './order';

export interface PlanexpoSimulatorOptions extends ServerOptions {
  event: { id: string; name: string };
  /** Several keys may be valid at once, as during a rotation. */
  credentials: { apiKeys: string[] };
  /** Default: nothing on the platform yet. */
  initial?: PlanexpoState | undefined;
  /** Co-exhibitors inside their exhibitor's order, in place of orders of their own. Default false. */
  embedCoExhibitors?: boolean | undefined;
  /** What the address of a deleted order answers. Default 404. */
  deletedStatus?: 404 | 410 | undefined;
  /** How long a page cursor lives. Default 10 minutes. */
  cursorTtlMs?: number | undefined;
  /** How far Planexpo's clock is from ours; negative = behind. Default 0. */
  clockOffsetMs?: number | undefined;
}
