import type { PlanexpoInwinkPolicies, PlanexpoInwinkSync } from '../../config/planexpo-inwink';
import { maskInForce, stoppedRows } from '../../db/masks';
import { canonicalHash } from '../../mappings/canonical-hash';
import type { Dossier } from '../../mappings/planexpo-inwink/dossier';
import { type MappedDossier, mapDossier } from '../../mappings/planexpo-inwink/map-dossier';
import type { Mask } from '../../mappings/planexpo-inwink/mask/mask';
import type { InwinkTarget } from '../../platforms/inwink/client';
import type { PlanexpoSource } from '../../platforms/planexpo/client';
import type { SyncContext } from '../sync-context';

/** Everything the activities of one sync work with; built once per worker. */
export interface PlanexpoInwinkContext extends SyncContext {
  pair: 'planexpo-inwink';
  configuration: PlanexpoInwinkSync;
  policies: PlanexpoInwinkPolicies;
  source: PlanexpoSource;
  target: InwinkTarget;
  readPageSize: number;
  /** When a create whose reply was lost may be taken for not done (settled question 4). */
  settle: { requestTimeoutMs: number; searchLagMs: number };
}

export type FindPlanexpoInwink = (sync: string) => PlanexpoInwinkContext;

/** What shapes the mapping besides the dossier itself. */
export interface MappingState {
  mask: Mask | null;
  maskVersion: number | null;
  brokenRows: string[];
}

export async function loadMappingState(context: PlanexpoInwinkContext): Promise<MappingState> {
  const [version, brokenRows] = await Promise.all([
    maskInForce(context.pool, context.slug),
    stoppedRows(context.pool, context.slug),
  ]);
  return { mask: version?.mask ?? null, maskVersion: version?.version ?? null, brokenRows };
}

/** What a plan shows for the partner of an exhibitor that is still to be created. */
export function partnerToCome(parentId: string): string {
  return `(partner of ${parentId})`;
}

/** The mapped dossier with its parent's partner, and the hash that says whether any of it changed. */
export interface Mapped extends MappedDossier {
  hash: string;
}

/**
 * Maps a dossier as plans and writes both do. `parentPartnerId` is the Inwink id of its exhibitor's partner: null for
 * an exhibitor, and for a co-exhibitor whose parent is still to be created.
 */
export function mapForTarget(
  context: PlanexpoInwinkContext,
  state: MappingState,
  dossier: Dossier,
  parent: { dossier: Dossier | null; partnerId: string | null } | null,
): Mapped {
  const mapped = mapDossier(dossier, {
    mask: state.mask,
    brokenRows: state.brokenRows,
    inheritPlacement: context.policies.inheritPlacement,
    parent: parent?.dossier ?? null,
    defaultRegion: context.policies.defaultRegion,
  });
  // null clears what we sent while the dossier was a co-exhibitor; an affiliation made by hand in Inwink stays, as does
  // every field that we never filled
  const affiliatedToId = dossier.parentId === null ? null : (parent?.partnerId ?? null);
  const partner = { ...mapped.partner, affiliatedToId };
  const { linkTeam, teamRoles } = context.policies;
  const hash = canonicalHash({
    partner,
    participant: mapped.participant,
    products: mapped.products,
    team: linkTeam === 'on' ? teamRoles : undefined,
  });
  return { ...mapped, partner, hash };
}
