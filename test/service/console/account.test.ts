import { addPerson, inviteLink } from '../../../operations/people';
import { createBrowser, type TestBrowser } from '../access/test-browser';
import { type RunConsole, readingOf, startRunConsole, tokenOf } from './run-console';

const PASSWORD = 'huit tortues bleues';
const NEXT = 'quatre renards gris';

let there: RunConsole;
beforeEach(async () => {
  there = await startRunConsole({ syncs: { 'salon-2027': 'planexpo-inwink' } });
});
afterEach(() => there.stop());

async function send(browser: TestBrowser, path: string, form: Record<string, string> = {}) {
  const _csrf = tokenOf((await browser.get('/account')).text);
  const { location } = await browser.post(path, { _csrf, ...form });
  return { location, reading: readingOf((await browser.get(location ?? '/account')).text) };
}

it('shows people who they are here, and speaks the language that they choose', async () => {
  const browser = await there.as('operator');
  const before = readingOf((await browser.get('/account')).text);
  expect(before).toContain('Login operator-en');
  expect(before).toContain('Role operator');

  const after = await send(browser, '/account/language', { language: 'fr' });
  expect(after.reading).toContain('Les pages sont en français.');
  expect(readingOf((await browser.get('/')).text)).toContain('Se déconnecter');
});

it('changes a password for whoever knows the one in use, and signs the other browsers out', async () => {
  const here = await there.as('viewer');
  const elsewhere = await there.as('viewer');

  const form = { next: NEXT, again: NEXT };
  const wrong = await send(here, '/account/password', { current: 'neuf tortues bleues', ...form });
  expect(wrong.reading).toContain('The current password is not the right one.');
  expect((await elsewhere.get('/')).status).toBe(200);

  const changed = await send(here, '/account/password', { current: PASSWORD, ...form });
  expect(changed.reading).toContain('The password is changed');
  expect((await elsewhere.get('/')).location).toBe('/login');
  expect((await createBrowser(there.url).signIn('viewer-en', PASSWORD)).status).toBe(401);
  expect((await createBrowser(there.url).signIn('viewer-en', NEXT)).location).toBe('/');
});

it('refuses a new password that was mistyped or is easy to guess, and keeps neither in a page', async () => {
  const browser = await there.as('viewer', 'fr');
  const mistyped = { current: PASSWORD, next: NEXT, again: `${NEXT}x` };
  expect((await send(browser, '/account/password', mistyped)).reading).toContain(
    'Les deux saisies du nouveau mot de passe diffèrent.',
  );
  const simple = { current: PASSWORD, next: 'motdepasse1234', again: 'motdepasse1234' };
  const refused = await send(browser, '/account/password', simple);
  expect(refused.reading).toContain('trop facile à deviner');
  expect(refused.reading).not.toContain('motdepasse1234');
});

it('lets somebody who came by a link choose a password without an old one', async () => {
  const context = {
    configuration: there.parts.configuration,
    pool: there.pool,
    temporal: async () => there.parts.client,
    actor: 'test',
  };
  const { id } = await addPerson(context, { login: 'ines', name: 'Inès', role: 'viewer' });
  const { path } = await inviteLink(context, { id });
  const browser = createBrowser(there.url);
  expect((await browser.post(path)).location).toBe('/account');

  const chosen = await send(browser, '/account/password', { next: NEXT, again: NEXT });

  expect(chosen.location).toBe('/');
  expect(chosen.reading).toContain('Votre mot de passe est choisi.');
  expect((await createBrowser(there.url).signIn('ines', NEXT)).location).toBe('/');
});

it('gives people of the organisation no password beside it', async () => {
  const browser = await there.as('viewer');
  await there.pool.query(
    `update account set password_hash = null, oidc_subject = 'https://id.example.com ana' where login = 'viewer-en'`,
  );
  const page = await browser.get('/account');
  expect(page.text).not.toContain('type="password"');
  const refused = await send(browser, '/account/password', { next: NEXT, again: NEXT });
  expect(refused.reading).toContain('the password is changed there');
  const { rows } = await there.pool.query('select password_hash from account');
  expect(rows).toEqual([{ password_hash: null }]);
});

it('signs people out everywhere else, and notes it', async () => {
  const here = await there.as('operator');
  const elsewhere = await there.as('operator');
  const other = await there.as('viewer');

  const done = await send(here, '/account/sign-out-elsewhere');

  expect(done.reading).toContain('You are signed in here only.');
  expect((await elsewhere.get('/')).location).toBe('/login');
  expect((await other.get('/')).status).toBe(200);
  const { rows } = await there.pool.query(
    `select subject, detail from access_audit where operation = 'sign-out'`,
  );
  expect(rows).toEqual([{ subject: 'operator-en', detail: { where: 'elsewhere' } }]);
});
