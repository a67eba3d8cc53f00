import type { DiscoveredField } from './field-mapping';

/** Less alike than this is no help to anybody. */
const ALIKE = 0.4;
const AT_MOST = 3;

/** Names of fields that somebody may have meant by `name`: spelled alike, or shown on the screen under that label. */
export function nearestNames(name: string, fields: readonly DiscoveredField[]): string[] {
  return fields
    .map((field) => ({
      name: field.name,
      likeness: Math.max(likeness(name, field.name), likeness(name, field.label)),
    }))
    .filter((candidate) => candidate.likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness || (a.name < b.name ? -1 : 1))
    .slice(0, AT_MOST)
    .map((candidate) => candidate.name);
}

/** Share of letter pairs that two texts have in common, 0 to 1; case, accents, spaces and signs do not count. */
function likeness(a: string, b: string): number {
  const [left, right] = [letterPairs(a), letterPairs(b)];
  if (left.length === 0 || right.length === 0) return 0;
  const rest = [...right];
  let common = 0;
  for (const pair of left) {
    const found = rest.indexOf(pair);
    if (found === -1) continue;
    rest.splice(found, 1);
    common += 1;
  }
  return (2 * common) / (left.length + right.length);
}

function letterPairs(text: string): string[] {
  const letters = text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2));
}
