import type { Pair } from '../config/schema';
import type { Language } from '../mappings/reason-types';
import type { AttentionView } from '../operations/attention';
import { recordWords } from '../operations/record-words';
import { COLON, valueText } from './answer';
import { table } from './table';

const WORDS = {
  fr: {
    id: 'Point',
    record: 'Fiche',
    what: 'Constat et suite',
    decisions: 'Décisions possibles',
    decided: 'décidé',
    compare: 'Voir les deux tracés',
  },
  en: {
    id: 'Item',
    record: 'Record',
    what: 'What and what next',
    decisions: 'Decisions on offer',
    decided: 'decided',
    compare: 'See both tracks',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** The items of one sync, for people. `pair` is null for a sync that left the configuration. */
export function attentionTable(
  items: readonly AttentionView[],
  language: Language,
  pair: Pair | null,
): string {
  const words = WORDS[language];
  return table(
    [
      { head: words.id },
      { head: pair === null ? words.record : recordWords(pair, language).One, share: 2 },
      { head: words.what, share: 5 },
      { head: words.decisions, share: 3 },
    ],
    items.map((item) => [
      String(item.id),
      [item.record ?? '-', item.place].filter((part) => part !== '').join('\n'),
      [`[${item.reason}] ${item.what}`, item.next, detailText(item.detail), whereToLook(item, language)]
        .filter(Boolean)
        .join('\n'),
      item.state === 'decided'
        ? `${words.decided}: ${item.decision} (${valueText(item.decidedBy)})`
        : item.decisions
            .map(
              ({ code, argument, label }) => `${code}${argument === null ? '' : ` <${argument}>`}: ${label}`,
            )
            .join('\n'),
    ]),
  );
}

function detailText(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${valueText(rounded(value))}`)
    .join(', ');
}

/** Thousandths are enough for people: a share such as 0.01 is 1 %. */
function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value;
}

/** Items about an edited track name the edit: the two tracks are drawn with the record. */
function whereToLook({ sync, record, detail }: AttentionView, language: Language): string {
  if (record === null || detail.edit === undefined) return '';
  return `${WORDS[language].compare}${COLON[language]}passerelle show ${sync} ${record}`;
}
