import { type SimulatorControl, simulatorControl } from '../../../simulators/control';
import { type MauticVersion, startMauticSimulator } from '../../../simulators/mautic';
import { type SampleCrm, sampleCrm } from '../../../simulators/sample-data/crm';
import { startWeavySimulator } from '../../../simulators/weavy';
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
import {
  demoScene,
  demoSecrets,
  MAPPING_FILE,
  MAUTIC_ACCOUNT,
  type MappingDocument,
  SYNC,
  WEAVY_ACCOUNT,
} from './configuration';

export interface WeavyWebmecanikSample {
  /** Contacts over both sides; a quarter as many companies come with them (settled question 41). */
  records: number;
  seed: number;
  /** Requests a second each simulator allows, and the configuration uses. @default 200 (settled question 8) */
  requestsPerSecond?: number | 'none';
  latencyMs?: number;
  /** Of Mautic. @default 4 */
  version?: MauticVersion;
  /** Policies of the sync beside the demo's own. */
  policies?: Record<string, unknown>;
  /** @default deploy/crm-mapping.yaml */
  mapping?: MappingDocument;
}

export interface WeavyWebmecanikStackOptions extends StackServers, WeavyWebmecanikSample {}

/** Both CRMs as simulators, a configured sync with its mapping, and workers as processes of their own. */
export interface WeavyWebmecanikStack extends StackBase {
  sample: SampleCrm;
  weavy: SimulatorControl;
  mautic: SimulatorControl;
  urls: { weavy: string; mautic: string };
}

/** The database must be migrated. Stops again everything that it started, also when the start fails half-way. */
export function startWeavyWebmecanikStack(
  options: WeavyWebmecanikStackOptions,
): Promise<WeavyWebmecanikStack> {
  return stoppable(async (closers, stop) => {
    const started = await startWeavyWebmecanik(options, closers);
    const service = await serviceAddress();
    return started.on(await sharedStack(closers, stop, { ...options, scenes: [started.scene], service }));
  });
}

/** Starts the simulators with a sample. `on` makes the stack out of one that holds the scene. */
export async function startWeavyWebmecanik(
  options: WeavyWebmecanikSample,
  closers: Closers,
): Promise<{ scene: Scene; on(shared: SharedStack): Promise<WeavyWebmecanikStack> }> {
  const sample = sampleCrm({ records: options.records, seed: options.seed });
  const rate = options.requestsPerSecond ?? 200;
  const urls = await startSimulators(options, sample, rate, closers);
  return {
    scene: demoScene({
      weavyUrl: urls.weavy,
      mauticUrl: urls.mautic,
      rate,
      mapping: options.mapping ?? MAPPING_FILE,
      policies: options.policies ?? {},
    }),
    async on(shared) {
      const controls = { weavy: simulatorControl(urls.weavy), mautic: simulatorControl(urls.mautic) };
      return { ...shared, sync: SYNC, sample, ...controls, urls };
    },
  };
}

async function startSimulators(
  options: WeavyWebmecanikSample,
  sample: SampleCrm,
  rate: number | 'none',
  closers: Closers,
): Promise<{ weavy: string; mautic: string }> {
  const served = {
    limits: rate === 'none' ? ('none' as const) : { requestsPerSecond: rate, burst: Math.ceil(rate / 4) },
    latencyMs: options.latencyMs ?? 0,
  };
  const weavy = await startWeavySimulator({
    ...served,
    credentials: { ...WEAVY_ACCOUNT, password: demoSecrets.DEMO_WEAVY_PASSWORD },
    initial: sample.weavy,
    customFields: sample.customFields.weavy,
  });
  closers.push(() => weavy.close());
  const mautic = await startMauticSimulator({
    ...served,
    credentials: { basic: { ...MAUTIC_ACCOUNT, password: demoSecrets.DEMO_MAUTIC_PASSWORD } },
    version: options.version,
    initial: sample.mautic,
    fields: sample.customFields.mautic,
  });
  closers.push(() => mautic.close());
  return { weavy: weavy.url, mautic: mautic.url };
}
