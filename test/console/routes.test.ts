import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { type CirkwiCircuit, drawDetour } from '../../cli/demo/pivot-cirkwi/cirkwi-circuit';
import { isHome } from '../../cli/demo/pivot-cirkwi/track-home';
import { keepScreenshot, openBrowser } from '../harness/browser';
import { type PivotStack, startPivotTestStack } from '../harness/pivot-stack';
import { startRunWith, watchToItsEnd } from './a-run';
import { enterBy, invited, PATIENCE_MS, type Reader, readerOf, reloadUntil, rowsOf, textOf } from './reader';

const SYNC = '/syncs/itineraires-demo';

let stack: PivotStack;
let browser: Browser;
let jeanne: Reader;
let code: string;

beforeAll(async () => {
  stack = await startPivotTestStack();
  await Promise.all([stack.startWorker(), stack.startService()]);
  browser = await openBrowser();
  jeanne = await readerOf(browser, stack);
  await enterBy(await invited(stack, 'jeanne', 'operator'), jeanne);
  [code = ''] = stack.sample.notes.edit;
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, PATIENCE_MS);
afterEach(() => expect(jeanne.complaints).toEqual([]));

const button = (name: string | RegExp) => jeanne.page.getByRole('button', { name });

async function run(kind: string): Promise<string> {
  await jeanne.go(SYNC);
  await startRunWith(jeanne, button(kind));
  return (await watchToItsEnd(jeanne)).outcome;
}

let drawing: CirkwiCircuit;

test('a track that somebody drew in Cirkwi is found and listed with how far it moved', async () => {
  const { page } = jeanne;
  await run('Lancer un passage');
  await stack.cirkwi.act('pull');
  drawing = await drawDetour(stack, code);
  await run('Lancer une comparaison complète');

  await jeanne.go(`${SYNC}/tracks`);
  await reloadUntil(jeanne, 'the track to decide', async () =>
    (await textOf(page.locator('main'))).includes('à décider'),
  );
  const rows = await rowsOf(page.getByRole('table', { name: 'Tracés modifiés, le plus récent d’abord' }));
  expect(rows).toEqual([
    [
      expect.stringContaining(code),
      'à décider',
      expect.stringMatching(/^[\d,]+ km$/),
      expect.stringMatching(/^[\d,]+ km$/),
      expect.stringMatching(/^[1-9]\d+ m$/),
      expect.stringMatching(/^\d\d\/\d\d\/\d{4} /),
    ],
  ]);
}, 600_000);

test('both lines are drawn one over the other, and can be taken away as files', async () => {
  const { page } = jeanne;
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  const svg = page.getByRole('img', { name: 'Tracé publié et dessin de Cirkwi' });
  for (const line of ['.track-before', '.track-after']) {
    const box = await svg.locator(line).first().boundingBox();
    expect(box?.width).toBeGreaterThan(50);
    expect(box?.height).toBeGreaterThan(20);
  }
  const measures = await rowsOf(page.getByRole('table', { name: 'Les deux tracés en chiffres' }));
  expect(measures.map(([what]) => what)).toEqual([
    'Longueur',
    'Dénivelé positif',
    'Dénivelé négatif',
    'Points',
    'Segments',
  ]);
  await keepScreenshot(page, 'routes-track');

  const files = ['Tracé avant (GPX)', 'Tracé dessiné dans Cirkwi (GPX)'].map(async (name) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name }).click(),
    ]);
    return (await readFile(await download.path())).toString('utf8');
  });
  for (const file of files) expect(await file).toMatch(/^<\?xml[\s\S]*<trkpt /);
}, 600_000);

test('the track that she accepts is PIVOT’s own afterwards, and she sees it there', async () => {
  const { page } = jeanne;
  await button('Reprendre le tracé dans PIVOT').click();
  expect(await textOf(page.locator('.notice').first())).toMatch(
    /^Reprendre le tracé dans PIVOT : c’est noté\./,
  );

  const badge = page.locator('main .badge').first();
  await reloadUntil(jeanne, 'the track in PIVOT', async () => (await textOf(badge)) === 'repris dans PIVOT');
  await reloadUntil(jeanne, 'the drawing as PIVOT’s track', async () =>
    (await textOf(page.locator('main'))).includes('PIVOT tient le tracé dessiné dans Cirkwi.'),
  );
  expect(await isHome(stack, code, drawing)).toBe(true);
  await keepScreenshot(page, 'routes-track-returned');

  await page.getByRole('link', { name: 'Voir l’offre' }).click();
  expect(await textOf(page.getByRole('region', { name: 'Historique des écritures' }))).toMatch(
    /jeanne|trac/i,
  );
  await keepScreenshot(page, 'routes-offer');
}, 600_000);
