import { param, type Route, type SimReply, type SimRequest } from '../core/http-message';
import type { JsonObject } from '../core/value-path';
import { askedFormat, documentReply } from './document';
import { option } from './path-options';
import { refusal } from './refusals';
import { ROOT } from './root';
import type { ThesaurusNode } from './thesaurus';
import type { PivotWorld } from './world';

const ATTRIBUTES = {
  spec: ['urn', 'code', 'order', 'userGlobalId', 'userGlobalName'],
  label: ['lang'],
};

/** What the fields are called. No key; a web page unless a format is asked for (documented). */
export function thesaurusRoutes(world: PivotWorld): Route[] {
  const read = (path: string, nodes: (request: SimRequest) => ThesaurusNode[]): Route => ({
    method: 'GET',
    template: `${ROOT}/thesaurus${path}`,
    access: 'open',
    purpose: 'read',
    handle: (request) => thesaurusReply(request, nodes(request)),
  });
  const typeOf = (request: SimRequest): ThesaurusNode =>
    known(world.thesaurus.ofType(param(request, 'type')), param(request, 'type'));
  const partOf = (request: SimRequest): ThesaurusNode =>
    known(world.thesaurus.within(typeOf(request), param(request, 'urn')), param(request, 'urn'));

  return [
    read('/typeofr', () => world.thesaurus.types()),
    read('/typeofr/{type}', (request) => [typeOf(request)]),
    read('/typeofr/{type}/{urn}', (request) => [partOf(request)]),
    // The fields of one operator, and those that belong to nobody.
    read('/typeofr/{type}/{urn}/{operator}', (request) => [
      ownedBy(partOf(request), Number(param(request, 'operator'))),
    ]),
    read('/urn/{urn}', (request) => [
      known(world.thesaurus.alone(param(request, 'urn')), param(request, 'urn')),
    ]),
  ];
}

function known(node: ThesaurusNode | undefined, name: string): ThesaurusNode {
  if (node) return node;
  throw refusal('unknown-record', name);
}

function ownedBy(node: ThesaurusNode, operator: number): ThesaurusNode {
  const spec = (node.spec ?? []).filter(
    (each) => each.userGlobalId === undefined || each.userGlobalId === operator,
  );
  return { ...node, spec: spec.map((each) => ownedBy(each, operator)) };
}

function thesaurusReply(request: SimRequest, nodes: readonly ThesaurusNode[]): SimReply {
  const format = askedFormat(request);
  if (format === null || format === 'html') return pageReply(nodes);
  const withHidden = option(request, 'hidden') === 'true';
  const spec = nodes.map((node) => shown(node, withHidden ? 'hidden-too' : 'visible'));
  return documentReply(request, { root: 'thesaurus', members: { spec }, attributes: ATTRIBUTES });
}

function shown(
  { spec, hidden: _hidden, ...node }: ThesaurusNode,
  which: 'hidden-too' | 'visible',
): JsonObject {
  const children = (spec ?? []).filter((each) => which === 'hidden-too' || !each.hidden);
  return { ...node, ...(children.length > 0 ? { spec: children.map((each) => shown(each, which)) } : {}) };
}

function pageReply(nodes: readonly ThesaurusNode[]): SimReply {
  const rows = nodes.map((node) => `<li>${node.label[0]?.value ?? node.urn}</li>`).join('');
  const content = `<!doctype html><html><body><h1>Thésaurus</h1><ul>${rows}</ul></body></html>`;
  return { status: 200, body: undefined, raw: { type: 'text/html;charset=UTF-8', content } };
}
