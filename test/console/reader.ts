import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { SharedStack } from '../../cli/demo/stack-base';
import type { Role } from '../../db/accounts';
import { addPerson, inviteLink } from '../../operations/people';
import { newReader, type ReaderOptions } from '../harness/browser';

/** Long enough for a slow machine with much else to do: nothing waits longer than what it waits for. */
export const PATIENCE_MS = 180_000;

/** Somebody in front of the console. */
export interface Reader {
  page: Page;
  context: BrowserContext;
  /** Opens a page of the console, as from a bookmark. */
  go(path: string): Promise<void>;
  /**
   * What the browser complained of so far: errors in its console (a refused script or style too), scripts that failed,
   * answers from 500 on, parts of a page that are missing.
   */
  complaints: readonly string[];
  /** Questions that were asked before a change. All of them are answered with yes. */
  asked: readonly string[];
}

export async function readerOf(
  browser: Browser,
  { serviceUrl }: Pick<SharedStack, 'serviceUrl'>,
  options: ReaderOptions = {},
): Promise<Reader> {
  const context = await newReader(browser, options);
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints = complaintsOf(context);
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(plain(dialog.message()));
    void dialog.accept();
  });
  return {
    page,
    context,
    go: async (path) => void (await page.goto(`${serviceUrl}${path}`)),
    complaints,
    asked,
  };
}

function complaintsOf(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    // told in full by the answer itself, and a page may well answer 422
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    complaints.push(`${message.page()?.url()}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`${error.page()?.url()}: ${error.error().stack}`));
  context.on('response', (answer) => {
    const isPart = !answer.request().isNavigationRequest();
    if (answer.status() >= 500 || (isPart && answer.status() >= 400))
      complaints.push(`${answer.status()} ${answer.request().method()} ${answer.url()}`);
  });
  return complaints;
}

/** A link that signs this person in, once; the account is made for it. */
export async function invited(stack: SharedStack, login: string, role: Role): Promise<string> {
  const { configuration, pool, client, serviceUrl } = stack;
  const context = { configuration, pool, temporal: async () => client, actor: 'test' };
  await addPerson(context, { login, role });
  const { path } = await inviteLink(context, { login });
  return `${serviceUrl}${path}`;
}

/** Enters by a one-time link, and answers on the page that asks for a password. */
export async function enterBy(link: string, { page }: Reader): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: /^(Se connecter|Sign in)$/ }).click();
  await page.getByRole('heading', { level: 1, name: /^(Mon compte|My account)$/ }).waitFor();
}

/** What stands there, as people read it; waits until something does. */
export async function textOf(place: Locator): Promise<string> {
  await place.first().waitFor();
  return plain((await place.allInnerTexts()).join('\n'));
}

/** The rows of a table, cell by cell, without its head. */
export async function rowsOf(table: Locator): Promise<string[][]> {
  await table.waitFor();
  const rows = await table.locator('tbody').getByRole('row').all();
  const cells = await Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
  return cells.map((texts) => texts.map((text) => plain(text).trim()));
}

/** Loads the page again until this is there: for what a worker does behind it. */
export async function reloadUntil(
  { page }: Reader,
  what: string,
  isThere: () => Promise<boolean>,
): Promise<void> {
  const givesUpAt = Date.now() + PATIENCE_MS;
  while (!(await isThere())) {
    if (Date.now() > givesUpAt) throw new Error(`not there after ${PATIENCE_MS / 1_000} s: ${what}`);
    await page.reload();
  }
}

/** French typography has spaces of its own. */
function plain(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
