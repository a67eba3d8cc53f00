import type { Change, Fields, FieldValue } from './fields';

/** What we last sent for one field, and what the target's reply then showed: they differ when the platform altered it. */
export type BaseField = { sent: FieldValue; stored: FieldValue };

/** Field path -> the last agreement about it. A missing path means that we never sent this field. */
export type Base = Record<string, BaseField>;

export interface DiffInput {
  /** What the mapping asks for. A missing path leaves the target's field as it is. */
  desired: Fields;
  /** What the target holds now; `null` when the record is yet to be created. */
  actual: Fields | null;
  base: Base;
  /** Paths that wait for a person's decision: they never change. */
  pausedFields: readonly string[];
  /** First part of the rule of ordinary changes, `map` by default; a plan may say `adopt` instead. */
  rulePrefix?: string;
}

export interface FieldDiff {
  /** One per changed field, ordered by field. */
  changes: Change[];
  /** What to send: exactly the `after` values of `changes`. */
  patch: Fields;
}

/** A value that the target stored otherwise than we sent it. */
export interface AlteredField {
  field: string;
  sent: FieldValue;
  stored: FieldValue;
  /** The same alteration of the same value as the last time: the caller pauses the field (settled question 3). */
  repeated: boolean;
}

/**
 * The changes that bring the target to the desired state, and the rule behind each: `create` for a new record,
 * `drift.<path>` when somebody edited what we had sent, else `map.<path>`.
 *
 * No change when both sides agree (blank forms agree with each other), when the target still shows what it made of the
 * value that we send, when the field is paused, or when `null` is asked for a field that we never filled: an explicit
 * blank clears what came from the source, not what people typed on the target (reference: "null after a value").
 */
export function diffFields(input: DiffInput): FieldDiff {
  const changes: Change[] = [];
  const paused = new Set(input.pausedFields);

  for (const field of Object.keys(input.desired).sort()) {
    if (paused.has(field)) continue;
    const after = input.desired[field] ?? null;
    const before = valueAt(input.actual ?? {}, field);
    const base = baseAt(input.base, field);
    if (!needsWrite(after, before, base)) continue;
    changes.push({ field, before, after, rule: ruleOf(input, field, after, base) });
  }

  return { changes, patch: Object.fromEntries(changes.map(({ field, after }) => [field, after])) };
}

/**
 * The base after a write: for each sent field, what was sent and what the reply shows; the other fields keep theirs.
 * A field that the reply does not carry counts as stored empty, so hand over a whole record (read it when the reply
 * has no body). `altered` lists where the two differ.
 */
export function compareReply(input: { sent: Fields; reply: Fields; base: Base }): {
  base: Base;
  altered: AlteredField[];
} {
  const base: Base = { ...input.base };
  const altered: AlteredField[] = [];

  for (const field of Object.keys(input.sent).sort()) {
    const sent = input.sent[field] ?? null;
    const stored = valueAt(input.reply, field);
    const before = baseAt(input.base, field);
    base[field] = { sent, stored };
    if (sameValue(sent, stored)) continue;
    const repeated = before !== null && sameValue(before.sent, sent) && sameValue(before.stored, stored);
    altered.push({ field, sent, stored, repeated });
  }

  return { base, altered };
}

/** Equality between platforms: `null`, an empty text and a missing field are the same blank. */
export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  return Object.is(comparable(a), comparable(b));
}

function needsWrite(after: FieldValue, before: FieldValue, base: BaseField | null): boolean {
  if (sameValue(after, before)) return false;
  if (base === null) return !isBlank(after);
  const keptAsAltered = sameValue(after, base.sent) && sameValue(before, base.stored);
  return !keptAsAltered;
}

function ruleOf(input: DiffInput, field: string, after: FieldValue, base: BaseField | null): string {
  if (input.actual === null) return 'create';
  // Here the target no longer shows what it stored for this very value: somebody edited it there.
  if (base !== null && sameValue(after, base.sent)) return `drift.${field}`;
  const prefix = input.rulePrefix ?? 'map';
  return prefix === 'create' ? 'create' : `${prefix}.${field}`;
}

function comparable(value: FieldValue | undefined): FieldValue {
  if (value === undefined || value === '') return null;
  return value === 0 ? 0 : value; // -0 is 0
}

function isBlank(value: FieldValue): boolean {
  return value === null || value === '';
}

function valueAt(fields: Fields, field: string): FieldValue {
  return Object.hasOwn(fields, field) ? (fields[field] ?? null) : null;
}

function baseAt(base: Base, field: string): BaseField | null {
  return Object.hasOwn(base, field) ? (base[field] ?? null) : null;
}
