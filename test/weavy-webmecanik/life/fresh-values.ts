import type { FieldValue } from '../../../mappings/fields';
import type { Side } from '../../../mappings/weavy-webmecanik/crm-record';
import type { ValueForm } from '../../../mappings/weavy-webmecanik/field-mapping';
import type { SeededRandom } from '../../../simulators/core/seeded-random';

/** Values that nobody used before, spelled as each side spells them; both sides can hold every one of them. */
export interface FreshValues {
  value(form: ValueForm, side: Side): FieldValue;
  email(): string;
  companyName(): string;
}

type Spelled = Readonly<Record<Side, string>>;

const COUNTRIES: readonly [Spelled, ...Spelled[]] = [
  { weavy: 'FR', mautic: 'France' },
  { weavy: 'BE', mautic: 'Belgium' },
  { weavy: 'CH', mautic: 'Switzerland' },
  { weavy: 'ES', mautic: 'Spain' },
  { weavy: 'IT', mautic: 'Italy' },
];
const LANGUAGES: readonly [Spelled, ...Spelled[]] = [
  { weavy: 'FR-FR', mautic: 'fr_FR' },
  { weavy: 'DE-DE', mautic: 'de_DE' },
  { weavy: 'EN-GB', mautic: 'en_GB' },
  { weavy: 'NL-BE', mautic: 'nl_BE' },
];
const WORDS = ['Éclat', "L'Orée", 'Modèle', 'Façade', 'Nœud', 'Étape'] as const;

/** `choices`: what lists may hold. `tag` keeps the values of two lives apart. */
export function freshValues(
  random: SeededRandom,
  choices: readonly [string, ...string[]],
  tag: string,
): FreshValues {
  let count = 0;
  const next = (): number => {
    count += 1;
    return count;
  };
  const email = (): string => `vie-${tag}-${next()}@vie.example`;

  const value = (form: ValueForm, side: Side): FieldValue => {
    const number = next();
    switch (form) {
      case 'text':
        return `${random.pick(WORDS)} ${number}`;
      case 'email':
        return email();
      case 'phone':
        return `+33 1 99 00 ${pair(number / 100)} ${pair(number)}`;
      case 'country':
        return random.pick(COUNTRIES)[side];
      case 'language':
        return random.pick(LANGUAGES)[side];
      case 'boolean':
        // Webmecanik may not hold a false that is sent to it: that is a matter of other tests.
        return side === 'mautic' ? number % 2 === 0 : true;
      case 'number':
        return number;
      case 'date':
        return dayAfter(number);
      case 'datetime':
        return side === 'weavy' ? `${dayAfter(number)}T10:30:00` : `${dayAfter(number)} 10:30`;
      case 'list':
        return choices.filter((_, index) => ((number >> index) & 1) === 1).join('|') || choices[0];
    }
  };
  return { value, email, companyName: () => `Société de vie ${tag} ${next()}` };
}

function pair(number: number): string {
  return String(Math.floor(number) % 100).padStart(2, '0');
}

function dayAfter(days: number): string {
  return new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
}
