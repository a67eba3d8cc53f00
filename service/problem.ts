import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Refusal, type RefusalKind } from '../operations/refusal';
import { awayOf } from './away';
import type { ServiceEnv } from './parts';

/** An error of the API in the form of RFC 9457 (`application/problem+json`). */
export interface Problem {
  /** `about:blank`: the status says all there is to say about its type. */
  type: 'about:blank';
  title: string;
  status: number;
  /** What is wrong, and the next step. */
  detail: string;
  /** The id under which the logs know this request. */
  requestId: string;
  /** Each thing that is wrong, where there are several. */
  problems?: unknown[];
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Too slow',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Cannot be done as asked',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

export function problem(
  c: Context<ServiceEnv>,
  status: ContentfulStatusCode,
  detail: string,
  problems?: readonly unknown[],
): Response {
  const body: Problem = {
    type: 'about:blank',
    title: TITLES[status] ?? 'Error',
    status,
    detail,
    requestId: c.get('requestId') ?? '',
    ...(problems === undefined ? {} : { problems: [...problems] }),
  };
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}

const STATUS: Record<RefusalKind, 404 | 409 | 422 | 503> = {
  'not-found': 404,
  invalid: 422,
  conflict: 409,
  unavailable: 503,
  failed: 409,
};

/** The status that tells of a refusal. */
export function statusOf({ kind }: Refusal): 404 | 409 | 422 | 503 {
  return STATUS[kind];
}

const AWAY = {
  temporal: 'Temporal does not answer at the moment. Nothing was changed; ask again later.',
  database: 'The database does not answer at the moment. Ask again later.',
} as const;

/**
 * What an error is to the one who asked: refusals and errors of HTTP as they are, everything else a 500 without its
 * message, which only the log gets.
 */
export function problemOf(c: Context<ServiceEnv>, error: unknown): Response {
  if (error instanceof Refusal) return problem(c, statusOf(error), error.message, error.problems);
  if (error instanceof HTTPException) return problem(c, error.status as ContentfulStatusCode, error.message); // thrown for errors only, which have a body
  const away = awayOf(error);
  if (away !== null) {
    c.header('retry-after', '30');
    return problem(c, 503, AWAY[away]);
  }
  return problem(c, 500, 'Something went wrong here. The log tells more under the id of this request.');
}
