import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { type ConsoleData, fillConsoleDatabase } from '../../bench/console-data';
import { benchConfiguration, letIn } from '../../bench/console-service';
import { startService } from '../../service/start-service';
import { openBrowser } from '../harness/browser';
import { freshDatabase } from '../setup/test-database';

const RUNS = 30;

/** Who signs in, as the benchmark of the pages does. */
export const ADMINISTRATOR = { login: 'bench', password: 'huit tortues bleues' } as const;

/** How somebody looks. The policy is set aside where a script of the test has to look at the page from inside. */
export interface Looks {
  colorScheme?: 'light' | 'dark';
  width?: number;
  bypassCSP?: boolean;
}

export interface FilledConsole {
  url: string;
  data: ConsoleData;
  /** A window of its own, in which nobody is signed in. */
  openWindow(looks?: Looks): Promise<Page>;
  /** Opens a page of the console as the administrator; answers its status. */
  open(page: Page, path: string): Promise<number | undefined>;
  stop(): Promise<void>;
}

/** The console of an installation that was in use for a while, in a real browser. Temporal is away, platforms too. */
export async function startFilledConsole(): Promise<FilledConsole> {
  const database = await freshDatabase();
  const data = await fillConsoleDatabase(database.url, { records: 400, runs: RUNS });
  const service = await startService({
    configuration: benchConfiguration(),
    databaseUrl: database.url,
    temporal: { address: '127.0.0.1:1', namespace: 'default' },
    host: '127.0.0.1',
    port: 0,
  });
  const { browser: headers } = await letIn(service.url, database.url);
  const cookies = (headers.cookie ?? '').split('; ').map((one) => {
    const at = one.indexOf('=');
    return { name: one.slice(0, at), value: one.slice(at + 1), url: service.url };
  });
  const browser = await openBrowser();
  return {
    url: service.url,
    data,
    openWindow: (looks) => openWindow(browser, looks),
    async open(page, path) {
      await page.context().addCookies(cookies);
      return (await page.goto(service.url + path))?.status();
    },
    async stop() {
      await browser.close();
      await service.stop();
      await database.drop();
    },
  };
}

async function openWindow(
  browser: Browser,
  { colorScheme = 'light', width = 1280, bypassCSP = false }: Looks = {},
): Promise<Page> {
  const context = await browser.newContext({
    locale: 'fr-FR',
    timezoneId: 'Europe/Brussels',
    viewport: { width, height: 900 },
    colorScheme,
    bypassCSP,
  });
  return context.newPage();
}

const DOSSIER = createHash('md5').update('dossier12').digest('hex');

/** Every page by name. */
export const PAGES: Readonly<Record<string, (data: ConsoleData) => string>> = {
  overview: () => '/',
  inbox: () => '/attention',
  'inbox of one reason': ({ offers }) => `/attention?sync=${offers}&reason=edited-in-cirkwi`,
  'sync of dossiers': ({ dossiers }) => `/syncs/${dossiers}`,
  'sync of offers': ({ offers }) => `/syncs/${offers}`,
  'sync of two CRMs': ({ crm }) => `/syncs/${crm}`,
  runs: ({ offers }) => `/syncs/${offers}/runs`,
  records: ({ offers }) => `/syncs/${offers}/records`,
  dossier: ({ dossiers }) => `/syncs/${dossiers}/records/${DOSSIER}`,
  offer: ({ offers }) => `/syncs/${offers}/records/ITB-0A-000112`,
  'record of a CRM': ({ crm }) => `/syncs/${crm}/records/${encodeURIComponent('mautic/contact/12')}`,
  run: ({ run }) => `/runs/${run}`,
  'records of a run': ({ run }) => `/runs/${run}/records`,
  'run under way': () => `/runs/${RUNS + 1}`,
  plan: ({ plan }) => `/runs/${plan}/plan`,
  mask: ({ dossiers }) => `/syncs/${dossiers}/mask`,
  mapping: ({ crm }) => `/syncs/${crm}/mapping`,
  'mapping of contacts': ({ crm }) => `/syncs/${crm}/mapping/contacts`,
  tracks: ({ offers }) => `/syncs/${offers}/tracks`,
  'one track': ({ offers }) => `/syncs/${offers}/tracks/4`,
  people: () => '/people',
  account: () => '/account',
  audit: () => '/audit',
  'audit of access': () => '/audit/access',
};
