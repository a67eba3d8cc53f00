import { z } from '@hono/zod-openapi';

/** What an error looks like, as `service/problem.ts` makes it. */
export const problemAnswer = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    requestId: z.string(),
    problems: z.array(z.unknown()).optional(),
  })
  .openapi('Problem', { description: 'What is wrong and what to do next (RFC 9457).' });

const ERRORS = {
  400: 'The request is not as described: an unknown or missing parameter, a wrong type, a body that cannot be read.',
  401: 'No token, or one that is unknown, expired or revoked.',
  403: 'The scope of the token is too small.',
  404: 'It is not there.',
  409: 'It does not fit how things stand now, or was tried and did not work.',
  413: 'The body is too large.',
  415: 'The body is not of the media type that is described.',
  422: 'Understood, but it cannot be done as asked.',
  429: 'Temporal takes no more of this just now. Ask again after `retry-after`, in seconds.',
  500: 'A fault of the service; its log tells more under the request id.',
  503: 'Postgres, Temporal or a platform is away, or did not end within a minute. Ask again later.',
} as const;

export type ErrorStatus = keyof typeof ERRORS;

/** What may go wrong with any operation. */
const ALWAYS = [400, 401, 403, 500, 503] as const satisfies ErrorStatus[];
/** And with one that takes a body. */
const WITH_BODY = [413, 415] as const satisfies ErrorStatus[];

const content = { 'application/problem+json': { schema: problemAnswer } };

/** The error answers of an operation, documented. */
export function errorAnswers(body: 'with-body' | 'without-body', own: readonly ErrorStatus[]) {
  const statuses = [...new Set([...ALWAYS, ...(body === 'with-body' ? WITH_BODY : []), ...own])].sort();
  return Object.fromEntries(statuses.map((status) => [status, { description: ERRORS[status], content }]));
}
