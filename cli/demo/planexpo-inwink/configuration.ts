import { stringify } from 'yaml';

export const SYNC = 'salon-demo';
export const EVENT = { id: 'salon-demo', name: 'Salon de démonstration' };

/** Made up, and good for the simulators only. */
export const demoSecrets = {
  DEMO_PLANEXPO_KEY: 'demo-planexpo-key',
  DEMO_INWINK_SECRET: 'demo-inwink-secret',
} as const;

/** The demo's passerelle.yaml: the real schema, with the simulators' addresses and pace. */
export function demoConfiguration(demo: {
  planexpoUrl: string;
  inwinkUrl: string;
  rate: number | 'none';
  uiUrl: string | undefined;
  policies: Record<string, unknown>;
}): string {
  return stringify({
    platforms: {
      'planexpo-demo': {
        platform: 'planexpo',
        baseUrl: demo.planexpoUrl,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own reference to a variable
        apiKey: '${DEMO_PLANEXPO_KEY}',
        requestsPerSecond: demo.rate,
        inFlight: 4,
        timeout: '5s',
      },
      'inwink-demo': {
        platform: 'inwink',
        baseUrl: demo.inwinkUrl,
        tokenUrl: `${demo.inwinkUrl}/oauth/token`,
        clientId: 'passerelle-demo',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own reference to a variable
        clientSecret: '${DEMO_INWINK_SECRET}',
        requestsPerSecond: demo.rate,
        inFlight: 16,
        timeout: '5s',
        searchLag: '1s',
      },
    },
    syncs: {
      [SYNC]: {
        pair: 'planexpo-inwink',
        source: 'planexpo-demo',
        target: 'inwink-demo',
        planexpoEvent: EVENT.id,
        inwinkEventId: EVENT.id,
        policies: { retry: { initialInterval: '500ms', maximumInterval: '5s' }, ...demo.policies },
      },
    },
    ...(demo.uiUrl === undefined ? {} : { temporal: { uiUrl: demo.uiUrl } }),
  });
}
