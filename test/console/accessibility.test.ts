import type { Page } from 'playwright-core';
import { ADMINISTRATOR, type FilledConsole, type Looks, PAGES, startFilledConsole } from './filled-console';
import { issuesOn, mindedOn, tabThrough, tooWideBy } from './look-at-page';

/** Everything that the console shows, in a real browser: no serious issue for anybody, and nothing that the browser minds. */

let there: FilledConsole;
beforeAll(async () => {
  there = await startFilledConsole();
});
afterAll(() => there?.stop());

const pathOf = (name: string): string => {
  const path = PAGES[name];
  if (path === undefined) throw new Error(`there is no page "${name}"`);
  return path(there.data);
};

describe.each<[string, Looks]>([
  ['a light window', { colorScheme: 'light' }],
  ['the dark window of a phone', { colorScheme: 'dark', width: 390 }],
])('in %s', (_name, looks) => {
  let page: Page;
  beforeAll(async () => {
    page = await there.openWindow({ ...looks, bypassCSP: true });
  });
  afterAll(() => page?.context().close());

  test.each(['/login', '/login?lang=en'])('the door %s has no serious issue', async (path) => {
    await page.context().clearCookies();
    await page.goto(there.url + path);
    expect(await issuesOn(page)).toEqual([]);
  });

  test.each(Object.keys(PAGES))('the page "%s" has no serious issue, and fits', async (name) => {
    expect(await there.open(page, pathOf(name))).toBe(200);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await issuesOn(page)).toEqual([]);
    // tables may be wider, inside their own frame
    expect(await tooWideBy(page)).toBe(0);
  });

  test('a page that is not there has no serious issue', async () => {
    expect(await there.open(page, '/nowhere')).toBe(404);
    expect(await issuesOn(page)).toEqual([]);
  });

  test('what is shown once has no serious issue, and fits', async () => {
    await there.open(page, '/people');
    await page.getByLabel('Identifiant', { exact: true }).fill(`invited-${Date.now()}`);
    await page.getByRole('button', { name: 'Ajouter et montrer le lien' }).click();
    expect(await page.getByLabel('Lien à copier').inputValue()).toContain('/login/once/');
    expect(await issuesOn(page)).toEqual([]);
    expect(await tooWideBy(page)).toBe(0);
  });
});

test('what looks at the pages sees an issue where there is one', async () => {
  const page = await there.openWindow({ bypassCSP: true });
  await there.open(page, '/account');
  await page.evaluate(`document.documentElement.removeAttribute('lang')`);
  expect(await issuesOn(page)).toEqual([expect.stringContaining('html-has-lang')]);
  await page.context().close();
});

test('the browser minds nothing on any page, with the policy in force', async () => {
  const page = await there.openWindow();
  const minded = mindedOn(page);
  await page.goto(`${there.url}/login`);
  for (const name of Object.keys(PAGES)) await there.open(page, pathOf(name));
  expect(minded).toEqual([]);

  // and it is heard when it does
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<p style="color: red"></p>')`);
  expect(minded).toEqual([expect.stringContaining('Content Security Policy')]);
  await page.context().close();
});

describe('with the keyboard alone', () => {
  let page: Page;
  beforeEach(async () => {
    page = await there.openWindow();
  });
  afterEach(() => page.context().close());

  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  test('somebody signs in, skips the sections, and opens the inbox', async () => {
    await page.goto(`${there.url}/login`);
    await press('Tab');
    await page.keyboard.type(ADMINISTRATOR.login);
    await press('Tab');
    await page.keyboard.type(ADMINISTRATOR.password);
    await press('Enter');
    await page.waitForURL(`${there.url}/`);

    await press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Aller au contenu');
    await press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');

    await page.goto(`${there.url}/account`);
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Enter');
    await page.waitForURL(`${there.url}/attention`);
  });

  test.each([
    'overview',
    'inbox of one reason',
    'sync of offers',
    'plan',
    'mask',
    'mapping of contacts',
    'one track',
    'audit',
    'account',
  ])('everything on the page "%s" is reached, and is seen to be', async (name) => {
    await there.open(page, pathOf(name));
    const { wanted, left, unseen } = await tabThrough(page);
    expect(wanted).toBeGreaterThan(5);
    expect({ left, unseen }).toEqual({ left: [], unseen: [] });
  });
});
