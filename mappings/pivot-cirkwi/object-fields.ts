import type { Fields, FieldValue } from '../fields';
import type { CirkwiAddress, CirkwiCircuit, CirkwiObject, CirkwiPoi } from './cirkwi-object';

/**
 * The object as flat fields for plans and audit, named after the elements of the feed. A path that is missing is not in
 * the document. Two objects have the same fields exactly when they are written with the same bytes.
 */
export function objectFields(object: CirkwiObject): Fields {
  const network = object.kind === 'circuit' ? 'publie_reseau' : 'publie_reseau_cdf';
  const fields: Record<string, FieldValue> = {
    code: object.code,
    date_creation: object.createdAt,
    date_modification: object.modifiedAt,
    publie_cirkwi: flag(object.shownOnCirkwi),
    [network]: flag(object.shownOnNetwork),
    lien: object.website,
    ...textFields(object),
    ...imageFields(object),
    ...addressFields(object.address),
    ...(object.kind === 'circuit' ? circuitFields(object) : poiFields(object)),
  };
  for (const { id, name } of object.publicTags) fields[`tag_public.${id}`] = name;
  object.privateTags.forEach((name, index) => {
    fields[`tag_prive.${index}`] = name;
  });
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function textFields(object: CirkwiObject): Fields {
  return Object.fromEntries(
    object.informations.flatMap(({ language, title, description }) => [
      [`title.${language}`, title],
      [`description.${language}`, description],
    ]),
  );
}

/** Captions only in the languages that the object is written in. */
function imageFields(object: CirkwiObject): Fields {
  const fields: Fields = {};
  object.images.forEach((image, index) => {
    fields[`images.${index}.url`] = image.url;
    fields[`images.${index}.credit`] = image.credit;
    for (const { language } of object.informations) {
      fields[`images.${index}.legende.${language}`] = image.captions[language] ?? null;
    }
  });
  return fields;
}

function addressFields(address: CirkwiAddress | null): Fields {
  if (address === null) return {};
  return {
    'adresse.num': address.number,
    'adresse.rue': address.street,
    'adresse.ville': address.town,
    'adresse.cp': address.postcode,
    'adresse.code_insee': address.insCode,
    'adresse.pays': address.country?.code ?? null,
    'adresse.lat': address.position?.latitude ?? null,
    'adresse.lng': address.position?.longitude ?? null,
    'adresse.altitude': address.altitudeM,
  };
}

function circuitFields(circuit: CirkwiCircuit): Fields {
  const fields: Fields = {
    distance: circuit.distanceM,
    track: circuit.track,
    'accessibilite.transports_commun': flag(circuit.accessibility.publicTransport),
    'accessibilite.pmr': flag(circuit.accessibility.wheelchair),
    'accessibilite.poussette': flag(circuit.accessibility.stroller),
    altitude_minimum: circuit.altitudeMinM,
    altitude_maximum: circuit.altitudeMaxM,
    denivele_positif: circuit.climbM,
    denivele_negatif: circuit.descentM === null ? null : 0 - circuit.descentM,
  };
  for (const { id, name, difficulty, durationS } of circuit.locomotions) {
    fields[`locomotion.${id}.type`] = name;
    fields[`locomotion.${id}.difficulte`] = difficulty;
    fields[`locomotion.${id}.duree`] = durationS;
  }
  return fields;
}

function poiFields(poi: CirkwiPoi): Fields {
  return Object.fromEntries(poi.categories.map(({ id, name }) => [`categorie.${id}`, name]));
}

function flag(value: boolean | null): number | null {
  if (value === null) return null;
  return value ? 1 : 0;
}
