import type { Scene } from '../stack-base';

export const SYNC = 'itineraires-demo';

/** Where the demo's Cirkwi has its account. */
export const ACCOUNT = { user: 'demo', code: 'itineraires', widgetId: '1', username: 'demo' };

/** Made up, and good for the simulators only. */
export const demoSecrets = {
  DEMO_PIVOT_KEY: 'c0ffee00-0000-4000-8000-00000000d3m0',
  DEMO_CIRKWI_PASSWORD: 'demo-cirkwi-password',
  DEMO_FEED_SECRET: 'demo-feed-secret-nobody-guesses',
} as const;

/** The pair's part of the demo's configuration: the real schema, with the simulators' addresses and pace. */
export function demoScene(demo: {
  pivotUrl: string;
  cirkwiUrl: string;
  /** Of the service, as Cirkwi reaches it. */
  publicUrl: string;
  query: string;
  offerTypes: number[];
  rate: number | 'none';
  inFlight: number;
  format: 'json' | 'xml';
  policies: Record<string, unknown>;
}): Scene {
  const pace = { requestsPerSecond: demo.rate, inFlight: demo.inFlight, timeout: '10s' };
  return {
    sync: SYNC,
    pair: 'pivot-cirkwi',
    secrets: demoSecrets,
    platforms: {
      'pivot-demo': {
        platform: 'pivot',
        baseUrl: `${demo.pivotUrl}/PivotWeb-3.1`,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own reference to a variable
        wsKey: '${DEMO_PIVOT_KEY}',
        format: demo.format,
        searchLag: '1s',
        ...pace,
      },
      'cirkwi-demo': {
        platform: 'cirkwi',
        baseUrl: demo.cirkwiUrl,
        siteUrl: demo.cirkwiUrl,
        ...ACCOUNT,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own reference to a variable
        password: '${DEMO_CIRKWI_PASSWORD}',
        ...pace,
      },
    },
    syncConfiguration: {
      pair: 'pivot-cirkwi',
      source: 'pivot-demo',
      target: 'cirkwi-demo',
      query: demo.query,
      offerTypes: demo.offerTypes,
      feed: {
        publicUrl: demo.publicUrl,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own reference to a variable
        secret: '${DEMO_FEED_SECRET}',
      },
      policies: {
        allowPrivateHosts: ['127.0.0.1'],
        retry: { initialInterval: '500ms', maximumInterval: '5s' },
        ...demo.policies,
      },
    },
  };
}
