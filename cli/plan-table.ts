import type { Pair } from '../config/schema';
import type { PlanEntry, PlannedChange } from '../db/plans';
import type { Language } from '../mappings/reason-types';
import { COLON } from './answer';
import { excerpts } from './excerpts';
import { dateText, halfTickedNote } from './pivot-cirkwi/plan-note';
import { recordWords } from './record-words';
import { table } from './table';

const WORDS = {
  fr: {
    nothing: 'Rien à faire.',
    outcome: 'Issue',
    field: 'Champ ou motif',
    before: 'Avant',
    after: 'Après',
    rule: 'Règle',
    more: 'la liste entière : --json',
  },
  en: {
    nothing: 'Nothing to do.',
    outcome: 'Outcome',
    field: 'Field or reason',
    before: 'Before',
    after: 'After',
    rule: 'Rule',
    more: 'the whole list: --json',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** Records that are out of scope for one and the same reason: so many are named, the others counted. */
const NAMED_OF_SKIPPED = 10;

export interface PlanTableOptions {
  pair: Pair;
  language: Language;
  detail: 'summary' | 'all-fields';
}

export interface PlanTable {
  add(entries: readonly PlanEntry[]): void;
  text(): string;
}

/** What a person has to see of a plan: what is in step says nothing, unless there is a reason to look at it. */
export function isTold({ outcome, reason }: PlanEntry): boolean {
  return outcome !== 'unchanged' || reason !== null;
}

/**
 * A plan for people, put together page by page: what changes, field by field; a record that is created takes one line,
 * because every field of it is new. `all-fields` shows those too.
 */
export function planTable(options: PlanTableOptions): PlanTable {
  const words = WORDS[options.language];
  const rows: string[][] = [];
  const skipped = new Map<string, number>();
  return {
    add(entries) {
      for (const entry of entries) {
        if (isTold(entry) && isNamed(entry, options, skipped)) rows.push(...rowsOf(entry, options));
      }
    },
    text() {
      if (rows.length === 0) return words.nothing;
      return table(columnsOf(options), [...rows, ...uncounted(skipped, options.language)]);
    },
  };
}

function columnsOf({ pair, language }: PlanTableOptions) {
  const words = WORDS[language];
  return [
    { head: recordWords(pair, language).One },
    { head: words.outcome },
    { head: words.field },
    { head: words.before, share: 1 },
    { head: words.after, share: 1 },
    { head: words.rule },
  ];
}

/** Half-ticked offers are always named: their reason is something to do about. */
function isNamed(entry: PlanEntry, { language }: PlanTableOptions, skipped: Map<string, number>): boolean {
  if (entry.outcome !== 'skipped' || halfTickedNote(entry, language) !== null) return true;
  const reason = entry.reason ?? '';
  const n = (skipped.get(reason) ?? 0) + 1;
  skipped.set(reason, n);
  return n <= NAMED_OF_SKIPPED;
}

function uncounted(skipped: ReadonlyMap<string, number>, language: Language): string[][] {
  return [...skipped]
    .filter(([, n]) => n > NAMED_OF_SKIPPED)
    .map(([reason, n]) => [
      `+ ${n - NAMED_OF_SKIPPED}`,
      'skipped',
      `${reason} (${WORDS[language].more})`,
      '',
      '',
      '',
    ]);
}

function rowsOf(entry: PlanEntry, options: PlanTableOptions): string[][] {
  const { recordId, outcome, changes } = entry;
  const reason = reasonText(entry, options.language);
  if (changes.length === 0) return [[recordId, outcome, reason, '', '', '']];
  if (outcome === 'created' && options.detail === 'summary') {
    const told = [summary(changes), reason].filter((part) => part !== '').join('\n');
    return [[recordId, outcome, told, '', '', '']];
  }
  const fields = changes.map((change) => [
    '',
    '',
    change.field.startsWith(`${change.kind}.`) ? change.field : `${change.kind}.${change.field}`,
    ...excerpts(text(change.field, change.before), text(change.field, change.after)),
    change.rule,
  ]);
  const [first = [], ...others] = reason === '' ? fields : [['', '', reason, '', '', ''], ...fields];
  return [[recordId, outcome, ...first.slice(2)], ...others];
}

function reasonText(entry: PlanEntry, language: Language): string {
  if (entry.reason === null) return '';
  const note = halfTickedNote(entry, language);
  return note === null ? entry.reason : `${entry.reason}${COLON[language]}${note}`;
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

function text(field: string, value: unknown): string {
  return value === null ? '' : (dateText(field, value) ?? String(value));
}
