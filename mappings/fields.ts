/** What a synchronised field can hold. Lists and nested objects are flattened to paths such as `address.city`. */
export type FieldValue = string | number | boolean | null;

/** Field path -> value. A missing path means "leave as it is"; `null` means "clear". */
export type Fields = Record<string, FieldValue>;

/** One field that a write changes, as shown in plans and kept in the audit. */
export interface Change {
  field: string;
  before: FieldValue;
  after: FieldValue;
  /** Stable id of the rule that asks for the change, such as `map.address.city` or `drift`. */
  rule: string;
}

/** Something the mapping noticed about one field: it goes on, and people can read why the value is not as typed. */
export interface FieldNote {
  field: string;
  /** `normalised` is for the audit only; the others are shown to operators. */
  code: 'normalised' | 'unknown-value' | 'malformed' | 'inherited';
  raw: string;
  sent: FieldValue;
}
