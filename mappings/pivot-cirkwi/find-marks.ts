/** A Boolean field of the thesaurus, as far as telling filters and tags apart needs it. */
export interface MarkField {
  urn: string;
  label: string;
  category: string | null;
  owner: string | null;
}

/** The urns that publish an offer, by what they mean. */
export interface Marks {
  filterUrns: string[];
  cirkwiTagUrns: string[];
  networkTagUrns: string[];
}

export interface FoundMarks {
  marks: Marks;
  /** Meanings with more than one candidate: a person names the urn in the configuration. */
  ambiguous: Array<{ meaning: keyof Marks; candidates: MarkField[] }>;
  missing: Array<keyof Marks>;
}

/** Labels of the seed: the filter of the identification panel and the two public tags of the Cirkwi panel. */
const CIRKWI = 'cirkwi';
const NETWORK = 'reseau cdf';

/**
 * Finds the filter and the tags by label, case and accents ignored (settled question 25). One urn that stands in several
 * categories or types is one candidate. What the configuration names is taken as it is.
 */
export function findMarks(fields: readonly MarkField[], configured: Marks): FoundMarks {
  const found: FoundMarks = {
    marks: { filterUrns: [], cirkwiTagUrns: [], networkTagUrns: [] },
    ambiguous: [],
    missing: [],
  };
  const candidates: Record<keyof Marks, MarkField[]> = {
    filterUrns: fields.filter((field) => plain(field.label) === CIRKWI && !isTag(field, fields)),
    cirkwiTagUrns: fields.filter((field) => plain(field.label) === CIRKWI && isTag(field, fields)),
    networkTagUrns: fields.filter((field) => plain(field.label) === NETWORK),
  };
  for (const meaning of ['filterUrns', 'cirkwiTagUrns', 'networkTagUrns'] as const) {
    if (configured[meaning].length > 0) {
      found.marks[meaning] = [...configured[meaning]];
      continue;
    }
    const urns = [...new Set(candidates[meaning].map((field) => field.urn))].sort();
    if (urns.length === 1) found.marks[meaning] = urns;
    else if (urns.length === 0) found.missing.push(meaning);
    else
      found.ambiguous.push({
        meaning,
        candidates: urns.flatMap((urn) =>
          candidates[meaning].filter((field) => field.urn === urn).slice(0, 1),
        ),
      });
  }
  return found;
}

/**
 * Filter and tag bear one label: the tag is the one that stands, anywhere, in the Cirkwi panel (`urn:cat:cirkwi`), or
 * whose urn says so. Anything else with that label is a filter.
 */
function isTag(field: MarkField, all: readonly MarkField[]): boolean {
  if (/^urn:fld:cirkwi\b/i.test(field.urn)) return true;
  if (/^urn:fld:filt/i.test(field.urn)) return false;
  return all.some((other) => other.urn === field.urn && /^urn:cat:cirkwi\b/i.test(other.category ?? ''));
}

function plain(label: string): string {
  return label.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase();
}
