import type { MauticObject } from './field-definition';
import { cleanedValue } from './field-values';
import type { Form } from './form';
import { invalid } from './problems';
import { type CompanyRow, type FieldValues, isBlank, isSameKey } from './records';
import { fieldsOf, type MauticWorld, tableOf } from './world';

/** Records with one of the form's unique values; blanks match nothing. */
export function uniqueMatches(world: MauticWorld, object: MauticObject, form: Form): CompanyRow[] {
  return fieldsOf(world, object)
    .filter(({ isUniqueIdentifier }) => isUniqueIdentifier)
    .flatMap((field) => {
      const cleaned = cleanedValue(field, form.body[field.alias]);
      return 'value' in cleaned ? tableOf(world, object).holding(field.alias, cleaned.value) : [];
    });
}

interface Taken {
  alias: string;
  row: CompanyRow;
}

/** Other records whose unique value this save would take. A value that does not change takes nothing (assumed). */
export function takenBy(
  world: MauticWorld,
  object: MauticObject,
  before: CompanyRow | null,
  after: FieldValues,
): Taken[] {
  return fieldsOf(world, object)
    .filter(({ isUniqueIdentifier }) => isUniqueIdentifier)
    .filter(({ alias }) => !isBlank(after[alias]) && !isSameKey(after[alias], before?.fields[alias]))
    .flatMap(({ alias }) =>
      tableOf(world, object)
        .holding(alias, after[alias])
        .filter(({ id }) => id !== before?.id)
        .map((row) => ({ alias, row })),
    );
}

/** Version 5 refuses a unique value that another record has. */
export function refuseTaken(others: readonly Taken[]): void {
  if (others.length === 0) return;
  const message = 'This field must be unique. Another record has this value.';
  throw invalid(Object.fromEntries(others.map(({ alias }) => [alias, [message]])), 422);
}
