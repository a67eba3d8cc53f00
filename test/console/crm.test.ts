import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { type KnownContact, plainContacts } from '../../cli/demo/weavy-webmecanik/chosen-records';
import { keepScreenshot, openBrowser } from '../harness/browser';
import { type CrmStack, startCrmTestStack } from '../harness/crm-stack';
import { startRunWith, watchToItsEnd } from './a-run';
import { enterBy, invited, PATIENCE_MS, type Reader, readerOf, rowsOf, textOf } from './reader';

const SYNC = '/syncs/crm-demo';
const TITLE = 'Directrice des achats';

let stack: CrmStack;
let browser: Browser;
let lena: Reader;
let contact: KnownContact;
let positionBefore: string;

beforeAll(async () => {
  stack = await startCrmTestStack();
  await Promise.all([stack.startWorker(), stack.startService()]);
  browser = await openBrowser();
  lena = await readerOf(browser, stack, { locale: 'en-GB' });
  const [first] = plainContacts(stack);
  if (first === undefined) throw new Error('the sample has no contact that both sides know');
  contact = first;
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, PATIENCE_MS);
afterEach(() => expect(lena?.complaints).toEqual([]));

const button = (name: string | RegExp) => lena.page.getByRole('button', { name, exact: true });
const heading = (name: string | RegExp) => lena.page.getByRole('heading', { level: 1, name });

async function run(kind: string): Promise<string> {
  await lena.go(SYNC);
  await startRunWith(lena, button(kind));
  return (await watchToItsEnd(lena)).outcome;
}

const contactSchema = z.looseObject({ fields: z.looseObject({ position: z.string().nullable() }) });
async function positionInMautic(): Promise<string> {
  const [found] = await stack.mautic.records('contact', contact.mautic);
  return contactSchema.parse(found).fields.position ?? '';
}

test('somebody whose browser speaks English is met in English, and chooses English for good', async () => {
  const { page } = lena;
  const link = await invited(stack, 'lena', 'operator');
  await page.goto(link);
  await page.getByText('This link signs you in once.').waitFor();
  await enterBy(link, lena);
  await page.getByRole('combobox', { name: /^(Langue des pages|Language of the pages)$/ }).selectOption('en');
  await page.getByRole('button', { name: /^(Choisir|Choose)$/ }).click();
  await page.getByText('The pages are in English.').waitFor();

  await lena.go('/');
  await heading('Overview').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
}, 600_000);

describe('a job title that was changed in weavy', () => {
  beforeAll(async () => {
    await run('Run now');
    positionBefore = await positionInMautic();
    await stack.weavy.put('customercontact', {
      action: 'patch',
      id: contact.weavy,
      value: { fields: { jobTitle: TITLE } },
    });
  }, 600_000);

  test('would go to Webmecanik, says a plan, as long as that field goes both ways', async () => {
    const { page } = lena;
    expect(await run('Plan')).toBe('planned');
    await page.getByRole('link', { name: 'See the plan' }).click();
    await heading(/^Plan \d+$/).waitFor();

    const change = page.getByRole('row').filter({ hasText: 'position' });
    expect(await textOf(change)).toContain(TITLE);
    await keepScreenshot(page, 'crm-plan');
  }, 600_000);

  test('would not under a draft that gives the field to Webmecanik: its check and its preview say so', async () => {
    const { page } = lena;
    await lena.go(`${SYNC}/mapping`);
    await page.getByRole('link', { name: 'See and change – Contacts' }).click();
    await page.getByLabel(/^Direction, row \d+, jobTitle$/).selectOption('toWeavy');
    await keepScreenshot(page, 'crm-mapping-contacts');
    await button('Save the draft and check it').click();

    await heading('Draft').waitFor();
    expect(await rowsOf(page.getByRole('table', { name: 'From the version in force to the draft' }))).toEqual(
      [
        [
          'Contacts',
          'jobTitle → position',
          'direction',
          expect.stringContaining('both'),
          expect.stringContaining('toWeavy'),
        ],
      ],
    );
    const checked = page
      .locator('section.card')
      .filter({ has: page.getByRole('heading', { name: 'Check' }) });
    expect(await textOf(checked)).not.toContain('problem');
    const previewed = page.getByRole('article').filter({ hasText: 'treated otherwise' });
    expect(await textOf(previewed)).toContain(contact.mautic);
    expect(await previewed.getByRole('row').filter({ hasText: 'position' }).count()).toBe(0);
    await keepScreenshot(page, 'crm-mapping-draft');
  }, 600_000);

  test('is put back once the draft is in force, and never reaches Webmecanik', async () => {
    const { page } = lena;
    await button('Put in force').click();
    await heading('Field mapping').waitFor();
    expect(await textOf(page.locator('.notice').first())).toMatch(
      /^Version \d+ is in force: the next run works with it\.$/,
    );

    expect(await run('Run now')).toMatch(/^completed/);
    expect(await positionInMautic()).toBe(positionBefore);
    expect(positionBefore).not.toBe(TITLE);

    await lena.go(`${SYNC}/records/${encodeURIComponent(`mautic/contact/${contact.mautic}`)}`);
    expect(
      await textOf(
        page.getByRole('region', { name: 'Both sides' }).getByRole('row').filter({ hasText: 'jobTitle' }),
      ),
    ).toContain('in step');
    const history = page.getByRole('row').filter({ hasText: TITLE });
    expect(await textOf(history)).toContain(
      'This field comes from Webmecanik: the edit in weavy is put back.',
    );
    await keepScreenshot(page, 'crm-record');
  }, 600_000);
});
