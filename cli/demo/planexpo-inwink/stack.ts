import { type SimulatorControl, simulatorControl } from '../../../simulators/control';
import { startInwinkSimulator } from '../../../simulators/inwink';
import { startPlanexpoSimulator } from '../../../simulators/planexpo';
import { type SampleExpo, sampleExpo, sampleMaskRows } from '../../../simulators/sample-data';
import { type Closers, type StackBase, stackBase, stoppable } from '../stack-base';
import { demoConfiguration, demoSecrets, EVENT, SYNC } from './configuration';
import { importSampleMask } from './sample-mask';

export interface StackOptions {
  dossiers: number;
  seed: number;
  databaseUrl: string;
  temporal: { address: string; namespace: string; uiUrl?: string | undefined };
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

/** Both platforms as simulators, a configured sync with its mask, and workers as processes of their own. */
export interface LocalStack extends StackBase {
  expo: SampleExpo;
  planexpo: SimulatorControl;
  inwink: SimulatorControl;
  urls: { planexpo: string; inwink: string };
}

/** The database must be migrated. Stops again everything that it started, also when the start fails half-way. */
export function startLocalStack(options: StackOptions): Promise<LocalStack> {
  return stoppable((closers, stop) => build(options, closers, stop));
}

async function build(
  options: StackOptions,
  closers: Closers,
  stop: () => Promise<void>,
): Promise<LocalStack> {
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

  const { address, namespace, uiUrl } = options.temporal;
  const base = await stackBase(closers, stop, {
    sync: SYNC,
    pair: 'planexpo-inwink',
    text: demoConfiguration({
      planexpoUrl: planexpo.url,
      inwinkUrl: inwink.url,
      rate,
      uiUrl,
      policies: options.policies ?? {},
    }),
    secrets: demoSecrets,
    databaseUrl: options.databaseUrl,
    temporal: { address, namespace },
  });
  await importSampleMask(base.pool, SYNC, expo, sampleMaskRows(expo));
  return {
    ...base,
    expo,
    planexpo: simulatorControl(planexpo.url),
    inwink: simulatorControl(inwink.url),
    urls: { planexpo: planexpo.url, inwink: inwink.url },
  };
}
