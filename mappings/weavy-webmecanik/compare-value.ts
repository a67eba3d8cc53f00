import type { FieldValue } from '../fields';
import { countryCodeOf } from './countries';
import type { Side } from './crm-record';
import { readCulture } from './cultures';
import type { ValueForm } from './field-mapping';
import { readMoment } from './moments';
import { plainText, readBoolean, readList, readNumber } from './plain-values';

const MINUTE = 'YYYY-MM-DDTHH:MM'.length;
const DAY = 'YYYY-MM-DD'.length;

/**
 * What a value of one side means, in a form in which both sides can be compared: null for every blank, the same text for
 * every spelling of one value. Moments are UTC minutes, dates are days, lists are sets. A value that is not of its form
 * (`see below` as a phone number, an unknown country) compares by its text, so that an edit of it is still an edit.
 */
export function comparable(form: ValueForm, side: Side, value: FieldValue | undefined): string | null {
  const text = plainText(value);
  if (text === '') return null;
  if (form === 'list') return setOf(text);
  return meaningOf(form, side, text) ?? text;
}

function meaningOf(form: Exclude<ValueForm, 'list'>, side: Side, text: string): string | null {
  switch (form) {
    case 'text':
      return text;
    case 'email':
      return text.toLowerCase().normalize('NFC');
    case 'phone':
      return dialled(text);
    case 'country':
      return countryCodeOf(side, text);
    case 'language':
      return readCulture(text);
    case 'boolean':
      return readBoolean(text)?.toString() ?? null;
    case 'number':
      return readNumber(text)?.toString() ?? null;
    case 'date':
      return readMoment(text)?.slice(0, DAY) ?? null;
    case 'datetime':
      return readMoment(text)?.slice(0, MINUTE) ?? null;
  }
}

/** What is dialled, however it is spaced: `+33 (0)1.02` is `0033 1 02`. Letters stay: `poste 12` may become `poste 14`. */
function dialled(text: string): string | null {
  const packed = text
    .toLowerCase()
    .replace(/^(\+|00)([^(]*)\(0\)/, '$1$2')
    .replace(/[\s().,;:/\\_\p{Pd}]/gu, '')
    .replace(/^00/, '+');
  return packed === '' ? null : packed;
}

function setOf(text: string): string | null {
  const values = readList(text);
  return values.length === 0 ? null : values.sort().join('|');
}
