/** A search as PIVOT's Query document describes it, in one form. */
export interface PivotSearch {
  criteria: Criterion;
  sort: { field: string; descending: boolean } | null;
  /** Answer, in place of what was found, what is linked to it by this relation. */
  exportLinks: { urn: string; reverse: boolean } | null;
}

export type Criterion =
  | { kind: 'group'; type: 'and' | 'or'; parts: Criterion[] }
  | { kind: 'field'; field: string; operator: Operator; target: Target; values: string[] }
  | { kind: 'query'; id: string; parameters: ReadonlyMap<string, string> }
  | { kind: 'basket'; codes: string[] }
  | { kind: 'link'; urn: string; exists: boolean; target: LinkTarget }
  | { kind: 'near'; latitude: string; longitude: string; radiusKm: string };

export const OPERATORS = [
  'exist',
  'dontexist',
  'equal',
  'notequal',
  'like',
  'notlike',
  'lesser',
  'lesserequal',
  'greater',
  'greaterequal',
  'in',
  'between',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** `status` is reserved by PIVOT's schema; here it is the state of editing (assumed). */
export const TARGETS = ['value', 'type', 'status', 'datemod', 'datecre'] as const;
export type Target = (typeof TARGETS)[number];

export const LINK_TARGETS = ['parent', 'child', 'both'] as const;
export type LinkTarget = (typeof LINK_TARGETS)[number];
