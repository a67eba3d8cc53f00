import type { Dossier } from '../../mappings/planexpo-inwink/dossier';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import type { PlanexpoSource, ReadRow } from '../../platforms/planexpo/client';

export interface SourceSide {
  dossiers: Map<string, Dossier>;
  /** Ids of rows that are there and cannot be read. */
  unreadable: Set<string>;
}

/** How often the list is begun anew when its cursor expires under a slow reading. */
const ATTEMPTS = 3;

/**
 * Every dossier that Planexpo has now. A linked one that the list does not show is asked for by id before it counts as
 * deleted: a record that moves while pages are read can slip past them.
 */
export async function readEveryDossier(
  source: PlanexpoSource,
  linkedIds: readonly string[],
): Promise<SourceSide> {
  const side: SourceSide = { dossiers: new Map(), unreadable: new Set() };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await readPages(source, side);
      break;
    } catch (error) {
      const expired = error instanceof PlatformFailure && error.kind === FailureKind.conflict;
      if (!expired || attempt === ATTEMPTS) throw error;
    }
  }
  for (const id of linkedIds) {
    if (side.dossiers.has(id) || side.unreadable.has(id)) continue;
    // an embedded co-exhibitor has no address of its own: its order is asked for
    keep(side, await source.getOrder(id.split('/co/')[0] ?? id));
  }
  return side;
}

async function readPages(source: PlanexpoSource, side: SourceSide): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await source.listOrders({ cursor });
    keep(side, page.rows);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** A later row of the same dossier is the newer one. */
function keep(side: SourceSide, rows: readonly ReadRow[]): void {
  for (const row of rows) {
    if (row.kind === 'dossier') side.dossiers.set(row.dossier.id, row.dossier);
    else if (row.id !== null) side.unreadable.add(row.id);
  }
}
