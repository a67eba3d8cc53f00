import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { returnPath } from '../../../service/access/return-path';
import { type AccessStack, PASSWORD, startAccess } from './access-stack';
import type { TestBrowser } from './test-browser';

let stack: AccessStack;
let viewer: TestBrowser;
let administrator: TestBrowser;

beforeAll(async () => {
  stack = await startAccess();
  await stack.person('viewer', 'viewer');
  await stack.person('chief', 'administrator');
  viewer = stack.browser();
  administrator = stack.browser();
  await viewer.signIn('viewer', PASSWORD);
  await administrator.signIn('chief', PASSWORD);
});
afterAll(() => stack.stop());

describe('a change', () => {
  it('is made when a page of ours asks, by its field or its header', async () => {
    const token = await viewer.csrfToken();

    const field = await viewer.post('/room', { _csrf: token });
    const header = await viewer.post('/room', {}, { 'x-csrf-token': token });
    const browserSays = await viewer.post(
      '/room',
      { _csrf: token },
      { origin: null, 'sec-fetch-site': 'same-origin' },
    );

    expect([field.status, header.status, browserSays.status]).toEqual([200, 200, 200]);
  });

  const forgeries: Array<[string, (token: string) => Promise<{ status: number }>]> = [
    ['without the token', () => viewer.post('/room')],
    ['with a wrong token', () => viewer.post('/room', { _csrf: 'x'.repeat(43) })],
    [
      'with the token of another session',
      async () => viewer.post('/room', { _csrf: await administrator.csrfToken() }),
    ],
    ['from another origin', (_csrf) => viewer.post('/room', { _csrf }, { origin: 'https://evil.example' })],
    ['from another port', (_csrf) => viewer.post('/room', { _csrf }, { origin: 'http://127.0.0.1:1' })],
    ['from a page without origin', (_csrf) => viewer.post('/room', { _csrf }, { origin: 'null' })],
    [
      'that the browser says is foreign',
      (_csrf) => viewer.post('/room', { _csrf }, { 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'from a neighbouring host',
      (_csrf) => viewer.post('/room', { _csrf }, { 'sec-fetch-site': 'same-site' }),
    ],
    ['that does not say where it comes from', (_csrf) => viewer.post('/room', { _csrf }, { origin: null })],
  ];
  it.each(forgeries)('%s is refused', async (_what, forge) => {
    expect((await forge(await viewer.csrfToken())).status).toBe(403);
  });

  it('that the role does not allow is refused', async () => {
    const theirs = await viewer.post('/office', { _csrf: await viewer.csrfToken() });
    const ours = await administrator.post('/office', { _csrf: await administrator.csrfToken() });

    expect([theirs.status, ours.status]).toEqual([403, 200]);
  });

  it('of who is signed in is refused to foreign pages: they sign nobody in and nobody out', async () => {
    const visitor = stack.browser();

    const signIn = await visitor.post(
      '/login',
      { login: 'viewer', password: PASSWORD },
      { origin: 'https://evil.example' },
    );
    const signOut = await viewer.post('/logout', {}, { origin: 'https://evil.example' });

    expect([signIn.status, signOut.status]).toEqual([403, 403]);
    expect(visitor.cookies.size).toBe(0);
    expect((await viewer.get('/room')).status).toBe(200);
  });

  it('under a name that is not ours is refused, where that name leads to this machine', async () => {
    const { hostname, port } = new URL(stack.url);
    const host = `rebound.example:${port}`;
    const body = new URLSearchParams({ login: 'viewer', password: PASSWORD }).toString();
    const headers = { host, origin: `http://${host}`, 'content-type': 'application/x-www-form-urlencoded' };

    const sent = request({ hostname, port, path: '/login', method: 'POST', headers });
    sent.end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]; // the event's declared argument
    answer.resume();

    expect(answer.statusCode).toBe(403);
  });
});

describe('after signing in', () => {
  it('one goes to the page that was asked for', async () => {
    const browser = stack.browser();
    await browser.get('/room');

    const page = await browser.get('/login?to=%2Froom');
    const door = await browser.post('/login', { login: 'viewer', password: PASSWORD, to: '/room' });
    const again = await browser.get('/login?to=%2Froom');

    expect(page.text).toContain('name="to" value="/room"');
    expect([door.location, again.location]).toEqual(['/room', '/room']);
  });

  const ELSEWHERE = [
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    'https://evil.example',
    'https:evil.example',
    'http:/evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'evil.example',
    '@evil.example',
    '/x/..//evil.example',
    '/.//evil.example',
    '/%2e%2e//evil.example',
    '',
  ];
  it.each(ELSEWHERE)('one is not sent to %j', async (to) => {
    const browser = stack.browser();
    for (const [name, value] of viewer.cookies) browser.cookies.set(name, value);

    const { location } = await browser.get(`/login?to=${encodeURIComponent(to)}`);

    expect(location).toBe('/');
  });

  it('one is not sent round in circles, and nothing of a search stands in the address', () => {
    expect(['/login', '/logout', '/login/oidc', '/runs/7?q=martin#x'].map(returnPath)).toEqual([
      '/',
      '/',
      '/',
      '/runs/7',
    ]);
  });
});
