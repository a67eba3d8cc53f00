import { type Problem, Refusal, type SimReply } from '../core/http-message';
import type { EntityName } from './entities';

/** The three API rights of a table. */
export const RIGHTS = ['READ', 'ADD', 'UPDATE'] as const;
export type Right = (typeof RIGHTS)[number];

interface RightProblem extends Problem {
  right: Right;
}

/** A refusal without a code has none in its body either. */
function refusal(status: number, message: string, code = ''): Refusal {
  return new Refusal({ status, code, message });
}

export const badRequest = (message: string): Refusal => refusal(400, message, 'BAD_REQUEST');
export const notFound = (message = 'Record not found'): Refusal => refusal(404, message);
export const alreadyExists = (): Refusal => refusal(409, 'Record already exists');

/** 400 about one field. */
export function fieldRefused(
  code: 'FIELD_UNKNOWN' | 'FIELD_LENGTH' | 'FIELD_TYPE' | 'FOREIGN_KEY' | 'KEY_MISMATCH',
  fieldName: string,
  message: string,
): Refusal {
  return new Refusal({ status: 400, code, message, errors: { [fieldName]: [message] } });
}

export function unknownField(fieldName: string): Refusal {
  return fieldRefused('FIELD_UNKNOWN', fieldName, `Field '${fieldName}' is unknown`);
}

export function rightMissing(right: Right, entity: EntityName): Refusal {
  const message = `API ${right.toLowerCase()} not allowed on table ${entity}`;
  const problem: RightProblem = { status: 403, code: 'API_RIGHT', message, right };
  return new Refusal(problem);
}

/** weavy's error form (assumed: nothing about it is public). */
export function problemReply(problem: Problem): SimReply {
  const { status, code, message, errors, headers } = problem;
  const fieldName = Object.keys(errors ?? {})[0];
  return {
    status,
    ...(headers ? { headers } : {}),
    body: {
      message,
      ...(code === '' ? {} : { code }),
      ...(fieldName === undefined ? {} : { fieldName }),
      ...('right' in problem ? { right: problem.right } : {}),
    },
  };
}
