import { type SimulatorControl, simulatorControl } from '../../../simulators/control';
import { startInwinkSimulator } from '../../../simulators/inwink';
import { startPlanexpoSimulator } from '../../../simulators/planexpo';
import { type SampleExpo, sampleExpo, sampleMaskRows } from '../../../simulators/sample-data';
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
import { demoScene, demoSecrets, EVENT, SYNC } from './configuration';
import { importSampleMask } from './sample-mask';

export interface PlanexpoInwinkSample {
  dossiers: number;
  seed: number;
  /** Requests a second each simulator allows, and the configuration uses. @default 200 (settled question 8) */
  requestsPerSecond?: number | 'none';
  latencyMs?: number;
  searchLagMs?: number;
  embedCoExhibitors?: boolean;
  /** Inwink takes participants without an e-mail. */
  allowNoEmail?: boolean;
  /** Policies of the sync beside the demo's own. */
  policies?: Record<string, unknown>;
}

export interface StackOptions extends StackServers, PlanexpoInwinkSample {}

/** Both platforms as simulators, a configured sync with its mask, and workers as processes of their own. */
export interface LocalStack extends StackBase {
  expo: SampleExpo;
  planexpo: SimulatorControl;
  inwink: SimulatorControl;
  urls: { planexpo: string; inwink: string };
}

/** The database must be migrated. Stops again everything that it started, also when the start fails half-way. */
export function startLocalStack(options: StackOptions): Promise<LocalStack> {
  return stoppable(async (closers, stop) => {
    const started = await startPlanexpoInwink(options, closers);
    const service = await serviceAddress();
    return started.on(await sharedStack(closers, stop, { ...options, scenes: [started.scene], service }));
  });
}

/** Starts the simulators with a sample. `on` makes the stack out of one that holds the scene. */
export async function startPlanexpoInwink(
  options: PlanexpoInwinkSample,
  closers: Closers,
): Promise<{ scene: Scene; on(shared: SharedStack): Promise<LocalStack> }> {
  const expo = sampleExpo({ dossiers: options.dossiers, seed: options.seed });
  const rate = options.requestsPerSecond ?? 200;
  const served = {
    event: EVENT,
    limits: rate === 'none' ? ('none' as const) : { requestsPerSecond: rate, burst: Math.ceil(rate / 4) },
    latencyMs: options.latencyMs ?? 0,
    seed: options.seed,
  };
  const planexpo = await startPlanexpoSimulator({
    ...served,
    credentials: { apiKeys: [demoSecrets.DEMO_PLANEXPO_KEY] },
    initial: expo.planexpo,
    embedCoExhibitors: options.embedCoExhibitors,
  });
  closers.push(() => planexpo.close());
  const inwink = await startInwinkSimulator({
    ...served,
    credentials: { clientId: 'passerelle-demo', clientSecret: demoSecrets.DEMO_INWINK_SECRET },
    initial: expo.inwink,
    searchLagMs: options.searchLagMs ?? 0,
    allowNoEmail: options.allowNoEmail,
  });
  closers.push(() => inwink.close());
  const urls = { planexpo: planexpo.url, inwink: inwink.url };
  return {
    scene: demoScene({
      planexpoUrl: urls.planexpo,
      inwinkUrl: urls.inwink,
      rate,
      policies: options.policies ?? {},
    }),
    async on(shared) {
      await importSampleMask(shared.pool, SYNC, expo, sampleMaskRows(expo));
      const controls = { planexpo: simulatorControl(urls.planexpo), inwink: simulatorControl(urls.inwink) };
      return { ...shared, sync: SYNC, expo, ...controls, urls };
    },
  };
}
