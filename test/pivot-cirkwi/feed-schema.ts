/**
 * What the published schema of the two feeds allows, in our own words: which attributes and children each element has,
 * in which order, and what their values look like. Nothing else may stand in a feed.
 */
export type ValueType = 'text' | 'int' | 'float' | 'boolean';

export interface Shape {
  attributes: Readonly<Record<string, { type: ValueType; required: boolean }>>;
  /** The type of its text, or its children in their order. */
  content: ValueType | 'nothing' | readonly Child[];
}

export interface Child {
  name: string;
  shape: Shape;
  min: 0 | 1;
  max: 1 | 'many';
}

const one = (name: string, shape: Shape): Child => ({ name, shape, min: 1, max: 1 });
const maybe = (name: string, shape: Shape): Child => ({ name, shape, min: 0, max: 1 });
const holds = (...content: Child[]): Shape => ({ attributes: {}, content });
const listOf = (name: string, shape: Shape): Shape => holds({ name, shape, min: 0, max: 'many' });

/** Attributes as `name` or `name:type`; a star makes one required. */
const bears = (names: string, content: Shape['content'] = 'nothing'): Shape => ({
  attributes: Object.fromEntries(
    names.split(' ').map((spelled) => {
      const [name = '', type = 'text'] = spelled.replace('*', '').split(':');
      return [name, { type: type as ValueType, required: spelled.endsWith('*') }]; // written above, by us
    }),
  ),
  content,
});

const TEXT: Shape = { attributes: {}, content: 'text' };
const FLOAT: Shape = { attributes: {}, content: 'float' };

const medias = holds(
  maybe(
    'images',
    listOf('image', bears('nature:int', [maybe('legende', TEXT), maybe('url', TEXT), maybe('credit', TEXT)])),
  ),
  maybe('videos', listOf('video', holds(maybe('code', TEXT), maybe('credit', TEXT)))),
  maybe('sons', listOf('son', holds(maybe('url', TEXT), maybe('credit', TEXT)))),
);

const informations = listOf(
  'information',
  bears('langue* publie:int', [
    maybe('titre', TEXT),
    maybe('description', TEXT),
    maybe('medias', medias),
    maybe(
      'informations_complementaires',
      listOf('information_complementaire', holds(maybe('titre', TEXT), maybe('description', TEXT))),
    ),
    maybe('tags_publics', listOf('tag_public', bears('id:int nom'))),
    maybe('pdf_perso', TEXT),
  ]),
);

const adresse = holds(
  maybe('num', TEXT),
  maybe('rue', TEXT),
  maybe('ville', TEXT),
  maybe('cp', TEXT),
  maybe('code_insee', TEXT),
  maybe('pays', bears('code_pays*', 'text')),
  maybe('position', holds(maybe('lat', FLOAT), maybe('lng', FLOAT))),
  maybe('altitude', FLOAT),
);

const categories = listOf('categorie', bears('id_categorie:int* nom'));
const tagsPrives = listOf('tag_prive', bears('id nom*'));
const auteur = bears('id_utilisateur', 'text');
const diffusion = bears('mobile cirkwi reseau');
const dates = listOf(
  'date',
  bears('recursivite_annuelle:boolean', [maybe('date_debut', TEXT), maybe('date_fin', TEXT)]),
);
const externalLinks = listOf(
  'link',
  bears('type', [one('a_partir_de', TEXT), one('devise', TEXT), one('type', TEXT), one('lien', TEXT)]),
);

const IDENTITY = 'code_cgt* date_modification* date_creation* id_utilisateur publie_cirkwi:int';

const poi = bears(`id_poi* ${IDENTITY} publie_reseau_cdf:int numero`, [
  one('categories', categories),
  one('tags_prives', tagsPrives),
  one('informations', informations),
  one('adresse', adresse),
  one('dates', dates),
  one('auteur', auteur),
  one('lien', TEXT),
  one('externalLinks', externalLinks),
  one('diffusion', diffusion),
]);

const pois = bears('version*', listOf('poi', poi).content);

const infoParcours = bears('numero date_creation date_modification id_info_parcours code_cgt*', [
  one('categories', categories),
  one('informations', informations),
  one('adresse', adresse),
]);

const circuit = bears(`id_circuit* ${IDENTITY} publie_reseau:int`, [
  one('informations', informations),
  one('distance', TEXT),
  one('adresse', adresse),
  one('auteur', auteur),
  one('accessibilite', bears('accessible_transports_commun pmr poussette')),
  one('fichier_trace', bears('url')),
  one('tags_prives', tagsPrives),
  one('locomotions', listOf('locomotion', bears('type id_locomotion difficulte duree'))),
  one('infos_parcours', listOf('info_parcours', infoParcours)),
  one('pois', pois),
  one('lien', TEXT),
  one('altitude_minimum', TEXT),
  one('altitude_maximum', TEXT),
  one('denivele_positif', TEXT),
  one('denivele_negatif', TEXT),
  one('diffusion', diffusion),
]);

/** Root element -> its shape. */
export const FEED_SHAPES = {
  circuits: bears('version*', listOf('circuit', circuit).content),
  pois,
} as const;
