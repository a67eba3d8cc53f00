import { type Problem, Refusal, type SimReply } from '../core/http-message';

/**
 * Every way in which PIVOT says no: status, and the number in `[CCMnnn]`. Documented: any status but 200 comes with a
 * plain text, and CCM006 is the page cache. Assumed: all other pairs.
 */
const REFUSALS = {
  'unknown-key': { status: 401, number: 'CCM001', text: 'The key is missing, unknown or disabled' },
  'foreign-record': { status: 403, number: 'CCM002', text: 'This object belongs to another operator' },
  'bad-request': { status: 400, number: 'CCM003', text: 'The request cannot be understood' },
  'unknown-record': { status: 404, number: 'CCM004', text: 'There is no such object' },
  'unknown-page': {
    status: 404,
    number: 'CCM006',
    text: 'Results not found (token and/or page number are incorrect)',
  },
  'too-large': { status: 413, number: 'CCM007', text: 'The file is too large' },
  maintenance: { status: 503, number: 'CCM008', text: 'The service is under maintenance' },
} as const;
type RefusalName = keyof typeof REFUSALS;

export function refusal(name: RefusalName, detail?: string): Refusal {
  return new Refusal(problem(name, detail));
}

export function problem(name: RefusalName, detail?: string): Problem {
  const { status, number, text } = REFUSALS[name];
  return { status, code: number, message: detail === undefined ? text : `${text}: ${detail}` };
}

export function problemReply({ status, code, message, headers = {} }: Problem): SimReply {
  const known = Object.values(REFUSALS).find((each) => each.status === status);
  const number = code.startsWith('CCM') ? code : (known?.number ?? 'CCM000');
  const content = `[${number}] ${message}`;
  return { status, headers, body: undefined, raw: { type: 'text/plain;charset=UTF-8', content } };
}
