import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, type RunningScript, startProgram } from '../setup/run-script';

describe('the passerelle command', () => {
  let checkout: string;
  beforeEach(async () => {
    checkout = await mkdtemp(join(tmpdir(), 'passerelle-test-'));
    await cp(join(ROOT, 'bin'), join(checkout, 'bin'), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  });
  afterEach(() => rm(checkout, { recursive: true, force: true }));

  async function writeProgram(file: string, code: string): Promise<void> {
    await mkdir(join(checkout, file, '..'), { recursive: true });
    await writeFile(join(checkout, file), code);
  }

  const start = (...args: string[]): RunningScript =>
    startProgram(process.execPath, [join(checkout, 'bin', 'passerelle.mjs'), ...args], { cwd: checkout });

  test('runs the sources of a checkout, with the arguments and the exit code of the program', async () => {
    await writeProgram(
      'cli/main.ts',
      'const given: string[] = process.argv.slice(2); console.log(given.join("|")); process.exitCode = 3;',
    );

    expect(await start('run', 'salon-2027', '--json').ended).toMatchObject({
      code: 3,
      stdout: 'run|salon-2027|--json\n',
      stderr: '',
    });
  });

  test('runs the built program where there are no sources', async () => {
    await writeProgram('dist/cli/main.js', 'console.log("built"); process.exitCode = 2;');

    expect(await start().ended).toMatchObject({ code: 2, stdout: 'built\n' });
  });

  test('never runs a build that is older than the sources beside it', async () => {
    await writeProgram('dist/cli/main.js', 'console.log("built");');
    await writeProgram('cli/main.ts', 'console.log("sources");');

    expect((await start().ended).stdout).toBe('sources\n');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'hands %s to the program, which ends in its own way',
    async (signal) => {
      await writeProgram(
        'cli/main.ts',
        `process.on('${signal}', () => process.exit(7)); setInterval(() => undefined, 1000); console.log('up');`,
      );
      const program = start();
      await program.firstLine;

      program.kill(signal);

      expect(await program.ended).toMatchObject({ code: 7, signal: null });
    },
  );

  test('is what npx starts in this checkout', async () => {
    const end = await startProgram('npx', ['--no-install', 'passerelle', '--help']).ended;

    expect(end.code).toBe(0);
    expect(end.stdout).toContain('passerelle');
  });
});
