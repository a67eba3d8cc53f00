import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { say } from './say';

/** A network that lets packets fall answers nothing for minutes: this long without a new byte is taken as a no. */
const STALLED_MS = 6000;

/**
 * Fetches the Temporal command line from its official place with Temporal's own SDK and puts it at `target`. Gives up
 * when nothing arrives for a few seconds.
 */
export async function downloadOfficialTemporal(
  version: string,
  target: string,
): Promise<{ path: string } | { reason: string }> {
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(join(dirname(target), 'download-'));
  try {
    say(`Fetching Temporal ${version} from its official place ...`);
    const reason = await runDownload(folder, `v${version}`);
    if (reason !== undefined) return { reason };
    const [file] = (await readdir(folder)).filter((name) => name.startsWith('temporal'));
    if (file === undefined) return { reason: 'the SDK kept no file' };
    await chmod(join(folder, file), 0o755);
    await rename(join(folder, file), target);
    return { path: target };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Undefined when the download is complete, else why not. */
function runDownload(folder: string, version: string): Promise<string | undefined> {
  const script = join(__dirname, 'temporal-download.mjs');
  const child = spawn(process.execPath, [script, folder, version], { stdio: ['ignore', 'ignore', 'pipe'] });
  let lastLine = '';
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastLine = line.trim() || lastLine;
  });
  const stopWatching = watchForStall(folder, () => {
    lastLine = `no answer within ${STALLED_MS / 1000} seconds`;
    child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => {
      stopWatching();
      resolve(code === 0 ? undefined : shortened(lastLine));
    });
  });
}

function watchForStall(folder: string, onStall: () => void): () => void {
  let bytes = 0;
  let changedAt = Date.now();
  const timer = setInterval(() => {
    void bytesIn(folder).then((now) => {
      if (now !== bytes) changedAt = Date.now();
      bytes = now;
      if (Date.now() - changedAt > STALLED_MS) onStall();
    });
  }, 250);
  return () => clearInterval(timer);
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (file) => file.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The SDK repeats its whole chain of causes: the last one says what happened. */
function shortened(message: string): string {
  return message === '' ? 'the SDK gave no reason' : (message.split(': ').slice(-2).join(': ') ?? message);
}
