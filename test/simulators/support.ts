import { simulatorControl } from '../../simulators/control';
import type { Simulator } from '../../simulators/core/start-server';
import { type InwinkSimulatorOptions, startInwinkSimulator } from '../../simulators/inwink';
import {
  type PlanexpoOrder,
  type PlanexpoSimulatorOptions,
  startPlanexpoSimulator,
} from '../../simulators/planexpo';

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON; the text itself when it is something else. */
  body: Json;
}

/** Free access to parsed JSON: tests look into it at will. */
// biome-ignore lint/suspicious/noExplicitAny: a wrong path makes the assertion fail, which is what tests are for
export type Json = any;

const running: Simulator[] = [];

/** To be called in `afterEach`. */
export async function stopSimulators(): Promise<void> {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
}

export async function planexpo(options: Partial<PlanexpoSimulatorOptions> = {}) {
  const simulator = await startPlanexpoSimulator({
    event: { id: 'expo-2027', name: 'Expo 2027' },
    credentials: { apiKeys: ['key-1'] },
    limits: 'none',
    ...options,
  });
  running.push(simulator);
  const get = (path: string, key = 'key-1') =>
    send(`${simulator.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
  return { url: simulator.url, control: simulatorControl(simulator.url), get };
}

export async function inwink(options: Partial<InwinkSimulatorOptions> = {}) {
  const simulator = await startInwinkSimulator({
    event: { id: 'event-1', name: 'Salon 2027' },
    credentials: { clientId: 'client', clientSecret: 'secret' },
    limits: 'none',
    ...options,
  });
  running.push(simulator);
  const token = async () => (await requestToken(simulator.url)).body.access_token ?? '';
  const first = await token();
  const call = (method: string, path: string, body?: unknown, bearer = first, signal?: AbortSignal) =>
    send(`${simulator.url}/event-1${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  return { url: simulator.url, control: simulatorControl(simulator.url), token, call };
}

export function requestToken(url: string, form: Record<string, string> = {}): Promise<Answer> {
  return send(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: 'secret',
      ...form,
    }),
  });
}

export async function send(url: string, init: RequestInit = {}): Promise<Answer> {
  const reply = await fetch(url, init);
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, body: parsed(text) };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function order(id: string, values: Partial<PlanexpoOrder> = {}): PlanexpoOrder {
  return {
    order_id: id,
    public_order_id: `P${id}`,
    status: 'validated',
    version: 1,
    company: { name: `Exemplar ${id}` },
    items: [],
    updated_at: '2026-01-01T08:00:00Z',
    ...values,
  };
}

export const partner = (orderId: string, values: Record<string, unknown> = {}) => ({
  name: `Exemplar ${orderId}`,
  status: 'Published',
  customFields: { planexpo_order_id: orderId },
  ...values,
});
