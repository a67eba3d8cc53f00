import { startCirkwiSimulator } from '../../../simulators/cirkwi';
import { type SimulatorControl, simulatorControl } from '../../../simulators/control';
import { startPivotSimulator } from '../../../simulators/pivot';
import { type SamplePivot, samplePivot } from '../../../simulators/sample-data/pivot';
import {
  type Closers,
  type Scene,
  type SharedStack,
  type StackBase,
  type StackServers,
  serviceAddress,
  sharedStack,
  stoppable,
} from '../stack-base';
import { ACCOUNT, demoScene, demoSecrets, SYNC } from './configuration';

export interface PivotCirkwiSample {
  offers: number;
  seed: number;
  /** Requests a second each simulator allows, and the configuration uses. @default 200 (settled question 8) */
  requestsPerSecond?: number | 'none';
  latencyMs?: number;
  format?: 'json' | 'xml';
  /** The stored query of the sync: every offer in scope, or only those that are ticked. @default 'all' */
  query?: 'all' | 'ticked';
  /** Cirkwi's way of importing, beside its defaults. */
  imports?: NonNullable<Parameters<typeof startCirkwiSimulator>[0]['imports']>;
  /** Policies of the sync beside the demo's own. */
  policies?: Record<string, unknown>;
}

export interface PivotCirkwiStackOptions extends StackServers, PivotCirkwiSample {}

/** Both platforms as simulators, a configured sync, the service that Cirkwi imports from, and workers as processes. */
export interface PivotCirkwiStack extends StackBase {
  sample: SamplePivot;
  pivot: SimulatorControl;
  cirkwi: SimulatorControl;
  urls: { pivot: string; cirkwi: string; service: string; feed: string };
}

/** The database must be migrated. Stops again everything that it started, also when the start fails half-way. */
export function startPivotCirkwiStack(options: PivotCirkwiStackOptions): Promise<PivotCirkwiStack> {
  return stoppable(async (closers, stop) => {
    const service = await serviceAddress();
    const started = await startPivotCirkwi(options, service.url, closers);
    return started.on(await sharedStack(closers, stop, { ...options, scenes: [started.scene], service }));
  });
}

/** Starts the simulators with a sample. `on` makes the stack out of one that holds the scene. */
export async function startPivotCirkwi(
  options: PivotCirkwiSample,
  serviceUrl: string,
  closers: Closers,
): Promise<{ scene: Scene; on(shared: SharedStack): Promise<PivotCirkwiStack> }> {
  const sample = samplePivot({ offers: options.offers, seed: options.seed });
  const rate = options.requestsPerSecond ?? 200;
  const { pivot, cirkwi } = await startSimulators(options, sample, rate, closers);
  const feed = `${serviceUrl}/feeds/${SYNC}/${demoSecrets.DEMO_FEED_SECRET}`;
  const controls = { pivot: simulatorControl(pivot), cirkwi: simulatorControl(cirkwi) };
  await controls.cirkwi.act('account', {
    feeds: { circuits: `${feed}/circuits.xml`, pois: `${feed}/pois.xml` },
  });
  return {
    scene: demoScene({
      pivotUrl: pivot,
      cirkwiUrl: cirkwi,
      publicUrl: serviceUrl,
      query: options.query === 'ticked' ? sample.tickedQueryId : sample.queryId,
      offerTypes: sample.offerTypes,
      rate,
      inFlight: 8,
      format: options.format ?? 'json',
      policies: options.policies ?? {},
    }),
    async on(shared) {
      const urls = { pivot, cirkwi, service: serviceUrl, feed };
      return { ...shared, sync: SYNC, sample, ...controls, urls };
    },
  };
}

async function startSimulators(
  options: PivotCirkwiSample,
  sample: SamplePivot,
  rate: number | 'none',
  closers: Closers,
): Promise<{ pivot: string; cirkwi: string }> {
  const served = {
    limits: rate === 'none' ? ('none' as const) : { requestsPerSecond: rate, burst: Math.ceil(rate / 4) },
    latencyMs: options.latencyMs ?? 0,
    seed: options.seed,
  };
  const { offers, queries } = sample;
  const pivot = await startPivotSimulator({
    ...served,
    credentials: { keys: [demoSecrets.DEMO_PIVOT_KEY] },
    initial: { offers, queries },
  });
  closers.push(() => pivot.close());
  const cirkwi = await startCirkwiSimulator({
    ...served,
    account: { ...ACCOUNT, password: demoSecrets.DEMO_CIRKWI_PASSWORD },
    imports: options.imports ?? {},
  });
  closers.push(() => cirkwi.close());
  return { pivot: pivot.url, cirkwi: cirkwi.url };
}
