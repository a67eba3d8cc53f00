import type { IncomingHttpHeaders } from 'node:http';

/** A request as a platform's routes see it. */
export interface SimRequest {
  method: string;
  path: string;
  /** Placeholders of the route's template, decoded. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Parsed JSON, a form as an object, or the text itself for other types; `undefined` when there was none. */
  body: unknown;
  /** How long a row created by this request stays out of searches; `null` = the platform's own setting. */
  indexLagMs: number | null;
  /** The search behind this request finds nothing, as while its index is built anew; the reply is a success. */
  findsNothing?: boolean;
}

export interface SimReply {
  status: number;
  /** Sent as JSON, unless `raw` is given. */
  body: unknown;
  /** Sent as it is, in place of `body`: XML, plain text, files. */
  raw?: { type: string; content: string | Buffer };
  headers?: Record<string, string>;
  /** What the request did to the platform's records. */
  effect?: 'created' | 'updated';
  /** Of a request that took several records: how many. One of `effect`, when left out. */
  took?: { created: number; updated: number };
}

export interface Route {
  method: string;
  /** `/{event}/api/orders/{order_id}`: literal segments and placeholders. Earlier routes win. */
  template: string;
  /** `open` = no credentials asked. */
  access: 'open' | 'client';
  /** Writes are journaled. */
  purpose: 'read' | 'write';
  /** Synchronous on purpose: each request happens as a whole, as in a transaction. */
  handle(request: SimRequest): SimReply;
  /**
   * For a platform that first fetches what a request names. Answers what takes the place of `handle`. Only called for a
   * request that gets that far; never rejects with a `Refusal`: what it answers may throw one.
   */
  prepare?(request: SimRequest): Promise<Route['handle']>;
}

/** A refusal in the platform's own error form; each platform turns it into its body. */
export interface Problem {
  status: number;
  code: string;
  message: string;
  /** Field -> messages. */
  errors?: Record<string, string[]>;
  headers?: Record<string, string>;
}

/** Thrown by routes to refuse a request. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** A placeholder's value. The router only calls a route whose placeholders are all filled. */
export function param(request: SimRequest, name: string): string {
  const value = request.params[name];
  if (value === undefined) throw new Error(`The route has no placeholder {${name}}.`);
  return value;
}
