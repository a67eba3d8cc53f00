import { environmentVariables } from '../../../config/environment';
import { startInwinkSimulator } from '../../../simulators/inwink';
import { startPlanexpoSimulator } from '../../../simulators/planexpo';
import { sampleExpo } from '../../../simulators/sample-data';
import type { SimulatedPair, SimulationSettings } from '../simulated-pair';
import { demoSecrets } from './configuration';

const CLIENT_ID = 'passerelle';

/** Both platforms as servers with a sample. Secrets are those of the environment, else made up and told. */
export async function simulatePlanexpoInwink(
  settings: SimulationSettings,
  pair: { planexpoPort: number; inwinkPort: number; event: string; dossiers: number },
): Promise<SimulatedPair> {
  const { event } = pair;
  const sample = sampleExpo({ dossiers: pair.dossiers, seed: settings.seed });
  const apiKey = environmentVariables.PLANEXPO_API_KEY;
  const clientSecret = environmentVariables.INWINK_CLIENT_SECRET;
  const shared = { ...settings, event: { id: event, name: event } };
  const source = await startPlanexpoSimulator({
    ...shared,
    port: pair.planexpoPort,
    credentials: { apiKeys: [apiKey ?? demoSecrets.DEMO_PLANEXPO_KEY] },
    initial: sample.planexpo,
  });
  const target = await startInwinkSimulator({
    ...shared,
    port: pair.inwinkPort,
    credentials: { clientId: CLIENT_ID, clientSecret: clientSecret ?? demoSecrets.DEMO_INWINK_SECRET },
    initial: sample.inwink,
  }).catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  const planexpo = {
    url: source.url,
    event,
    apiKey: apiKey === undefined ? demoSecrets.DEMO_PLANEXPO_KEY : '(PLANEXPO_API_KEY)',
  };
  const inwink = {
    url: target.url,
    event,
    tokenUrl: `${target.url}/oauth/token`,
    clientId: CLIENT_ID,
    clientSecret: clientSecret === undefined ? demoSecrets.DEMO_INWINK_SECRET : '(INWINK_CLIENT_SECRET)',
  };
  return {
    addresses: { planexpo, inwink },
    lines: [
      `Planexpo: ${planexpo.url}, event ${event}, API key ${planexpo.apiKey}`,
      `Inwink:   ${inwink.url}, event ${event}, client ${inwink.clientId}, secret ${inwink.clientSecret}`,
      `          tokens at ${inwink.tokenUrl}`,
    ],
    async stop() {
      await Promise.all([source.close(), target.close()]);
    },
  };
}
