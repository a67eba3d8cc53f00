// Runs before the scripts of package.json, on a bare checkout too: Node's own modules only.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const lock = join(root, '.passerelle', 'install.lock');

/** Undefined when the installed packages are those of the lockfile, else the first reason why they are not. */
function whyInstall() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json')); // npm writes it last
  if (wanted === undefined) throw new Error('package-lock.json is missing or unreadable');
  if (installed === undefined) return 'the packages are not installed';
  for (const [path, entry] of Object.entries(wanted)) {
    const found = installed[path];
    if (path === '' || (found !== undefined && found.version === entry.version)) continue;
    if (entry.optional === true && found === undefined) continue; // for another platform
    return `${path} is not at ${entry.version}`;
  }
  return undefined;
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** The output goes to the error stream: what we are started for may print one JSON object. */
function install(reason) {
  process.stderr.write(`Installing packages with npm ci (${reason}) ...\n`);
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  const [command, ...first] = npm;
  const { status, error } = spawnSync(
    command,
    [...first, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=warn'],
    {
      cwd: root,
      stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`npm ci ended with code ${status}`);
}

/** True when the lock is ours; a lock whose owner has died is taken away first. */
function takeLock() {
  mkdirSync(dirname(lock), { recursive: true });
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const owner = Number(readOrEmpty(lock));
  if (owner > 0 && !isAlive(owner)) {
    try {
      renameSync(lock, `${lock}.${process.pid}`);
      rmSync(`${lock}.${process.pid}`);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error; // another one took it away
    }
  }
  return false;
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function main() {
  if (whyInstall() === undefined) return;
  while (!takeLock()) {
    await pause(200); // another start installs
    if (whyInstall() === undefined) return;
  }
  try {
    const reason = whyInstall();
    if (reason !== undefined) install(reason);
  } finally {
    rmSync(lock, { force: true });
  }
}

main().catch((error) => {
  process.stderr.write(`The packages could not be installed: ${error.message}\n`);
  process.exit(1);
});
