import { DEMO_PAIRS, type DemoPair } from './demo-pairs';
import { simulatePivotCirkwi } from './pivot-cirkwi/simulators';
import { simulatePlanexpoInwink } from './planexpo-inwink/simulators';
import type { SimulatedPair, SimulationSettings } from './simulated-pair';
import { simulateWeavyWebmecanik } from './weavy-webmecanik/simulators';

export interface SimulatePairs extends SimulationSettings {
  pairs: readonly DemoPair[];
  records: Readonly<Record<DemoPair, number>>;
  ports: Readonly<Record<'planexpo' | 'inwink' | 'pivot' | 'cirkwi' | 'weavy' | 'mautic', number>>;
  /** Id of the event on Planexpo and Inwink. */
  event: string;
  /** Where Cirkwi imports from: Passerelle's service, and the sync that it publishes. */
  feeds: { serviceUrl: string; sync: string };
}

/** Starts the simulators of these pairs. When one does not start, none of them stays. */
export async function startSimulators(options: SimulatePairs): Promise<SimulatedPair> {
  const started: SimulatedPair[] = [];
  const stop = async () => {
    await Promise.all(started.map((pair) => pair.stop()));
  };
  try {
    for (const pair of DEMO_PAIRS)
      if (options.pairs.includes(pair)) started.push(await startPair(pair, options));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    addresses: Object.assign({}, ...started.map(({ addresses }) => addresses)),
    lines: started.flatMap(({ lines }) => lines),
    stop,
  };
}

function startPair(pair: DemoPair, options: SimulatePairs): Promise<SimulatedPair> {
  const { host, seed, limits, ports, records, event, feeds } = options;
  const settings = { host, seed, limits };
  switch (pair) {
    case 'planexpo-inwink':
      return simulatePlanexpoInwink(settings, {
        planexpoPort: ports.planexpo,
        inwinkPort: ports.inwink,
        event,
        dossiers: records[pair],
      });
    case 'pivot-cirkwi':
      return simulatePivotCirkwi(settings, {
        pivotPort: ports.pivot,
        cirkwiPort: ports.cirkwi,
        offers: records[pair],
        ...feeds,
      });
    case 'weavy-webmecanik':
      return simulateWeavyWebmecanik(settings, {
        weavyPort: ports.weavy,
        mauticPort: ports.mautic,
        records: records[pair],
      });
  }
}
