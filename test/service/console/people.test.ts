import type { TestBrowser } from '../access/test-browser';
import { createBrowser } from '../access/test-browser';
import { type RunConsole, readingOf, startRunConsole, tokenOf } from './run-console';

let there: RunConsole;
let chief: TestBrowser;

beforeEach(async () => {
  there = await startRunConsole({ syncs: { 'salon-2027': 'planexpo-inwink' } });
  chief = await there.as('administrator');
});
afterEach(() => there.stop());

/** What the forms of the page carry: the session's token, and the newest act that the page knows of. */
async function carried(browser: TestBrowser = chief): Promise<{ _csrf: string; seen: string }> {
  const { text } = await browser.get('/people');
  return { _csrf: tokenOf(text), seen: /name="seen" value="(\d+)"/.exec(text)?.[1] ?? '' };
}

/** Sends a form, and reads the page that it leads to. */
async function send(path: string, form: Record<string, string>, browser: TestBrowser = chief) {
  const answer = await browser.post(path, form);
  const shown = answer.location === null ? answer : await browser.get(answer.location);
  const { status, headers, location } = answer;
  return { status, headers, location, reading: readingOf(shown.text), html: shown.text };
}

const shownIn = (html: string) => /<input class="mono"[^>]* value="([^"]+)"/.exec(html)?.[1] ?? '';
const idOf = async (login: string) => {
  const { rows } = await there.pool.query<{ id: number }>('select id from account where login = $1', [login]);
  return rows[0]?.id ?? 0;
};

describe('people', () => {
  it('are added with a link that lets them in once and has them choose a password', async () => {
    const form = {
      ...(await carried()),
      login: 'chloe',
      name: 'Chloé Martin',
      role: 'operator',
      language: 'fr',
    };
    const added = await send('/people/add', form);

    expect(added.status).toBe(200);
    expect(added.headers.get('cache-control')).toBe('no-store');
    expect(added.reading).toContain('For Chloé Martin (chloe).');
    const link = shownIn(added.html);
    expect(link).toMatch(new RegExp(`^${there.url}/login/once/`));

    const newcomer = createBrowser(there.url);
    const entered = await newcomer.post(link.replace(there.url, ''));
    expect(entered.location).toBe('/account');
    const account = readingOf((await newcomer.get('/account')).text);
    expect(account).toContain('Choisir un mot de passe');
    expect(account).not.toContain('Mot de passe actuel');
    const list = await chief.get('/people');
    expect(readingOf(list.text)).toContain('chloe Chloé Martin');
    expect(list.text).not.toContain(link);
  });

  it('are added once, however often the answer is loaded again', async () => {
    const form = { ...(await carried()), login: 'chloe', name: 'Chloé', role: 'viewer', language: 'fr' };
    await send('/people/add', form);
    const again = await send('/people/add', form);

    expect(again.location).toBe('/people');
    expect(again.reading).toContain('This was asked for already: nothing was done again.');
    const { rows } = await there.pool.query(`select count(*)::int as links from one_time_login`);
    expect(rows).toEqual([{ links: 1 }]);
  });

  it('get one new link for one request, and another for another', async () => {
    const form = { ...(await carried()), login: 'chloe', name: 'Chloé', role: 'viewer', language: 'fr' };
    await send('/people/add', form);
    const path = `/people/${await idOf('chloe')}/invite`;
    const asked = { ...(await carried()), password: 'keep' };

    const first = await send(path, asked);
    const repeated = await send(path, asked);
    const second = await send(path, { ...(await carried()), password: 'keep' });

    expect(shownIn(first.html)).toContain('/login/once/');
    expect(repeated.reading).toContain('nothing was done again');
    expect(shownIn(repeated.html)).toBe('');
    expect(shownIn(second.html)).toContain('/login/once/');
    expect(shownIn(second.html)).not.toBe(shownIn(first.html));
  });

  it('keep what was typed when the login is taken, and say so', async () => {
    await there.as('viewer', 'fr');
    const form = { ...(await carried()), login: 'VIEWER-fr', name: 'Ana Peña', role: 'operator' };
    const refused = await send('/people/add', form);

    expect(refused.status).toBe(409);
    expect(refused.reading).toContain('This login is taken already.');
    expect(refused.html).toContain('value="Ana Peña"');
    expect(refused.html).toContain('<option value="operator" selected');
  });

  it('change their role and lose the door, but for the last administrator', async () => {
    const viewer = await there.as('viewer');
    const { _csrf } = await carried();
    const id = await idOf('viewer-en');

    const raised = await send(`/people/${id}/role`, { _csrf, role: 'operator' });
    expect(raised.reading).toContain('viewer-en now has the role “operator”.');

    const disabled = await send(`/people/${id}/disable`, { _csrf });
    expect(disabled.reading).toContain('viewer-en cannot come in any more.');
    expect((await viewer.get('/')).location).toBe('/login');
    await send(`/people/${id}/enable`, { _csrf });

    const own = await idOf('administrator-en');
    for (const [path, form] of [
      [`/people/${own}/disable`, { _csrf }],
      [`/people/${own}/role`, { _csrf, role: 'viewer' }],
    ] as const) {
      const refused = await send(path, form);
      expect(refused.reading).toContain('This is the last administrator who can sign in');
    }
    expect((await chief.get('/people')).status).toBe(200);
  });

  it('who lost their password get a link, and the lost one lets nobody in', async () => {
    await there.as('viewer', 'fr');
    const id = await idOf('viewer-fr');
    const given = await send(`/people/${id}/invite`, { ...(await carried()), password: 'forget' });
    const stranger = createBrowser(there.url);

    expect((await stranger.signIn('viewer-fr', 'huit tortues bleues')).status).toBe(401);
    const entered = await stranger.post(shownIn(given.html).replace(there.url, ''));
    expect(entered.location).toBe('/account');
  });

  it('are shown to administrators only', async () => {
    const operator = await there.as('operator', 'fr');
    const page = await operator.get('/people');
    const { text } = await operator.get('/account');
    const made = await operator.post('/people/tokens', {
      _csrf: tokenOf(text),
      name: 'robot',
      scope: 'administer',
      seen: '0',
    });

    expect([page.status, made.status]).toEqual([403, 403]);
    expect(readingOf(page.text)).not.toContain('administrator-en');
    expect(readingOf(page.text)).toContain('Votre rôle ne permet pas cette action');
  });
});

describe('tokens', () => {
  it('are shown once, work until they are revoked, and say who made them', async () => {
    const form = { ...(await carried()), name: 'Extranet', scope: 'operate', lasts: '90' };
    const made = await send('/people/tokens', form);
    const token = shownIn(made.html);

    expect(made.status).toBe(200);
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(token).toMatch(/^psl_[\w-]{43}$/);
    const list = await chief.get('/people');
    expect(list.text).not.toContain(token);
    expect(readingOf(list.text)).toMatch(
      /Extranet psl_\S+… operate: runs, decisions, masks, mappings administrator-en,/,
    );

    const repeated = await send('/people/tokens', form);
    expect(repeated.reading).toContain('nothing was done again');
    const taken = await send('/people/tokens', { ...form, ...(await carried()), name: 'Extranet' });
    expect(taken.reading).toContain('A token in use has this name already');

    const { rows } = await there.pool.query<{ id: number }>('select id from api_token');
    expect(rows).toHaveLength(1);
    const { _csrf } = form;
    const revoked = await send(`/people/tokens/${rows[0]?.id}/revoke`, { _csrf });
    expect(revoked.reading).toContain('The token “Extranet” is revoked.');
    expect(revoked.reading).toContain('No token is in use.');
    expect(revoked.reading).toContain('Revoked or expired tokens (1)');
  });

  it('lead back to the list when the address of their answer is opened', async () => {
    for (const path of ['/people/tokens', '/people/add', '/people/1/invite'])
      expect((await chief.get(path)).location).toBe('/people');
  });
});
