import { majorOf, mauticRules } from './rules';

/** One condition of a list's `where` (words documented). */
export type Condition =
  | { col: string; expr: 'eq' | 'gt' | 'gte' | 'lte' | 'like' | 'in'; val: string }
  | { col: string; expr: 'isNull' | 'isNotNull' | 'isNotEmpty' }
  | { expr: 'andX' | 'orX'; val: Condition[] };

/** Conditions as the parameters of an address: `where[0][val][1][col]`. All of them must hold. */
export function whereQuery(conditions: readonly Condition[], at = 'where'): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [index, condition] of conditions.entries()) {
    const here = `${at}[${index}]`;
    query[`${here}[expr]`] = condition.expr;
    if ('col' in condition) query[`${here}[col]`] = condition.col;
    if (!('val' in condition)) continue;
    if (typeof condition.val === 'string') query[`${here}[val]`] = condition.val;
    else Object.assign(query, whereQuery(condition.val, `${here}[val]`));
  }
  return query;
}

export function afterId(after: number): Condition {
  return { col: 'id', expr: 'gt', val: String(after) };
}

/** Visitors without a name are contacts too: whoever was identified, or has an e-mail, is none of them. */
export const IDENTIFIED: Condition = {
  expr: 'orX',
  val: [
    { col: 'date_identified', expr: 'isNotNull' },
    { col: 'email', expr: 'isNotEmpty' },
  ],
};

/** Modified within [from, to]; or added then, when never modified: such a record has no date of change. */
export function changedWithin(changed: { from: number; to: number }): Condition {
  const from = databaseTime(changed.from);
  const to = databaseTime(changed.to);
  const within = (col: string): Condition[] => [
    { col, expr: 'gte', val: from },
    { col, expr: 'lte', val: to },
  ];
  return {
    expr: 'orX',
    val: [
      { expr: 'andX', val: within('date_modified') },
      { expr: 'andX', val: [{ col: 'date_modified', expr: 'isNull' }, ...within('date_added')] },
    ],
  };
}

/** Dates are compared as text with a column in UTC that holds whole seconds: both ends are cut to their second. */
function databaseTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** Characters that may not survive on their way into the query: Mautic escapes values as for HTML, and PHP reads a backslash in a list. */
const ESCAPED = /[&<>"'\\]/;
/** What a pattern must not take for itself, and what HTML escaping changes: any one character stands for it. */
const UNSAFE_IN_PATTERN = /[&<>"'%_\\]/g;

/**
 * One of these values, in a way that this version answers truthfully: `eq` each, or `in` from version 4 on. A value that
 * escaping would change is asked for with `like`; what that finds too much, the caller's own comparison leaves out. Kept
 * beside `in` as well, because whether `in` undoes an apostrophe's escaping depends on the instance's PHP (derived).
 */
export function oneOf(col: string, values: readonly string[], version: string): Condition {
  const patterns = values
    .filter((value) => ESCAPED.test(value))
    .map((value): Condition => ({ col, expr: 'like', val: value.replace(UNSAFE_IN_PATTERN, '_') }));
  if (!hasIn(version)) {
    const equals = values
      .filter((value) => !ESCAPED.test(value))
      .map((value): Condition => ({ col, expr: 'eq', val: value }));
    return { expr: 'orX', val: [...equals, ...patterns] };
  }
  const list = values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');
  const within: Condition = { col, expr: 'in', val: list };
  return patterns.length === 0 ? within : { expr: 'orX', val: [within, ...patterns] };
}

/** One of these numbers. */
export function oneOfIds(ids: readonly string[], version: string): Condition {
  if (hasIn(version)) return { col: 'id', expr: 'in', val: ids.join(',') };
  return { expr: 'orX', val: ids.map((id): Condition => ({ col: 'id', expr: 'eq', val: id })) };
}

function hasIn(version: string): boolean {
  const major = majorOf(version);
  return major !== null && major >= mauticRules.firstMajorWithIn;
}

/** A condition of its own: three parameters, whose brackets are encoded. */
const OWN_CONDITION = 150;
/** A value of a list: quotes and a comma, encoded. */
const LISTED = 9;

/** About how long a value makes the address, in characters, as `oneOf` or `oneOfIds` asks for it. */
export function conditionLength(value: string, version: string): number {
  const length = encodeURIComponent(value).length;
  if (!hasIn(version)) return OWN_CONDITION + length;
  return ESCAPED.test(value) ? OWN_CONDITION + LISTED + 2 * length : LISTED + length;
}
