import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

// What runs in the browser is written as text: our own code knows no `document`.

/** Issues that keep somebody out, each with where it is. */
export async function issuesOn(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
  const found = await page.evaluate<AxeResults>('axe.run()');
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => {
      const where = nodes
        .slice(0, 3)
        .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`);
      return `${id} (${impact}): ${where.join(' | ')}`;
    });
}

/** By how many pixels the page is wider than its window. */
export function tooWideBy(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
}

/** What the browser says against the page from now on: errors of scripts, what the policy refuses, what did not load. */
export function mindedOn(page: Page): string[] {
  const minded: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      minded.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => minded.push(`${page.url()}: ${error.message}`));
  return minded;
}

/** Of a group of radio buttons the keyboard stops at one, and moves among them by arrows. */
const MARK = `(() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')];
  const shown = all.filter((one) => one.checkVisibility() && !one.matches('[type="hidden"], [type="radio"], :disabled'));
  for (const one of shown) one.dataset.wanted = '';
  return shown.length;
})()`;

const STOP = `(() => {
  const stop = document.activeElement;
  if (stop === null || stop === document.body) return null;
  delete stop.dataset.wanted;
  const { outlineStyle, outlineWidth } = getComputedStyle(stop);
  return { isSeen: outlineStyle !== 'none' && outlineWidth !== '0px', html: stop.outerHTML.slice(0, 120) };
})()`;

const LEFT = `[...document.querySelectorAll('[data-wanted]')].map((one) => one.outerHTML.slice(0, 120))`;

interface Stops {
  /** Links, buttons and fields on the page. */
  wanted: number;
  /** Those that the Tab key never came to. */
  left: string[];
  /** Those that it came to without anything telling so. */
  unseen: string[];
}

/** Goes through the page with the Tab key, from its start to its end. */
export async function tabThrough(page: Page): Promise<Stops> {
  const wanted = await page.evaluate<number>(MARK);
  const unseen: string[] = [];
  // a page may have more stops than those: regions that scroll, groups of radio buttons
  for (let step = 0; step < wanted + 60; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate<{ isSeen: boolean; html: string } | null>(STOP);
    if (stop === null) break;
    if (!stop.isSeen) unseen.push(stop.html);
  }
  return { wanted, left: await page.evaluate<string[]>(LEFT), unseen };
}
