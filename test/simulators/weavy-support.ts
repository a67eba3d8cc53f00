import { simulatorControl } from '../../simulators/control';
import type { Simulator } from '../../simulators/core/start-server';
import { startWeavySimulator, type WeavySimulatorOptions, type WeavyState } from '../../simulators/weavy';
import { type Answer, send } from './support';

const running: Simulator[] = [];

/** To be called in `afterEach`. */
export async function stopWeavys(): Promise<void> {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
}

export const CREDENTIALS = { projectCode: 'ACME', userName: 'svc', password: 'secret' };

/** A weavy project that holds these records, and a caller that is signed in. */
export async function weavy(initial: WeavyState = {}, options: Partial<WeavySimulatorOptions> = {}) {
  const simulator = await startWeavySimulator({ credentials: CREDENTIALS, initial, ...options });
  running.push(simulator);
  const { url } = simulator;
  const token = async (): Promise<string> => (await signIn(url)).body.authToken ?? '';
  const first = await token();
  const call = (method: string, path: string, body?: unknown, bearer = first) =>
    send(`${url}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const select = (entityName: string, query: Record<string, unknown> = {}) =>
    call('POST', '/Data/ACME/Select', { entityName, ...query });
  return { url, control: simulatorControl(url), token, call, select };
}

export function signIn(url: string, values: Record<string, unknown> = {}): Promise<Answer> {
  return send(`${url}/v1/Authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scope: 'API', ...CREDENTIALS, ...values }),
  });
}

export const contact = (id: string, fields: Record<string, string | null> = {}, srvDateUTC?: string) => ({
  id,
  fields: { email: `${id.toLowerCase()}@example.org`, ...fields },
  ...(srvDateUTC === undefined ? {} : { srvDateUTC }),
});

/** One filter as the Select body wants it; its key is the field's name. */
export const filter = (
  fieldName: string,
  operator: string,
  filterValues: unknown[] = [],
  others: Record<string, unknown> = {},
) => ({ filterKey: fieldName, fieldName, operator, filterValues, ...others });

/** The codes of a list of rows, in its order. */
export function codes(answer: Answer, entity = 'customercontact'): string[] {
  return answer.body.map((row: Record<string, string>) => row[`${entity}_ID`]);
}
