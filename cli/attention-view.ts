import type { AttentionItem } from '../db/attention';
import type { Language, Reasons } from '../mappings/reason-types';
import { valueText } from './answer';
import { table } from './table';

/** An attention item as `--json` prints it, in the sync's language. */
export interface AttentionView {
  id: number;
  sync: string;
  record: string | null;
  reason: string;
  place: string;
  severity: 'action' | 'info';
  state: string;
  what: string;
  why: string;
  next: string;
  detail: Record<string, unknown>;
  decisions: Array<{ code: string; argument: string | null; label: string; effect: string }>;
  decision: string | null;
  argument: string | null;
  decidedBy: string | null;
  openedAt: string;
  seenAt: string;
}

export function attentionView(item: AttentionItem, reasons: Reasons, language: Language): AttentionView {
  const text = reasons.text(item.reason, language);
  return {
    id: item.id,
    sync: item.sync,
    record: item.record_id,
    reason: item.reason,
    place: item.place,
    severity: item.severity,
    state: item.state,
    ...text,
    detail: item.detail,
    decisions:
      item.state === 'open'
        ? reasons.decisions(item.reason).map(({ code, argument, label, effect }) => ({
            code,
            argument: argument ?? null,
            label: label[language],
            effect: effect[language],
          }))
        : [],
    decision: item.decision,
    argument: item.argument,
    decidedBy: item.decided_by,
    openedAt: item.opened_at.toISOString(),
    seenAt: item.seen_at.toISOString(),
  };
}

const WORDS = {
  fr: {
    id: 'Point',
    record: 'Fiche',
    what: 'Constat et suite',
    decisions: 'Décisions possibles',
    decided: 'décidé',
  },
  en: {
    id: 'Item',
    record: 'Record',
    what: 'What and what next',
    decisions: 'Decisions on offer',
    decided: 'decided',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** The items of one sync, for people. */
export function attentionTable(items: readonly AttentionView[], language: Language): string {
  const words = WORDS[language];
  return table(
    [
      { head: words.id },
      { head: words.record, share: 2 },
      { head: words.what, share: 5 },
      { head: words.decisions, share: 3 },
    ],
    items.map((item) => [
      String(item.id),
      [item.record ?? '-', item.place].filter((part) => part !== '').join('\n'),
      [`[${item.reason}] ${item.what}`, item.next, detailText(item.detail)].filter(Boolean).join('\n'),
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
    .map(([name, value]) => `${name}: ${valueText(value)}`)
    .join(', ');
}
