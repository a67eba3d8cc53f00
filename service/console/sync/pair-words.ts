import type { Pair } from '../../../config/schema';
import type { Language } from '../../../mappings/reason-types';

/** The two ends of a pair as people call them: the arrow is read out as words. */
const PAIRS = {
  'planexpo-inwink': { from: 'Planexpo', arrow: '→', to: 'Inwink' },
  'pivot-cirkwi': { from: 'PIVOT', arrow: '→', to: 'Cirkwi' },
  'weavy-webmecanik': { from: 'weavy', arrow: '↔', to: 'Webmecanik' },
} as const satisfies Record<Pair, { from: string; arrow: '→' | '↔'; to: string }>;

export function pairText(pair: Pair): string {
  const { from, arrow, to } = PAIRS[pair];
  return `${from} ${arrow} ${to}`;
}

/** The same for those who listen. */
export function pairSpoken(pair: Pair, language: Language): string {
  const { from, arrow, to } = PAIRS[pair];
  const joined = { fr: { '→': 'vers', '↔': 'et' }, en: { '→': 'to', '↔': 'and' } } as const;
  return `${from} ${joined[language][arrow]} ${to}`;
}
