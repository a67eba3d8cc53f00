import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { environmentVariables } from '../../config/environment';

/** A worker or the service in a process of its own, so that it can die like one. */
export interface PasserelleProcess {
  pid: number;
  /** SIGKILL: no goodbye, nothing finished. */
  kill(): Promise<void>;
  /** SIGTERM, and SIGKILL when it does not end. */
  stop(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** What it wrote to its log so far, the last few thousand lines. */
  log(): string;
}

const COMMAND = join(__dirname, '..', '..', 'bin', 'passerelle.mjs');
/** Far more than a slow machine takes; whoever waits longer waits for nothing, and is told what the process said. */
const READY_WITHIN_MS = 150_000;
const STOP_WITHIN_MS = 15_000;
const KEPT_CHUNKS = 5_000;

/** Resolves when the worker polls. Rejects with its own words when it does not start. */
export function startWorkerProcess(variables: Record<string, string>): Promise<PasserelleProcess> {
  return startProcess('worker', variables);
}

/** The HTTP service in a process of its own; resolves when it answers. */
export function startServiceProcess(variables: Record<string, string>): Promise<PasserelleProcess> {
  return startProcess('serve', variables);
}

async function startProcess(
  command: 'worker' | 'serve',
  variables: Record<string, string>,
): Promise<PasserelleProcess> {
  const child = spawn(process.execPath, [COMMAND, command, '--json'], {
    env: { ...environmentVariables, PASSERELLE_LOG_LEVEL: 'warn', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    said.push(chunk.toString());
    if (said.length > KEPT_CHUNKS) said.shift();
  });
  const ready = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('"ready":true')) return true;
    }
    return false;
  })();
  const timer = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS);
  const started = await Promise.race([ready, once(child, 'exit').then(() => false)]);
  clearTimeout(timer);
  if (!started) throw new Error(`passerelle ${command} did not start:\n${said.join('')}`);
  child.stdout.resume();
  return {
    pid: child.pid ?? 0,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
    signal: (name) => void child.kill(name),
    log: () => said.join(''),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await ended;
  clearTimeout(timer);
}

/** A command of `passerelle`, as a person types it, to its end. */
export async function runPasserelle(
  args: readonly string[],
  variables: Record<string, string>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { ...environmentVariables, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => {
      printed[name] += chunk.toString();
    });
  await once(child, 'close');
  return { code: child.exitCode, ...printed };
}
