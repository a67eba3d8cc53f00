import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { Socket } from 'node:net';

/**
 * Waits until its input closes, which happens whenever and however the owner ends, SIGKILL included; then stops the
 * process and removes its folder. It runs in a session of its own, so that a Ctrl-C does not end it first.
 */
const WATCHDOG = `
trap '' HUP
cat >/dev/null
kill -s "$2" "$1" 2>/dev/null
waited=0
while kill -0 "$1" 2>/dev/null && [ "$waited" -lt "$3" ]; do sleep 1; waited=$((waited + 1)); done
kill -s KILL "$1" 2>/dev/null
[ -z "$4" ] || rm -rf -- "$4"
`;

export interface OwnedProcessOptions {
  command: string;
  args: string[];
  /** What the process prints goes here; the last lines are quoted when it does not start. */
  logFile: string;
  stopSignal: 'SIGTERM' | 'SIGINT';
  /** After this many seconds of patience the process is killed. */
  stopWithin: number;
  /** Removed once the process has ended. */
  temporaryFolder?: string | undefined;
  /** The account to run as, when this process is root and the program refuses to be. */
  account?: { uid: number; gid: number } | undefined;
}

export interface OwnedProcess {
  pid: number;
  /** Settles with a plain sentence when the process has ended, for whatever reason. Never rejects. */
  ended: Promise<string>;
  /** False once the process has ended. */
  isRunning(): boolean;
  /** The last lines that it printed. */
  lastLines(): Promise<string>;
  /** Ends the process and waits for that; a second call waits for the same end. */
  stop(): Promise<void>;
}

/**
 * Starts a server that must not outlive this process. It stands outside of our process group, so that Ctrl-C reaches
 * us alone and we decide the order in which things end; a watchdog ends it when we die without doing so.
 * Rejects when the program cannot be started at all.
 */
export async function startOwnedProcess(options: OwnedProcessOptions): Promise<OwnedProcess> {
  const log = openSync(options.logFile, 'a');
  const child = spawn(options.command, options.args, {
    detached: true,
    stdio: ['ignore', log, log],
    ...options.account,
  });
  closeSync(log);
  const end = endOf(child);
  if (child.pid === undefined) throw new Error(`${options.command} ${await end}`);
  const watchdog = startWatchdog(child.pid, options);
  child.unref();

  let running = true;
  const ended = end.then((how) => {
    running = false;
    watchdog.kill('SIGKILL'); // before the process id can belong to anyone else
    return how;
  });
  let stopping: Promise<void> | undefined;
  return {
    pid: child.pid,
    ended,
    isRunning: () => running,
    lastLines: () => lastLines(options.logFile),
    stop: () => {
      stopping ??= stopChild(child, ended, options);
      return stopping;
    },
  };
}

function startWatchdog(pid: number, options: OwnedProcessOptions): ChildProcess {
  const signal = options.stopSignal.slice('SIG'.length);
  const args = [String(pid), signal, String(options.stopWithin), options.temporaryFolder ?? ''];
  const watchdog = spawn('/bin/sh', ['-c', WATCHDOG, 'watchdog', ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.on('error', () => undefined); // no shell: then only a regular end stops the process
  watchdog.unref();
  if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();
  return watchdog;
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `ended with code ${code}` : `ended by ${signal}`),
    );
  });
}

async function stopChild(child: ChildProcess, ended: Promise<string>, options: OwnedProcessOptions) {
  child.ref(); // someone now waits for the end
  child.kill(options.stopSignal);
  const patience = setTimeout(() => child.kill('SIGKILL'), options.stopWithin * 1000);
  await ended;
  clearTimeout(patience);
  if (options.temporaryFolder !== undefined) {
    await rm(options.temporaryFolder, { recursive: true, force: true });
  }
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-8).join('\n');
}
