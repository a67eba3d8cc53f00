import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createPool, type Pool } from '../../db/pool';
import { ensureSync } from '../../db/runs';
import { freshDatabase } from '../setup/test-database';
import { mautic, stopMautic } from '../simulators/mautic-support';
import { CREDENTIALS, stopWeavys, weavy } from '../simulators/weavy-support';
import { type CommandStack, commandLine } from './command-stack';

export interface CrmCommandStack {
  sync: string;
  pool: Pool;
  weavy: Awaited<ReturnType<typeof weavy>>;
  mautic: Awaited<ReturnType<typeof mautic>>;
  /** Puts another mapping in the configuration's mapping file. */
  map(mapping: unknown): Promise<void>;
  run: CommandStack['run'];
  stop(): Promise<void>;
}

/** A database and both simulators for one test file, with a configuration whose mapping has its own file. */
export async function startCrmCommandStack(mapping: unknown): Promise<CrmCommandStack> {
  const sync = 'crm-acme';
  const [database, folder, source, target] = await Promise.all([
    freshDatabase(),
    mkdtemp(join(tmpdir(), 'passerelle-crm-cli-')),
    weavy(),
    mautic(),
  ]);
  const pool = createPool(database.url, 3);
  await ensureSync(pool, sync, 'weavy-webmecanik');
  const configurationFile = join(folder, 'passerelle.yaml');
  await writeFile(configurationFile, configurationText(sync, source.url, target.url));
  const map = (document: unknown) => writeFile(join(folder, 'crm-mapping.yaml'), stringify(document));
  await map(mapping);

  return {
    sync,
    pool,
    weavy: source,
    mautic: target,
    map,
    run: commandLine({
      DATABASE_URL: database.url,
      PASSERELLE_CONFIG: configurationFile,
      TEST_WEAVY_PASSWORD: CREDENTIALS.password,
      TEST_MAUTIC_PASSWORD: 'secret',
      TEST_PLANEXPO_KEY: 'key-1',
      TEST_INWINK_SECRET: 'secret',
    }),
    async stop() {
      await Promise.all([pool.end(), stopWeavys(), stopMautic()]);
      await Promise.all([database.drop(), rm(folder, { recursive: true, force: true })]);
    },
  };
}

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: the configuration's own form of naming a variable */
function configurationText(sync: string, weavyUrl: string, mauticUrl: string): string {
  return stringify({
    platforms: {
      'weavy-test': {
        platform: 'weavy',
        baseUrl: weavyUrl,
        projectCode: CREDENTIALS.projectCode,
        userName: CREDENTIALS.userName,
        password: '${TEST_WEAVY_PASSWORD}',
        requestsPerSecond: 'none',
        timeout: '5s',
      },
      'mautic-test': {
        platform: 'mautic',
        baseUrl: mauticUrl,
        signIn: { as: 'basic', username: 'api', password: '${TEST_MAUTIC_PASSWORD}' },
        requestsPerSecond: 'none',
        timeout: '5s',
      },
      'planexpo-test': {
        platform: 'planexpo',
        baseUrl: 'http://127.0.0.1:9',
        apiKey: '${TEST_PLANEXPO_KEY}',
      },
      'inwink-test': {
        platform: 'inwink',
        baseUrl: 'http://127.0.0.1:9',
        tokenUrl: 'http://127.0.0.1:9/token',
        clientId: 'client',
        clientSecret: '${TEST_INWINK_SECRET}',
      },
    },
    syncs: {
      [sync]: {
        pair: 'weavy-webmecanik',
        source: 'weavy-test',
        target: 'mautic-test',
        language: 'en',
        mapping: 'crm-mapping.yaml',
      },
      salon: {
        pair: 'planexpo-inwink',
        source: 'planexpo-test',
        target: 'inwink-test',
        planexpoEvent: 'expo-2027',
        inwinkEventId: 'event-1',
      },
    },
  });
}
/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above */
