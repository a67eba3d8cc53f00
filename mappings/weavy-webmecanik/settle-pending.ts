import type { Fields, FieldValue } from '../fields';
import { comparable } from './compare-value';
import type { Side } from './crm-record';
import type { CoupleBase, JudgedPair } from './verdict';

type Sent = Record<string, { sent: FieldValue; other: FieldValue }>;

/**
 * The base when an attempt died between its write and its record of it: a value that the platform can have made of what
 * was sent (cut, without its markup) is our own write coming back, not somebody's edit. Anything else is judged as ever.
 */
export function settlePending(input: {
  pairs: readonly JudgedPair[];
  base: CoupleBase;
  pending: Partial<Record<Side, Sent>>;
  fields: Record<Side, Fields>;
}): CoupleBase {
  const base: CoupleBase = { ...input.base };
  for (const side of ['weavy', 'mautic'] as const) {
    for (const [field, { sent, other }] of Object.entries(input.pending[side] ?? {})) {
      const pair = input.pairs.find((each) => each.weavy === field);
      if (pair === undefined) continue;
      const held = input.fields[side][pair[side]] ?? null;
      const unchanged =
        comparable(pair.as, side, held) === comparable(pair.as, side, base[field]?.[side] ?? null);
      const isOurs =
        comparable(pair.as, side, held) === comparable(pair.as, side, sent) || canComeFrom(held, sent);
      if (unchanged || !isOurs) continue;
      base[field] = side === 'weavy' ? { weavy: held, mautic: other } : { weavy: other, mautic: held };
    }
  }
  return base;
}

function canComeFrom(held: FieldValue, sent: FieldValue): boolean {
  if (held === null || sent === null) return held === sent;
  const [kept, text] = [String(held), String(sent)];
  if (kept === text) return true;
  const plain = text.replace(/<[^>]*>/g, '').trim();
  return kept !== '' && (plain === kept || plain.startsWith(kept));
}
