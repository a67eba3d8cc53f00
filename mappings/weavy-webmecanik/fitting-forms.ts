import { VALUE_FORMS, type ValueForm } from './field-mapping';

/**
 * What a field of each type can hold. weavy's words beside `text` and `text(foreignkey)` are assumed (reference, field
 * discovery); a type that is not listed says nothing, so every form is let through.
 */
const WEAVY_FORMS: Readonly<Record<string, readonly ValueForm[]>> = {
  text: VALUE_FORMS,
  'text(foreignkey)': ['text', 'country', 'language'],
  boolean: ['boolean'],
  integer: ['number'],
  decimal: ['number'],
  datetime: ['datetime', 'date'],
  binary: [],
};

/** The same for Mautic, most telling form first. */
const MAUTIC_FORMS: Readonly<Record<string, readonly ValueForm[]>> = {
  email: ['email'],
  tel: ['phone', 'text'],
  number: ['number'],
  boolean: ['boolean'],
  date: ['date'],
  datetime: ['datetime', 'date'],
  time: ['text'],
  select: ['text', 'boolean', 'number', 'country', 'language'],
  multiselect: ['list'],
  country: ['country'],
  region: ['text'],
  locale: ['language'],
  timezone: ['text'],
};

/** The forms (`as`) that a value may have between fields of these two types, best first; none when they never meet. */
export function fittingForms(weavyType: string, mauticType: string): ValueForm[] {
  const weavy = WEAVY_FORMS[weavyType.toLowerCase()] ?? VALUE_FORMS;
  const mautic = MAUTIC_FORMS[mauticType.toLowerCase()] ?? VALUE_FORMS;
  return mautic.filter((form) => weavy.includes(form));
}
