import { isObject, type JsonObject } from '../core/value-path';
import { refusal } from './refusals';
import { entries, objects, postedDocument, textIn } from './xml-tree';

/** What a caller wants to write. An absent member is not touched (documented: a partial update). */
export interface OfferEdit {
  nom?: string;
  estActive?: number;
  visibilite?: number;
  type?: number;
  adresse1?: JsonObject;
  adresse2?: JsonObject;
  specs: Array<{ urn: string; type?: string; value: string }>;
  relations: Array<{ urn: string; code: string; operation: 'add' | 'remove' }>;
}

/** Reads the one offer of a posted document, XML or JSON, in `offres` or alone. Throws a refusal (400). */
export function readOfferEdit(body: unknown): OfferEdit {
  if (body === undefined) throw refusal('bad-request', 'an offer was expected');
  const offers = objects(offersIn(body), 'offre');
  const [node] = offers;
  if (offers.length !== 1 || !node) throw refusal('bad-request', 'exactly one offer was expected');
  const nom = textIn(node.nom);
  return {
    ...(nom === null ? {} : { nom }),
    ...numberIn('estActive', stateIn(node)),
    ...numberIn('visibilite', textIn(node.visibilite)),
    ...numberIn('type', typeIn(node)),
    ...addressIn(node, 'adresse1'),
    ...addressIn(node, 'adresse2'),
    specs: objects(node, 'spec').map(specIn),
    relations: objects(node, 'relOffre').map(relationIn),
  };
}

function offersIn(body: unknown): JsonObject {
  if (typeof body === 'string' && /<(\w+:)?offre[\s>]/.test(body) && !/<(\w+:)?offres[\s>]/.test(body))
    return { offre: postedDocument(body, 'offre') };
  const document = postedDocument(body, 'offres');
  return 'offre' in document ? document : { offre: document };
}

function specIn(node: JsonObject): OfferEdit['specs'][number] {
  const urn = textIn(node.urn);
  if (urn === null) throw refusal('bad-request', 'a spec needs its urn');
  const type = textIn(node.type);
  return { urn, ...(type === null ? {} : { type }), value: textIn(node.value) ?? '' };
}

/** `operation` stands at the relation (documented by the schema); at its offer it is understood too (assumed). */
function relationIn(node: JsonObject): OfferEdit['relations'][number] {
  const urn = textIn(node.urn);
  const [target] = objects(node, 'offre');
  const code = textIn(target?.codeCgt) ?? textIn(node.codeCgt);
  if (urn === null || code === null)
    throw refusal('bad-request', 'a relOffre needs its urn and the code of an offer');
  const operation = textIn(node.operation) ?? textIn(target?.operation);
  return { urn, code, operation: operation === '2' ? 'remove' : 'add' };
}

function stateIn(node: JsonObject): string | null {
  const urn = isObject(node.estActiveUrn) ? textIn(node.estActiveUrn.urn) : null;
  return textIn(node.estActive) ?? urn?.replace('urn:val:etatedit:', '') ?? null;
}

function typeIn(node: JsonObject): string | null {
  return isObject(node.typeOffre) ? textIn(node.typeOffre.idTypeOffre) : null;
}

function numberIn<K extends string>(name: K, text: string | null): Partial<Record<K, number>> {
  if (text === null) return {};
  const number = Number(text);
  if (!Number.isInteger(number)) throw refusal('bad-request', `${name} is a whole number, not "${text}"`);
  // The cast is safe: the one member is named by K.
  return { [name]: number } as Partial<Record<K, number>>;
}

function addressIn<K extends string>(node: JsonObject, name: K): Partial<Record<K, JsonObject>> {
  const [address] = entries(node, name);
  // The cast is safe: the one member is named by K.
  return isObject(address) ? ({ [name]: address } as Partial<Record<K, JsonObject>>) : {};
}
