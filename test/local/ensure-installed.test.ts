import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, type ScriptEnd, startProgram } from '../setup/run-script';

describe('installing what is missing', () => {
  let project: string;
  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'passerelle-test-'));
    await mkdir(join(project, 'local'));
    await cp(join(ROOT, 'local', 'ensure-installed.mjs'), join(project, 'local', 'ensure-installed.mjs'));
    await writeDependency('1.0.0');
  });
  afterEach(() => rm(project, { recursive: true, force: true }));

  /** A project with one dependency that needs no network: a package packed beside it. */
  async function writeDependency(version: string): Promise<void> {
    const dependency = join(project, 'dependency');
    await mkdir(dependency, { recursive: true });
    await writeJson(join(dependency, 'package.json'), { name: 'dependency', version });
    await startProgram('npm', ['pack', '--silent', './dependency'], { cwd: project }).ended;
    const spec = `file:dependency-${version}.tgz`;
    const manifest = { name: 'project', version: '1.0.0', dependencies: { dependency: spec } };
    await writeJson(join(project, 'package.json'), manifest);
    await writeJson(join(project, 'package-lock.json'), {
      name: 'project',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: { '': manifest, 'node_modules/dependency': { version, resolved: spec } },
    });
  }

  const ensure = (): Promise<ScriptEnd> =>
    startProgram(process.execPath, ['local/ensure-installed.mjs'], { cwd: project }).ended;

  async function installedVersion(): Promise<unknown> {
    const manifest = await readFile(join(project, 'node_modules', 'dependency', 'package.json'), 'utf8');
    return JSON.parse(manifest).version;
  }

  test('a bare checkout is installed, and nothing is said on the output', async () => {
    const end = await ensure();

    expect(end).toMatchObject({ code: 0, stdout: '' });
    expect(end.stderr).toContain('npm ci');
    expect(await installedVersion()).toBe('1.0.0');
  });

  test('an installed checkout is left alone', async () => {
    await ensure();

    expect(await ensure()).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
  });

  test('a lockfile that moved on is followed', async () => {
    await ensure();
    await writeDependency('1.1.0');

    const end = await ensure();

    expect(end.stderr).toContain('node_modules/dependency is not at 1.1.0');
    expect(await installedVersion()).toBe('1.1.0');
  });

  test('two starts at once install once, and both go on', async () => {
    const ends = await Promise.all([ensure(), ensure()]);

    expect(ends.map((end) => end.code)).toEqual([0, 0]);
    expect(ends.filter((end) => end.stderr.includes('Installing packages'))).toHaveLength(1);
    expect(await installedVersion()).toBe('1.0.0');
  });

  test('a lock left by a start that was killed stops nobody', async () => {
    const killed = startProgram(process.execPath, ['--eval', '']);
    await killed.ended;
    await mkdir(join(project, '.passerelle'));
    await writeFile(join(project, '.passerelle', 'install.lock'), String(killed.pid));

    expect((await ensure()).code).toBe(0);
    expect(await installedVersion()).toBe('1.0.0');
  });

  test('a lockfile that does not fit is an error, with the reason of npm', async () => {
    await writeJson(join(project, 'package.json'), { name: 'project', dependencies: { absent: '1.0.0' } });

    const end = await ensure();

    expect(end).toMatchObject({ code: 1, stdout: '' });
    expect(end.stderr).toContain('could not be installed');
  });
});

async function writeJson(file: string, content: unknown): Promise<void> {
  await writeFile(file, JSON.stringify(content));
}
