// Run after `npm install`. A registry mirror may lack the packages of other platforms; npm then leaves them out of the
// lockfile, and `npm ci` refuses that lockfile everywhere. This adds them: exact versions, and the platforms they are for.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OS = [
  'android',
  'darwin',
  'freebsd',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'aix',
  'win32',
  'linux',
];
const CPU = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el'];
const LIBC = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

const file = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !isLocked(path, name))
    .map(([name, version]) => ({ name, version, dev: entry.dev })),
);
for (const { name, version, dev } of missing) {
  lock.packages[`node_modules/${name}`] = entryFor(name, version, dev);
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stderr.write(`${missing.length} packages of other platforms added to ${file}\n`);

/** npm looks in the folder of the package itself, then in each folder above it. */
function isLocked(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (lock.packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`] !== undefined) return true;
    if (at === '') return false;
  }
}

function entryFor(name, version, dev) {
  if (!/^\d+\.\d+\.\d+[-\w.]*$/.test(version))
    throw new Error(`${name}: expected an exact version, not ${version}`);
  const words = name.split(/[/-]/);
  const os = OS.find((known) => words.includes(known));
  const cpu = CPU.find((known) => words.includes(known));
  if (os === undefined || cpu === undefined) throw new Error(`${name} names no platform that is known here`);
  const libc = Object.entries(LIBC).find(([word]) => words.includes(word))?.[1];
  return {
    version,
    cpu: [cpu],
    ...(dev === true && { dev }),
    ...(os === 'linux' && libc !== undefined && { libc: [libc] }),
    optional: true,
    os: [os],
  };
}
