/**
 * Where a line of a code list comes from. Cirkwi's ids and names are documented (they are published with another
 * producer of the same feed; Cirkwi has added entries since). Which of PIVOT's codes stands for which of them is public
 * nowhere, so every pairing is `assumed`, unless the two sides bear the same name.
 */
export type Source = 'documented' | 'same-name' | 'assumed';

/** An entry of one of Cirkwi's lists. */
export interface CirkwiEntry {
  id: number;
  name: string;
  source: Source;
}

/** A code that no list knows: its field is left out (settled question 27). */
export interface UnknownCode {
  list: 'difficulties' | 'public-tags' | 'poi-categories';
  code: string;
}

/** Each code once, in a fixed order. */
export function distinctCodes(codes: readonly UnknownCode[]): UnknownCode[] {
  const byKey = new Map(codes.map((code) => [`${code.list} ${code.code}`, code]));
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, code]) => code);
}
