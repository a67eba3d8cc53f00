import { columnReader, columnsOf, wholeRecord } from './columns';
import { type EntityName, isEntity, keyOf } from './entities';
import { conditionOf } from './filters';
import { badRequest, notFound, unknownField } from './problems';
import type { Row, Value } from './row-table';
import { parsedSelect, type SelectQuery } from './select-query';
import { compareValues } from './values';
import { demand, type WeavyWorld } from './world';

/** `POST /v1/Data/{projectCode}/Select`: a bare list. Pages are cut out of the rows as they are now. */
export function selectRows(world: WeavyWorld, body: unknown): Record<string, Value>[] {
  const query = parsedSelect(body);
  const { entityName: entity } = query;
  if (!isEntity(entity)) throw notFound(`Table '${entity}' is unknown`);
  demand(world, 'READ', entity);
  const shape = shapeOf(world, entity, query);
  const sort = sortOf(world, entity, query);
  const condition = conditionOf(world, entity, query);
  if (query.companyCode !== undefined && query.companyCode !== world.companyCode) return [];

  const now = Date.now();
  const rows = condition.among
    ? sort(condition.among)
    : world.tables[entity].sorted(sortName(world, query), sort);
  const found = rows.filter(
    (row) =>
      row.srvAttrib === query.srvAttrib &&
      (query.srvExport === undefined || row.srvExport === query.srvExport) &&
      row.searchableFrom <= now &&
      condition.holds(row),
  );
  return found.slice(query.offset, query.offset + query.limit).map(shape);
}

function sortName(world: WeavyWorld, { sortFields }: SelectQuery): string {
  return JSON.stringify([world.settings.timeZone, sortFields]);
}

/** Key, change time and deletion flag come with every row, asked for or not (derived). */
function shapeOf(
  world: WeavyWorld,
  entity: EntityName,
  { returnFields }: SelectQuery,
): (row: Row) => Record<string, Value> {
  if (!returnFields) return (row) => wholeRecord(world, entity, row);
  const always = [keyOf(entity), 'srvDateUTC', 'srvAttrib'].map((name) => ({ name, read: reader(name) }));
  const asked = returnFields.map(({ fieldName, aliasName }) => ({
    name: aliasName ?? fieldName,
    read: reader(fieldName),
  }));
  const names = asked.map(({ name }) => name);
  if (new Set(names).size < names.length) throw badRequest('returnFields: a name comes twice');
  return (row) => Object.fromEntries([...always, ...asked].map(({ name, read }) => [name, read(row)]));

  function reader(column: string): (row: Row) => Value {
    if (!columnsOf(world, entity).has(column)) throw unknownField(column);
    return columnReader(world, entity, column);
  }
}

/** Rows that are equal in every sort field stay in the order in which they were made. */
function sortOf(
  world: WeavyWorld,
  entity: EntityName,
  { sortFields }: SelectQuery,
): (rows: readonly Row[]) => Row[] {
  const columns = columnsOf(world, entity);
  const steps = sortFields.map(({ fieldName, sortOrder }) => {
    if (!columns.has(fieldName)) throw unknownField(fieldName);
    return { read: columnReader(world, entity, fieldName), sign: sortOrder === 'descending' ? -1 : 1 };
  });
  return (rows) =>
    rows
      .map((row) => ({ row, values: steps.map(({ read }) => read(row)) })) // read once, not at each comparison
      .sort((a, b) => {
        for (const [index, { sign }] of steps.entries()) {
          const difference = compareValues(a.values[index] ?? null, b.values[index] ?? null, world.fold);
          if (difference !== 0) return sign * difference;
        }
        return 0;
      })
      .map(({ row }) => row);
}
