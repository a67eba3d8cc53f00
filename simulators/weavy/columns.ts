import { type EntityName, keyOf } from './entities';
import type { Row, Value } from './row-table';
import type { FieldType } from './values';
import type { WeavyWorld } from './world';

/** Columns that the server keeps itself: they can be read, filtered and sorted, never written. */
const SERVER_COLUMNS = {
  srvDate: 'datetime',
  srvDateUTC: 'datetime',
  srvAttrib: 'integer',
  srvExport: 'integer',
} as const satisfies Record<string, FieldType>;

/** Every readable column of a table with its type, the key first. */
export function columnsOf(world: WeavyWorld, entity: EntityName): ReadonlyMap<string, FieldType> {
  const columns = new Map<string, FieldType>([[keyOf(entity), 'text']]);
  for (const [name, type] of Object.entries(SERVER_COLUMNS)) columns.set(name, type);
  for (const field of world.fields) {
    if (field.entity === entity) columns.set(field.fieldName, field.fieldType);
  }
  return columns;
}

/** The reader of one column; a value that was never given is null. */
export function columnReader(world: WeavyWorld, entity: EntityName, column: string): (row: Row) => Value {
  switch (column) {
    case keyOf(entity):
      return (row) => row.id;
    case 'srvDate':
      return (row) => world.clock.local(row.srvDateUTC);
    case 'srvDateUTC':
    case 'srvAttrib':
    case 'srvExport':
      return (row) => row[column];
    default:
      return (row) => row.fields[column] ?? null;
  }
}

/** A contact's `customer_ID` is a field, and a customer's its key. */
export function isStoredField(world: WeavyWorld, entity: EntityName, column: string): boolean {
  return world.fields.some((field) => field.entity === entity && field.fieldName === column);
}

/** The record with all that can be read of it. */
export function wholeRecord(world: WeavyWorld, entity: EntityName, row: Row): Record<string, Value> {
  const columns = [...columnsOf(world, entity).keys()];
  return Object.fromEntries(columns.map((column) => [column, columnReader(world, entity, column)(row)]));
}
