import type { ThesaurusField } from './client';
import { BOOLEAN_NODE, CATEGORY_NODE, thesaurusNodeSchema } from './contract';

interface Place {
  node: unknown;
  /** Nearest category above. */
  category: string | null;
}

/**
 * The Boolean fields of an offer type's tree, in its order. A field that stands in several categories comes once, under
 * the first of them; its label is the French one, and its urn where it has none.
 */
export function booleanFieldsOf(roots: unknown[], offerType: number): ThesaurusField[] {
  const found = new Map<string, ThesaurusField>();
  const waiting = placesOf(roots, null);
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const parsed = thesaurusNodeSchema.safeParse(place.node);
    if (!parsed.success) continue;
    const { urn, type, label, userGlobalName, userGlobalId, spec } = parsed.data;
    if (urn !== null && type === BOOLEAN_NODE && !found.has(urn)) {
      const owner = userGlobalName ?? userGlobalId;
      found.set(urn, { urn, label: label.fr ?? urn, category: place.category, owner, offerType });
    }
    waiting.push(...placesOf(spec, type === CATEGORY_NODE ? urn : place.category));
  }
  return [...found.values()];
}

/** Last first, because the last one is taken next. */
function placesOf(nodes: unknown[], category: string | null): Place[] {
  return nodes.map((node) => ({ node, category })).reverse();
}
