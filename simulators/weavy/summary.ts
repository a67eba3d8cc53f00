import type { PlatformSummary } from '../core/platform';
import { ENTITIES, type EntityName } from './entities';
import { identityOf } from './identity';
import type { Value } from './row-table';
import type { WeavyWorld } from './world';

/**
 * Counts what must never happen: a Tiers made through the API beside a live one of the same name, an Entrant beside a
 * live one with the same e-mail address. Duplicates that people make do not count.
 */
export function weavySummary(world: WeavyWorld): PlatformSummary {
  const rows = ENTITIES.flatMap((entity) => world.tables[entity].all());
  return {
    externalReferences: rows.filter((row) => row.madeBy === 'api').length,
    duplicates: {
      customer: duplicates(world, 'customer'),
      marketinginbound: duplicates(world, 'marketinginbound'),
    },
  };
}

/** The identity of a record about to be made when a live record of its table has it already, else null. */
export function repeatedIdentity(
  world: WeavyWorld,
  entity: EntityName,
  fields: Readonly<Record<string, Value>>,
): string | null {
  const identity = identityOf(entity, fields);
  if (identity === null) return null;
  const isTaken = world.tables[entity].alike(identity).some((row) => row.srvAttrib === 0);
  return isTaken ? identity : null;
}

/** Records made beside another one, while both are live and still alike; one of each set is none too many. */
function duplicates(world: WeavyWorld, entity: EntityName): number {
  const sets = new Map<string, { rows: number; repeats: number }>();
  for (const row of world.tables[entity].all()) {
    const identity = row.srvAttrib === 0 ? identityOf(entity, row.fields) : null;
    if (identity === null) continue;
    const { rows, repeats } = sets.get(identity) ?? { rows: 0, repeats: 0 };
    sets.set(identity, { rows: rows + 1, repeats: repeats + (row.repeats === identity ? 1 : 0) });
  }
  return [...sets.values()].reduce((sum, { rows, repeats }) => sum + Math.min(rows - 1, repeats), 0);
}
