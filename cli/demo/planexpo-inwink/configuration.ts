import type { Scene } from '../stack-base';

export const SYNC = 'salon-demo';
export const EVENT = { id: 'salon-demo', name: 'Salon de démonstration' };

/** Made up, and good for the simulators only. */
export const demoSecrets = {
  DEMO_PLANEXPO_KEY: 'demo-planexpo-key',
  DEMO_INWINK_SECRET: 'demo-inwink-secret',
} as const;

/** The pair's part of the demo's configuration: the real schema, with the simulators' addresses and pace. */
export function demoScene(demo: {
  planexpoUrl: string;
  inwinkUrl: string;
  rate: number | 'none';
  policies: Record<string, unknown>;
}): Scene {
  return {
    sync: SYNC,
    pair: 'planexpo-inwink',
    secrets: demoSecrets,
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
    syncConfiguration: {
      pair: 'planexpo-inwink',
      source: 'planexpo-demo',
      target: 'inwink-demo',
      planexpoEvent: EVENT.id,
      inwinkEventId: EVENT.id,
      policies: { retry: { initialInterval: '500ms', maximumInterval: '5s' }, ...demo.policies },
    },
  };
}
