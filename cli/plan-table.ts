import type { Pair } from '../config/schema';
import type { PlanEntry, PlannedChange } from '../db/plans';
import type { Language } from '../mappings/reason-types';
import { dateText, halfTickedNote } from '../operations/pivot-cirkwi/plan-note';
import { isTold, type PlannedEntry } from '../operations/plan-entries';
import { recordWords } from '../operations/record-words';
import { oneKindText } from '../operations/weavy-webmecanik/crm-words';
import { COLON } from './answer';
import { excerpts } from './excerpts';
import { table } from './table';
import { linkText } from './weavy-webmecanik/link-text';

const WORDS = {
  fr: {
    nothing: 'Rien à faire.',
    outcome: 'Issue',
    field: 'Champ ou motif',
    before: 'Avant',
    after: 'Après',
    rule: 'Règle',
    more: 'la liste entière : --json',
    fields: 'champs',
  },
  en: {
    nothing: 'Nothing to do.',
    outcome: 'Outcome',
    field: 'Field or reason',
    before: 'Before',
    after: 'After',
    rule: 'Rule',
    more: 'the whole list: --json',
    fields: 'fields',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** Records that are out of scope for one and the same reason, or only to be linked: so many are named, the others counted. */
const NAMED_OF_SKIPPED = 10;

export interface PlanTableOptions {
  pair: Pair;
  language: Language;
  detail: 'summary' | 'all-fields';
}

export interface PlanTable {
  add(entries: readonly PlannedEntry[]): void;
  text(): string;
}

/**
 * A plan for people, put together page by page: what changes, field by field; a record that is created takes one line,
 * because every field of it is new. `all-fields` shows those too.
 */
export function planTable(options: PlanTableOptions): PlanTable {
  const words = WORDS[options.language];
  const rows: string[][] = [];
  const counted = { skipped: new Map<string, number>(), linked: 0 };
  return {
    add(entries) {
      for (const entry of entries) {
        if (isTold(entry) && isNamed(entry, options, counted)) rows.push(...rowsOf(entry, options));
      }
    },
    text() {
      if (rows.length === 0) return words.nothing;
      return table(columnsOf(options), [...rows, ...uncounted(counted, options.language)]);
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

interface Counted {
  skipped: Map<string, number>;
  linked: number;
}

/** Half-ticked offers are always named: their reason is something to do about. So are ambiguous links. */
function isNamed(entry: PlannedEntry, { language }: PlanTableOptions, counted: Counted): boolean {
  const { skipped } = counted;
  if (entry.outcome === 'unchanged' && entry.reason === null && entry.link?.ambiguous.length === 0) {
    counted.linked += 1;
    return counted.linked <= NAMED_OF_SKIPPED;
  }
  if (entry.outcome !== 'skipped' || halfTickedNote(entry, language) !== null) return true;
  const reason = entry.reason ?? '';
  const n = (skipped.get(reason) ?? 0) + 1;
  skipped.set(reason, n);
  return n <= NAMED_OF_SKIPPED;
}

function uncounted({ skipped, linked }: Counted, language: Language): string[][] {
  const more = linked - NAMED_OF_SKIPPED;
  const links = more > 0 ? [[`+ ${more}`, 'unchanged', WORDS[language].more, '', '', '']] : [];
  const reasons = [...skipped]
    .filter(([, n]) => n > NAMED_OF_SKIPPED)
    .map(([reason, n]) => [
      `+ ${n - NAMED_OF_SKIPPED}`,
      'skipped',
      `${reason} (${WORDS[language].more})`,
      '',
      '',
      '',
    ]);
  return [...links, ...reasons];
}

function rowsOf(entry: PlannedEntry, options: PlanTableOptions): string[][] {
  const { recordId, outcome, changes } = entry;
  const { language } = options;
  const reason = [reasonText(entry, language), linkText(entry.link, language)]
    .filter((part) => part !== '')
    .join('\n');
  if (changes.length === 0) return [[recordId, outcome, reason, '', '', '']];
  if (outcome === 'created' && options.detail === 'summary') {
    const told = [summary(changes, language), reason].filter((part) => part !== '').join('\n');
    return [[recordId, outcome, told, '', '', '']];
  }
  const fields = changes.map((change) => [
    '',
    '',
    fieldText(change, language),
    ...excerpts(text(change.field, change.before), text(change.field, change.after)),
    change.rule,
  ]);
  const [first = [], ...others] = reason === '' ? fields : [['', '', reason, '', '', ''], ...fields];
  return [[recordId, outcome, ...first.slice(2)], ...others];
}

/** Of a CRM, with the side that is written to. */
function fieldText({ kind, field }: PlannedChange, language: Language): string {
  if (field.startsWith(`${kind}.`)) return field;
  const side = oneKindText(kind, language);
  return side === kind ? `${kind}.${field}` : `${side}${COLON[language]}${field}`;
}

function reasonText(entry: PlanEntry, language: Language): string {
  if (entry.reason === null) return '';
  const note = halfTickedNote(entry, language);
  return note === null ? entry.reason : `${entry.reason}${COLON[language]}${note}`;
}

/** `partner: 12 fields, participant: adopted, product: 2`. */
function summary(changes: PlannedChange[], language: Language): string {
  const kinds = [...new Set(changes.map((change) => change.kind))];
  return kinds
    .map((kind) => {
      const own = changes.filter((change) => change.kind === kind);
      if (own.some((change) => change.rule === 'adopt')) return `${kind}: adopted`;
      const of = oneKindText(kind, language);
      if (of !== kind) return `${of}${COLON[language]}${own.length} ${WORDS[language].fields}`;
      return `${kind}: ${own.length}${kind === 'product' ? '' : ' fields'}`;
    })
    .join(', ');
}

function text(field: string, value: unknown): string {
  return value === null ? '' : (dateText(field, value) ?? String(value));
}
