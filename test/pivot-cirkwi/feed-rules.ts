import { SaxesParser } from 'saxes';
import { FEED_SHAPES, type Shape, type ValueType } from './feed-schema';

interface Node {
  name: string;
  attributes: Record<string, string>;
  children: Node[];
  text: string;
}

const VALUES: Readonly<Record<ValueType, RegExp>> = {
  text: /^/u,
  int: /^\s*[+-]?\d{1,10}\s*$/u,
  float: /^\s*(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN)\s*$/u,
  boolean: /^\s*(?:true|false|0|1)\s*$/u,
};

/**
 * Everything that is wrong with a feed; none for a valid one. First the published schema's own rules, then what its
 * loose types leave open: one id per object, dates in Unix seconds, a difficulty from 1 to 5, whole numbers where there
 * are numbers. Knows nothing of how feeds are written here.
 */
export function feedProblems(xml: string, kind: 'circuit' | 'poi'): string[] {
  const root = `${kind}s` as const;
  const read = readXml(xml);
  if (typeof read === 'string') return [read];
  if (read.name !== root) return [`the root is <${read.name}>, not <${root}>`];
  return [
    ...shapeProblems(read, FEED_SHAPES[root], root),
    ...(read.attributes.version === '2' ? [] : ['version: expected 2']),
    ...duplicates(read.children.map((object) => object.attributes[`id_${kind}`] ?? '')),
    ...read.children.flatMap((object) => objectProblems(object, kind)),
  ];
}

/** The document as a tree, or why it is none. */
function readXml(xml: string): Node | string {
  if (!/^<\?xml version="1\.0" encoding="UTF-8"\?>/u.test(xml)) return 'no XML declaration in UTF-8';
  const top: Node = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const failures: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => failures.push(`not well-formed: ${error.message}`));
  parser.on('doctype', () => failures.push('a document type'));
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { name, attributes: { ...attributes }, children: [], text: '' };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => open.pop());
  const addText = (text: string) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(xml).close();
  return failures[0] ?? top.children[0] ?? 'no element';
}

function shapeProblems(node: Node, shape: Shape, path: string): string[] {
  return [...attributeProblems(node, shape, path), ...contentProblems(node, shape, path)];
}

function attributeProblems(node: Node, { attributes }: Shape, path: string): string[] {
  const missing = Object.entries(attributes)
    .filter(([name, rule]) => rule.required && node.attributes[name] === undefined)
    .map(([name]) => `${path}: no ${name}`);
  const wrong = Object.entries(node.attributes).flatMap(([name, value]) => {
    const rule = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (rule === undefined) return [`${path}: unexpected attribute ${name}`];
    return VALUES[rule.type].test(value) ? [] : [`${path}@${name}: expected ${rule.type}`];
  });
  return [...missing, ...wrong];
}

function contentProblems(node: Node, { content }: Shape, path: string): string[] {
  if (typeof content === 'string') {
    if (node.children.length > 0) return [`${path}: unexpected <${node.children[0]?.name}>`];
    if (content === 'nothing') return node.text.trim() === '' ? [] : [`${path}: unexpected text`];
    return VALUES[content].test(node.text) ? [] : [`${path}: expected ${content}`];
  }
  const problems = node.text.trim() === '' ? [] : [`${path}: unexpected text`];
  const rest = [...node.children];
  for (const { name, shape, min, max } of content) {
    let found = 0;
    while (rest[0]?.name === name && (max === 'many' || found < max)) {
      const child = rest.shift();
      if (child !== undefined) problems.push(...shapeProblems(child, shape, `${path}/${name}`));
      found += 1;
    }
    if (found < min) problems.push(`${path}: no ${name} in its place`);
  }
  return rest[0] === undefined ? problems : [...problems, `${path}: unexpected <${rest[0].name}>`];
}

function duplicates(ids: string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) twice.add(id);
    seen.add(id);
  }
  return [...twice].map((id) => `${id}: twice in the feed`);
}

function objectProblems(object: Node, kind: 'circuit' | 'poi'): string[] {
  const id = object.attributes[`id_${kind}`] ?? '';
  const expected = (what: string, value: string | undefined, pattern: RegExp) =>
    value === undefined || pattern.test(value) ? [] : [`${id} ${what}: "${value}"`];
  const text = (name: string) => object.children.find((child) => child.name === name)?.text;
  const locomotions = object.children.find(({ name }) => name === 'locomotions')?.children ?? [];

  return [
    ...(id.trim() === '' ? ['an object without an id'] : []),
    ...(object.attributes.code_cgt === id ? [] : [`${id}: code_cgt is another`]),
    ...expected('date_creation', object.attributes.date_creation, /^\d+$/u),
    ...expected('date_modification', object.attributes.date_modification, /^\d+$/u),
    ...expected('publie_cirkwi', object.attributes.publie_cirkwi, /^[01]$/u),
    ...expected('distance', text('distance'), /^\d*$/u),
    ...expected('altitude_minimum', text('altitude_minimum'), /^(?:-?\d+)?$/u),
    ...expected('altitude_maximum', text('altitude_maximum'), /^(?:-?\d+)?$/u),
    ...expected('denivele_positif', text('denivele_positif'), /^\d*$/u),
    ...expected('denivele_negatif', text('denivele_negatif'), /^(?:0|-\d+)?$/u),
    ...locomotions.flatMap(({ attributes }) => [
      ...expected('id_locomotion', attributes.id_locomotion ?? '', /^\d+$/u),
      ...expected('difficulte', attributes.difficulte, /^[1-5]$/u),
      ...expected('duree', attributes.duree, /^\d+$/u),
    ]),
    ...informationProblems(object, id),
  ];
}

/** One text per language, and no more images than other producers send. */
function informationProblems(object: Node, id: string): string[] {
  const informations = object.children.find(({ name }) => name === 'informations')?.children ?? [];
  const languages = informations.map(({ attributes }) => attributes.langue ?? '');
  const crowded = informations.filter((one) => imagesOf(one) > 10);
  return [
    ...(new Set(languages).size === languages.length ? [] : [`${id}: a language twice`]),
    ...languages.filter((language) => !/^[a-z]{2}$/u.test(language)).map((one) => `${id} langue: "${one}"`),
    ...crowded.map(() => `${id}: more than 10 images`),
  ];
}

function imagesOf(information: Node): number {
  const medias = information.children.find(({ name }) => name === 'medias');
  return medias?.children.find(({ name }) => name === 'images')?.children.length ?? 0;
}
