import { isObject, type JsonObject } from '../core/value-path';
import { type EntityName, keyOf } from './entities';
import { alreadyExists, badRequest, fieldRefused, notFound, unknownField } from './problems';
import type { Row, Value } from './row-table';
import { repeatedIdentity } from './summary';
import { storedValue } from './values';
import { fieldOf, newRow, type WeavyWorld } from './world';

const MAX_CODE_LENGTH = 255;

/** A new record under the caller's own code; a code that is taken, also by a deleted record, is refused. */
export function createRow(world: WeavyWorld, entity: EntityName, body: unknown, lagMs: number): Row {
  const { id, values } = sentRecord(world, entity, body);
  if (id === undefined || id.trim() === '') throw badRequest(`${keyOf(entity)} is missing`);
  if (id.length > MAX_CODE_LENGTH) throw fieldRefused('FIELD_LENGTH', keyOf(entity), 'Value too long');
  if (world.tables[entity].get(id)) throw alreadyExists();
  const row: Row = {
    ...newRow(id),
    fields: values,
    srvDateUTC: world.clock.stamp(),
    srvExport: 1,
    madeBy: 'api',
    searchableFrom: lagMs === 0 ? 0 : Date.now() + lagMs,
    repeats: repeatedIdentity(world, entity, values),
  };
  world.tables[entity].put(row);
  return row;
}

/** Only the fields that are sent change; `null` clears one. */
export function updateRow(world: WeavyWorld, entity: EntityName, id: string, body: unknown): Row {
  const before = world.tables[entity].get(id);
  if (!before) throw notFound();
  const { id: sentId, values } = sentRecord(world, entity, body);
  if (sentId !== undefined && world.fold(sentId) !== world.fold(id))
    throw fieldRefused('KEY_MISMATCH', keyOf(entity), 'The code is not the one of the address');
  const isSame = Object.entries(values).every(([name, value]) => (before.fields[name] ?? null) === value);
  if (isSame && world.settings.unchangedPut === 'keeps') return before;
  const row: Row = {
    ...before,
    fields: { ...before.fields, ...values },
    srvDateUTC: world.clock.stamp(),
    srvExport: 1,
  };
  world.tables[entity].put(row);
  return row;
}

function sentRecord(
  world: WeavyWorld,
  entity: EntityName,
  body: unknown,
): { id: string | undefined; values: Record<string, Value> } {
  if (!isObject(body)) throw badRequest('A JSON object is expected');
  const { [keyOf(entity)]: id, ...fields } = body;
  if (id !== undefined && typeof id !== 'string') throw badRequest(`${keyOf(entity)} is not a text`);
  return { id, values: checkedValues(world, entity, fields) };
}

/** Throws for the first field that is refused. Server-maintained columns are not in the dictionary, so not writable. */
function checkedValues(world: WeavyWorld, entity: EntityName, fields: JsonObject): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [name, sent] of Object.entries(fields)) {
    const field = fieldOf(world, entity, name);
    if (!field) throw unknownField(name);
    const value = storedValue(field, sent);
    values[name] = value;
    if (field.references === null || typeof value !== 'string' || value === '') continue;
    if (world.tables[field.references].get(value)?.srvAttrib !== 0)
      throw fieldRefused('FOREIGN_KEY', name, 'Unknown foreign key');
  }
  return values;
}
