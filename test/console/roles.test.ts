import type { Browser } from 'playwright-core';
import { keepScreenshot, openBrowser } from '../harness/browser';
import { type AllPairs, DELETED_PARTNER, startAllPairs } from './all-pairs';
import { enterBy, invited, PATIENCE_MS, type Reader, readerOf, textOf } from './reader';

let shown: AllPairs;
let browser: Browser;

beforeAll(async () => {
  shown = await startAllPairs();
  browser = await openBrowser();
}, 900_000);
afterAll(async () => {
  await browser?.close();
  await shown?.stack.stop();
}, PATIENCE_MS);

/** How many runs, decisions, masks and links there are: what nobody may change who only reads. */
async function standing(): Promise<unknown> {
  const { rows } = await shown.stack.pool.query(
    `select (select count(*) from run) as runs, (select count(*) from attention_item where state <> 'open') as answered,
       (select count(*) from mask_version) as masks, (select count(*) from account) as people`,
  );
  return rows;
}

describe('somebody who may only read', () => {
  /** Forms that change nothing of a sync: signing out, one's own account, searches that keep names out of addresses. */
  const HARMLESS = [
    /^\/logout$/,
    /^\/account\//,
    /^\/syncs\/[\w-]+\/records$/,
    /^\/runs\/\d+\/(records|plan)$/,
  ];
  let ines: Reader;

  beforeAll(async () => {
    ines = await readerOf(browser, shown.stack);
    await enterBy(await invited(shown.stack, 'ines', 'viewer'), ines);
  }, PATIENCE_MS);

  test('sees every page, and on none of them a button that changes something', async () => {
    for (const [name, path] of Object.entries(shown.pages)) {
      await ines.go(path);
      expect({ name, text: await textOf(ines.page.locator('h1')) }).toEqual({
        name,
        text: expect.stringMatching(/./),
      });
      const sendable = ines.page
        .locator('form[method="post"]')
        .filter({ has: ines.page.locator('button:enabled') });
      const forms = await sendable.all();
      const actions = await Promise.all(forms.map((form) => form.getAttribute('action')));
      const changing = actions.filter((action) => !HARMLESS.some((harmless) => harmless.test(action ?? '')));
      expect({ name, changing }).toEqual({ name, changing: [] });
    }
    expect(ines.complaints).toEqual([]);
  }, 900_000);

  test.each([
    ['starts a run', '/syncs/salon-demo/run', { what: 'run' }],
    ['steers a run', '/syncs/salon-demo/steer', { to: 'pause', run: '1' }],
    ['schedules', '/syncs/salon-demo/schedule', { do: 'apply', every: '1h' }],
    ['applies a plan', 'plan', { which: 'all' }],
    ['decides', '/attention/1/decide', { decision: 'recreate' }],
    [
      'decides for many',
      '/attention/decide',
      { which: 'all', decision: 'recreate', reason: 'target-deleted', sync: 'salon-demo' },
    ],
    ['retries a record', 'dossier', {}],
    ['puts a mask in force', '/syncs/salon-demo/mask/versions/1/put-in-force', {}],
    ['drafts a mapping', '/syncs/crm-demo/mapping/contacts', { on: '1', rows: '0' }],
    ['decides about a track', 'track', { item: '1', decision: 'return-track' }],
    ['lets people in', '/people', { login: 'mallory', role: 'administrator' }],
  ])(
    'is refused when a form of hers %s all the same',
    async (_what, path, fields) => {
      const { page } = ines;
      const before = await standing();
      await ines.go('/');
      // her own page's form, with its token, bent to another purpose
      await page.evaluate(
        `{
        const form = document.querySelector('form[action="/logout"]');
        form.action = ${JSON.stringify(addressOf(path))};
        for (const [name, value] of Object.entries(${JSON.stringify(fields)})) {
          const input = document.createElement('input');
          Object.assign(input, { name, value });
          form.append(input);
        }
      }`,
      );
      const [answer] = await Promise.all([
        page.waitForResponse((each) => each.request().method() === 'POST'),
        page.getByRole('button', { name: 'Se déconnecter' }).click(),
      ]);

      expect(answer.status()).toBe(403);
      await page.getByText('Votre rôle ne permet pas cette action').waitFor();
      expect(await standing()).toEqual(before);
      expect(ines.complaints).toEqual([]);
    },
    600_000,
  );

  /** Some pages have an address of their own in each stack. */
  function addressOf(path: string): string {
    const { pages } = shown;
    if (path === 'plan') return `${pages.plan}/apply`;
    if (path === 'dossier') return `${pages.dossier}/retry`;
    if (path === 'track') return `${pages.track}/decide`;
    return path;
  }

  test('is not let into the list of people', async () => {
    await ines.go('/people');
    await ines.page.getByText('Votre rôle ne permet pas').waitFor();
    await ines.go('/');
    expect(await ines.page.getByRole('link', { name: 'Personnes et jetons' }).count()).toBe(0);
  }, 600_000);
});

describe('somebody whose browser runs no scripts', () => {
  let paul: Reader;

  beforeAll(async () => {
    paul = await readerOf(browser, shown.stack, { scripts: 'off' });
    await enterBy(await invited(shown.stack, 'paul', 'operator'), paul);
  }, PATIENCE_MS);

  test('reads how things are, run by run and record by record', async () => {
    const read = async (path: string) => {
      await paul.go(path);
      return textOf(paul.page.locator('main'));
    };
    const overview = await read(shown.pages.overview);
    for (const sync of ['salon-demo', 'itineraires-demo', 'crm-demo']) expect(overview).toContain(sync);
    expect(await read(shown.pages.run)).toMatch(/terminé, attention requise[\s\S]*Total\s+60/);
    expect(await read(shown.pages.dossier)).toContain(DELETED_PARTNER);
    expect(await read(shown.pages.attention)).toContain(DELETED_PARTNER);
    expect(await read(shown.pages.plan)).toContain('Changements par fiche');
    expect(await read(shown.pages.track)).toContain('Plus grand écart');
    await keepScreenshot(paul.page, 'without-scripts');
  }, 600_000);

  test('decides, and reads that it was noted', async () => {
    await paul.go(shown.pages.attention);
    const item = paul.page.getByRole('article', { name: DELETED_PARTNER });
    await item.getByRole('button', { name: 'Recréer' }).click();

    expect(await textOf(paul.page.locator('.notice').first())).toMatch(/^Décision notée : Recréer\./);
    expect(paul.complaints).toEqual([]);
  }, 600_000);
});
