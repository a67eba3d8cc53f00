import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import brought from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Where screenshots of tests are kept, as artefacts of a run. */
const ARTEFACTS = join(__dirname, '..', '..', 'test-artefacts', 'screenshots');

/** A real Chromium: the one that is installed, else the one that npm brought. */
export async function openBrowser(): Promise<Browser> {
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args: ['--no-sandbox'] });
  return chromium.launch({ executablePath: await brought.executablePath(), args: brought.args });
}

export interface ReaderOptions {
  locale?: string;
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** `off`: JavaScript is switched off. */
  scripts?: 'run' | 'off';
}

/** A reader: language and zone as a browser tells them, and a window of this size. */
export function newReader(browser: Browser, reader: ReaderOptions = {}): Promise<BrowserContext> {
  const { locale = 'fr-FR', width = 1280, height = 900, colorScheme = 'light', scripts = 'run' } = reader;
  return browser.newContext({
    locale,
    timezoneId: 'Europe/Brussels',
    viewport: { width, height },
    colorScheme,
    javaScriptEnabled: scripts === 'run',
  });
}

/** Keeps what the reader sees now under this name. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const path = join(ARTEFACTS, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage: true });
}
