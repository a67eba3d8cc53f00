import type { FaultUse } from './core/fault-book';
import type { FaultInput } from './core/fault-schema';
import type { JournalEntry } from './core/journal';
import type { PersonChange } from './core/platform';
import type { SimulatorStats } from './core/stats';

export type { FaultUse } from './core/fault-book';
export type { FaultInput } from './core/fault-schema';
export type { JournalEntry } from './core/journal';
export type { PersonChange } from './core/platform';
export type { SimulatorStats } from './core/stats';

/** A record as a simulator keeps it, in the platform's own form. */
export type SimRecord = Record<string, unknown>;

/** The control routes of any simulator. Every call rejects with the simulator's own words when it is refused. */
export interface SimulatorControl {
  stats(): Promise<SimulatorStats>;
  /** Every write so far, oldest first. */
  journal(): Promise<JournalEntry[]>;
  records(kind: string, id?: string): Promise<SimRecord[]>;
  /** A person edits, adds or deletes on that platform. Answers the record afterwards, `null` once deleted. */
  put(kind: string, change: PersonChange): Promise<SimRecord | null>;
  /** Adds faults to those in force. */
  faults(...faults: FaultInput[]): Promise<void>;
  /** The faults in force, with how often each matched and hit. */
  faultUses(): Promise<FaultUse[]>;
  clearFaults(): Promise<void>;
  /** Records, faults, stats and journal as at the start; `initial` takes the place of the first state for good. */
  reset(initial?: unknown): Promise<void>;
  /** Makes the platform do something by itself, such as its daily import; answers what it reports. */
  act(name: string, body?: unknown): Promise<unknown>;
  /** Stats and journal start afresh; records and faults stay. */
  clearCounters(): Promise<void>;
}

export function simulatorControl(url: string): SimulatorControl {
  // The casts below are on answers of our own server, whose types these are.
  const items = async <T>(method: string, path: string, body?: unknown): Promise<T[]> =>
    ((await call(url, method, path, body)) as { items: T[] }).items;

  return {
    stats: async () => (await call(url, 'GET', 'stats')) as SimulatorStats,
    journal: () => items<JournalEntry>('GET', 'journal'),
    records: (kind, id) =>
      items<SimRecord>('GET', `records/${kind}${id ? `?id=${encodeURIComponent(id)}` : ''}`),
    put: async (kind, change) =>
      (await items<SimRecord | null>('POST', `records/${kind}`, change))[0] ?? null,
    faults: async (...faults) => void (await call(url, 'POST', 'faults', faults)),
    faultUses: () => items<FaultUse>('GET', 'faults'),
    clearFaults: async () => void (await call(url, 'DELETE', 'faults')),
    reset: async (initial) => void (await call(url, 'POST', 'reset', { initial })),
    act: (name, body) => call(url, 'POST', name, body),
    clearCounters: async () => void (await call(url, 'POST', 'reset', { only: 'counters' })),
  };
}

async function call(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const reply = await fetch(`${url}/_sim/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await reply.text();
  if (reply.ok) return JSON.parse(text);
  throw new Error(`The simulator refused ${method} /_sim/${path} (${reply.status}): ${text}`);
}
