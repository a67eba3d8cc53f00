import { isObject, type JsonObject } from '../core/value-path';
import type { MauticField, MauticObject } from './field-definition';
import { cleanedValue } from './field-values';
import { isPhpZero } from './php';
import { badRequest, invalid } from './problems';
import { type FieldValue, type FieldValues, isBlank } from './records';
import { fieldsOf, type MauticWorld } from './world';

export type SaveMethod = 'POST' | 'PUT' | 'PATCH';

/** A record as it was sent. */
export interface Form {
  method: SaveMethod;
  body: JsonObject;
}

export function formOf(method: SaveMethod, body: unknown): Form {
  if (isObject(body)) return { method, body };
  throw badRequest('The request needs the values of a record.');
}

/**
 * The fields of a record after a form was submitted to it (`before` null: a new record). Which blanks and zeros are
 * written and what happens to fields that were not sent differs by object, method and flag. Unknown names are ignored
 * (assumed). Throws `Refusal` 400 with the messages of each field.
 */
export function submitted(
  world: MauticWorld,
  object: MauticObject,
  form: Form,
  before: FieldValues | null,
): FieldValues {
  const fields = fieldsOf(world, object);
  const sent = new Map<string, FieldValue>();
  const problems: Record<string, string[]> = {};
  const rule = RULES[object](world, form, before !== null);
  for (const field of fields) {
    const raw = withDefault(field, form, before);
    if (raw === undefined) continue;
    const cleaned = cleanedValue(field, raw);
    if ('problem' in cleaned) problems[field.alias] = [cleaned.problem];
    else if (rule.isWritten(raw, cleaned.value)) sent.set(field.alias, cleaned.value);
  }
  const after: Record<string, FieldValue> = { ...before };
  for (const { alias } of fields) {
    const value = sent.get(alias);
    if (value !== undefined) after[alias] = value;
    else if (rule.unsent === 'blanked' && !(alias in form.body)) after[alias] = null;
  }
  for (const { alias, isRequired } of fields) {
    const isAsked = before === null || sent.has(alias) || form.method === 'PUT';
    if (isRequired && isAsked && isBlank(after[alias]))
      problems[alias] ??= ['This value should not be blank.'];
  }
  if (Object.keys(problems).length > 0) throw invalid(problems);
  return after;
}

/** POST and PUT put the default value where nothing was sent and nothing is stored. */
function withDefault(field: MauticField, { method, body }: Form, before: FieldValues | null): unknown {
  const { alias, defaultValue } = field;
  const sent = body[alias];
  if (method === 'PATCH' || defaultValue === null || defaultValue === '') return sent;
  return isBlank(sent) && sent !== '' && isBlank(before?.[alias]) ? defaultValue : sent;
}

interface WriteRule {
  isWritten(raw: unknown, value: FieldValue): boolean;
  unsent: 'kept' | 'blanked';
}

const RULES: Record<MauticObject, (world: MauticWorld, form: Form, isKnown: boolean) => WriteRule> = {
  contact(world, { method, body }, isKnown) {
    if (method === 'PUT') return { isWritten: () => true, unsent: 'blanked' };
    const overwrites = Boolean(body.overwriteWithBlank);
    return {
      isWritten: (raw, value) =>
        isBlank(value) ? overwrites : world.settings.zeros === 'written' || !isPhpZero(raw),
      // the form of a POST counts what it was not sent as blank, and the flag lets blanks through
      unsent: overwrites && method === 'POST' && isKnown ? 'blanked' : 'kept',
    };
  },
  company: (_world, { method }) => ({
    isWritten: () => true, // a company's flag is always on
    unsent: method === 'PATCH' ? 'kept' : 'blanked',
  }),
};
