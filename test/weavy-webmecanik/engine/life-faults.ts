import type { Side } from '../../../mappings/weavy-webmecanik/crm-record';
import type { FaultInput } from '../../../simulators/control';
import type { SeededRandom } from '../../../simulators/core/seeded-random';

export interface SideFault {
  side: Side;
  fault: FaultInput;
}

/** Named as often as they are to be drawn. */
const ROUTES = {
  weavy: [
    'POST /v1/Data/{projectCode}/Select',
    'POST /v1/Data/{projectCode}/customer',
    'POST /v1/Data/{projectCode}/marketinginbound',
    'POST /v1/Data/{projectCode}/marketinginbound',
    'PUT *',
    'PUT *',
  ],
  mautic: [
    'GET *',
    'POST /api/contacts/batch/new',
    'POST /api/contacts/batch/new',
    'POST /api/companies/batch/new',
    'PATCH *',
    'PATCH *',
    'POST /api/companies/{company}/contact/{id}/add',
  ],
} as const;

type Draw = (route: string, seed: number) => FaultInput;

/** What goes wrong on the way: before or after the platform did what it was asked. */
const KINDS: readonly [Draw, ...Draw[]] = [
  (route, seed) => ({ kind: 'status', status: 500, route, rate: 0.6, count: 2, seed }),
  (route, seed) => ({ kind: 'status', status: 500, commit: true, route, rate: 0.6, count: 2, seed }),
  (route, seed) => ({ kind: 'commit-then-drop', route, rate: 0.6, count: 2, seed }),
  (route, seed) => ({ kind: 'drop-before', route, rate: 0.6, count: 2, seed }),
  (route, seed) => ({ kind: 'hang', route, rate: 0.7, count: 1, seed }),
  (route, seed) => ({ kind: 'hang', commit: true, route, rate: 0.7, count: 1, seed }),
  (route, seed) => ({ kind: 'truncate', route, rate: 0.6, count: 2, seed }),
  (route, seed) => ({ kind: 'html', route, rate: 0.6, count: 2, seed }),
  (route, seed) => ({ kind: 'html', commit: true, route, rate: 0.6, count: 2, seed }),
  (_route, seed) => ({ kind: 'retry-after', seconds: 1, route: '*', rate: 0.1, count: 1, seed }),
];

/** Faults of one cycle on both sides; a create whose answer is lost may also stay out of searches for a while. */
export function drawFaults(random: SeededRandom): SideFault[] {
  const faults: SideFault[] = [];
  for (let left = 5 + random.below(4); left > 0; left -= 1) {
    const side = random.pick(['weavy', 'mautic'] as const);
    const routes = ROUTES[side];
    const route = routes[random.below(routes.length)] ?? routes[0];
    const fault = random.pick(KINDS)(route, random.below(1_000_000));
    faults.push({ side, fault });
    if (route.endsWith('/batch/new'))
      faults.push({ side, fault: { kind: 'index-lag', ms: 700, route, rate: 1, count: 2 } });
  }
  return faults;
}
