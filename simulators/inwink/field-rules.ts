import { getAlpha2Codes } from 'i18n-iso-countries';
import type { EntityName, InwinkFieldDefinition } from './state';

/** Says what is wrong with a value, or nothing. */
export type FieldRule = (value: unknown) => string | null;

const COUNTRIES: ReadonlySet<string> = new Set(Object.keys(getAlpha2Codes()));

const requiredText: FieldRule = (value) =>
  typeof value === 'string' && value.trim() !== '' ? null : 'A value is required.';
const optionalText: FieldRule = (value) =>
  value === null || typeof value === 'string' ? null : 'Text is expected.';
const optionalNumber: FieldRule = (value) =>
  value === null || typeof value === 'number' ? null : 'A number is expected.';
const optionalFlag: FieldRule = (value) =>
  value === null || typeof value === 'boolean' ? null : 'true or false is expected.';

function requiredChoice(choices: readonly string[]): FieldRule {
  return (value) =>
    typeof value === 'string' && choices.includes(value) ? null : `One of ${choices.join(', ')} is expected.`;
}

function optionalChoice(choices: readonly string[]): FieldRule {
  const required = requiredChoice(choices);
  return (value) => (value === null ? null : required(value));
}

const country: FieldRule = (value) =>
  value === null || (typeof value === 'string' && COUNTRIES.has(value))
    ? null
    : 'A two-letter country code (ISO 3166-1) is expected.';

const optionalEmail: FieldRule = (value) =>
  value === null || (typeof value === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim()))
    ? null
    : 'A valid e-mail address is expected.';

/** Closed lists: statuses are public, the others assumed or settled. */
const STATIC_RULES: Record<EntityName, Record<string, FieldRule>> = {
  exhibitor: {
    name: requiredText,
    status: requiredChoice(['Draft', 'Preview', 'Published']),
    affiliatedToId: optionalText,
    emplacement: optionalText,
    website: optionalText,
    'address.street': optionalText,
    'address.street2': optionalText,
    'address.zipCode': optionalText,
    'address.city': optionalText,
    'address.country': country,
  },
  registered: {
    email: optionalEmail,
    title: optionalChoice(['Mr', 'Mrs']),
    firstname: optionalText,
    lastname: optionalText,
    company: optionalText,
    position: optionalText,
    phone: optionalText,
    mobilePhone: optionalText,
    preferredLanguage: optionalChoice(['fr', 'en', 'nl', 'de', 'es', 'it']),
    registrationStatus: requiredChoice(['Registered', 'Refused', 'Not registered']),
    category: optionalChoice(['Exhibitor', 'Visitor', 'Speaker', 'Press']), // assumed, but for the first
  },
};

/** Every field that may be written, by path. Anything else is refused, so that a typing error shows (assumed). */
export function fieldRules(
  entity: EntityName,
  definitions: readonly InwinkFieldDefinition[],
): ReadonlyMap<string, FieldRule> {
  const rules = new Map(Object.entries(STATIC_RULES[entity]));
  for (const definition of definitions) {
    if (definition.entity === entity) rules.set(`customFields.${definition.key}`, customRule(definition));
  }
  return rules;
}

function customRule({ type, choices = [] }: InwinkFieldDefinition): FieldRule {
  switch (type) {
    case 'text':
      return optionalText;
    case 'number':
      return optionalNumber;
    case 'boolean':
      return optionalFlag;
    case 'singleChoice':
      return optionalChoice(choices);
    case 'multipleChoices':
      return (value) =>
        value === null || (Array.isArray(value) && value.every((each) => choices.includes(each)))
          ? null
          : `A list of ${choices.join(', ')} is expected.`;
  }
}
