import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from '../setup/run-script';

export interface Instruction {
  name: string;
  rest: string;
}

export interface Stage {
  name: string;
  image: string;
  instructions: Instruction[];
}

/** The stages of our Dockerfile, in order. Throws on what this small reader does not know. */
export function readDockerfile(): Stage[] {
  const lines = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (name === 'FROM') {
      const [image = '', , alias] = rest.split(/\s+/);
      stages.push({ name: alias ?? `stage-${stages.length}`, image, instructions: [] });
      continue;
    }
    if (name === '') throw new Error(`not understood: ${line}`);
    stages.at(-1)?.instructions.push({ name, rest });
  }
  return stages;
}

/** The values of one instruction of a stage, such as every `USER`. */
export function valuesOf(stage: Stage | undefined, name: string): string[] {
  return (stage?.instructions ?? []).filter((one) => one.name === name).map((one) => one.rest);
}

/**
 * Carries out the stages without Docker: each in an empty folder below `root`, `COPY` from the files that a build would
 * be sent, `RUN` by the shell. Answers the folder that stands for `/` in the last stage.
 */
export async function carryOut(stages: Stage[], root: string): Promise<string> {
  const rootOf = (stage: string) => join(root, stage);
  for (const stage of stages) {
    let workdir = '/';
    await mkdir(rootOf(stage.name), { recursive: true });
    for (const { name, rest } of stage.instructions) {
      const here = join(rootOf(stage.name), workdir);
      if (name === 'WORKDIR') {
        workdir = rest;
        await mkdir(join(rootOf(stage.name), workdir), { recursive: true });
      } else if (name === 'RUN') {
        execFileSync('/bin/sh', ['-ec', rest], { cwd: here, env: buildEnvironment(), stdio: 'pipe' });
      } else if (name === 'COPY') {
        await copy(rest, here, rootOf);
      }
    }
  }
  return rootOf(stages.at(-1)?.name ?? '');
}

/** A build sees nothing of the npm that runs the tests. */
function buildEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|JEST_)/i.test(name)),
  );
}

async function copy(rest: string, here: string, rootOf: (stage: string) => string): Promise<void> {
  const words = rest.split(/\s+/);
  const from = words[0]?.startsWith('--from=') === true ? words.shift()?.slice('--from='.length) : undefined;
  const target = words.pop() ?? '';
  const many = words.length > 1 || target.endsWith('/');
  for (const source of words) {
    if (from !== undefined) {
      await cp(join(rootOf(from), source), join(here, target), { recursive: true, verbatimSymlinks: true });
      continue;
    }
    const files = buildContext().filter(
      (file) => source === '.' || file === source || file.startsWith(`${source}/`),
    );
    if (files.length === 0) throw new Error(`COPY ${source}: a build would not be sent it`);
    for (const file of files)
      await copyFile(
        file,
        join(here, many ? file : target + file.slice(source.length)),
        source === '.' ? join(here, file) : undefined,
      );
  }
}

async function copyFile(file: string, target: string, whole: string | undefined): Promise<void> {
  const to = whole ?? target;
  await mkdir(dirname(to), { recursive: true });
  await cp(join(ROOT, file), to);
}

/** The project's files without those that .dockerignore names. */
export function buildContext(): string[] {
  const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((pattern) => new RegExp(`^${pattern.replace(/[.]/g, '\\.').replace(/\*/g, '[^/]*')}(/|$)`));
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(ROOT, file)))
    .filter((file) => !ignored.some((pattern) => pattern.test(file)));
}
