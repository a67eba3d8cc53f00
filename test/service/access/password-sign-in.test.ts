import { scryptSync } from 'node:crypto';
import { disablePerson, setPassword } from '../../../operations/people';
import { type AccessStack, PASSWORD, startAccess } from './access-stack';

let stack: AccessStack;

beforeAll(async () => {
  stack = await startAccess();
});
afterAll(() => stack.stop());

async function signedInAs(login: string) {
  await stack.person(login);
  const browser = stack.browser();
  await browser.signIn(login, PASSWORD);
  return browser;
}

describe('signing in with a password', () => {
  it('opens the pages, as whom one signed in', async () => {
    await stack.person('anne');
    const browser = stack.browser();

    const before = await browser.get('/room');
    const door = await browser.signIn('Anne', PASSWORD);
    const room = await browser.get('/room');

    expect([before.status, before.location]).toEqual([302, '/login?to=%2Froom']);
    expect([door.status, door.location]).toEqual([303, '/']);
    expect(room.json).toMatchObject({
      login: 'anne',
      role: 'operator',
      language: 'en',
      principal: { kind: 'person', scope: 'operate', actor: 'anne' },
    });
  });

  it('keeps the cookie from scripts and from forms of other sites', async () => {
    await stack.person('cookie');
    const browser = stack.browser();

    await browser.signIn('cookie', PASSWORD);

    expect(browser.setCookies).toHaveLength(1);
    expect(browser.setCookies[0]).toMatch(/^passerelle_session=[\w-]{43}; /);
    expect(browser.setCookies[0]).toMatch(/; Path=\/(;|$)/);
    expect(browser.setCookies[0]).toMatch(/; HttpOnly(;|$)/);
    expect(browser.setCookies[0]).toMatch(/; SameSite=Lax(;|$)/);
  });

  it('says the same to a wrong password and to an unknown login, in the language of the browser', async () => {
    await stack.person('bruno');

    const wrong = await stack
      .browser({ 'accept-language': 'en-GB,en;q=0.9' })
      .signIn('bruno', 'not this one');
    const unknown = await stack
      .browser({ 'accept-language': 'en-GB,en;q=0.9' })
      .signIn('nobody-here', 'not this one');
    const french = await stack.browser().signIn('bruno', 'not this one');

    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.text.replace('bruno', '')).toBe(unknown.text.replace('nobody-here', ''));
    expect(wrong.text).toMatch(/role="alert"[^>]*>Wrong login or password\./);
    expect(french.text).toMatch(/<html lang="fr">.*Identifiant ou mot de passe incorrect\./s);
  });

  it('gives a new session at each sign-in, and ends the one that the browser brought', async () => {
    const browser = await signedInAs('carla');
    const prepared = new Map(browser.cookies);

    await browser.signIn('carla', PASSWORD);
    const old = stack.browser();
    for (const [name, value] of prepared) old.cookies.set(name, value);

    expect(browser.cookies.get('passerelle_session')).not.toBe(prepared.get('passerelle_session'));
    expect((await browser.get('/room')).status).toBe(200);
    expect((await old.get('/room')).status).toBe(302);
  });

  it('takes no session that somebody else put into the browser', async () => {
    await stack.person('dora');
    const planted = 'A'.repeat(43);
    const browser = stack.browser();
    browser.cookies.set('passerelle_session', planted);

    await browser.signIn('dora', PASSWORD);

    expect(browser.cookies.get('passerelle_session')).not.toBe(planted);
  });

  it('signs a disabled account out, and lets it in no more', async () => {
    const browser = await signedInAs('eric');

    await disablePerson(stack.context, { login: 'eric' });

    expect((await browser.get('/room')).status).toBe(302);
    expect((await stack.browser().signIn('eric', PASSWORD)).status).toBe(401);
  });

  it('ends every session of a person whose password was changed', async () => {
    const browser = await signedInAs('fanny');

    await setPassword(stack.context, { login: 'fanny' }, 'neuf girafes calmes');

    expect((await browser.get('/room')).status).toBe(302);
    expect((await stack.browser().signIn('fanny', PASSWORD)).status).toBe(401);
    expect((await stack.browser().signIn('fanny', 'neuf girafes calmes')).status).toBe(303);
  });

  it('hashes a password again when it was hashed at a lower cost', async () => {
    const id = await stack.person('gilles');
    const salt = Buffer.from('0123456789abcdef');
    const cheap = ['scrypt', 1024, 8, 1, salt.toString('base64url')];
    const hash = scryptSync(PASSWORD, salt, 32, { N: 1024, r: 8, p: 1 }).toString('base64url');
    await stack.pool.query('update account set password_hash = $2 where id = $1', [
      id,
      [...cheap, hash].join('$'),
    ]);

    const first = await stack.browser().signIn('gilles', PASSWORD);
    const { rows } = await stack.pool.query('select password_hash from account where id = $1', [id]);
    const second = await stack.browser().signIn('gilles', PASSWORD);

    expect([first.status, second.status]).toEqual([303, 303]);
    expect(rows[0].password_hash).toMatch(/^scrypt\$32768\$8\$3\$/);
  });
});

describe('a session', () => {
  it('is over when the browser asked for nothing for the idle time', async () => {
    const browser = await signedInAs('hugo');

    await stack.pool.query(`update session set seen_at = now() - interval '8 hours 1 minute'`);

    expect((await browser.get('/room')).status).toBe(302);
  });

  it('is over at its absolute end, however busy the browser is', async () => {
    const browser = await signedInAs('ines');
    await browser.get('/room');

    await stack.pool.query('update session set expires_at = now()');

    expect((await browser.get('/room')).status).toBe(302);
  });

  it('notes at most once a minute that the browser asked for something', async () => {
    const browser = await signedInAs('jean');
    const seen = async (ago: string) => {
      await stack.pool.query('update session set seen_at = now() - $1::interval', [ago]);
      await browser.get('/room');
      const { rows } = await stack.pool.query(
        `select seen_at > now() - interval '20 seconds' as noted from session s join account a on a.id = s.account_id where a.login = 'jean'`,
      );
      return rows[0].noted;
    };

    expect([await seen('30 seconds'), await seen('2 minutes')]).toEqual([false, true]);
  });

  it('ends when the person signs out', async () => {
    const browser = await signedInAs('karim');
    const kept = browser.cookies.get('passerelle_session') ?? '';

    const out = await browser.post('/logout', { _csrf: await browser.csrfToken() });
    browser.cookies.set('passerelle_session', kept);

    expect([out.status, out.location]).toEqual([303, '/login']);
    expect((await browser.get('/room')).status).toBe(302);
  });

  it('answers scripts that come too late with a 401 and the way to sign in', async () => {
    const htmx = await stack
      .browser()
      .get('/room', { 'hx-request': 'true', 'hx-current-url': `${stack.url}/room?q=martin` });
    const events = await stack.browser().get('/room', { accept: 'text/event-stream' });
    const form = await stack.browser().post('/room');

    expect([htmx.status, events.status, form.status]).toEqual([401, 401, 401]);
    expect(htmx.headers.get('hx-redirect')).toBe('/login?to=%2Froom');
    expect(htmx.headers.get('content-type')).toBe('application/problem+json');
  });
});

describe('what is kept', () => {
  it('is never the secret itself: not in the database, not in the log', async () => {
    const browser = await signedInAs('lea');
    await stack.browser().signIn('a-stranger-types', 'a-password-typed-by-a-stranger');
    const cookie = browser.cookies.get('passerelle_session') ?? '';

    const database = await stack.databaseText();

    expect(cookie).toHaveLength(43);
    expect(database).toContain('sign-in-failed'); // it does look at what was written
    for (const secret of [cookie, PASSWORD, 'a-stranger-types', 'a-password-typed-by-a-stranger']) {
      expect(database).not.toContain(secret);
      expect(database).not.toContain(Buffer.from(secret).toString('hex'));
      expect(stack.log()).not.toContain(secret);
    }
    expect(stack.log()).not.toMatch(/lea|127\.0\.0\.1/);
  });

  it('is who came and went', async () => {
    const browser = await signedInAs('marc');
    await stack.browser().signIn('marc', 'not this one at all');
    await browser.post('/logout', { _csrf: await browser.csrfToken() });

    const { rows } = await stack.pool.query(
      `select actor, operation, detail - 'address' as detail from access_audit where subject = 'marc' order by id`,
    );

    expect(rows).toEqual([
      { actor: 'test', operation: 'person-added', detail: { role: 'operator' } },
      { actor: 'marc', operation: 'sign-in', detail: { by: 'password' } },
      { actor: 'unknown', operation: 'sign-in-failed', detail: { reason: 'wrong password' } },
      { actor: 'marc', operation: 'sign-out', detail: {} },
    ]);
  });
});
