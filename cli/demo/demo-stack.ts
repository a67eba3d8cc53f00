import type { DemoPair } from './demo-pairs';
import { type PivotCirkwiStack, startPivotCirkwi } from './pivot-cirkwi/stack';
import { type LocalStack, startPlanexpoInwink } from './planexpo-inwink/stack';
import { type SharedStack, type StackServers, serviceAddress, sharedStack, stoppable } from './stack-base';
import { startWeavyWebmecanik, type WeavyWebmecanikStack } from './weavy-webmecanik/stack';

export interface DemoStackOptions extends StackServers {
  pairs: readonly DemoPair[];
  /** Records of the main kind, for each pair. */
  records: Readonly<Record<DemoPair, number>>;
  seed: number;
}

/** One configuration with a sync for each pair: the task queues are fixed names, so one worker knows them all. */
export interface DemoStack extends SharedStack {
  'planexpo-inwink': LocalStack | null;
  'pivot-cirkwi': PivotCirkwiStack | null;
  'weavy-webmecanik': WeavyWebmecanikStack | null;
}

/** The database must be migrated. Stops again everything that it started, also when the start fails half-way. */
export function startDemoStack(options: DemoStackOptions): Promise<DemoStack> {
  const { pairs, records, seed } = options;
  return stoppable(async (closers, stop) => {
    const service = await serviceAddress();
    const expo = pairs.includes('planexpo-inwink')
      ? await startPlanexpoInwink({ dossiers: records['planexpo-inwink'], seed }, closers)
      : null;
    const routes = pairs.includes('pivot-cirkwi')
      ? await startPivotCirkwi({ offers: records['pivot-cirkwi'], seed }, service.url, closers)
      : null;
    const crm = pairs.includes('weavy-webmecanik')
      ? await startWeavyWebmecanik({ records: records['weavy-webmecanik'], seed }, closers)
      : null;
    const scenes = [expo, routes, crm].flatMap((started) => (started === null ? [] : [started.scene]));
    const shared = await sharedStack(closers, stop, { ...options, scenes, service });
    return {
      ...shared,
      'planexpo-inwink': (await expo?.on(shared)) ?? null,
      'pivot-cirkwi': (await routes?.on(shared)) ?? null,
      'weavy-webmecanik': (await crm?.on(shared)) ?? null,
    };
  });
}
