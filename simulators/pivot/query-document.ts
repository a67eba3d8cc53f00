import type { JsonObject } from '../core/value-path';
import {
  type Criterion,
  LINK_TARGETS,
  type LinkTarget,
  OPERATORS,
  type Operator,
  type PivotSearch,
  TARGETS,
  type Target,
} from './criteria';
import { refusal } from './refusals';
import { entries, objects, postedDocument, textIn } from './xml-tree';

/** Criteria of PIVOT's schema that this simulator does not play. */
const NOT_PLAYED = ['CriteriaQuickSearch', 'CriteriaGeospatial', 'CriteriaKeyword', 'CriteriaObjectDate'];

/** Reads a Query document, XML or JSON. Throws a refusal (400) that says what cannot be understood. */
export function readQuery(body: unknown): PivotSearch {
  const query = postedDocument(body, 'Query');
  const parts = criteriaIn(query);
  if (parts.length === 0) throw refusal('bad-request', 'the query has no criteria');
  const sortField = textIn(query.sortField);
  const [exported] = entries(query, 'ExportRelOffre');
  const urn = textIn(exported);
  return {
    criteria: { kind: 'group', type: 'and', parts },
    sort: sortField === null ? null : { field: sortField, descending: textIn(query.sortMode) === 'DESC' },
    exportLinks: urn === null ? null : { urn, reverse: isTrue(exported) },
  };
}

function isTrue(exported: unknown): boolean {
  return typeof exported === 'object' && exported !== null && 'reverse' in exported
    ? textIn(exported.reverse) === 'true'
    : false;
}

function criteriaIn(node: JsonObject): Criterion[] {
  const unplayed = NOT_PLAYED.find((name) => name in node);
  if (unplayed) throw refusal('bad-request', `${unplayed} is not known here`);
  return [
    ...objects(node, 'CriteriaGroup').map(group),
    ...objects(node, 'CriteriaField').map(field),
    ...objects(node, 'CriteriaQuery').map(storedQuery),
    ...objects(node, 'CriteriaBasket').map(
      (basket): Criterion => ({ kind: 'basket', codes: texts(basket, 'offre') }),
    ),
    ...objects(node, 'CriteriaRelOffre').map(link),
    ...objects(node, 'CriteriaOrthodromic').map(near),
  ];
}

function group(node: JsonObject): Criterion {
  return {
    kind: 'group',
    type: known(textIn(node.type) ?? 'and', ['and', 'or'] as const),
    parts: criteriaIn(node),
  };
}

function field(node: JsonObject): Criterion {
  const name = textIn(node.field);
  if (name === null) throw refusal('bad-request', 'CriteriaField needs a field');
  const operator: Operator = known(textIn(node.operator) ?? 'like', OPERATORS);
  const target: Target = known(textIn(node.target) ?? 'value', TARGETS);
  const values = [...texts(node, 'value'), ...texts(node, 'values')];
  const needed = operator.endsWith('exist') ? 0 : operator === 'between' ? 2 : 1;
  if (values.length < needed) throw refusal('bad-request', `${operator} needs ${needed} value(s)`);
  return { kind: 'field', field: name, operator, target, values };
}

function storedQuery(node: JsonObject): Criterion {
  const id = textIn(node.value);
  if (id === null) throw refusal('bad-request', 'CriteriaQuery needs the code of a query');
  const parameters = new Map(
    objects(node, 'param').map((each) => [textIn(each.name) ?? '', textIn(each.value) ?? '']),
  );
  return { kind: 'query', id, parameters };
}

function link(node: JsonObject): Criterion {
  const urn = textIn(node.field);
  if (urn === null) throw refusal('bad-request', 'CriteriaRelOffre needs the urn of a relation');
  const target: LinkTarget = known(textIn(node.target) ?? 'parent', LINK_TARGETS);
  return { kind: 'link', urn, exists: textIn(node.operator) !== 'dontexist', target };
}

function near(node: JsonObject): Criterion {
  const part = (name: string): string => textIn(node[name]) ?? '';
  return { kind: 'near', latitude: part('latitude'), longitude: part('longitude'), radiusKm: part('radius') };
}

function texts(node: JsonObject, name: string): string[] {
  return entries(node, name).flatMap((entry) => textIn(entry) ?? []);
}

function known<T extends string>(text: string, values: readonly T[]): T {
  const value = values.find((each) => each === text);
  if (value !== undefined) return value;
  throw refusal('bad-request', `"${text}" is none of ${values.join(', ')}`);
}
