import { environmentVariables } from '../../../config/environment';
import { startCirkwiSimulator } from '../../../simulators/cirkwi';
import { startPivotSimulator } from '../../../simulators/pivot';
import { samplePivot } from '../../../simulators/sample-data/pivot';
import type { SimulatedPair, SimulationSettings } from '../simulated-pair';
import { ACCOUNT, demoSecrets } from './configuration';

/**
 * Both platforms as servers with a sample. Secrets are those of the environment, else made up and told. Cirkwi's account
 * is linked to the feeds that the service publishes for `sync`.
 */
export async function simulatePivotCirkwi(
  settings: SimulationSettings,
  pair: { pivotPort: number; cirkwiPort: number; offers: number; serviceUrl: string; sync: string },
): Promise<SimulatedPair> {
  const key = environmentVariables.PIVOT_KEY;
  const password = environmentVariables.CIRKWI_PASSWORD;
  const secret = environmentVariables.CIRKWI_FEED_SECRET;
  const { offers, queries, queryId, offerTypes } = samplePivot({ offers: pair.offers, seed: settings.seed });
  const source = await startPivotSimulator({
    ...settings,
    port: pair.pivotPort,
    credentials: { keys: [key ?? demoSecrets.DEMO_PIVOT_KEY] },
    initial: { offers, queries },
  });
  const feedOf = (shown: string) => `${pair.serviceUrl.replace(/\/+$/, '')}/feeds/${pair.sync}/${shown}`;
  const feed = feedOf(secret ?? demoSecrets.DEMO_FEED_SECRET);
  const target = await startCirkwiSimulator({
    ...settings,
    port: pair.cirkwiPort,
    account: { ...ACCOUNT, password: password ?? demoSecrets.DEMO_CIRKWI_PASSWORD },
    feeds: { circuits: `${feed}/circuits.xml`, pois: `${feed}/pois.xml` },
  }).catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  const pivot = {
    url: `${source.url}/PivotWeb-3.1`,
    wsKey: key === undefined ? demoSecrets.DEMO_PIVOT_KEY : '(PIVOT_KEY)',
    query: queryId,
    offerTypes,
  };
  const cirkwi = {
    url: target.url,
    ...ACCOUNT,
    password: password === undefined ? demoSecrets.DEMO_CIRKWI_PASSWORD : '(CIRKWI_PASSWORD)',
    imports: feedOf(secret === undefined ? demoSecrets.DEMO_FEED_SECRET : '(CIRKWI_FEED_SECRET)'),
  };
  return {
    addresses: { pivot, cirkwi },
    lines: [
      `PIVOT:    ${pivot.url}, key ${pivot.wsKey}, query ${queryId}`,
      `Cirkwi:   ${cirkwi.url}, user ${cirkwi.user}, code ${cirkwi.code}, widget ${cirkwi.widgetId}, name ${cirkwi.username}, password ${cirkwi.password}`,
      `          imports ${cirkwi.imports}/circuits.xml and pois.xml when told to: POST ${cirkwi.url}/_sim/pull`,
    ],
    async stop() {
      await Promise.all([source.close(), target.close()]);
    },
  };
}
