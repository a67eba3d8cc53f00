import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createPool, type Pool } from '../../db/pool';
import { freshDatabase, type TestDatabase } from '../setup/test-database';
import { type CommandStack, commandLine } from './command-stack';

let database: TestDatabase;
let pool: Pool;
let folder: string;
let run: CommandStack['run'];

beforeAll(async () => {
  [database, folder] = await Promise.all([freshDatabase(), mkdtemp(join(tmpdir(), 'passerelle-people-'))]);
  pool = createPool(database.url, 2);
  const file = join(folder, 'passerelle.yaml');
  await writeFile(file, 'platforms: {}\nsyncs: {}\nservice:\n  publicUrl: https://passerelle.example/\n');
  run = commandLine({ DATABASE_URL: database.url, PASSERELLE_CONFIG: file });
});
afterAll(async () => {
  await pool.end();
  await Promise.all([database.drop(), rm(folder, { recursive: true })]);
});
afterEach(() => pool.query('truncate account, api_token, access_audit cascade'));

async function withInput<T>(text: string, work: () => Promise<T>): Promise<T> {
  const own = Object.getOwnPropertyDescriptor(process, 'stdin');
  Object.defineProperty(process, 'stdin', { value: Readable.from([text]), configurable: true });
  try {
    return await work();
  } finally {
    if (own !== undefined) Object.defineProperty(process, 'stdin', own);
  }
}

describe('passerelle user', () => {
  it('makes the first administrator and prints a link to the console that signs in once', async () => {
    const { code, json } = await run(
      'user',
      'add',
      'anne',
      '--role',
      'administrator',
      '--name',
      'Anne',
      '--json',
    );

    expect(code).toBe(0);
    expect(json.person).toMatchObject({
      login: 'anne',
      name: 'Anne',
      role: 'administrator',
      signsInBy: 'link',
    });
    expect(json.link).toMatch(/^https:\/\/passerelle\.example\/login\/once\/[\w-]{43}$/);
    expect(new Date(json.expiresAt).getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  });

  it('reads a password from its input, and repeats it nowhere', async () => {
    const { code, stdout, stderr } = await withInput('huit tortues bleues\n', () =>
      run('user', 'add', 'anne', '--role', 'viewer', '--password-stdin'),
    );
    const { json } = await run('user', 'list', '--json');

    expect({ code, said: stdout + stderr }).toEqual({ code: 0, said: 'Account made: anne (viewer)\n' });
    expect(json.people).toMatchObject([{ login: 'anne', signsInBy: 'password' }]);
    expect(JSON.stringify(json)).not.toMatch(/scrypt|tortues/);
  });

  it('refuses a password that is easy to guess, and makes no account', async () => {
    const { code, stderr } = await withInput('password1234\n', () =>
      run('user', 'add', 'anne', '--role', 'viewer', '--password-stdin'),
    );

    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect((await run('user', 'list', '--json')).json.people).toEqual([]);
  });

  it('changes roles, lets in and does not, and never takes the last administrator', async () => {
    await run('user', 'add', 'anne', '--role', 'administrator');
    await run('user', 'add', 'bruno', '--role', 'viewer');

    const refused = await run('user', 'disable', 'anne');
    const role = await run('user', 'role', 'bruno', 'administrator', '--json');
    const disabled = await run('user', 'disable', 'anne', '--json');
    const enabled = await run('user', 'enable', 'anne', '--json');
    const { stdout } = await run('user', 'list', '--language', 'fr');

    expect({ code: refused.code, said: refused.stderr }).toMatchObject({
      code: 2,
      said: expect.stringContaining('last administrator'),
    });
    expect(role.json.person.role).toBe('administrator');
    expect(disabled.json.person.disabledAt).toEqual(expect.any(String));
    expect(enabled.json.person.disabledAt).toBeNull();
    expect(stdout).toMatch(/anne.*administrator.*lien seulement.*actif/);
  });

  it('says who did it', async () => {
    await run('user', 'add', 'anne', '--role', 'administrator');

    const { rows } = await pool.query('select actor, operation from access_audit order by id');

    expect(rows.map(({ operation }) => operation)).toEqual(['person-added', 'invited']);
    expect(rows[0].actor).toMatch(/.+@.+/);
  });

  it('invites again, and refuses those who are not there', async () => {
    await run('user', 'add', 'anne', '--role', 'administrator');

    const again = await run('user', 'invite', 'anne');
    const nobody = await run('user', 'invite', 'nobody');
    const noRole = await run('user', 'role', 'anne', 'emperor');

    expect(again.stdout).toMatch(/https:\/\/passerelle\.example\/login\/once\/[\w-]{43}\n$/);
    expect([nobody.code, noRole.code]).toEqual([2, 2]);
  });
});

describe('passerelle token', () => {
  it('shows a token once, lists it without its secret, and revokes it by its name', async () => {
    const created = await run(
      'token',
      'create',
      'reporting',
      '--scope',
      'read',
      '--expires',
      '90d',
      '--json',
    );
    const listed = await run('token', 'list', '--json');
    const revoked = await run('token', 'revoke', 'reporting', '--json');
    const after = await run('token', 'list');

    expect(created.json).toMatchObject({ name: 'reporting', scope: 'read', state: 'active' });
    expect(created.json.token).toMatch(/^psl_[\w-]{43}$/);
    expect(listed.json.tokens).toMatchObject([{ name: 'reporting', expiresAt: expect.any(String) }]);
    expect(listed.stdout).not.toContain(created.json.token);
    expect(revoked.json.state).toBe('revoked');
    expect(after.stdout).toMatch(/reporting.*read.*revoked/);
  });

  it.each([
    ['a scope that there is not', ['create', 'x', '--scope', 'all']],
    ['no scope', ['create', 'x']],
    ['a time that is none', ['create', 'x', '--scope', 'read', '--expires', 'soon']],
    ['a token that is not there', ['revoke', 'nothing']],
  ])('refuses %s with exit code 2', async (_what, args) => {
    expect((await run('token', ...args)).code).toBe(2);
  });
});
