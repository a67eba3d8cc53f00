import { type EntityTable, entityTable } from './entity-table';
import { type IdSource, sequentialIds } from './ids';
import type { InwinkSimulatorOptions } from './options';
import type {
  InwinkExhibitor,
  InwinkFieldDefinition,
  InwinkProduct,
  InwinkRegistered,
  InwinkState,
} from './state';
import { type TokenDesk, tokenDesk } from './token-desk';

/** Everything one simulated Inwink event holds. */
export interface InwinkWorld {
  event: { id: string; name: string };
  exhibitor: EntityTable<InwinkExhibitor>;
  registered: EntityTable<InwinkRegistered>;
  products: Map<string, InwinkProduct>;
  fields: InwinkFieldDefinition[];
  /** Partner id -> product id -> quantity held. */
  quantities: Map<string, Map<string, number>>;
  /** Partner id -> participant id -> roles. */
  teams: Map<string, Map<string, string[]>>;
  /** Row id -> when searches start to find it, epoch ms. Rows that are not here are found. */
  searchableFrom: Map<string, number>;
  tokens: TokenDesk;
  ids: IdSource;
  searchLagMs: number;
  quantityMode: 'keep' | 'reject';
  participantsWithoutEmail: 'refused' | 'accepted';
  childrenOfDeleted: 'dangling' | 'detached';
  /** ISO 8601 UTC to the second. */
  now(): string;
}

export function inwinkWorld(options: InwinkSimulatorOptions): InwinkWorld {
  return {
    event: options.event,
    exhibitor: entityTable(['customFields.planexpo_order_id', 'affiliatedToId']),
    registered: entityTable(['customFields.planexpo_order_id', 'email']),
    products: new Map(),
    fields: [],
    quantities: new Map(),
    teams: new Map(),
    searchableFrom: new Map(),
    tokens: tokenDesk(options),
    ids: sequentialIds(options.seed ?? 1),
    searchLagMs: options.searchLagMs ?? 0,
    quantityMode: options.quantityMode ?? 'keep',
    participantsWithoutEmail: options.allowNoEmail ? 'accepted' : 'refused',
    childrenOfDeleted: options.danglingParents === false ? 'detached' : 'dangling',
    now: () => `${new Date().toISOString().slice(0, 19)}Z`,
  };
}

/** The custom fields that the set-up of the synchronisation creates, and nothing else. */
export const emptyInwinkState: InwinkState = {
  exhibitors: [],
  registered: [],
  products: [],
  fields: [
    { entity: 'exhibitor', key: 'planexpo_public_order_id', type: 'text' },
    { entity: 'exhibitor', key: 'planexpo_order_id', type: 'text' },
    { entity: 'exhibitor', key: 'planexpo_space', type: 'text' },
    { entity: 'exhibitor', key: 'planexpo_aisle', type: 'text' },
    { entity: 'registered', key: 'planexpo_order_id', type: 'text' },
  ],
};

export function loadInwinkState(world: InwinkWorld, state: InwinkState): void {
  world.exhibitor.replaceAll(state.exhibitors);
  world.registered.replaceAll(state.registered);
  world.products = new Map(state.products.map((product) => [product.id, product]));
  world.fields = [...state.fields];
  world.quantities.clear();
  world.teams.clear();
  world.searchableFrom.clear();
}
