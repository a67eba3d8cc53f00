import type { WeavyField } from './fields';
import { fieldRefused } from './problems';
import type { Value } from './row-table';

export type FieldType = WeavyField['fieldType'];

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(\.\d+)?)?$/;

/**
 * A value as it is stored. `null` is always possible. Throws a refusal that names the field: `FIELD_TYPE` (assumed) or
 * `FIELD_LENGTH`.
 */
export function storedValue({ fieldName, fieldType, fieldLength }: WeavyField, sent: unknown): Value {
  if (sent === null) return null;
  const value = typedValue(fieldType, sent);
  if (value === undefined) throw wrongType(fieldName, fieldType);
  if (typeof value === 'string' && fieldLength !== null && value.length > fieldLength)
    throw fieldRefused('FIELD_LENGTH', fieldName, 'Value too long');
  return value;
}

/** A value that rows are compared with: text is also taken for what it spells. */
export function comparedValue(fieldName: string, type: FieldType, sent: unknown): Value {
  if (sent === null) return null;
  const value = typedValue(type, spelledOut(type, sent));
  if (value === undefined) throw wrongType(fieldName, type);
  return value;
}

/** Negative, 0 or positive, as for `sort`; null comes first, as in SQL Server. */
export function compareValues(a: Value, b: Value, fold: (text: string) => string): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [fold(String(a)), fold(String(b))];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Date-times have no offset; with a space in place of the T they are understood too (derived). */
export function dateTime(text: string): string | undefined {
  const [, day, time = '00:00:00', fraction = ''] = DATE_TIME.exec(text) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(`${day}T${time}Z`))) return undefined;
  return `${day}T${time}${fraction}`;
}

function typedValue(type: FieldType, value: unknown): Value | undefined {
  switch (type) {
    case 'text':
    case 'text(foreignkey)':
      return typeof value === 'string' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
    case 'decimal':
      return typeof value === 'number' ? value : undefined;
    case 'datetime':
      return typeof value === 'string' ? dateTime(value) : undefined;
    case 'binary':
      return typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? value : undefined;
  }
}

function spelledOut(type: FieldType, value: unknown): unknown {
  if (type === 'text' || type === 'text(foreignkey)') return String(value);
  if (typeof value !== 'string') return value;
  if (type === 'integer' || type === 'decimal') return value.trim() === '' ? value : Number(value);
  if (type !== 'boolean') return value;
  return value.toLowerCase() === 'true' ? true : value.toLowerCase() === 'false' ? false : value;
}

function wrongType(fieldName: string, type: FieldType): Error {
  return fieldRefused('FIELD_TYPE', fieldName, `Field '${fieldName}' expects a value of type ${type}`);
}
