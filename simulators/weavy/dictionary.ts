import { ENTITIES, type EntityName } from './entities';
import type { WeavyWorld } from './world';

const TABLE_LABELS: Record<EntityName, Record<string, string>> = {
  customer: { EN: 'Customer', FR: 'Client' },
  customercontact: { EN: 'Contact', FR: 'Client / Contact' },
  marketinginbound: { EN: 'Inbound', FR: 'Marketing / Entrant' },
};

/** `GET /v1/Dictionary/{projectCode}/{entityName}`: the fields as they are at this moment. */
export function readDictionary(world: WeavyWorld, entity: EntityName): unknown {
  const own = world.fields.filter((field) => field.entity === entity);
  return {
    entityName: entity,
    translations: translations(TABLE_LABELS[entity]),
    fields: own.map(({ fieldName, fieldType, fieldLength, labels }) => ({
      fieldName,
      translations: translations({ EN: fieldName, FR: fieldName, ...labels }),
      fieldType,
      fieldLength,
    })),
  };
}

/** The tables that may be read (assumed: address and form). */
export function readTables(world: WeavyWorld): unknown {
  return ENTITIES.filter((entity) => !world.withheld.has(`${entity}/READ`)).map((entity) => ({
    entityName: entity,
    translations: translations(TABLE_LABELS[entity]),
  }));
}

function translations(labels: Record<string, string>): unknown {
  return Object.entries(labels).map(([languageCode, text]) => ({ languageCode, text }));
}
