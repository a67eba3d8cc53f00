import { join } from 'node:path';
import type { z } from 'zod';
import type { fieldMappingSchema } from '../../../config/field-mapping';
import type { Scene } from '../stack-base';

export const SYNC = 'crm-demo';

/** How the demo's sync signs in to both simulators; the passwords are secrets. */
export const WEAVY_ACCOUNT = { projectCode: 'DEMO', userName: 'passerelle' };
export const MAUTIC_ACCOUNT = { username: 'passerelle' };

/** Made up, and good for the simulators only. */
export const demoSecrets = {
  DEMO_WEAVY_PASSWORD: 'demo-weavy-password',
  DEMO_MAUTIC_PASSWORD: 'demo-mautic-password',
} as const;

/** A mapping document as people write it. */
export type MappingDocument = z.input<typeof fieldMappingSchema>;

/** The mapping of the demo and of docker-compose.yml. */
export const MAPPING_FILE = join(__dirname, '..', '..', '..', 'deploy', 'crm-mapping.yaml');

/** The pair's part of the demo's configuration: the real schema, with the simulators' addresses and pace. */
export function demoScene(demo: {
  weavyUrl: string;
  mauticUrl: string;
  rate: number | 'none';
  /** The document, or the path of its file. */
  mapping: MappingDocument | string;
  policies: Record<string, unknown>;
}): Scene {
  const pace = { requestsPerSecond: demo.rate, inFlight: 8, timeout: '10s', searchLag: '1s' };
  return {
    sync: SYNC,
    pair: 'weavy-webmecanik',
    secrets: demoSecrets,
    platforms: {
      'weavy-demo': {
        platform: 'weavy',
        baseUrl: demo.weavyUrl,
        ...WEAVY_ACCOUNT,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own reference to a variable
        password: '${DEMO_WEAVY_PASSWORD}',
        ...pace,
      },
      'mautic-demo': {
        platform: 'mautic',
        baseUrl: demo.mauticUrl,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own reference to a variable
        signIn: { as: 'basic', ...MAUTIC_ACCOUNT, password: '${DEMO_MAUTIC_PASSWORD}' },
        ...pace,
      },
    },
    syncConfiguration: {
      pair: 'weavy-webmecanik',
      source: 'weavy-demo',
      target: 'mautic-demo',
      mapping: demo.mapping,
      policies: {
        firstRun: 'auto',
        retry: { initialInterval: '500ms', maximumInterval: '5s' },
        ...demo.policies,
      },
    },
  };
}
