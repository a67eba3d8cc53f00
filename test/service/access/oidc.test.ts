import type { OidcConfiguration } from '../../../config/service';
import type { Role } from '../../../db/accounts';
import { createPool, type Pool } from '../../../db/pool';
import { addPerson } from '../../../operations/people';
import { createToken } from '../../../operations/tokens';
import { personOfProvider, readClaims, roleOfClaims } from '../../../service/access/oidc-person';
import { type RunningScript, startTypeScript } from '../../setup/run-script';
import type { OidcAddresses, serveOidc } from './serve-oidc';
import { type Answer, createBrowser, type TestBrowser } from './test-browser';

let script: RunningScript;
let addresses: OidcAddresses;
let pool: Pool;

beforeAll(async () => {
  const settings: Parameters<typeof serveOidc>[0] = {
    roles: { 'sync-admins': 'administrator', staff: 'operator' },
  };
  script = startTypeScript(
    `void require('./test/service/access/serve-oidc.ts').serveOidc(${JSON.stringify(settings)})`,
  );
  addresses = JSON.parse(await script.firstLine);
  pool = createPool(addresses.databaseUrl, 2);
});
afterAll(async () => {
  await pool.end();
  script.kill('SIGTERM');
  await script.ended;
});

/** Who signs in at the provider from now on, and what it tells of them. */
async function comes(name: string, claims: Record<string, unknown>): Promise<void> {
  await fetch(`${addresses.issuer}/test/person?name=${name}`, {
    method: 'POST',
    body: JSON.stringify(claims),
  });
}

/** Goes to the provider and back; answers the address of the callback, which was not called yet. */
async function returnAddress(browser: TestBrowser, to = '/room'): Promise<string> {
  const begun = await browser.get(`/login/oidc?to=${encodeURIComponent(to)}`);
  const provider = createBrowser(addresses.issuer);
  let next = begun.location ?? '';
  for (let hop = 0; hop < 8 && !next.startsWith(addresses.url); hop++)
    next = (await provider.get(next)).headers.get('location') ?? '';
  return next;
}

async function signIn(browser = createBrowser(addresses.url)): Promise<Answer> {
  return browser.get(await returnAddress(browser));
}

const account = async (login: string) =>
  (await pool.query('select role, name, oidc_subject, created_by from account where login = $1', [login]))
    .rows[0];

const person = (name: string, groups?: string[]) => ({
  name,
  email: `${name}@example.org`,
  email_verified: true,
  ...(groups === undefined ? {} : { groups }),
});

describe('signing in at the OpenID provider', () => {
  it('lets a person in whose role the claim names, and leads to the page that was asked for', async () => {
    await comes('anne', person('anne', ['staff', 'sync-admins']));
    const browser = createBrowser(addresses.url);

    const page = await browser.get('/login');
    const door = await signIn(browser);
    const room = await browser.get('/room');

    expect(page.text).toMatch(/<a class="button" href="\/login\/oidc\?[^"]*">Se connecter avec ACME<\/a>/);
    expect([door.status, door.location]).toEqual([303, '/room']);
    expect(room.json).toMatchObject({ login: 'anne@example.org', name: 'anne', role: 'administrator' });
    expect(await account('anne@example.org')).toMatchObject({
      oidc_subject: `${addresses.issuer} anne`,
      created_by: 'oidc',
    });
  });

  it('takes the role from the claim at each sign-in', async () => {
    await comes('bruno', person('bruno', ['staff', 'sync-admins']));
    await signIn();
    await comes('bruno', person('bruno', ['staff']));
    await signIn();

    expect(await account('bruno@example.org')).toMatchObject({ role: 'operator' });
  });

  it('refuses somebody without a role, with a page that says so, and makes no account', async () => {
    await comes('carla', person('carla', ['visitors']));

    const door = await signIn();

    expect(door.status).toBe(403);
    expect(door.text).toMatch(/role="alert".*aucun rôle/s);
    expect(await account('carla@example.org')).toBeUndefined();
  });

  it('lets somebody in no more whose groups gave the role and are gone, and ends what is open', async () => {
    await comes('denis', person('denis', ['staff']));
    const browser = createBrowser(addresses.url);
    const first = await signIn(browser);
    await comes('denis', person('denis', []));
    const second = await signIn();

    expect([first.status, second.status]).toEqual([303, 403]);
    expect((await browser.get('/room')).status).toBe(302);
    const { rows } = await pool.query(
      `select detail from access_audit where subject = 'denis@example.org' and operation = 'sign-in-failed'`,
    );
    expect(rows).toEqual([{ detail: { by: 'oidc', reason: 'no-role' } }]);
  });

  it('ends the tokens of somebody to whom the provider gives no role any more', async () => {
    await comes('jade', person('jade', ['sync-admins']));
    await signIn();
    const { view } = await createToken(
      { ...operations(), actor: 'jade@example.org' },
      { name: 'of-jade', scope: 'read' },
    );
    await comes('jade', person('jade', []));
    await signIn();

    const { rows } = await pool.query('select revoked_by from api_token where id = $1', [view.id]);
    expect(rows).toEqual([{ revoked_by: 'oidc' }]);
  });

  it('finds the account that was made for a confirmed address, and leaves it its role', async () => {
    await addPerson(operations(), { login: 'emma@example.org', role: 'viewer' });
    await comes('emma', person('emma'));

    const door = await signIn();

    expect(door.status).toBe(303);
    expect(await account('emma@example.org')).toMatchObject({
      role: 'viewer',
      oidc_subject: `${addresses.issuer} emma`,
    });
  });

  it('does not take over an account that has a password', async () => {
    const password = 'huit tortues bleues';
    await addPerson(operations(), { login: 'fanny@example.org', role: 'operator', password });
    await comes('fanny', person('fanny', ['sync-admins']));

    const door = await signIn();

    expect(door.status).toBe(403);
    expect(await account('fanny@example.org')).toMatchObject({ role: 'operator', oidc_subject: null });
  });

  it('knows nobody by an address that the provider has not confirmed', async () => {
    await addPerson(operations(), { login: 'gilles@example.org', role: 'operator' });
    await comes('gilles', { ...person('gilles', ['staff']), email_verified: false });
    const browser = createBrowser(addresses.url);

    const door = await signIn(browser);

    expect(door.status).toBe(303);
    expect((await browser.get('/room')).json).toMatchObject({
      login: expect.stringMatching(/^oidc-[0-9a-f]{16}$/),
      name: 'gilles',
    });
    expect(await account('gilles@example.org')).toMatchObject({ oidc_subject: null });
  });

  it('refuses a disabled account', async () => {
    await comes('hugo', person('hugo', ['staff']));
    await signIn();
    await pool.query(`update account set disabled_at = now() where login = 'hugo@example.org'`);

    expect((await signIn()).status).toBe(403);
  });
});

describe('what comes back from the provider', () => {
  beforeAll(() => comes('ines', person('ines', ['staff'])));

  it('is refused in a browser that did not begin it', async () => {
    const address = await returnAddress(createBrowser(addresses.url));
    const stranger = createBrowser(addresses.url);
    await stranger.get('/login/oidc'); // has begun a sign-in of its own

    const door = await stranger.get(address);

    expect(door.status).toBe(400);
    expect(door.text).toMatch(/role="alert"/);
    expect(stranger.cookies.has('passerelle_session')).toBe(false);
  });

  it('is refused with a state that nobody began, though the browser holds it', async () => {
    const browser = createBrowser(addresses.url);
    const address = new URL(await returnAddress(browser));
    address.searchParams.set('state', 'made-up');
    browser.cookies.set('passerelle_oidc', 'made-up');

    expect((await browser.get(address.href)).status).toBe(400);
  });

  it('is kept no longer than it may come back, whoever began it', async () => {
    for (let n = 0; n < 3; n += 1) await createBrowser(addresses.url).get('/login/oidc');
    await pool.query('update oidc_login set expires_at = now()');

    await createBrowser(addresses.url).get('/login/oidc');

    expect((await pool.query('select 1 from oidc_login')).rows).toHaveLength(1);
  });

  it('is good for one use', async () => {
    const browser = createBrowser(addresses.url);
    const address = await returnAddress(browser);
    const state = browser.cookies.get('passerelle_oidc') ?? '';
    const first = await browser.get(address);
    browser.cookies.set('passerelle_oidc', state);

    const second = await browser.get(address);

    expect([first.status, second.status]).toEqual([303, 400]);
  });

  it('is refused with a code that the provider did not give', async () => {
    const browser = createBrowser(addresses.url);
    const address = new URL(await returnAddress(browser));
    address.searchParams.set('code', 'guessed');

    expect((await browser.get(address.href)).status).toBe(400);
    expect(browser.cookies.has('passerelle_session')).toBe(false);
  });

  it('is refused when the provider says that the person did not agree', async () => {
    const browser = createBrowser(addresses.url);
    const address = new URL(await returnAddress(browser));
    address.searchParams.delete('code');
    address.searchParams.set('error', 'access_denied');

    expect((await browser.get(address.href)).status).toBe(400);
  });

  it('leads to no other site', async () => {
    const browser = createBrowser(addresses.url);

    const door = await browser.get(await returnAddress(browser, '//evil.example'));

    expect(door.location).toBe('/');
  });
});

const settings: OidcConfiguration = {
  issuer: 'https://id.example',
  clientId: 'passerelle',
  clientSecret: 'secret',
  roleClaim: 'groups',
  roles: { admins: 'administrator', staff: 'operator', all: 'viewer' },
};

describe('the login of a new person', () => {
  let people = 0;
  /** Who comes in with these claims, each time as somebody new. */
  async function newcomer(claims: Record<string, unknown>) {
    people += 1;
    const read = readClaims({ iss: settings.issuer, sub: `new-${people}`, groups: 'staff', ...claims });
    return personOfProvider(pool, read, settings, 'fr');
  }
  const MADE = expect.stringMatching(/^oidc-[0-9a-f]{16}$/);

  const CASES: Array<[string, Record<string, unknown>, unknown]> = [
    ['a confirmed address', { email: 'zoe@corp.example', email_verified: true }, 'zoe@corp.example'],
    ['no address that is not confirmed', { email: 'boss@corp.example', email_verified: false }, MADE],
    ['no address of which nothing is said', { email: 'boss@corp.example' }, MADE],
    ['no address that comes as a user name', { preferred_username: 'boss@corp.example' }, MADE],
    ['a user name', { preferred_username: 'yann.le-bras' }, 'yann.le-bras'],
    ['no user name that an audit would take for a token', { preferred_username: 'token:ci' }, MADE],
    ['no user name that an audit would take for the provider', { preferred_username: 'OIDC' }, MADE],
    ['no user name that an audit would take for nobody', { preferred_username: 'unknown' }, MADE],
    ['no user name that was made for another one', { preferred_username: `oidc-${'0'.repeat(16)}` }, MADE],
    ['no user name of several lines', { preferred_username: 'a\nb' }, MADE],
    ['no user name with a NUL', { preferred_username: 'nul\0' }, MADE],
    ['no user name that is longer than logins are', { preferred_username: 'a'.repeat(101) }, MADE],
    ['nothing of the name that the provider keeps', {}, MADE],
  ];
  it.each(CASES)('is %s', async (_what, claims, login) => {
    expect(await newcomer(claims)).toMatchObject({ kind: 'account', account: { login } });
  });

  it('is not that of somebody else who is here', async () => {
    const { id } = await addPerson(operations(), { login: 'xavier', role: 'viewer' });

    const came = await newcomer({ preferred_username: 'Xavier' });

    expect(came).toMatchObject({ kind: 'account', account: { login: MADE, role: 'operator' } });
    const { rows } = await pool.query('select role, oidc_subject from account where id = $1', [id]);
    expect(rows).toEqual([{ role: 'viewer', oidc_subject: null }]);
  });

  it('stays the same at the next sign-in, whatever the provider says by then', async () => {
    const claims = { iss: settings.issuer, sub: 'wanda', groups: 'staff' };
    const first = await personOfProvider(pool, readClaims(claims), settings, 'fr');
    const later = readClaims({ ...claims, email: 'wanda@corp.example', email_verified: true });

    const second = await personOfProvider(pool, later, settings, 'fr');

    expect(second).toEqual(first);
  });

  it('stands beside a name that shows what it says', async () => {
    const came = await newcomer({ name: 'Ugo\n\u202eeivruF\u2066 Dubois\0' });

    expect(came).toMatchObject({ account: { name: 'Ugo eivruF  Dubois' } });
  });

  it('is refused to somebody whose name at the provider is none', () => {
    for (const sub of ['', 'a\0b', 'x'.repeat(256)])
      expect(() => readClaims({ iss: settings.issuer, sub })).toThrow('sub');
  });
});

describe('the role of a claim', () => {
  const CASES: Array<[string, unknown, Role | null]> = [
    ['the highest of several', ['all', 'admins', 'staff'], 'administrator'],
    ['a single text', 'staff', 'operator'],
    ['none of ours', ['other'], null],
    ['no claim', undefined, null],
    ['a name that every object has', ['constructor', '__proto__'], null],
    ['no texts', [1, null, { staff: true }], null],
  ];
  it.each(CASES)('of %s', (_what, groups, role) => {
    expect(roleOfClaims(readClaims({ iss: 'https://id.example', sub: '1', groups }), settings)).toBe(role);
  });
});

/** People are prepared on the database that the doors work with. */
function operations() {
  return {
    configuration: {
      platforms: {},
      syncs: {},
      temporal: {},
      service: { sessionIdle: 1, sessionAtMost: 1 },
    },
    pool,
    temporal: () => Promise.reject(new Error('not needed here')),
    actor: 'test',
  };
}
