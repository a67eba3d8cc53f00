import { type ApiRight, grantText } from './api-rights';
import { checkContacts } from './check-contacts';
import { checkPair, placeOf } from './check-pair';
import { checkRequired, isCreated } from './check-required';
import type { RecordKind, Side } from './crm-record';
import type { DiscoveredField, DiscoveredSchemas, FieldMapping, FieldPair } from './field-mapping';
import { ENDS, MAPPED_OBJECTS, type MappedObject, pairsOf, schemaOf, writtenSides } from './mapped-objects';
import { type MappingProblem, SIDE_NAMES } from './mapping-problem';
import { nearestNames } from './nearest-names';

const SIDES = ['weavy', 'mautic'] as const;

/** Every way in which the mapping does not fit what both platforms have, in the order of the document. */
export function checkMapping(mapping: FieldMapping, schemas: DiscoveredSchemas): MappingProblem[] {
  return MAPPED_OBJECTS.filter((object) => mapping[object] !== null).flatMap((object) => {
    const unreachable = missingTables(object, mapping, schemas);
    const fields = {
      weavy: schemaOf(schemas, ENDS[object].weavy),
      mautic: schemaOf(schemas, ENDS[object].mautic),
    };
    if (fields.weavy === undefined || fields.mautic === undefined) return unreachable;
    return checkObject(object, mapping, { weavy: fields.weavy, mautic: fields.mautic });
  });
}

/** A mapped field that its platform no longer has: that field is paused, for all records. */
export interface GoneField {
  object: MappedObject;
  weavy: string;
  /** Null for the field that takes the date of a bounce, which has no counterpart. */
  mautic: string | null;
  missing: Side[];
}

/** The mapped fields that no longer exist. An object that could not be discovered says nothing about its fields. */
export function goneFields(mapping: FieldMapping, schemas: DiscoveredSchemas): GoneField[] {
  const isGone = (object: MappedObject, side: Side, name: string) => {
    const fields = schemaOf(schemas, ENDS[object][side]);
    return fields !== undefined && find(fields, name) === undefined;
  };
  const pairs = MAPPED_OBJECTS.flatMap((object) =>
    pairsOf(mapping, object).map(({ weavy, mautic }): GoneField => {
      const names = { weavy, mautic };
      return { object, weavy, mautic, missing: SIDES.filter((side) => isGone(object, side, names[side])) };
    }),
  );
  const bounceField = mapping.contacts?.bounceField ?? null;
  const bounce: GoneField[] =
    bounceField !== null && isGone('contacts', 'weavy', bounceField)
      ? [{ object: 'contacts', weavy: bounceField, mautic: null, missing: ['weavy'] }]
      : [];
  return [...pairs.filter((field) => field.missing.length > 0), ...bounce];
}

type ObjectFields = Record<Side, DiscoveredField[]>;

function checkObject(object: MappedObject, mapping: FieldMapping, fields: ObjectFields): MappingProblem[] {
  const pairs = pairsOf(mapping, object);
  const checked = pairs.flatMap((pair) => {
    const [weavy, mautic] = [find(fields.weavy, pair.weavy), find(fields.mautic, pair.mautic)];
    if (weavy === undefined || mautic === undefined)
      return unknownFields(object, pair, fields, isKey(mapping, object, pair));
    return checkPair(object, pair, { weavy, mautic });
  });
  return [
    ...checked,
    ...SIDES.flatMap((side) => checkRequired(object, side, mapping, fields[side])),
    ...(object === 'contacts' ? checkContacts(mapping, fields.weavy) : []),
  ];
}

function find(fields: readonly DiscoveredField[], name: string): DiscoveredField | undefined {
  return fields.find((field) => field.name === name);
}

/** Whether records are matched by this pair. */
function isKey(mapping: FieldMapping, object: MappedObject, pair: FieldPair): 'key' | 'plain' {
  const key = object === 'companies' ? mapping.companies?.key : { weavy: 'email', mautic: 'email' };
  return pair.weavy === key?.weavy && pair.mautic === key.mautic ? 'key' : 'plain';
}

function unknownFields(
  object: MappedObject,
  pair: FieldPair,
  fields: ObjectFields,
  role: 'key' | 'plain',
): MappingProblem[] {
  return SIDES.filter((side) => find(fields[side], pair[side]) === undefined).map((side) => {
    const near = nearestNames(pair[side], fields[side]).join(', ');
    const hint = {
      fr: near === '' ? 'La commande fields montre les champs qui existent' : `Le plus proche : ${near}`,
      en: near === '' ? 'The fields command shows those that exist' : `Nearest: ${near}`,
    };
    const why =
      role === 'key'
        ? {
            fr: ' et c’est la clé : sans elle, rien n’est relié',
            en: ', and it is the key: without it nothing is linked',
          }
        : { fr: '', en: '' };
    return {
      object,
      place: placeOf(pair),
      code: role === 'key' ? 'key-unknown' : 'field-unknown',
      severity: 'fail',
      message: {
        fr: `${SIDE_NAMES[side]} n’a pas de champ ${pair[side]}${why.fr}. ${hint.fr} ; corrigez le nom, ou rétablissez le champ.`,
        en: `${SIDE_NAMES[side]} has no field ${pair[side]}${why.en}. ${hint.en}; correct the name, or restore the field.`,
      },
    };
  });
}

/** One problem per table out of reach, naming what to tick for all that this mapping does there. */
function missingTables(
  object: MappedObject,
  mapping: FieldMapping,
  schemas: DiscoveredSchemas,
): MappingProblem[] {
  const tables: RecordKind[] = [ENDS[object].weavy, ENDS[object].mautic];
  return tables
    .filter((table) => schemaOf(schemas, table) === undefined)
    .map((table) => {
      const rights = neededRights(object, table, mapping);
      return {
        object,
        place: table,
        code: 'no-right',
        severity: 'warn',
        message: {
          fr: `Les champs ne peuvent pas être lus, et cet objet n’est pas synchronisé : ${grantText(table, rights, 'fr')}.`,
          en: `The fields cannot be read, and this object is not synchronised: ${grantText(table, rights, 'en')}.`,
        },
      };
    });
}

/** What this mapping does with a table: it always reads; it creates and updates where its directions say so. */
function neededRights(object: MappedObject, table: RecordKind, mapping: FieldMapping): ApiRight[] {
  const side = table === ENDS[object].weavy ? 'weavy' : 'mautic';
  const isUpdated =
    pairsOf(mapping, object).some((pair) => writtenSides(pair.direction).includes(side)) ||
    (table === 'weavy/customercontact' && mapping.contacts?.bounceField !== null);
  return [
    'READ',
    ...(isCreated(object, side, mapping) ? (['ADD'] as const) : []),
    ...(isUpdated ? (['UPDATE'] as const) : []),
  ];
}
