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
  const place = `bounceField ${name}`;
  const common = { object: 'contacts', severity: 'fail', place } as const;
  if (field === undefined)
    return [
      {
        ...common,
        code: 'field-unknown',
        message: {
          fr: `weavy n’a pas de champ ${name} pour la date du NPAI. Indiquez son nom, ou écrivez bounceField: null pour ne pas la remonter.`,
          en: `weavy has no field ${name} for the date of a bounce. Give its name, or write bounceField: null to leave bounces alone.`,
        },
      },
    ];
  const unfit = field.readOnly || !['datetime', 'text'].includes(field.type.toLowerCase());
  const writer = pairsOf(mapping, 'contacts').find(
    (pair) => pair.weavy === name && writtenSides(pair.direction).includes('weavy'),
  );
  return [
    ...(unfit
      ? [
          {
            ...common,
            code: 'bounce-field',
            message: {
              fr: `${name} (${field.type}) ne peut pas garder la date du NPAI : choisissez un champ de date et heure que l’API peut écrire.`,
              en: `${name} (${field.type}) cannot hold the date of a bounce: choose a date and time field that the API may write.`,
            },
          } as const,
        ]
      : []),
    ...(writer !== undefined
      ? [
          {
            ...common,
            code: 'bounce-field-mapped',
            message: {
              fr: `${name} reçoit déjà la date du NPAI : dans la ligne ${placeOf(writer)}, écrivez direction: toMautic, ou retirez-la.`,
              en: `${name} takes the date of a bounce already: in the line ${placeOf(writer)}, write direction: toMautic, or remove it.`,
            },
          } as const,
        ]
      : []),
  ];
}
