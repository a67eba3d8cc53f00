import { type WeavyClock, weavyClock } from './clock';
import { ENTITIES, type EntityName } from './entities';
import { fieldsOf, type WeavyField } from './fields';
import { identityOf } from './identity';
import type { WeavySimulatorOptions } from './options';
import { badRequest, RIGHTS, type Right, rightMissing } from './problems';
import { type Row, type RowTable, rowTable } from './row-table';
import { settingsOf, type WeavySettings } from './settings';
import { type WeavyState, weavyStateSchema } from './state';
import { type TokenDesk, tokenDesk } from './token-desk';
import { dateTime } from './values';

/** Everything one simulated weavy project holds. */
export interface WeavyWorld {
  projectCode: string;
  companyCode: string;
  tables: Record<EntityName, RowTable>;
  fields: WeavyField[];
  /** Ids of API rights that are not ticked: `customer/READ`. */
  withheld: Set<string>;
  settings: WeavySettings;
  clock: WeavyClock;
  tokens: TokenDesk;
  /** Texts that are equal here become the same. */
  fold(text: string): string;
}

export function weavyWorld(options: WeavySimulatorOptions): WeavyWorld {
  const fold =
    options.textCase === 'sensitive' ? (text: string) => text : (text: string) => text.toLowerCase();
  const settings = (): WeavySettings => world.settings;
  const clock = weavyClock(settings);
  const table = (entity: EntityName): RowTable => rowTable(fold, (fields) => identityOf(entity, fields));
  const world: WeavyWorld = {
    projectCode: options.credentials.projectCode,
    companyCode: options.companyCode ?? options.credentials.projectCode,
    tables: {
      customer: table('customer'),
      customercontact: table('customercontact'),
      marketinginbound: table('marketinginbound'),
    },
    fields: [],
    withheld: new Set(),
    settings: settingsOf(options),
    clock,
    tokens: tokenDesk(options, settings, clock),
    fold,
  };
  return world;
}

/** As at the start of the simulator, with these records. Throws when the state names a field that does not exist. */
export function loadWeavy(world: WeavyWorld, options: WeavySimulatorOptions, state: WeavyState): void {
  world.settings = settingsOf(options);
  world.fields = fieldsOf(options.customFields ?? []);
  world.withheld.clear();
  const checked = weavyStateSchema.parse(state);
  for (const entity of ENTITIES) {
    const table = world.tables[entity];
    table.clear();
    for (const { id, fields, srvDateUTC, srvAttrib } of checked[entity]) {
      if (table.get(id)) throw badRequest(`There are two ${entity} records with the code "${id}".`);
      const unknown = Object.keys(fields).find((name) => !fieldOf(world, entity, name));
      if (unknown !== undefined) throw badRequest(`${entity} "${id}" has no field "${unknown}".`);
      const changed = srvDateUTC === undefined ? world.clock.stamp() : wholeSeconds(srvDateUTC);
      table.put({ ...newRow(id), fields, srvDateUTC: changed, srvAttrib });
    }
  }
}

/** A live record that a person made; its time is to be filled in. */
export function newRow(id: string): Row {
  return {
    id,
    fields: {},
    srvDateUTC: '',
    srvAttrib: 0,
    srvExport: 0,
    madeBy: 'person',
    searchableFrom: 0,
    repeats: null,
  };
}

/** A change time as the server keeps it; a Z and fractions of a second are understood and dropped. */
export function wholeSeconds(text: string): string {
  const time = dateTime(text.replace(/Z$/, ''));
  if (time === undefined) throw badRequest(`"${text}" is no date-time in UTC.`);
  return time.slice(0, 19);
}

export function fieldOf(world: WeavyWorld, entity: EntityName, name: string): WeavyField | undefined {
  return world.fields.find((field) => field.entity === entity && field.fieldName === name);
}

/** The nine switches: `customer/READ` and so on. */
export const ALL_RIGHTS = ENTITIES.flatMap((entity) =>
  RIGHTS.map((right) => ({ id: `${entity}/${right}`, entity, right })),
);

/** Throws `API_RIGHT` when the table's right is not ticked. */
export function demand(world: WeavyWorld, right: Right, entity: EntityName): void {
  if (world.withheld.has(`${entity}/${right}`)) throw rightMissing(right, entity);
}
