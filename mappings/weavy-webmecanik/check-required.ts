import { placeOf } from './check-pair';
import type { Side } from './crm-record';
import type { DiscoveredField, FieldMapping, FieldPair } from './field-mapping';
import { ENDS, type MappedObject, pairsOf, writtenSides } from './mapped-objects';
import { type MappingProblem, SIDE_NAMES, TOWARDS } from './mapping-problem';

/** What a create must carry whatever the schema says: weavy's own (reference: required by the connector), and the e-mail. */
const CREATED_WITH = {
  companies: { weavy: ['name'], mautic: [] },
  contacts: { weavy: [], mautic: ['email'] },
  inbounds: { weavy: ['email'], mautic: [] },
} as const satisfies Record<MappedObject, Record<Side, readonly string[]>>;

/** Records are created there when something may be written there. weavy's Contacts never are: an Entrant comes before. */
export function isCreated(object: MappedObject, side: Side, mapping: FieldMapping): boolean {
  if (object === 'contacts' && side === 'weavy') return false;
  if (object === 'inbounds') return side === 'weavy' && mapping.inbounds?.create !== 'none';
  return pairsOf(mapping, object).some((pair) => writtenSides(pair.direction).includes(side));
}

/** Required fields that no create would fill there: each would be refused. */
export function checkRequired(
  object: MappedObject,
  side: Side,
  mapping: FieldMapping,
  fields: readonly DiscoveredField[],
): MappingProblem[] {
  if (!isCreated(object, side, mapping)) return [];
  const own = `${ENDS[object].weavy.slice('weavy/'.length)}_ID`;
  const required = fields.filter((field) => field.required && field.name !== own).map((field) => field.name);
  const names = [...new Set<string>([...CREATED_WITH[object][side], ...required])];
  return names.flatMap((name) => {
    const pair = pairsOf(mapping, object).find((each) => each[side] === name);
    if (pair !== undefined && writtenSides(pair.direction).includes(side)) return [];
    return [missingField(object, side, name, pair)];
  });
}

/** `pair`: the line that maps the field without ever writing it there, if there is one. */
function missingField(
  object: MappedObject,
  side: Side,
  name: string,
  pair: FieldPair | undefined,
): MappingProblem {
  const needed = {
    fr: `${SIDE_NAMES[side]} exige ${name} pour créer une fiche`,
    en: `${SIDE_NAMES[side]} requires ${name} to create a record`,
  };
  if (pair === undefined)
    return {
      object,
      place: name,
      code: 'required-not-mapped',
      severity: 'fail',
      message: {
        fr: `${needed.fr}, et aucun champ ne le remplit : ajoutez-le à la correspondance.`,
        en: `${needed.en}, and no field fills it: add it to the mapping.`,
      },
    };
  return {
    object,
    place: placeOf(pair),
    code: 'required-not-written',
    severity: 'fail',
    message: {
      fr: `${needed.fr}, et cette ligne n’y écrit jamais : écrivez direction: both ou direction: ${TOWARDS[side]}.`,
      en: `${needed.en}, and this line never writes there: write direction: both or direction: ${TOWARDS[side]}.`,
    },
  };
}
