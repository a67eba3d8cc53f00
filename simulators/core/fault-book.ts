import type { Fault } from './fault-schema';
import { type SeededRandom, seededRandom } from './seeded-random';
import { valueAt } from './value-path';

export interface FaultUse {
  fault: Fault;
  /** Requests that matched, and how many of them were hit. */
  matched: number;
  hits: number;
}

export interface FaultBook {
  add(faults: readonly Fault[]): void;
  clear(): void;
  list(): FaultUse[];
  /** Every fault that hits this request, in the order they were added. Counts are used up here. */
  draw(request: { method: string; path: string; template: string; body: unknown }): Fault[];
}

export function faultBook(): FaultBook {
  let entries: Array<FaultUse & { random: SeededRandom }> = [];

  return {
    add(faults) {
      for (const fault of faults) {
        entries.push({ fault, matched: 0, hits: 0, random: seededRandom(fault.seed) });
      }
    },
    clear() {
      entries = [];
    },
    list: () => entries.map(({ fault, matched, hits }) => ({ fault, matched, hits })),
    draw(request) {
      const hits: Fault[] = [];
      for (const entry of entries) {
        if (!touches(entry.fault, request)) continue;
        entry.matched += 1;
        if (!happens(entry)) continue;
        entry.hits += 1;
        hits.push(entry.fault);
      }
      return hits;
    },
  };
}

function happens(entry: FaultUse & { random: SeededRandom }): boolean {
  const { fault } = entry;
  if (entry.matched <= fault.after) return false;
  if (entry.hits >= timesAllowed(fault)) return false;
  return fault.rate === undefined || entry.random.next() < fault.rate;
}

function timesAllowed(fault: Fault): number {
  if (fault.count !== undefined) return fault.count;
  if (fault.rate !== undefined || fault.kind === 'refuse' || fault.kind === 'alter')
    return Number.POSITIVE_INFINITY;
  return 1;
}

function touches(
  fault: Fault,
  request: { method: string; path: string; template: string; body: unknown },
): boolean {
  if (!routeMatches(fault.route, request)) return false;
  if (fault.where && valueAt(request.body, fault.where.field) !== fault.where.equals) return false;
  if (fault.kind === 'refuse') return valueAt(request.body, fault.field) === fault.equals;
  if (fault.kind === 'alter') return valueAt(request.body, fault.field) !== undefined;
  return true;
}

function routeMatches(pattern: string, request: { method: string; path: string; template: string }): boolean {
  if (pattern === '*') return true;
  const [method = '', path = ''] = pattern.split(' ', 2);
  if (method !== '*' && method !== request.method) return false;
  return path === '*' || path === request.template || path === request.path;
}
