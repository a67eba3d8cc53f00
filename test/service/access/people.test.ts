import { changeOwnPassword, setLanguage } from '../../../operations/own-account';
import {
  addPerson,
  disablePerson,
  enablePerson,
  inviteLink,
  listPeople,
  setPassword,
  setRole,
} from '../../../operations/people';
import { secretHash } from '../../../operations/random-secret';
import { type AccessStack, PASSWORD, startAccess } from './access-stack';

let stack: AccessStack;

beforeEach(async () => {
  stack = await startAccess();
});
afterEach(() => stack.stop());

const conflict = { kind: 'conflict', message: expect.stringContaining('last administrator') };

describe('the last administrator', () => {
  it('cannot be demoted or disabled, and can once there is another one', async () => {
    await stack.person('chief', 'administrator');
    await stack.person('helper');

    await expect(setRole(stack.context, { login: 'chief' }, 'operator')).rejects.toMatchObject(conflict);
    await expect(disablePerson(stack.context, { login: 'chief' })).rejects.toMatchObject(conflict);
    await setRole(stack.context, { login: 'helper' }, 'administrator');
    const demoted = await setRole(stack.context, { login: 'chief' }, 'operator');

    expect(demoted.role).toBe('operator');
    await expect(disablePerson(stack.context, { login: 'helper' })).rejects.toMatchObject(conflict);
  });

  it('is one whose colleagues are disabled', async () => {
    await stack.person('chief', 'administrator');
    await stack.person('deputy', 'administrator');

    await disablePerson(stack.context, { login: 'deputy' });

    await expect(disablePerson(stack.context, { login: 'chief' })).rejects.toMatchObject(conflict);
    await enablePerson(stack.context, { login: 'deputy' });
    await expect(disablePerson(stack.context, { login: 'chief' })).resolves.toMatchObject({
      disabledAt: expect.any(String),
    });
  });

  it('remains when two take each other’s rights at the same moment', async () => {
    await stack.person('one', 'administrator');
    await stack.person('two', 'administrator');

    const ends = await Promise.allSettled([
      setRole(stack.context, { login: 'one' }, 'viewer'),
      setRole(stack.context, { login: 'two' }, 'viewer'),
    ]);

    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await listPeople(stack.context)).filter(({ role }) => role === 'administrator')).toHaveLength(1);
  });
});

describe('an account', () => {
  const WEAK: Array<[string, string]> = [
    ['short', 'onze lettre'],
    ['repeated', 'abababababababab'],
    ['a sequence', '123456789012345'],
    ['a keyboard', 'azertyuiopqwerty'],
    ['the login', 'anne.martin2027'],
    ['what everybody tries', 'motdepasse1234'],
  ];
  it.each(WEAK)('takes no password that is %s', async (_what, password) => {
    const asked = addPerson(stack.context, { login: 'anne.martin@example.org', role: 'viewer', password });

    await expect(asked).rejects.toMatchObject({ kind: 'invalid' });
    expect(await listPeople(stack.context)).toEqual([]);
  });

  it('has a login of its own, in whichever case of letters', async () => {
    await stack.person('Anne@example.org');

    await expect(
      addPerson(stack.context, { login: 'anne@EXAMPLE.org', role: 'viewer' }),
    ).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('that is not there is not found', async () => {
    await expect(setRole(stack.context, { id: 4711 }, 'viewer')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('has every change in the audit, with who made it', async () => {
    await stack.person('anne');
    await setRole(stack.context, { login: 'anne' }, 'viewer');
    await inviteLink(stack.context, { login: 'anne' });
    await setPassword(stack.context, { login: 'anne' }, 'neuf girafes calmes');
    await disablePerson(stack.context, { login: 'anne' });
    await enablePerson(stack.context, { login: 'anne' });

    const { rows } = await stack.pool.query(
      'select actor, operation, subject, detail from access_audit order by id',
    );

    expect(rows.map(({ operation }) => operation)).toEqual([
      'person-added',
      'role-changed',
      'invited',
      'password-changed',
      'person-disabled',
      'person-enabled',
    ]);
    expect(new Set(rows.map(({ actor, subject }) => `${actor} ${subject}`))).toEqual(new Set(['test anne']));
    expect(rows[1].detail).toEqual({ before: 'operator', after: 'viewer' });
  });
});

describe('a one-time link', () => {
  it('signs in once, and only when its button is pressed', async () => {
    await addPerson(stack.context, { login: 'anne', role: 'administrator' });
    const { path } = await inviteLink(stack.context, { login: 'anne' });
    const browser = stack.browser();

    const pages = [await browser.get(path), await browser.get(path)];
    const door = await browser.post(path);
    const again = await stack.browser().post(path);
    const page = await stack.browser().get(path);

    expect(pages.map(({ status }) => status)).toEqual([200, 200]);
    expect(pages[0]?.text).toContain('<button type="submit"');
    expect(pages[0]?.headers.get('cache-control')).toBe('no-store');
    expect([door.status, door.location]).toEqual([303, '/account']); // there is no password to come back with yet
    expect((await browser.get('/room')).json).toMatchObject({ login: 'anne', role: 'administrator' });
    expect([again.status, page.status]).toEqual([410, 410]);
    expect(page.text).toMatch(/role="alert"/);
  });

  it('signs in one browser when two press the button at the same moment', async () => {
    await stack.person('anne');
    const { path } = await inviteLink(stack.context, { login: 'anne' });

    const ends = await Promise.all([stack.browser().post(path), stack.browser().post(path)]);

    expect(ends.map(({ status }) => status).sort()).toEqual([303, 410]);
  });

  it('is worth nothing after its time, for a disabled account, after another password, and from another page', async () => {
    await stack.person('anne');
    const links: string[] = [];
    for (let index = 0; index < 4; index++)
      links.push((await inviteLink(stack.context, { login: 'anne' })).path);
    const [late = '', disabled = '', replaced = '', foreign = ''] = links;
    const press = async (path: string, headers = {}) =>
      (await stack.browser().post(path, {}, headers)).status;

    const fromElsewhere = await press(foreign, { origin: 'https://evil.example' });
    await stack.pool.query('update one_time_login set expires_at = now() where token_hash = $1', [
      secretHash(late.slice('/login/once/'.length)),
    ]);
    const tooLate = await press(late);
    await setPassword(stack.context, { login: 'anne' }, 'neuf girafes calmes');
    const afterPassword = await press(replaced);
    await disablePerson(stack.context, { login: 'anne' });
    const whileDisabled = await press(disabled);

    expect([fromElsewhere, tooLate, afterPassword, whileDisabled]).toEqual([403, 410, 410, 410]);
    await expect(inviteLink(stack.context, { login: 'anne' })).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('stands neither in the database nor in the log', async () => {
    await stack.person('anne');
    const { path } = await inviteLink(stack.context, { login: 'anne' });
    await stack.browser().get(path);
    await stack.browser().post(path);

    const token = path.slice('/login/once/'.length);
    const database = await stack.databaseText();

    expect(token).toHaveLength(43);
    for (const text of [token, Buffer.from(token).toString('hex')]) expect(database).not.toContain(text);
    expect(stack.log()).toContain('answered');
    expect(stack.log()).not.toContain(token);
  });
});

describe('one’s own account', () => {
  const NEXT = 'neuf girafes calmes';

  it('gets another password for the right current one, and the other browsers are signed out', async () => {
    const accountId = await stack.person('anne');
    const [here, there] = [stack.browser(), stack.browser()];
    await here.signIn('anne', PASSWORD);
    await there.signIn('anne', PASSWORD);
    const sessionHash = secretHash(here.cookies.get('passerelle_session') ?? '');
    const change = (current: string, next: string) =>
      changeOwnPassword(stack.context, { accountId, current, next, sessionHash });

    await expect(change('wrong', NEXT)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(change(PASSWORD, 'short')).rejects.toMatchObject({ kind: 'invalid' });
    await change(PASSWORD, NEXT);

    expect((await here.get('/room')).status).toBe(200);
    expect((await there.get('/room')).status).toBe(302);
    expect((await stack.browser().signIn('anne', NEXT)).status).toBe(303);
  });

  it('cannot be used to guess the current password', async () => {
    const accountId = await stack.person('anne');
    const guess = () =>
      changeOwnPassword(stack.context, {
        accountId,
        current: 'wrong',
        next: NEXT,
        sessionHash: Buffer.alloc(32),
      }).catch((error: { kind: string }) => error.kind);

    const ends: unknown[] = [];
    for (let index = 0; index < 6; index++) ends.push(await guess());

    expect(ends).toEqual(['invalid', 'invalid', 'invalid', 'invalid', 'invalid', 'conflict']);
  });

  it('gets a first password without a current one, after a link for a lost password too', async () => {
    const accountId = await stack.person('anne');
    await inviteLink(stack.context, { id: accountId }, { password: 'forget' });

    const lost = await stack.browser().signIn('anne', PASSWORD);
    await changeOwnPassword(stack.context, {
      accountId,
      current: '',
      next: NEXT,
      sessionHash: Buffer.alloc(32),
    });

    expect(lost.status).toBe(401);
    expect((await stack.browser().signIn('anne', NEXT)).status).toBe(303);
  });

  it('speaks the language that was chosen', async () => {
    const id = await stack.person('anne');
    const browser = stack.browser();
    await browser.signIn('anne', PASSWORD);

    await setLanguage(stack.context, id, 'fr');

    expect((await browser.get('/')).json.language).toBe('fr');
  });
});
