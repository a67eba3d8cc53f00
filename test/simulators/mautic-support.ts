import { simulatorControl } from '../../simulators/control';
import type { Simulator } from '../../simulators/core/start-server';
import { type MauticSimulatorOptions, startMauticSimulator } from '../../simulators/mautic';
import { type Answer, send } from './support';

const running: Simulator[] = [];

/** To be called in `afterEach`. */
export async function stopMautic(): Promise<void> {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
}

const BASIC = `Basic ${Buffer.from('api:secret').toString('base64')}`;

export async function mautic(options: Partial<MauticSimulatorOptions> = {}) {
  const simulator = await startMauticSimulator({
    credentials: {
      basic: { username: 'api', password: 'secret' },
      oauth2: { clientId: 'client', clientSecret: 'client-secret' },
    },
    ...options,
  });
  running.push(simulator);
  const { url } = simulator;
  const call = (method: string, path: string, body?: unknown, authorization = BASIC): Promise<Answer> =>
    send(`${url}/api${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const list = (object: 'contacts' | 'companies', query: Record<string, string>): Promise<Answer> =>
    call('GET', `/${object}?${new URLSearchParams(query)}`);
  /** Emails or names found by one clause, in the order of their numbers. */
  const where = async (col: string, expr: string, val?: string): Promise<string[]> => {
    const { body } = await list('contacts', {
      'where[0][col]': col,
      'where[0][expr]': expr,
      ...(val === undefined ? {} : { 'where[0][val]': val }),
    });
    // values of JSON, read as what this test put there
    return Object.values(body.contacts ?? {}).map(
      (contact) => (contact as { fields: { all: { email: string } } }).fields.all.email,
    );
  };
  return { url, control: simulatorControl(url), call, list, where };
}

export function requestMauticToken(url: string, form: Record<string, string> = {}): Promise<Answer> {
  return send(`${url}/oauth/v2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: 'client-secret',
      ...form,
    }),
  });
}

/** A contact of the initial state, edited at this minute of the first of March. */
export function contact(id: number, email: string | null, fields: Record<string, string | number> = {}) {
  return {
    id,
    fields: { email, ...fields },
    dateAdded: `2026-03-01T08:${String(id).padStart(2, '0')}:00Z`,
  };
}

export const company = (id: number, companyname: string, fields: Record<string, string | number> = {}) => ({
  id,
  fields: { companyname, ...fields },
  dateAdded: '2026-03-01T08:00:00Z',
});
