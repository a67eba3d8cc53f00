import type { WeavyEntity } from './client';
import { keyOf } from './contract';

/** One condition; the operators are those that are documented or that the public connector uses. */
export interface Condition {
  field: string;
  operator: 'Equal' | 'GreaterThan' | 'GreaterThanOrEqual' | 'LessThan';
  value: string;
}

export interface Selection {
  entity: WeavyEntity;
  /** Live rows (documented: 0), or logically deleted ones (assumed: 1). */
  rows: 'live' | 'deleted';
  /** All of these hold. */
  all: readonly Condition[];
  /** And one of these, when there are any. */
  any: readonly Condition[];
  limit: number;
}

const ANY = 'any';

/**
 * The body of a Select, sorted by code. Each condition has a key of its own, because two that share one may replace each
 * other; there is no offset, because rows move while pages are read.
 */
export function selectBody(companyCode: string | undefined, selection: Selection): unknown {
  const all = keyed('all', selection.all);
  const any = keyed('any', selection.any);
  const filters = [...all, ...any];
  return {
    ...(companyCode === undefined ? {} : { companyCode }),
    entityName: selection.entity,
    srvAttrib: selection.rows === 'live' ? 0 : 1,
    limit: selection.limit,
    ...(filters.length === 0 ? {} : { filterFields: filters, filterGroups: groups(all, any) }),
    sortFields: [{ fieldName: keyOf(selection.entity), sortOrder: 'Ascending' }],
  };
}

interface KeyedFilter {
  filterKey: string;
  fieldName: string;
  operator: string;
  filterValues: string[];
}

function keyed(prefix: string, conditions: readonly Condition[]): KeyedFilter[] {
  return conditions.map(({ field, operator, value }, at) => ({
    filterKey: `${prefix}${at}`,
    fieldName: field,
    operator,
    filterValues: [value],
  }));
}

/** A tree only where it must be one; the root comes first (the order is assumed to mean nothing). */
function groups(all: readonly KeyedFilter[], any: readonly KeyedFilter[]): unknown[] {
  const keys = (filters: readonly KeyedFilter[]) => filters.map(({ filterKey }) => filterKey);
  const either = { groupLogicalOperator: 'OR', filterKeys: keys(any) };
  if (all.length === 0) return [either];
  const both = { groupLogicalOperator: 'AND', filterKeys: keys(all) };
  if (any.length === 0) return [both];
  return [
    { ...both, groupKeys: [ANY] },
    { groupKey: ANY, ...either },
  ];
}
