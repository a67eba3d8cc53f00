import type {
  CirkwiAddress,
  CirkwiCircuit,
  CirkwiInformation,
  CirkwiKind,
  CirkwiObject,
  CirkwiPoi,
} from './cirkwi-object';
import { cdata, element, type XmlAttributes } from './xml-writer';

const VERSION = '2';
const ROOTS = { circuit: 'circuits', poi: 'pois' } as const satisfies Record<CirkwiKind, string>;

/** XML declaration and opening root tag of a feed. */
export function feedStart(kind: CirkwiKind): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${ROOTS[kind]} version="${VERSION}">\n`;
}

/** Closing root tag: a feed without it was cut off. */
export function feedEnd(kind: CirkwiKind): string {
  return `</${ROOTS[kind]}>\n`;
}

/**
 * One `<circuit>` or `<poi>` with its line end, as the schema that PIVOT publishes for Cirkwi wants it: every required
 * attribute and child in its order, empty elements included (documented). The same object always gives the same bytes.
 * `trackUrl` makes the address under which Cirkwi can fetch a track from us.
 */
export function renderObject(object: CirkwiObject, trackUrl: (hash: string) => string): string {
  const line = object.kind === 'circuit' ? circuit(object, trackUrl) : poi(object);
  return `${line}\n`;
}

function circuit(object: CirkwiCircuit, trackUrl: (hash: string) => string): string {
  const attributes = {
    id_circuit: object.code,
    ...sharedAttributes(object),
    publie_reseau: flag(object.shownOnNetwork),
  };
  return element('circuit', attributes, [
    informations(object),
    element('distance', {}, object.distanceM),
    address(object.address),
    element('auteur'),
    accessibility(object),
    element('fichier_trace', { url: object.track === null ? null : trackUrl(object.track) }),
    privateTags(object),
    locomotions(object),
    element('infos_parcours'),
    element('pois', { version: VERSION }),
    element('lien', {}, object.website),
    element('altitude_minimum', {}, object.altitudeMinM),
    element('altitude_maximum', {}, object.altitudeMaxM),
    element('denivele_positif', {}, object.climbM),
    element('denivele_negatif', {}, object.descentM === null ? null : 0 - object.descentM),
    diffusion(object),
  ]);
}

function poi(object: CirkwiPoi): string {
  const attributes = {
    id_poi: object.code,
    ...sharedAttributes(object),
    publie_reseau_cdf: flag(object.shownOnNetwork),
  };
  const categories = object.categories.map(({ id, name }) =>
    element('categorie', { id_categorie: id, nom: name }),
  );
  return element('poi', attributes, [
    element('categories', {}, categories),
    privateTags(object),
    informations(object),
    address(object.address),
    element('dates'),
    element('auteur'),
    element('lien', {}, object.website),
    element('externalLinks'),
    diffusion(object),
  ]);
}

function sharedAttributes(object: CirkwiObject): XmlAttributes {
  return {
    code_cgt: object.code,
    date_creation: object.createdAt,
    date_modification: object.modifiedAt,
    publie_cirkwi: flag(object.shownOnCirkwi),
  };
}

function informations(object: CirkwiObject): string {
  return element(
    'informations',
    {},
    object.informations.map((one) => information(one, object)),
  );
}

/** Photos and tags stand in each language (documented: the schema has them nowhere else). */
function information({ language, title, description }: CirkwiInformation, object: CirkwiObject): string {
  const images = object.images.map(({ url, credit, captions }) =>
    element('image', {}, [
      optional('legende', captions[language] ?? null),
      element('url', {}, url),
      optional('credit', credit),
    ]),
  );
  const tags = object.publicTags.map(({ id, name }) => element('tag_public', { id, nom: name }));
  return element('information', { langue: language, publie: '1' }, [
    optional('titre', title),
    description === null ? '' : element('description', {}, [cdata(description)]),
    images.length === 0 ? '' : element('medias', {}, [element('images', {}, images)]),
    tags.length === 0 ? '' : element('tags_publics', {}, tags),
  ]);
}

function address(place: CirkwiAddress | null): string {
  if (place === null) return element('adresse');
  const { country, position } = place;
  return element('adresse', {}, [
    optional('num', place.number),
    optional('rue', place.street),
    optional('ville', place.town),
    optional('cp', place.postcode),
    optional('code_insee', place.insCode),
    country === null ? '' : element('pays', { code_pays: country.code }, country.name),
    position === null
      ? ''
      : element('position', {}, [
          element('lat', {}, decimal(position.latitude)),
          element('lng', {}, decimal(position.longitude)),
        ]),
    optional('altitude', place.altitudeM),
  ]);
}

function accessibility({ accessibility: access }: CirkwiCircuit): string {
  return element('accessibilite', {
    accessible_transports_commun: flag(access.publicTransport),
    pmr: flag(access.wheelchair),
    poussette: flag(access.stroller),
  });
}

function privateTags(object: CirkwiObject): string {
  return element(
    'tags_prives',
    {},
    object.privateTags.map((nom) => element('tag_prive', { nom })),
  );
}

function locomotions(object: CirkwiCircuit): string {
  const entries = object.locomotions.map(({ id, name, difficulty, durationS }) =>
    element('locomotion', { type: name, id_locomotion: id, difficulte: difficulty, duree: durationS }),
  );
  return element('locomotions', {}, entries);
}

/** `mobile`, Cirkwi's own apps, goes with Cirkwi itself (assumed). */
function diffusion(object: CirkwiObject): string {
  const cirkwi = flag(object.shownOnCirkwi);
  return element('diffusion', { mobile: cirkwi, cirkwi, reseau: flag(object.shownOnNetwork) });
}

function optional(name: string, content: string | number | null): string {
  return content === null ? '' : element(name, {}, content);
}

/** Never in exponent form, which not every reader of coordinates takes. */
function decimal(degrees: number): string {
  return degrees.toFixed(7).replace(/\.?0+$/u, '');
}

/** Cirkwi writes yes and no as 1 and 0; the values of `accessibilite` are assumed to be the same. */
function flag(value: boolean | null): string | null {
  if (value === null) return null;
  return value ? '1' : '0';
}
