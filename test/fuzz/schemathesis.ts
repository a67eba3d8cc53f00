import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentVariables } from '../../config/environment';
import type { FuzzStack } from './fuzz-stack';

/** One version, so that a run can be repeated; its licence is MIT. */
const PACKAGES = ['schemathesis==4.32.5', 'openapi-spec-validator==0.9.0'];
const SEED = 20_270_301;

export interface FuzzOptions {
  examples: number;
  /** Only operations with this id. */
  only?: string | undefined;
}

/** Makes a Python environment in a temporary folder. Needs `python3` with its `venv`. */
export async function installSchemathesis(): Promise<{
  bin: string;
  folder: string;
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-fuzz-'));
  const bin = join(folder, 'venv', 'bin');
  await mustRun('python3', ['-m', 'venv', join(folder, 'venv')]);
  await mustRun(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...PACKAGES]);
  return { bin, folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Whether the description is valid OpenAPI 3.1, by a validator that is not ours. Rejects when it is not. */
export async function validateDescription(bin: string, folder: string, url: string): Promise<void> {
  const file = join(folder, 'openapi.json');
  await writeFile(file, await (await fetch(`${url}/openapi.json`)).text());
  await mustRun(join(bin, 'python'), ['-m', 'openapi_spec_validator', '--schema', '3.1', file]);
}

/** Every check and every phase, with a fixed seed. Answers the exit code: 0 when nothing was found. */
export async function runSchemathesis(
  { bin, folder }: { bin: string; folder: string },
  stack: FuzzStack,
  { examples, only }: FuzzOptions,
): Promise<number> {
  const configuration = join(folder, 'schemathesis.toml');
  await writeFile(configuration, configurationOf(stack));
  await copyFile(join(__dirname, 'files.py'), join(folder, 'files.py'));
  await saveFiles(stack, folder);
  return run(
    join(bin, 'schemathesis'),
    [
      ...['--config-file', configuration, 'run', `${stack.url}/openapi.json`],
      ...['--checks', 'all', '--phases', 'examples,coverage,fuzzing,stateful', '--mode', 'all'],
      ...['--max-examples', String(examples), '--seed', String(SEED), '--continue-on-failure'],
      // every operation has a document of its own to be slow with: preflights and comparisons ask platforms
      ...['--request-timeout', '75', '--suppress-health-check', 'all', '--workers', '2'],
      ...(only === undefined ? [] : ['--include-operation-id', only]),
    ],
    folder,
  );
}

/** Operations that one pair alone has are asked about its sync, nine times in ten. */
function onlyOn(part: string, sync: string): string {
  return `
[dictionaries.only-${part}]
values = ["${sync}"]

[[operations]]
include-path-regex = "/${part}"
parameters = { "path.sync" = { dictionary = "only-${part}", probability = 0.9 } }
`;
}

/** Files that can be used, had from the API itself. */
async function saveFiles({ url, token, files }: FuzzStack, folder: string): Promise<void> {
  for (const [name, path] of Object.entries(files)) {
    const reply = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
    await writeFile(join(folder, name), Buffer.from(await reply.arrayBuffer()));
  }
}

/**
 * What the request may be answered. The description says that 400 is for what is not as described, and 422 for what is,
 * and cannot be done all the same: so a request as described may get a 422, never a 400.
 */
function configurationOf(stack: FuzzStack): string {
  const { token, known } = stack;
  const dictionary = (name: string, values: ReadonlyArray<string | number>) =>
    `[dictionaries.${name}]\nvalues = ${JSON.stringify(values.length > 0 ? values : ['none'])}\n`;
  const bound = (parameter: string, name: string, probability: number) =>
    `"${parameter}" = { dictionary = "${name}", probability = ${probability} }`;
  return `
hooks = "files"

[auth.openapi]
token = { bearer = "${token}" }

[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422", "429"]

[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "409", "413", "415", "422", "429"]

${Object.entries(known)
  .map(([name, values]) => dictionary(name, values))
  .join('\n')}
[parameters]
${[
  bound('path.sync', 'syncs', 0.9),
  bound('query.sync', 'syncs', 0.7),
  bound('path.run', 'runs', 0.8),
  bound('path.record', 'records', 0.8),
  bound('query.record', 'records', 0.5),
  bound('path.item', 'items', 0.8),
  bound('path.edit', 'edits', 0.8),
  bound('path.person', 'people', 0.8),
  bound('body.plan', 'plans', 0.6),
  bound('body.decision', 'decisions', 0.8),
].join('\n')}

${Object.entries(stack.only)
  .map(([part, sync]) => onlyOn(part, sync))
  .join('\n')}
`;
}

async function mustRun(command: string, args: readonly string[]): Promise<void> {
  const code = await run(command, args);
  if (code !== 0) throw new Error(`${command} ${args[0]} ended with ${code}`);
}

async function run(command: string, args: readonly string[], folder = tmpdir()): Promise<number> {
  const env = { ...environmentVariables, FUZZ_FILES: folder, PYTHONPATH: folder };
  const child = spawn(command, args, { stdio: 'inherit', cwd: folder, env });
  await once(child, 'close');
  return child.exitCode ?? 1;
}
