import { spawn } from 'node:child_process';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, mayEnter } from './postgres-program';

export const OWNER = 'passerelle';
export const DATABASE = 'passerelle';

/**
 * Makes the data folder of a PostgreSQL with our database in it, unless it is there. Text is UTF-8 and sorts by code
 * point: the same order on every machine. Returns the owner's password: the given one for a new folder, the kept one else.
 */
export async function createCluster(wanted: {
  program: string;
  home: string;
  account: Account | undefined;
  password: string;
}): Promise<string> {
  const { home, account } = wanted;
  const kept = await readFile(join(home, 'password'), 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept.trim();

  if (account !== undefined) await makeUsable(home, account);
  const cluster = join(home, 'cluster');
  const draft = join(home, 'password-draft');
  await rm(cluster, { recursive: true, force: true }); // left by a start that was cut off
  await writeFile(draft, `${wanted.password}\n`, { mode: 0o600 });
  if (account !== undefined) await chown(draft, account.uid, account.gid);

  const identity = [`--username=${OWNER}`, `--pwfile=${draft}`, '--auth=scram-sha-256'];
  const sorting = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  await runTool(
    join(wanted.program, 'initdb'),
    ['-D', cluster, '--no-instructions', ...identity, ...sorting],
    '',
    account,
  );
  const alone = ['--single', '-D', cluster, 'postgres'];
  await runTool(join(wanted.program, 'postgres'), alone, `create database ${DATABASE}\n`, account);
  await rename(draft, join(home, 'password')); // last: it marks the folder as complete
  return wanted.password;
}

async function makeUsable(home: string, account: Account): Promise<void> {
  await chown(home, account.uid, account.gid);
  if (await mayEnter(account, home)) return;
  throw new Error(
    `As root, PostgreSQL runs under another account, which may not enter ${home}. Choose a folder it may enter.`,
  );
}

function runTool(
  command: string,
  args: string[],
  input: string,
  account: Account | undefined,
): Promise<void> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], cwd: '/', ...account });
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stdin.on('error', () => undefined); // the program ended first: its exit code tells
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve();
      reject(
        new Error(`${command} ended with code ${code}:\n${Buffer.concat(printed).toString('utf8').trim()}`),
      );
    });
  });
}
