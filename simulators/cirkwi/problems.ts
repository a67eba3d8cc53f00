import { type Problem, Refusal, type SimReply } from '../core/http-message';
import { element, rendered, type XmlElement } from './xml-element';

/** Cirkwi's answers about a request itself (assumed: its own form is not public). */
export function problemReply({ status, message, headers = {} }: Problem): SimReply {
  return xmlReply(status, element('resultat', { statut: 'erreur', message }), headers);
}

export function xmlReply(status: number, root: XmlElement, headers: Record<string, string> = {}): SimReply {
  const content = `<?xml version="1.0" encoding="UTF-8"?>\n${rendered(root)}\n`;
  return { status, headers, body: null, raw: { type: 'application/xml; charset=utf-8', content } };
}

export function notFound(what: string): Refusal {
  return new Refusal({ status: 404, code: 'NotFound', message: `There is no such ${what}.` });
}

export function badRequest(message: string): Refusal {
  return new Refusal({ status: 400, code: 'BadRequest', message });
}
