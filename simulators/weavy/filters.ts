import { columnReader, columnsOf, isStoredField } from './columns';
import { type EntityName, keyOf } from './entities';
import { badRequest, unknownField } from './problems';
import type { Row, Value } from './row-table';
import type { SelectFilter, SelectGroup, SelectQuery } from './select-query';
import { comparedValue, compareValues } from './values';
import type { WeavyWorld } from './world';

/** A condition, and the only rows that can meet it where an index knows them (else null). */
export interface Condition {
  holds(row: Row): boolean;
  among: readonly Row[] | null;
}

/**
 * The filters of a search, joined as its groups say. Without groups all of them count; with groups only those that a
 * group names, and several groups on top all count (assumed). Of two filters with one key the last one counts.
 */
export function conditionOf(world: WeavyWorld, entity: EntityName, query: SelectQuery): Condition {
  const filters = new Map(
    query.filterFields.map((filter) => [filter.filterKey, filterCondition(world, entity, filter)]),
  );
  if (query.filterGroups.length === 0) return all([...filters.values()]);
  const named = new Map(query.filterGroups.map((group) => [group.groupKey ?? '', group]));
  const children = new Set(query.filterGroups.flatMap((group) => group.groupKeys));
  const tops = query.filterGroups.filter((group) => !children.has(group.groupKey ?? ''));
  if (tops.length === 0) throw badRequest('filterGroups: no group is the outermost one');
  return all(tops.map((group) => groupCondition(group, { filters, named, within: [] })));
}

interface Tree {
  filters: ReadonlyMap<string, Condition>;
  named: ReadonlyMap<string, SelectGroup>;
  /** Groups around this one, for the case that one of them comes again. */
  within: readonly SelectGroup[];
}

function groupCondition(group: SelectGroup, tree: Tree): Condition {
  if (tree.within.includes(group)) throw badRequest('filterGroups: a group contains itself');
  const inner = { ...tree, within: [...tree.within, group] };
  const parts = [
    ...group.filterKeys.map((key) => known(tree.filters.get(key), key)),
    ...group.groupKeys.map((key) => groupCondition(known(tree.named.get(key), key), inner)),
  ];
  if (parts.length === 0) throw badRequest('filterGroups: a group is empty');
  return group.groupLogicalOperator === 'or' ? any(parts) : all(parts);
}

function known<T>(found: T | undefined, key: string): T {
  if (found === undefined) throw badRequest(`filterGroups: there is no "${key}"`);
  return found;
}

function all(parts: readonly Condition[]): Condition {
  const narrow = parts.flatMap(({ among }) => (among ? [among] : []));
  const fewest = narrow.sort((a, b) => a.length - b.length)[0] ?? null;
  return { holds: (row) => parts.every((part) => part.holds(row)), among: fewest };
}

function any(parts: readonly Condition[]): Condition {
  const among = parts.flatMap((part) => part.among ?? []);
  const isKnown = parts.every((part) => part.among !== null);
  return {
    holds: (row) => parts.some((part) => part.holds(row)),
    among: isKnown ? [...new Set(among)] : null,
  };
}

function filterCondition(world: WeavyWorld, entity: EntityName, filter: SelectFilter): Condition {
  const { fieldName, operator, companyCode } = filter;
  const type = columnsOf(world, entity).get(fieldName);
  if (type === undefined) throw unknownField(fieldName);
  if (companyCode !== undefined && companyCode !== world.companyCode)
    return { holds: () => false, among: [] };
  const compared = filter.filterValues.map((value) => comparedValue(fieldName, type, value));
  if (compared.length === 0 && operator !== 'isnull' && operator !== 'isnotnull')
    throw badRequest(`filterFields: ${filter.filterKey} has no filterValues`);

  const ifNull = filter.ifNullValue === undefined ? null : comparedValue(fieldName, type, filter.ifNullValue);
  const read = columnReader(world, entity, fieldName);
  const meets = operation(operator, compared, world.fold);
  return {
    holds: (row) => meets(read(row) ?? ifNull),
    among: ifNull === null && (type === 'text' || type === 'text(foreignkey)') ? indexed() : null,
  };

  function indexed(): readonly Row[] | null {
    if (operator !== 'equal' && operator !== 'in') return null;
    const texts = (operator === 'in' ? compared : compared.slice(0, 1)).map(String);
    const table = world.tables[entity];
    if (isStoredField(world, entity, fieldName)) return table.among(fieldName, texts);
    if (fieldName !== keyOf(entity)) return null;
    return [...new Set(texts.map((text) => table.get(text)).filter((row) => row !== undefined))];
  }
}

/** As in SQL a missing value meets nothing but `IsNull`. Only `In` looks at more than the first value (assumed). */
function operation(
  operator: SelectFilter['operator'],
  compared: readonly Value[],
  fold: (text: string) => string,
): (value: Value) => boolean {
  const first = compared[0] ?? null;
  if (operator === 'isnull') return (value) => value === null;
  if (operator === 'isnotnull') return (value) => value !== null;
  if (operator === 'in')
    return (value) => value !== null && compared.some((each) => compareValues(value, each, fold) === 0);

  const wanted = fold(String(first));
  const ordered = (holds: (difference: number) => boolean) => (value: Value) =>
    value !== null && first !== null && holds(compareValues(value, first, fold));
  const spelled = (holds: (text: string) => boolean) => (value: Value) =>
    value !== null && first !== null && holds(fold(String(value)));
  switch (operator) {
    case 'equal':
      return ordered((difference) => difference === 0);
    case 'notequal':
      return ordered((difference) => difference !== 0);
    case 'greaterthan':
      return ordered((difference) => difference > 0);
    case 'greaterthanorequal':
      return ordered((difference) => difference >= 0);
    case 'lessthan':
      return ordered((difference) => difference < 0);
    case 'lessthanorequal':
      return ordered((difference) => difference <= 0);
    case 'startwith':
      return spelled((text) => text.startsWith(wanted));
    case 'contain':
      return spelled((text) => text.includes(wanted));
    case 'endwith':
      return spelled((text) => text.endsWith(wanted));
  }
}
