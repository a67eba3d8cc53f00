import { environmentVariables } from '../../../config/environment';
import { startMauticSimulator } from '../../../simulators/mautic';
import { sampleCrm } from '../../../simulators/sample-data/crm';
import { startWeavySimulator } from '../../../simulators/weavy';
import type { SimulatedPair, SimulationSettings } from '../simulated-pair';
import { demoSecrets, MAUTIC_ACCOUNT, WEAVY_ACCOUNT } from './configuration';

/** Both CRMs as servers with a sample. Passwords are those of the environment, else made up and told. */
export async function simulateWeavyWebmecanik(
  settings: SimulationSettings,
  pair: { weavyPort: number; mauticPort: number; records: number },
): Promise<SimulatedPair> {
  const sample = sampleCrm({ records: pair.records, seed: settings.seed });
  const weavyPassword = environmentVariables.WEAVY_PASSWORD;
  const mauticPassword = environmentVariables.MAUTIC_PASSWORD;
  const source = await startWeavySimulator({
    ...settings,
    port: pair.weavyPort,
    credentials: { ...WEAVY_ACCOUNT, password: weavyPassword ?? demoSecrets.DEMO_WEAVY_PASSWORD },
    initial: sample.weavy,
    customFields: sample.customFields.weavy,
  });
  const target = await startMauticSimulator({
    ...settings,
    port: pair.mauticPort,
    credentials: {
      basic: { ...MAUTIC_ACCOUNT, password: mauticPassword ?? demoSecrets.DEMO_MAUTIC_PASSWORD },
    },
    initial: sample.mautic,
    fields: sample.customFields.mautic,
  }).catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  const weavy = {
    url: source.url,
    ...WEAVY_ACCOUNT,
    password: weavyPassword === undefined ? demoSecrets.DEMO_WEAVY_PASSWORD : '(WEAVY_PASSWORD)',
  };
  const mautic = {
    url: target.url,
    ...MAUTIC_ACCOUNT,
    password: mauticPassword === undefined ? demoSecrets.DEMO_MAUTIC_PASSWORD : '(MAUTIC_PASSWORD)',
  };
  return {
    addresses: { weavy, mautic },
    lines: [
      `weavy:    ${weavy.url}, project ${weavy.projectCode}, user ${weavy.userName}, password ${weavy.password}`,
      `Mautic:   ${mautic.url}, user ${mautic.username}, password ${mautic.password}`,
    ],
    async stop() {
      await Promise.all([source.close(), target.close()]);
    },
  };
}
