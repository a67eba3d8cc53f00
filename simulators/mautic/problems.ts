import { type Problem, Refusal, type SimReply } from '../core/http-message';

export function notFound(): Refusal {
  return new Refusal({ status: 404, code: 'NotFound', message: 'Item was not found.' });
}

export function accessDenied(): Refusal {
  return new Refusal({
    status: 403,
    code: 'Forbidden',
    message: 'You do not have access to the requested area/action.',
  });
}

/** 400 by default, with the messages of each field; 422 for a unique value that another record has. */
export function invalid(errors: Record<string, string[]>, status: 400 | 422 = 400): Refusal {
  const message = Object.entries(errors)
    .map(([field, messages]) => `${field}: ${messages.join(', ')}`)
    .join(', ');
  return new Refusal({ status, code: 'Invalid', message, errors });
}

export function badRequest(message: string): Refusal {
  return new Refusal({ status: 400, code: 'BadRequest', message });
}

/** What a query that the database cannot run ends in. */
export function serverError(message = 'Looks like I encountered an error (error #500).'): Refusal {
  return new Refusal({ status: 500, code: 'ServerError', message });
}

/** One entry of `errors`. `details` is an empty list, as PHP writes an empty map, or an object. */
export function errorEntry({ status, code, message, errors }: Problem): Record<string, unknown> {
  // types of the platform's own are in snake case; the other codes are for people who read this code
  const type = /^[a-z]+(_[a-z]+)+$/.test(code) ? code : null;
  return { code: status, message, details: errors ?? [], type };
}

export function errorReply(problem: Problem, form: 'errors' | 'old'): SimReply {
  const headers = problem.headers ?? {};
  if (form === 'old' && isSignInProblem(problem)) {
    const body = { error: problem.code, error_description: problem.message };
    return { status: problem.status, headers, body };
  }
  return { status: problem.status, headers, body: { errors: [errorEntry(problem)] } };
}

function isSignInProblem({ code }: Problem): boolean {
  return ['access_denied', 'invalid_grant', 'invalid_client', 'unsupported_grant_type'].includes(code);
}
