import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const ROOT = join(__dirname, '..', '..');

export interface ScriptEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunningScript {
  pid: number;
  /** The first line on its output; rejects with what it said when it ends without one. */
  firstLine: Promise<string>;
  ended: Promise<ScriptEnd>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts a program in a process of its own, so that a test can set its environment and kill it. */
export function startProgram(
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string | undefined> } = {},
): RunningScript {
  const env = { ...process.env, ...options.env };
  const child = spawn(command, args, { cwd: options.cwd ?? ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<ScriptEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')));
    });
    ended.then(() => reject(new Error(`it ended without a line:\n${stderr}`)), reject);
  });
  firstLine.catch(() => undefined); // many tests only look at the end
  return { pid: child.pid ?? 0, firstLine, ended, kill: (signal) => void child.kill(signal) };
}

/** Runs TypeScript of this project: `code` may `require` with paths from the project's root. */
export function startTypeScript(code: string, env: Record<string, string | undefined> = {}): RunningScript {
  return startProgram(process.execPath, ['--require', 'tsx/cjs', '--eval', code], { env });
}

/** Resolves when no process has this id any more; rejects after half a minute. */
export async function untilGone(pid: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (isAlive(pid)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} is still there`);
    await pause(50);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
