import { placeOf } from './check-pair';
import type { DiscoveredField, FieldMapping } from './field-mapping';
import { pairsOf, writtenSides } from './mapped-objects';
import type { MappingProblem } from './mapping-problem';

/** What is special about contacts: the company of a contact, and the date of its bounce. `fields` are weavy's. */
export function checkContacts(mapping: FieldMapping, fields: readonly DiscoveredField[]): MappingProblem[] {
  return [...companyText(mapping), ...bounceProblems(mapping, fields)];
}

/** Writing Mautic's text field `company` finds or creates a company of that name and makes it the primary one. */
function companyText(mapping: FieldMapping): MappingProblem[] {
  if (mapping.companies === null && mapping.contacts?.company !== true) return [];
  return pairsOf(mapping, 'contacts')
    .filter((pair) => pair.mautic === 'company')
    .map((pair) => ({
      object: 'contacts',
      place: placeOf(pair),
      code: 'company-text',
      severity: 'fail',
      message: {
        fr: 'Écrire le champ company d’un contact crée une société de ce nom dans Webmecanik : retirez cette ligne, le Tiers donne déjà la société du contact.',
        en: 'Writing a contact’s field company creates a company of that name in Webmecanik: remove this line, the Tiers gives the contact its company already.',
      },
    }));
}

/** The field for the date of a bounce must exist, hold one, and be written by nothing else. */
function bounceProblems(mapping: FieldMapping, fields: readonly DiscoveredField[]): MappingProblem[] {
  const name = mapping.contacts?.bounceField ?? null;
  if (name === null) return [];
  const field = fields.find((each) => each.name === name);
  if (field === undefined)
    return [
      bounceProblem(name, 'field-unknown', {
        fr: `weavy n’a pas de champ ${name} pour la date du NPAI. Indiquez son nom, ou écrivez bounceField: null pour ne pas la remonter.`,
        en: `weavy has no field ${name} for the date of a bounce. Give its name, or write bounceField: null to leave bounces alone.`,
      }),
    ];
  return [...unfitForBounces(field), ...writtenElsewhere(name, mapping)];
}

function bounceProblem(
  name: string,
  code: MappingProblem['code'],
  message: MappingProblem['message'],
): MappingProblem {
  return { object: 'contacts', place: `bounceField ${name}`, code, severity: 'fail', message };
}

function unfitForBounces({ name, type, readOnly }: DiscoveredField): MappingProblem[] {
  if (!readOnly && ['datetime', 'text'].includes(type.toLowerCase())) return [];
  return [
    bounceProblem(name, 'bounce-field', {
      fr: `${name} (${type}) ne peut pas garder la date du NPAI : choisissez un champ de date et heure que l’API peut écrire.`,
      en: `${name} (${type}) cannot hold the date of a bounce: choose a date and time field that the API may write.`,
    }),
  ];
}

function writtenElsewhere(name: string, mapping: FieldMapping): MappingProblem[] {
  return pairsOf(mapping, 'contacts')
    .filter((pair) => pair.weavy === name && writtenSides(pair.direction).includes('weavy'))
    .map((pair) =>
      bounceProblem(name, 'bounce-field-mapped', {
        fr: `${name} reçoit déjà la date du NPAI : dans la ligne ${placeOf(pair)}, écrivez direction: toMautic, ou retirez-la.`,
        en: `${name} takes the date of a bounce already: in the line ${placeOf(pair)}, write direction: toMautic, or remove it.`,
      }),
    );
}
