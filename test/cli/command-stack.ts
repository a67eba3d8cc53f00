import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { stringify } from 'yaml';
import { ensureSearchAttributes } from '../../activities/search-attributes';
import { createPool, type Pool } from '../../db/pool';
import { ensureSync } from '../../db/runs';
import type { InwinkSimulatorOptions } from '../../simulators/inwink';
import type { PlanexpoSimulatorOptions } from '../../simulators/planexpo';
import { freshDatabase } from '../setup/test-database';
import { testTemporalAddress } from '../setup/test-temporal';
import { inwink, planexpo, stopSimulators } from '../simulators/support';

export interface CommandEnd {
  code: number;
  stdout: string;
  stderr: string;
  /** What `--json` printed; fails the test when there was anything else. */
  // biome-ignore lint/suspicious/noExplicitAny: a wrong path makes the assertion fail, which is what tests are for
  json: any;
}

export interface CommandStack {
  sync: string;
  databaseUrl: string;
  namespace: string;
  configurationFile: string;
  folder: string;
  pool: Pool;
  client: Client;
  planexpo: Awaited<ReturnType<typeof planexpo>>;
  inwink: Awaited<ReturnType<typeof inwink>>;
  /** Runs `passerelle ...` in this process, as an operator on this stack would. */
  run(...args: string[]): Promise<CommandEnd>;
  stop(): Promise<void>;
}

export interface StackSettings {
  /** Beside those that every test sync has. */
  sync?: Record<string, unknown>;
  inwinkAccount?: Record<string, unknown>;
  temporal?: Record<string, unknown>;
  planexpo?: Partial<PlanexpoSimulatorOptions>;
  inwink?: Partial<InwinkSimulatorOptions>;
}

/** A database, a Temporal namespace and both simulators for one test file, with a configuration that names them. */
export async function startCommandStack(settings: StackSettings = {}): Promise<CommandStack> {
  const sync = `salon-${randomBytes(4).toString('hex')}`;
  const [database, folder, source, target] = await Promise.all([
    freshDatabase(),
    mkdtemp(join(tmpdir(), 'passerelle-cli-')),
    planexpo(settings.planexpo),
    inwink(settings.inwink),
  ]);
  const connection = await Connection.connect({ address: testTemporalAddress() });
  await registerNamespace(connection, sync);
  const client = new Client({ connection, namespace: sync });
  await ensureSearchAttributes(client);
  const pool = createPool(database.url, 3);
  await ensureSync(pool, sync, 'planexpo-inwink');
  const configurationFile = join(folder, 'passerelle.yaml');
  await writeFile(configurationFile, configurationText(sync, source.url, target.url, settings));

  return {
    sync,
    databaseUrl: database.url,
    namespace: sync,
    configurationFile,
    folder,
    pool,
    client,
    planexpo: source,
    inwink: target,
    run: commandLine({
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: testTemporalAddress(),
      TEMPORAL_NAMESPACE: sync,
      PASSERELLE_CONFIG: configurationFile,
      TEST_PLANEXPO_KEY: 'key-1',
      TEST_INWINK_SECRET: 'secret',
    }),
    async stop() {
      await Promise.all([pool.end(), connection.close(), stopSimulators()]);
      await Promise.all([database.drop(), rm(folder, { recursive: true, force: true })]);
    },
  };
}

async function registerNamespace(connection: Connection, namespace: string): Promise<void> {
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as unknown as Long }, // the wire form takes a number
  });
}
type Long = NonNullable<
  NonNullable<
    Parameters<Connection['workflowService']['registerNamespace']>[0]['workflowExecutionRetentionPeriod']
  >['seconds']
>;

function configurationText(
  sync: string,
  planexpoUrl: string,
  inwinkUrl: string,
  settings: StackSettings,
): string {
  return stringify({
    platforms: {
      'planexpo-test': {
        platform: 'planexpo',
        baseUrl: planexpoUrl,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own form of naming a variable
        apiKey: '${TEST_PLANEXPO_KEY}',
        requestsPerSecond: 'none',
        timeout: '5s',
      },
      'inwink-test': {
        platform: 'inwink',
        baseUrl: inwinkUrl,
        tokenUrl: `${inwinkUrl}/oauth/token`,
        clientId: 'client',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own form of naming a variable
        clientSecret: '${TEST_INWINK_SECRET}',
        requestsPerSecond: 'none',
        timeout: '5s',
        searchLag: '1s',
        ...settings.inwinkAccount,
      },
    },
    syncs: {
      [sync]: {
        pair: 'planexpo-inwink',
        source: 'planexpo-test',
        target: 'inwink-test',
        planexpoEvent: 'expo-2027',
        inwinkEventId: 'event-1',
        language: 'en',
        ...settings.sync,
      },
    },
    ...(settings.temporal === undefined ? {} : { temporal: settings.temporal }),
  });
}

/**
 * The command with an environment of its own. The modules are loaded anew, because the environment is read once, when
 * its module is loaded; they stay loaded for all commands of the test file.
 */
export function commandLine(variables: Record<string, string>): CommandStack['run'] {
  for (const [name, value] of Object.entries(variables)) process.env[name] = value;
  const { buildProgram, reportError } = load();
  return async (...args) => {
    const stdout: string[] = [];
    const stderr: string[] = [];
    const spies = [
      jest.spyOn(process.stdout, 'write').mockImplementation((text) => stdout.push(String(text)) > 0),
      jest.spyOn(process.stderr, 'write').mockImplementation((text) => stderr.push(String(text)) > 0),
    ];
    process.exitCode = undefined;
    try {
      await buildProgram().parseAsync(['node', 'passerelle', ...args]);
    } catch (error) {
      process.exitCode = reportError(error);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    const code = Number(process.exitCode ?? 0);
    process.exitCode = undefined;
    const printed = stdout.join('');
    return {
      code,
      stdout: printed,
      stderr: stderr.join(''),
      get json() {
        return JSON.parse(printed);
      },
    };
  };
}

interface Loaded {
  buildProgram: typeof import('../../cli/program').buildProgram;
  reportError: typeof import('../../cli/report-error').reportError;
}

function load(): Loaded {
  jest.resetModules();
  const { buildProgram }: typeof import('../../cli/program') = require('../../cli/program');
  const { reportError }: typeof import('../../cli/report-error') = require('../../cli/report-error');
  return { buildProgram, reportError };
}
