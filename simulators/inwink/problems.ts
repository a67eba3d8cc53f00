import { STATUS_CODES } from 'node:http';
import { type Problem, Refusal, type SimReply } from '../core/http-message';

/** 400 with the names of the refused fields. */
export function validationFailed(errors: Record<string, string[]>): Refusal {
  return new Refusal({
    status: 400,
    code: 'ValidationFailed',
    message: 'One or more values were refused.',
    errors,
  });
}

export function notFound(what: string): Refusal {
  return new Refusal({ status: 404, code: 'NotFound', message: `There is no such ${what} in this event.` });
}

export function conflict(code: 'Duplicate' | 'QuantityDecreaseNotAllowed', message: string): Refusal {
  return new Refusal({ status: 409, code, message });
}

/** Inwink's error form (assumed: problem+json). */
export function problemReplies(): (problem: Problem) => SimReply {
  let count = 0;
  return ({ status, code, message, errors, headers }) => {
    count += 1;
    return {
      status,
      headers: { 'content-type': 'application/problem+json; charset=utf-8', ...headers },
      body: {
        type: 'about:blank',
        title: STATUS_CODES[status] ?? 'Error',
        status,
        detail: message,
        code,
        ...(errors ? { errors } : {}),
        traceId: `00-${count.toString(16).padStart(32, '0')}-00`,
      },
    };
  };
}
