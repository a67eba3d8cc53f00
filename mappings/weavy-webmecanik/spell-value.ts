import type { FieldValue } from '../fields';
import { comparable } from './compare-value';
import { countryCodeOf, mauticCountryOf } from './countries';
import type { Side } from './crm-record';
import { readCulture, spellCulture } from './cultures';
import type { ValueForm } from './field-mapping';
import { readMoment, spellDay, spellMoment } from './moments';
import { readBoolean, readList, readNumber } from './plain-values';
import type { JudgedPair, Verdict } from './verdict';

export type SpellProblem = NonNullable<Verdict['problem']>;
export type Spelled = { value: FieldValue } | { problem: SpellProblem };

/** The parts of an address that Mautic's own check insists on; its refusal would take the whole record with it. */
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * A value of the other side as `side` writes it. A closed list decides about the spelling, and refuses what it does not
 * have; a text is never cut. Blanks are null. `comparable` of the result is that of the value, but for a closed list
 * that knows the value in another case.
 */
export function spell(
  form: ValueForm,
  side: Side,
  value: FieldValue,
  limits: JudgedPair['limits'][Side],
): Spelled {
  if (comparable(form, side, value) === null) return { value: null };
  const text = String(value).trim();
  const { choices } = limits;
  if (form === 'list') return spellList(side, readList(text), limits);
  const spelled = inForm(form, side, text);
  if (choices === null)
    return 'problem' in spelled ? spelled : withinLength(side, spelled.value, limits.length);
  const choice = chosen(form, side, 'problem' in spelled ? text : String(spelled.value), choices);
  return choice === null ? { problem: 'unknown-value' } : { value: choice };
}

function inForm(form: Exclude<ValueForm, 'list'>, side: Side, text: string): Spelled {
  switch (form) {
    case 'text':
    case 'phone':
      return { value: text };
    case 'email':
      return ADDRESS.test(text) ? { value: text } : { problem: 'malformed' };
    case 'country':
      return spellCountry(side, text);
    case 'language':
      return orMalformed(readCulture(text), (culture) => spellCulture(side, culture));
    case 'boolean':
      return orMalformed(readBoolean(text), (answer) => answer);
    case 'number':
      return orMalformed(readNumber(text), (number) => number);
    case 'date':
      return orMalformed(readMoment(text), (moment) => spellDay(side, moment));
    case 'datetime':
      return orMalformed(readMoment(text), (moment) => spellMoment(side, moment));
  }
}

function orMalformed<Read>(read: Read | null, write: (read: Read) => FieldValue): Spelled {
  return read === null ? { problem: 'malformed' } : { value: write(read) };
}

/** The text comes from the other side: weavy's code becomes a name, Mautic's name a code. */
function spellCountry(side: Side, text: string): Spelled {
  const code = countryCodeOf(side === 'weavy' ? 'mautic' : 'weavy', text);
  const spelled = code !== null && side === 'mautic' ? mauticCountryOf(code) : code;
  return spelled === null ? { problem: 'unknown-value' } : { value: spelled };
}

function spellList(
  side: Side,
  values: readonly string[],
  { length, choices }: JudgedPair['limits'][Side],
): Spelled {
  if (choices === null) return withinLength(side, values.join('|'), length);
  const known = values.map((value) => chosen('text', side, value, choices));
  if (known.includes(null)) return { problem: 'unknown-value' };
  return { value: [...new Set(known)].join('|') };
}

/** The list's own spelling of a value: to the letter, else without case, else by its meaning (`1` for yes). */
function chosen(form: ValueForm, side: Side, text: string, choices: readonly string[]): string | null {
  if (choices.includes(text)) return text;
  const folded = fold(text);
  const meaning = comparable(form, side, text);
  return (
    choices.find((choice) => fold(choice) === folded) ??
    choices.find((choice) => comparable(form, side, choice) === meaning) ??
    null
  );
}

function fold(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}

/** Mautic counts characters; weavy, on .NET, counts the two halves of an emoji (assumed): the stricter way to count. */
function withinLength(side: Side, value: FieldValue, length: number | null): Spelled {
  if (typeof value !== 'string' || length === null) return { value };
  const held = side === 'weavy' ? value.length : [...value].length;
  return held > length ? { problem: 'too-long' } : { value };
}
