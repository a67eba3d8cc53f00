import { type AttentionItem, listOpenItems } from '../db/attention';
import type { Language, Reasons } from '../mappings/reason-types';
import type { OperationContext } from './context';
import { languageOf, reasonsFor, syncOf } from './syncs';

/** An attention item in one language: what `attention --json` prints. */
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

/** The item with its texts, and the decisions on offer while it is open. */
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

export interface AttentionAsked {
  /** All syncs without it, those of items that outlived their sync's configuration too. */
  sync?: string | undefined;
  limit: number;
  /** @default each sync's own */
  language?: Language | undefined;
}

/**
 * Items that are not over, of any weight and state: what needs a person first, then by sync and number. `more`: the limit cut some
 * off; `waiting`: something waits for a person, shown or not.
 */
export async function listAttention(
  { configuration, pool }: OperationContext,
  { sync, limit, language }: AttentionAsked,
): Promise<{ items: AttentionView[]; more: boolean; waiting: boolean }> {
  if (sync !== undefined) syncOf(configuration, sync);
  const found = await listOpenItems(pool, sync ?? null, limit + 1);
  const items = found
    .slice(0, limit)
    .map((item) =>
      attentionView(
        item,
        reasonsFor(configuration, item.sync),
        language ?? languageOf(configuration, item.sync),
      ),
    );
  return { items, more: found.length > limit, waiting: found.some(needsPerson) };
}

/** Whether the item waits for a person's answer; the others only tell, or were answered. */
export function needsPerson({ state, severity }: Pick<AttentionView, 'state' | 'severity'>): boolean {
  return state === 'open' && severity === 'action';
}
