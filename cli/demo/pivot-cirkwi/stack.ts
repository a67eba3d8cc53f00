import { freePort } from '../../../local/free-port';
import { startCirkwiSimulator } from '../../../simulators/cirkwi';
import { type SimulatorControl, simulatorControl } from '../../../simulators/control';
import { startPivotSimulator } from '../../../simulators/pivot';
import { type SamplePivot, samplePivot } from '../../../simulators/sample-data/pivot';
import { type PasserelleProcess, startServiceProcess } from '../passerelle-process';
import { type Closers, type StackBase, stackBase, stoppable } from '../stack-base';
import { ACCOUNT, demoConfiguration, demoSecrets, SYNC } from './configuration';

export interface PivotCirkwiStackOptions {
  offers: number;
  seed: number;
  databaseUrl: string;
  temporal: { address: string; namespace: string; uiUrl?: string | undefined };
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

/** Both platforms as simulators, a configured sync, the service that Cirkwi imports from, and workers as processes. */
export interface PivotCirkwiStack extends StackBase {
  sample: SamplePivot;
  pivot: SimulatorControl;
  cirkwi: SimulatorControl;
  urls: { pivot: string; cirkwi: string; service: string; feed: string };
  /** The service listens on the address that the configuration names. One at a time. */
  startService(variables?: Record<string, string>): Promise<PasserelleProcess>;
}

/** The database must be migrated. Stops again everything that it started, also when the start fails half-way. */
export function startPivotCirkwiStack(options: PivotCirkwiStackOptions): Promise<PivotCirkwiStack> {
  return stoppable((closers, stop) => build(options, closers, stop));
}

async function build(
  options: PivotCirkwiStackOptions,
  closers: Closers,
  stop: () => Promise<void>,
): Promise<PivotCirkwiStack> {
  const sample = samplePivot({ offers: options.offers, seed: options.seed });
  const rate = options.requestsPerSecond ?? 200;
  const { pivot, cirkwi } = await startSimulators(options, sample, rate, closers);
  const port = await freePort();
  const service = `http://127.0.0.1:${port}`;
  const feed = `${service}/feeds/${SYNC}/${demoSecrets.DEMO_FEED_SECRET}`;
  await simulatorControl(cirkwi).act('account', {
    feeds: { circuits: `${feed}/circuits.xml`, pois: `${feed}/pois.xml` },
  });
  const text = demoConfiguration({
    pivotUrl: pivot,
    cirkwiUrl: cirkwi,
    publicUrl: service,
    query: options.query === 'ticked' ? sample.tickedQueryId : sample.queryId,
    offerTypes: sample.offerTypes,
    rate,
    inFlight: 8,
    format: options.format ?? 'json',
    uiUrl: options.temporal.uiUrl,
    policies: options.policies ?? {},
  });
  const { address, namespace } = options.temporal;
  const base = await stackBase(closers, stop, {
    sync: SYNC,
    pair: 'pivot-cirkwi',
    text,
    secrets: demoSecrets,
    databaseUrl: options.databaseUrl,
    temporal: { address, namespace },
  });
  return {
    ...base,
    sample,
    pivot: simulatorControl(pivot),
    cirkwi: simulatorControl(cirkwi),
    urls: { pivot, cirkwi, service, feed },
    async startService(more = {}) {
      const variables = { PASSERELLE_HOST: '127.0.0.1', PASSERELLE_PORT: String(port) };
      const started = await startServiceProcess({ ...base.variables, ...variables, ...more });
      closers.push(() => started.stop());
      return started;
    },
  };
}

async function startSimulators(
  options: PivotCirkwiStackOptions,
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
