import type { JsonObject } from '../core/value-path';
import type { ObjectKind } from './feed-reader';
import { handMadeObject } from './hand-made';
import { type ObjectTable, objectTable } from './object-table';
import {
  type CirkwiFeeds,
  type CirkwiSimulatorOptions,
  feedsSchema,
  type ImportRules,
  importRulesSchema,
} from './options';
import { type CirkwiState, cirkwiStateSchema } from './state';

/** The last good answer of a feed: what Cirkwi imports again when it is told that nothing changed. */
export interface StoredFeed {
  url: string;
  etag: string | null;
  lastModified: string | null;
  /** The document, gzipped. */
  body: Buffer;
}

/** One account, with everything in it. */
export interface CirkwiWorld {
  account: CirkwiSimulatorOptions['account'];
  /** null: the account is not linked to a provider yet, and a pull is refused. */
  feeds: CirkwiFeeds | null;
  imports: ImportRules;
  storedFeeds: Map<ObjectKind, StoredFeed>;
  profile: JsonObject;
  settings: JsonObject;
  statistics: JsonObject;
  objects: Readonly<Record<ObjectKind, ObjectTable>>;
  seed: number;
  /** Ends what the account fetches when the simulator stops. */
  stopping: AbortSignal;
  /** How far this account's clock is ahead of the machine's. */
  clockAheadS: number;
  /** The last id that was given. */
  lastId: number;
  /** Unix seconds. */
  now(): number;
  nextId(): string;
}

const FIRST_ID = 10_000;

export function cirkwiWorld(options: CirkwiSimulatorOptions, stopping: AbortSignal): CirkwiWorld {
  const objects = { circuit: objectTable(), poi: objectTable() };
  const world: CirkwiWorld = {
    account: options.account,
    feeds: null,
    imports: importRulesSchema.parse({}),
    storedFeeds: new Map(),
    profile: {},
    settings: {},
    statistics: {},
    objects,
    seed: options.seed ?? 1,
    stopping,
    clockAheadS: 0,
    lastId: FIRST_ID - 1,
    now: () => Math.floor(Date.now() / 1000) + world.clockAheadS,
    nextId() {
      do world.lastId += 1;
      while (objects.circuit.get(String(world.lastId)) || objects.poi.get(String(world.lastId)));
      return String(world.lastId);
    },
  };
  return world;
}

const PROFILE = { name: 'Maison du Tourisme Imaginée', email: 'contact@tourisme.example', logo: 'logo.png' };
const SETTINGS = { pdf: { map: 'topo', legend: true }, widgets: ['carte-1'] };
const STATISTICS = { views: 1250, downloads: 87 };

/** The account as it was at the start, with this state. */
export function loadCirkwiState(
  world: CirkwiWorld,
  options: CirkwiSimulatorOptions,
  state: CirkwiState,
): void {
  const { profile, settings, statistics, circuits = [], pois = [] } = cirkwiStateSchema.parse(state);
  world.feeds = options.feeds ? feedsSchema.parse(options.feeds) : null;
  world.imports = importRulesSchema.parse(options.imports ?? {});
  world.account = options.account;
  world.storedFeeds.clear();
  world.clockAheadS = 0;
  world.lastId = FIRST_ID - 1;
  world.profile = profile ?? PROFILE;
  world.settings = settings ?? SETTINGS;
  world.statistics = statistics ?? STATISTICS;
  for (const [kind, made] of [['circuit', circuits] as const, ['poi', pois] as const]) {
    world.objects[kind].clear();
    for (const { id, ...edit } of made)
      world.objects[kind].put(handMadeObject(world, kind, id ?? world.nextId(), edit));
  }
}
