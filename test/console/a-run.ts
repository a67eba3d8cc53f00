import type { Locator, Page } from 'playwright-core';
import { type Reader, textOf } from './reader';

/** What a badge says of a run that is over. */
const ENDED = /^(terminé|terminé, attention requise|simulé|completed|completed, needs attention|planned)$/;
const FAILED = /^(échoué|arrêté|annulé|failed|stopped|cancelled)$/;

/** Presses a button that starts a run, and answers on the page of that run. */
export async function startRunWith({ page }: Reader, button: Locator): Promise<void> {
  await button.click();
  // where no worker took the run at once, the page of the sync leads to it as soon as one did
  while (!/\/runs\/\d+$/.test(page.url())) {
    await page.getByRole('heading', { level: 1 }).waitFor();
    const link = page.getByRole('region', { name: /^(Où elle en est|Where it stands)$/ });
    if ((await link.locator('a[href^="/runs/"]').count()) > 0)
      await link.locator('a[href^="/runs/"]').first().click();
    else await page.reload();
  }
}

export interface WatchedRun {
  /** As its badge says it. */
  outcome: string;
  /** What the bar of progress said, step by step. */
  steps: string[];
}

/** Stays on the page of a run until it says that the run is over; nobody reloads it. */
export async function watchToItsEnd({ page }: Reader): Promise<WatchedRun> {
  const loadedAt = await page.evaluate('performance.timeOrigin');
  const badge = page.getByRole('region', { name: /^(Passage|Run)$/ }).locator('.badge');
  await badge.filter({ hasText: new RegExp(`${ENDED.source}|${FAILED.source}`) }).waitFor();
  const outcome = (await badge.first().textContent()) ?? '';
  if (FAILED.test(outcome))
    throw new Error(`the run ended as "${outcome}": ${await textOf(page.locator('main'))}`);
  if (loadedAt !== (await page.evaluate('performance.timeOrigin')))
    throw new Error('the page was loaded anew while the run was watched');
  // a list of our own script below
  return { outcome, steps: (await page.evaluate('window.stepsSeen ?? []')) as string[] };
}

/** From the next page on, notes what the bar of progress says whenever it says something else. */
export async function noteProgress(page: Page): Promise<void> {
  await page.addInitScript({
    content: `
      window.stepsSeen = [];
      new MutationObserver(() => {
        const said = document.querySelector('progress')?.getAttribute('aria-label');
        if (said && said !== window.stepsSeen.at(-1)) window.stepsSeen.push(said);
      }).observe(document, { subtree: true, childList: true, attributes: true });
    `,
  });
}
