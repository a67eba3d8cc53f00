import { comparable } from './compare-value';
import type { Side } from './crm-record';
import { spell } from './spell-value';
import type { BaseValue, JudgedPair } from './verdict';

/**
 * Both sides hold one value: they mean the same, or one holds what the other's would be written as there (a closed list
 * has its own spelling of it). Nothing is to be written then.
 */
export function isSameValue(pair: JudgedPair, held: BaseValue): boolean {
  const [weavy, mautic] = [
    comparable(pair.as, 'weavy', held.weavy),
    comparable(pair.as, 'mautic', held.mautic),
  ];
  if (weavy === mautic) return true;
  if (weavy === null || mautic === null) return false;
  return spelledOn(pair, 'mautic', held) === mautic || spelledOn(pair, 'weavy', held) === weavy;
}

/** The other side's value as it would be on this side, for comparison; null when it cannot be written there. */
function spelledOn(pair: JudgedPair, side: Side, held: BaseValue): string | null {
  const value = side === 'mautic' ? held.weavy : held.mautic;
  const spelled = spell(pair.as, side, value, pair.limits[side]);
  return 'value' in spelled ? comparable(pair.as, side, spelled.value) : null;
}
