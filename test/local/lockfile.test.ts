import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, startProgram } from '../setup/run-script';

describe('the lockfile', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passerelle-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('has the packages of every platform, without which npm ci refuses it (else: npm run lockfile)', async () => {
    const copy = join(folder, 'package-lock.json');
    await cp(join(ROOT, 'package-lock.json'), copy);

    const end = await startProgram(process.execPath, ['local/complete-lockfile.mjs', copy]).ended;

    expect(end).toMatchObject({ code: 0, stderr: `0 packages of other platforms added to ${copy}\n` });
  });

  test('names no host, so that every machine installs from its own registry', async () => {
    const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
    const resolved = Object.values<{ resolved?: string }>(lock.packages).flatMap(
      (entry) => entry.resolved ?? [],
    );

    expect(resolved).toEqual([]);
  });

  test('lets exactly those packages run an install script that package.json decides on', async () => {
    const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
    const { allowScripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const withScript = Object.entries<{ hasInstallScript?: boolean }>(lock.packages)
      .filter(([, entry]) => entry.hasInstallScript === true)
      .map(([path]) => path.split('node_modules/').at(-1));

    expect(Object.keys(allowScripts).sort()).toEqual([...new Set(withScript)].sort());
  });
});
