import type { Scope } from '../../../db/api-tokens';
import { disablePerson, setRole } from '../../../operations/people';
import { createToken, listTokens, revokeToken } from '../../../operations/tokens';
import { type AccessStack, startAccess } from './access-stack';

let stack: AccessStack;

beforeAll(async () => {
  stack = await startAccess();
});
afterAll(() => stack.stop());

const ask = (path: string, token: string) => stack.browser().get(path, { authorization: `Bearer ${token}` });

describe('a token', () => {
  it('may do what its scope says and what the scopes before it hold, and no more', async () => {
    const { token } = await createToken(stack.context, { name: 'operating', scope: 'operate' });

    const read = await ask('/api/read', token);
    const operate = await ask('/api/operate', token);
    const administer = await ask('/api/administer', token);

    expect([read.status, operate.status, administer.status]).toEqual([200, 200, 403]);
    expect(operate.json).toMatchObject({ kind: 'token', scope: 'operate', actor: 'token:operating' });
    expect(administer.headers.get('content-type')).toBe('application/problem+json');
    expect(administer.headers.get('www-authenticate')).toMatch(
      /error="insufficient_scope", scope="administer"/,
    );
  });

  it('that is none, or nobody’s, is told how to ask', async () => {
    const without = await stack.browser().get('/api/read');
    const foreign = await ask('/api/read', `psl_${'A'.repeat(43)}`);
    const strange = await stack.browser().get('/api/read', { authorization: 'Basic dXNlcjpwYXNz' });

    expect([without.status, foreign.status, strange.status]).toEqual([401, 401, 401]);
    expect(without.headers.get('www-authenticate')).toBe('Bearer realm="passerelle"');
    expect(foreign.headers.get('www-authenticate')).toBe('Bearer realm="passerelle", error="invalid_token"');
    expect(foreign.json).toMatchObject({ status: 401, type: 'about:blank', requestId: expect.any(String) });
  });

  it('opens no page, and a session opens nothing of the API', async () => {
    const { token } = await createToken(stack.context, { name: 'pages', scope: 'administer' });

    expect((await ask('/room', token)).status).toBe(302);
  });

  it('is nobody’s once it is revoked', async () => {
    const { token, view } = await createToken(stack.context, { name: 'leaving', scope: 'read' });
    const before = await ask('/api/read', token);

    await revokeToken(stack.context, { id: view.id });
    const after = await ask('/api/read', token);

    expect([before.status, after.status]).toEqual([200, 401]);
    await expect(revokeToken(stack.context, { name: 'leaving' })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('is nobody’s once its time is over', async () => {
    const { token, view } = await createToken(stack.context, {
      name: 'short',
      scope: 'read',
      lastsMs: 3_600_000,
    });
    const before = await ask('/api/read', token);

    await stack.pool.query('update api_token set expires_at = now() where id = $1', [view.id]);
    const after = await ask('/api/read', token);

    expect([before.status, after.status]).toEqual([200, 401]);
    expect((await listTokens(stack.context)).find(({ name }) => name === 'short')?.state).toBe('expired');
  });

  it('shows when it was used last, noted at most once a minute', async () => {
    const { token, view } = await createToken(stack.context, { name: 'used', scope: 'read' });
    const lastUse = async () =>
      (await listTokens(stack.context)).find(({ id }) => id === view.id)?.lastUsedAt;

    const unused = await lastUse();
    await ask('/api/read', token);
    const first = await lastUse();
    await ask('/api/read', token);
    const second = await lastUse();
    await stack.pool.query(
      `update api_token set last_used_at = now() - interval '61 seconds' where id = $1`,
      [view.id],
    );
    const before = await lastUse();
    await ask('/api/read', token);

    expect(unused).toBeNull();
    expect(first).toEqual(expect.any(String));
    expect(second).toBe(first);
    expect(await lastUse()).not.toBe(before);
  });

  it('is shown once and kept nowhere', async () => {
    const { token, view } = await createToken(stack.context, { name: 'secret', scope: 'read' });
    await ask('/api/read', token);

    const database = await stack.databaseText();

    expect(token).toMatch(/^psl_[\w-]{43}$/);
    expect(token.startsWith(view.prefix)).toBe(true);
    expect(database).toContain(view.prefix);
    for (const text of [token, Buffer.from(token).toString('hex')]) expect(database).not.toContain(text);
    expect(stack.log()).not.toContain(token);
  });

  it('has a name of its own, because audits name it', async () => {
    await createToken(stack.context, { name: 'reporting', scope: 'read' });
    const twice = createToken(stack.context, { name: 'reporting', scope: 'read' });

    await expect(twice).rejects.toMatchObject({ kind: 'conflict' });
    await revokeToken(stack.context, { name: 'reporting' });
    await expect(createToken(stack.context, { name: 'reporting', scope: 'read' })).resolves.toBeDefined();
    const { rows } = await stack.pool.query(
      `select actor, operation from access_audit where subject = 'token:reporting' order by id`,
    );
    expect(rows.map(({ actor, operation }) => `${actor} ${operation}`)).toEqual([
      'test token-created',
      'test token-revoked',
      'test token-created',
    ]);
  });
});

describe('the tokens that somebody made', () => {
  const made = (actor: string, name: string, scope: Scope) =>
    createToken({ ...stack.context, actor }, { name, scope });
  const inUse = async (...names: string[]) =>
    (await listTokens(stack.context))
      .filter(({ name, state }) => names.includes(name) && state === 'active')
      .map(({ name }) => name)
      .sort();

  it('end with the account, and so does what was made with them', async () => {
    await stack.person('keeper', 'administrator');
    await stack.person('leaver', 'administrator');
    const { token } = await made('leaver', 'first', 'administer');
    await made('token:first', 'second', 'administer');
    await made('token:second', 'third', 'read');
    await made('keeper', 'other', 'read');

    await disablePerson(stack.context, { login: 'leaver' });

    expect(await inUse('first', 'second', 'third', 'other')).toEqual(['other']);
    expect((await ask('/api/read', token)).status).toBe(401);
    const { rows } = await stack.pool.query(
      `select actor, subject from access_audit where operation = 'token-revoked' and subject ~ '(first|second|third)$' order by id`,
    );
    expect(rows).toEqual(
      ['first', 'second', 'third'].map((name) => ({ actor: 'test', subject: `token:${name}` })),
    );
  });

  it('end when they may do more than the person may from now on', async () => {
    await stack.person('chief', 'administrator');
    await stack.person('demoted', 'administrator');
    await made('demoted', 'may-read', 'read');
    await made('demoted', 'may-operate', 'operate');
    await made('demoted', 'may-administer', 'administer');
    const left = () => inUse('may-read', 'may-operate', 'may-administer');

    await setRole(stack.context, { login: 'demoted' }, 'operator');
    const asOperator = await left();
    await setRole(stack.context, { login: 'demoted' }, 'viewer');

    expect(asOperator).toEqual(['may-operate', 'may-read']);
    expect(await left()).toEqual(['may-read']);
  });

  it('are not those that another person’s token of the same name made', async () => {
    await stack.person('boss', 'administrator');
    await stack.person('former', 'administrator');
    await made('former', 'shared-name', 'administer');
    await revokeToken(stack.context, { name: 'shared-name' });
    await made('boss', 'shared-name', 'administer');
    await made('token:shared-name', 'of-the-boss', 'read');

    await disablePerson(stack.context, { login: 'former' });

    expect(await inUse('shared-name', 'of-the-boss')).toEqual(['of-the-boss', 'shared-name']);
  });
});
