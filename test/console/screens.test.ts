import type { Browser } from 'playwright-core';
import { keepScreenshot, openBrowser } from '../harness/browser';
import { type AllPairs, startAllPairs } from './all-pairs';
import { enterBy, invited, PATIENCE_MS, type Reader, readerOf, textOf } from './reader';

const PHONE = { width: 375, height: 812 };

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

async function measured(reader: Reader, expression: string): Promise<number> {
  return Number(await reader.page.evaluate(expression));
}

test('on a phone every page fits its width, and what is wider scrolls within the page', async () => {
  const reader = await readerOf(browser, shown.stack, PHONE);
  await enterBy(await invited(shown.stack, 'nadia', 'administrator'), reader);
  const tooWide: string[] = [];
  for (const [name, path] of [...Object.entries(shown.pages), ['people', '/people']] as const) {
    await reader.go(path);
    await textOf(reader.page.locator('h1'));
    const width = await measured(reader, 'document.documentElement.scrollWidth');
    if (width > PHONE.width) tooWide.push(`${name}: ${width} px`);
    await keepScreenshot(reader.page, `phone-${name}`);
  }
  expect(tooWide).toEqual([]);
  expect(reader.complaints).toEqual([]);
}, 900_000);

test('where the reader’s system is dark, the pages are dark', async () => {
  const reader = await readerOf(browser, shown.stack, { colorScheme: 'dark' });
  await enterBy(await invited(shown.stack, 'otto', 'administrator'), reader);
  for (const [name, path] of Object.entries(shown.pages)) {
    await reader.go(path);
    await textOf(reader.page.locator('h1'));
    expect({ name, isDark: (await lightness(reader, 'body', 'backgroundColor')) < 60 }).toEqual({
      name,
      isDark: true,
    });
    expect({ name, isRead: (await lightness(reader, 'h1', 'color')) > 180 }).toEqual({ name, isRead: true });
    await keepScreenshot(reader.page, `dark-${name}`);
  }
  expect(reader.complaints).toEqual([]);
}, 900_000);

/** Of a colour, 0 for black and 255 for white. */
function lightness(reader: Reader, selector: string, colour: 'color' | 'backgroundColor'): Promise<number> {
  const of = `getComputedStyle(document.querySelector('${selector}')).${colour}.match(/\\d+/g).slice(0, 3)`;
  return measured(reader, `${of}.reduce((sum, part) => sum + Number(part), 0) / 3`);
}
