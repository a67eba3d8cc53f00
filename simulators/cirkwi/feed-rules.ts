import type { XmlElement } from './xml-element';

/**
 * What the published schema of the feeds that PIVOT hands to Cirkwi asks of a circuit and of a POI (documented), in our
 * own words. Cirkwi itself may well accept more (assumed: it is not public); what passes here passes there. Elements and
 * attributes that are not listed are ignored, as an importer does.
 */
interface ElementRule {
  attributes: Readonly<Record<string, AttributeRule>>;
  /** `number` must be one; `text` may be anything; children stand in this order. */
  content: 'text' | 'number' | readonly ChildRule[];
  /** Without any child it is valid too. */
  mayBeEmpty?: true;
}

interface AttributeRule {
  type: 'text' | 'integer' | 'boolean' | 'date';
  need: 'required' | 'optional';
}

interface ChildRule {
  name: string;
  occurs: 'once' | 'at most once' | 'any number';
  rule: ElementRule;
}

const required = (type: AttributeRule['type'] = 'text'): AttributeRule => ({ type, need: 'required' });
const optional = (type: AttributeRule['type'] = 'text'): AttributeRule => ({ type, need: 'optional' });
const once = (name: string, rule: ElementRule): ChildRule => ({ name, occurs: 'once', rule });
const maybe = (name: string, rule: ElementRule): ChildRule => ({ name, occurs: 'at most once', rule });
const list = (name: string, rule: ElementRule, attributes: ElementRule['attributes'] = {}): ElementRule => ({
  attributes,
  content: [{ name, occurs: 'any number', rule }],
});
const holds = (...content: ChildRule[]): ElementRule => ({ attributes: {}, content });
const only = (attributes: ElementRule['attributes']): ElementRule => ({ attributes, content: 'text' });

const TEXT: ElementRule = { attributes: {}, content: 'text' };
const NUMBER: ElementRule = { attributes: {}, content: 'number' };

const IMAGE: ElementRule = {
  attributes: { nature: optional('integer') },
  content: [maybe('legende', TEXT), maybe('url', TEXT), maybe('credit', TEXT)],
};
const VIDEO = holds(maybe('code', TEXT), maybe('credit', TEXT));
const SOUND = holds(maybe('url', TEXT), maybe('credit', TEXT));
const MEDIAS = holds(
  maybe('images', list('image', IMAGE)),
  maybe('videos', list('video', VIDEO)),
  maybe('sons', list('son', SOUND)),
);
const INFORMATION: ElementRule = {
  attributes: { langue: required(), publie: optional('integer') },
  content: [
    maybe('titre', TEXT),
    maybe('description', TEXT),
    maybe('medias', MEDIAS),
    maybe(
      'informations_complementaires',
      list('information_complementaire', holds(maybe('titre', TEXT), maybe('description', TEXT))),
    ),
    maybe('tags_publics', list('tag_public', only({ id: optional('integer'), nom: optional() }))),
    maybe('pdf_perso', TEXT),
  ],
};
const INFORMATIONS = list('information', INFORMATION);
const ADDRESS = holds(
  maybe('num', TEXT),
  maybe('rue', TEXT),
  maybe('ville', TEXT),
  maybe('cp', TEXT),
  maybe('code_insee', TEXT),
  maybe('pays', only({ code_pays: required() })),
  maybe('position', holds(maybe('lat', NUMBER), maybe('lng', NUMBER))),
  maybe('altitude', NUMBER),
);
const CATEGORIES = list('categorie', only({ id_categorie: required('integer'), nom: optional() }));
const PRIVATE_TAGS = list('tag_prive', only({ id: optional(), nom: required() }));
const AUTHOR = only({ id_utilisateur: optional() });
const SHOWN_ON = only({ mobile: optional(), cirkwi: optional(), reseau: optional() });
const DATES = list('date', {
  attributes: { recursivite_annuelle: optional('boolean') },
  content: [maybe('date_debut', TEXT), maybe('date_fin', TEXT)],
});
const LINK: ElementRule = {
  attributes: { type: optional() },
  content: [once('a_partir_de', TEXT), once('devise', TEXT), once('type', TEXT), once('lien', TEXT)],
};

export const POI_RULE: ElementRule = {
  attributes: {
    id_poi: required(),
    code_cgt: required(),
    date_modification: required('date'),
    date_creation: required('date'),
    publie_cirkwi: optional('integer'),
    publie_reseau_cdf: optional('integer'),
  },
  content: [
    once('categories', CATEGORIES),
    once('tags_prives', PRIVATE_TAGS),
    once('informations', INFORMATIONS),
    once('adresse', ADDRESS),
    once('dates', DATES),
    once('auteur', AUTHOR),
    once('lien', TEXT),
    once('externalLinks', list('link', LINK)),
    once('diffusion', SHOWN_ON),
  ],
};

/** A step has all three parts or none. */
const STEP: ElementRule = {
  attributes: { code_cgt: required() },
  content: [once('categories', CATEGORIES), once('informations', INFORMATIONS), once('adresse', ADDRESS)],
  mayBeEmpty: true,
};

export const CIRCUIT_RULE: ElementRule = {
  attributes: {
    id_circuit: required(),
    code_cgt: required(),
    date_modification: required('date'),
    date_creation: required('date'),
    publie_cirkwi: optional('integer'),
    publie_reseau: optional('integer'),
  },
  content: [
    once('informations', INFORMATIONS),
    once('distance', TEXT),
    once('adresse', ADDRESS),
    once('auteur', AUTHOR),
    once(
      'accessibilite',
      only({ accessible_transports_commun: optional(), pmr: optional(), poussette: optional() }),
    ),
    once('fichier_trace', only({ url: optional() })),
    once('tags_prives', PRIVATE_TAGS),
    once('locomotions', list('locomotion', only({}))),
    once('infos_parcours', list('info_parcours', STEP)),
    once('pois', list('poi', POI_RULE, { version: required() })),
    once('lien', TEXT),
    once('altitude_minimum', TEXT),
    once('altitude_maximum', TEXT),
    once('denivele_positif', TEXT),
    once('denivele_negatif', TEXT),
    once('diffusion', SHOWN_ON),
  ],
};

/** Everything in which an element breaks its rule, each with the path to it. Empty: it is valid. */
export function problemsOf(found: XmlElement, rule: ElementRule, path = found.name): string[] {
  return [...attributeProblems(found, rule, path), ...contentProblems(found, rule, path)];
}

function attributeProblems(found: XmlElement, rule: ElementRule, path: string): string[] {
  return Object.entries(rule.attributes).flatMap(([name, { type, need }]) => {
    const value = found.attributes[name]?.trim();
    if (value === undefined || (value === '' && need === 'required')) {
      return need === 'required' ? [`${path}@${name} is missing`] : [];
    }
    return FORMS[type].test(value) ? [] : [`${path}@${name} is not of type ${type}`];
  });
}

/** Dates: Unix seconds or ISO 8601 (documented that both occur). */
const FORMS: Readonly<Record<AttributeRule['type'], RegExp>> = {
  text: /^/,
  integer: /^[+-]?\d{1,10}$/,
  boolean: /^(true|false|0|1)$/,
  date: /^(\d{1,11}|\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)$/,
};

const NUMBER_FORM = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

function contentProblems(found: XmlElement, { content, mayBeEmpty }: ElementRule, path: string): string[] {
  if (mayBeEmpty && found.children.length === 0) return [];
  if (content === 'text') return [];
  if (content === 'number') return NUMBER_FORM.test(found.text.trim()) ? [] : [`${path} is not a number`];

  const problems: string[] = [];
  const seen = new Set<string>();
  let reached = 0;
  for (const child of found.children) {
    const position = content.findIndex(({ name }) => name === child.name);
    const expected = content[position];
    if (!expected) continue;
    const at = `${path}/${child.name}`;
    if (position < reached) problems.push(`${at} stands after ${content[reached]?.name}`);
    else if (seen.has(child.name) && expected.occurs !== 'any number')
      problems.push(`${at} occurs more than once`);
    reached = Math.max(reached, position);
    seen.add(child.name);
    problems.push(...problemsOf(child, expected.rule, at));
  }
  const missing = content.filter(({ name, occurs }) => occurs === 'once' && !seen.has(name));
  return [...problems, ...missing.map(({ name }) => `${path}/${name} is missing`)];
}
