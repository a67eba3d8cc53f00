import type { PlanEntry, PlannedChange } from '../db/plans';
import { table } from './table';

const COLUMNS = [
  { head: 'record' },
  { head: 'outcome' },
  { head: 'field or reason' },
  { head: 'before', share: 1 },
  { head: 'after', share: 1 },
  { head: 'rule' },
];

/**
 * A plan for people: what changes, field by field; a record that is created takes one line, because every field of it
 * is new. `all-fields` shows those too.
 */
export function planTable(entries: PlanEntry[], detail: 'summary' | 'all-fields'): string {
  const rows = entries.flatMap((entry) => rowsOf(entry, detail));
  return rows.length === 0 ? 'Nothing to do.' : table(COLUMNS, rows);
}

function rowsOf(entry: PlanEntry, detail: 'summary' | 'all-fields'): string[][] {
  if (entry.changes.length === 0) return [[entry.recordId, entry.outcome, entry.reason ?? '', '', '', '']];
  if (entry.outcome === 'created' && detail === 'summary') {
    return [[entry.recordId, entry.outcome, summary(entry.changes), '', '', '']];
  }
  return entry.changes.map((change, index) => [
    index === 0 ? entry.recordId : '',
    index === 0 ? entry.outcome : '',
    change.field.startsWith(`${change.kind}.`) ? change.field : `${change.kind}.${change.field}`,
    text(change.before),
    text(change.after),
    change.rule,
  ]);
}

/** `partner: 12 fields, participant: adopted, product: 2`. */
function summary(changes: PlannedChange[]): string {
  const kinds = [...new Set(changes.map((change) => change.kind))];
  return kinds
    .map((kind) => {
      const own = changes.filter((change) => change.kind === kind);
      if (own.some((change) => change.rule === 'adopt')) return `${kind}: adopted`;
      return `${kind}: ${own.length}${kind === 'product' ? '' : ' fields'}`;
    })
    .join(', ');
}

function text(value: unknown): string {
  return value === null ? '' : String(value);
}
