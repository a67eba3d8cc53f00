import type { Source } from './code-list';

interface Difficulty {
  /** Last part of PIVOT's urn, folded: no accents, no case, letters and digits only. */
  tail: string;
  /** Cirkwi: 1 (very easy) to 5 (very hard). */
  level: 1 | 2 | 3 | 4 | 5;
  source: Source;
}

/** PIVOT's difficulties -> Cirkwi's levels. PIVOT's values are not public: these are the words it is likely to use. */
const DIFFICULTIES: readonly Difficulty[] = [
  { tail: '1', level: 1, source: 'assumed' },
  { tail: '2', level: 2, source: 'assumed' },
  { tail: '3', level: 3, source: 'assumed' },
  { tail: '4', level: 4, source: 'assumed' },
  { tail: '5', level: 5, source: 'assumed' },
  { tail: 'tresfacile', level: 1, source: 'assumed' },
  { tail: 'facile', level: 2, source: 'assumed' },
  { tail: 'moyen', level: 3, source: 'assumed' },
  { tail: 'moyenne', level: 3, source: 'assumed' },
  { tail: 'intermediaire', level: 3, source: 'assumed' },
  { tail: 'difficile', level: 4, source: 'assumed' },
  { tail: 'tresdifficile', level: 5, source: 'assumed' },
  // The colours of mountain bike trails.
  { tail: 'vert', level: 1, source: 'assumed' },
  { tail: 'bleu', level: 2, source: 'assumed' },
  { tail: 'rouge', level: 4, source: 'assumed' },
  { tail: 'noir', level: 5, source: 'assumed' },
];

const LEVELS: ReadonlyMap<string, number> = new Map(DIFFICULTIES.map(({ tail, level }) => [tail, level]));

/** Cirkwi's level of a difficulty as PIVOT writes it (`urn:val:...:facile`, or its last part); null when unknown. */
export function difficultyLevel(code: string): number | null {
  const tail = code.split(':').at(-1) ?? '';
  const folded = tail
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/gu, '');
  return LEVELS.get(folded) ?? null;
}
