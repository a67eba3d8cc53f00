import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { letIn } from '../../cli/demo/let-in';
import type { LocalStack } from '../../cli/demo/planexpo-inwink/stack';
import { keepScreenshot, openBrowser } from '../harness/browser';
import { startTestStack } from '../harness/stack';
import { edited, open, sheetOf } from '../planexpo-inwink/mask/mask-fixtures';
import { noteProgress, startRunWith, watchToItsEnd } from './a-run';
import { enterBy, PATIENCE_MS, type Reader, readerOf, reloadUntil, rowsOf, textOf } from './reader';

const PASSWORD = 'quatre hirondelles sous la pluie';
const SYNC = '/syncs/salon-demo';

let stack: LocalStack;
let browser: Browser;
let chloe: Reader;

beforeAll(async () => {
  // slow enough for a run to be watched
  stack = await startTestStack({ requestsPerSecond: 40 });
  await Promise.all([stack.startWorker(), stack.startService()]);
  browser = await openBrowser();
  chloe = await readerOf(browser, stack);
  await noteProgress(chloe.page);
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, PATIENCE_MS);
afterEach(() => expect(chloe.complaints).toEqual([]));

const notice = () => textOf(chloe.page.locator('.notice').first());
const button = (name: string | RegExp) => chloe.page.getByRole('button', { name });
const heading = (name: string | RegExp) => chloe.page.getByRole('heading', { level: 1, name });

test('a link lets her in once, and with the password that she chooses she comes back', async () => {
  const { page } = chloe;
  const link = await letIn(stack);
  await enterBy(link, chloe);
  await page.getByLabel('Nouveau mot de passe').fill(PASSWORD);
  await page.getByLabel('Le même, une seconde fois').fill(PASSWORD);
  await button('Choisir un mot de passe').click();
  await heading('Vue d’ensemble').waitFor();
  expect(await notice()).toBe('Votre mot de passe est choisi. Bienvenue !');

  await button('Se déconnecter').click();
  await heading('Se connecter').waitFor();
  await page.goto(link);
  await page.getByText('Ce lien a déjà servi').waitFor();

  await chloe.go(SYNC);
  await page.getByLabel('Identifiant').fill('admin');
  await page.getByLabel('Mot de passe').fill('quatre hirondelles');
  await button('Se connecter').click();
  await page.getByText('Identifiant ou mot de passe incorrect.').waitFor();
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await button('Se connecter').click();
  await heading('salon-demo').waitFor();
}, 600_000);

describe('the mask', () => {
  let exported: Buffer;

  beforeAll(async () => {
    await chloe.go(`${SYNC}/mask`);
    const [download] = await Promise.all([
      chloe.page.waitForEvent('download'),
      chloe.page.getByRole('link', { name: 'Télécharger le masque prérempli' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('salon-demo-masque.xlsx');
    exported = await readFile(await download.path());
  }, PATIENCE_MS);

  async function upload(buffer: Buffer): Promise<void> {
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await chloe.page.getByLabel(/^Classeur Excel/).setInputFiles({ name: 'masque.xlsx', mimeType, buffer });
    await button('Déposer et contrôler').click();
  }

  test('with mistakes is refused with each of them by sheet and cell, and changes nothing', async () => {
    const { page } = chloe;
    const bannerRow = await rowOf(exported, 'p-31');
    await upload(
      await edited(exported, (book) => {
        sheetOf(book, 2).getCell(`D${bannerRow}`).value = 'inconnu-dans-inwink';
        sheetOf(book, 0).getCell('B6').value = 'peut-être';
      }),
    );

    await page.getByText('Ce classeur ne peut pas être mis en vigueur.').waitFor();
    const rows = await page
      .getByRole('table', { name: /^Problèmes/ })
      .getByRole('row')
      .allInnerTexts();
    expect(rows.slice(1)).toHaveLength(2);
    expect(rows).toContainEqual(expect.stringMatching(/^Prérequis techniques\s+B6\s/));
    expect(rows).toContainEqual(
      expect.stringMatching(new RegExp(`^Produits et options\\s+D${bannerRow}\\s`)),
    );
    expect(rows.join('\n')).toContain('inconnu-dans-inwink');
    await keepScreenshot(page, 'salon-mask-problems');
  }, 600_000);

  test('corrected, shows what it would change, and is in force when she says so', async () => {
    const { page } = chloe;
    const workshopRow = await rowOf(exported, 'o-9');
    await upload(
      await edited(exported, (book) => {
        for (const column of ['C', 'D']) sheetOf(book, 2).getCell(`${column}${workshopRow}`).value = null;
      }),
    );

    await heading('Masque déposé').waitFor();
    const differences = page.getByRole('table', { name: /^Par rapport à la version 1/ });
    expect(await rowsOf(differences)).toEqual([
      ['retirée', 'Atelier 30 min o-9', expect.stringContaining('Atelier'), ''],
    ]);
    await keepScreenshot(page, 'salon-mask-review');

    await button('Mettre en vigueur').click();
    await heading('Masque de synchronisation').waitFor();
    expect(await notice()).toContain('La version 2 est en vigueur');
  }, 600_000);
});

/** Where a Planexpo product stands on the third sheet. */
async function rowOf(file: Buffer, planexpoId: string): Promise<number> {
  const sheet = sheetOf(await open(file), 2);
  for (let row = 2; row <= sheet.rowCount; row++)
    if (sheet.getCell(`B${row}`).value === planexpoId) return row;
  throw new Error(`the mask has no row for ${planexpoId}`);
}

describe('a plan', () => {
  let planned: string;

  test('shows the changes field by field before anything is written', async () => {
    const { page } = chloe;
    await chloe.go(SYNC);
    await startRunWith(chloe, button('Simuler'));
    expect(await watchToItsEnd(chloe)).toMatchObject({ outcome: 'simulé' });
    await page.getByRole('link', { name: 'Voir la simulation' }).click();
    await heading(/^Simulation \d+$/).waitFor();
    planned = new URL(page.url()).pathname;

    const first = page.getByRole('article').first();
    await first.locator('summary').first().click();
    const fields = await rowsOf(first.getByRole('table'));
    expect(fields).toContainEqual([
      expect.stringMatching(/^Partenaire \S*name/i),
      '(vide)',
      expect.stringMatching(/\d{4}$/),
      expect.stringMatching(/./),
    ]);
    expect(await stack.inwink.stats()).toMatchObject({ creates: 0 });
    await keepScreenshot(page, 'salon-plan');
  }, 600_000);

  test('writes the dossiers that she ticks, and no other', async () => {
    const { page } = chloe;
    const boxes = page.getByRole('checkbox', { name: /^Choisir / });
    for (const at of [0, 1]) await boxes.nth(at).check();
    await startRunWith(chloe, button('Appliquer les fiches cochées'));
    await watchToItsEnd(chloe);

    const records = page.getByRole('region', { name: 'Fiches du passage' });
    expect(await records.getByRole('link', { name: /^\d+ créé$/ }).allInnerTexts()).toEqual(['2 créé']);
    expect(chloe.asked.at(-1)).toBe('Écrire ces changements maintenant ?');
  }, 600_000);

  test('writes the rest when she applies all of it, and the page follows by itself', async () => {
    await chloe.go(planned);
    await startRunWith(chloe, button(/^Appliquer toute la simulation/));
    await keepScreenshot(chloe.page, 'salon-run-under-way');
    const { outcome, steps } = await watchToItsEnd(chloe);

    expect(outcome).toMatch(/^terminé/);
    const written = steps.flatMap((said) => /^(\d+) sur \d+ écrites$/.exec(said)?.[1] ?? []).map(Number);
    expect(written.length).toBeGreaterThan(2);
    expect(written).toEqual([...written].sort((a, b) => a - b));
    await keepScreenshot(chloe.page, 'salon-run');
  }, 600_000);
});

describe('what needs a person', () => {
  let dossier: string;

  test('is told in plain words with what each answer does', async () => {
    const { page } = chloe;
    const { rows } = await stack.pool.query(
      `select source_key as dossier, target_id as partner from link where kind = 'partner' order by source_key limit 1`,
    );
    dossier = rows[0].dossier;
    await stack.inwink.put('exhibitor', { action: 'delete', id: rows[0].partner });
    await chloe.go(SYNC);
    await startRunWith(chloe, button('Lancer une comparaison complète'));
    expect((await watchToItsEnd(chloe)).outcome).toBe('terminé, attention requise');

    await page.getByRole('link', { name: 'À traiter', exact: true }).click();
    const item = page.getByRole('article', {
      name: 'Le partenaire de ce dossier a été supprimé dans Inwink.',
    });
    expect(await textOf(item)).toContain('rien n’est recréé sans votre accord');
    expect(await textOf(item)).toContain('Crée une nouvelle fiche dans Inwink à partir du dossier');
    await keepScreenshot(page, 'salon-attention');
  }, 600_000);

  test('is done when she has decided, and the dossier is in step again', async () => {
    const { page } = chloe;
    const item = page.getByRole('article', {
      name: 'Le partenaire de ce dossier a été supprimé dans Inwink.',
    });
    await item.getByRole('button', { name: 'Recréer' }).click();
    expect(await notice()).toMatch(/^Décision notée : Recréer\./);

    await chloe.go(`${SYNC}/records/${dossier}`);
    const standing = page.getByRole('region', { name: 'Situation' });
    const isInStep = async () => /créé|mis à jour/.test(await textOf(standing.locator('.badge')));
    await reloadUntil(chloe, 'the dossier in step', isInStep);
    expect(await item.count()).toBe(0);
    const sides = await textOf(page.getByRole('table', { name: /Partenaire/ }));
    expect(sides).toContain('en accord');
    expect(sides).not.toContain('à envoyer');
    const { rows } = await stack.pool.query(
      `select target_id as partner from link where kind = 'partner' and source_key = $1`,
      [dossier],
    );
    expect(await stack.inwink.records('exhibitor', rows[0].partner)).toHaveLength(1);
    await keepScreenshot(page, 'salon-record');
  }, 600_000);
});

describe('what became of the dossiers', () => {
  const COUNTS = 'Toutes les fiches connues de la synchronisation à la fin du passage, par issue';
  let counts: string[][];

  async function exported(as: 'CSV' | 'Excel (xlsx)'): Promise<Buffer> {
    const [download] = await Promise.all([
      chloe.page.waitForEvent('download'),
      chloe.page.getByRole('link', { name: as, exact: true }).click(),
    ]);
    return readFile(await download.path());
  }

  beforeAll(async () => {
    await chloe.go(SYNC);
    await chloe.page
      .getByRole('table', { name: 'Les plus récents d’abord' })
      .getByRole('link')
      .first()
      .click();
    counts = await rowsOf(chloe.page.getByRole('table', { name: COUNTS }));
  }, PATIENCE_MS);

  test('leaves as CSV that a spreadsheet here opens', async () => {
    const text = (await exported('CSV')).toString('utf8');
    expect(text.slice(0, 30)).toMatch(/^\ufeffFiche;Identifiant public;Nom;/);
    const issues = text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(';')[4]);
    for (const [issue = '', n] of counts)
      if (issue !== '')
        expect([issue, issues.filter((one) => one === issue).length]).toEqual([issue, Number(n)]);
  }, 600_000);

  test('leaves as a workbook', async () => {
    const sheet = (await open(await exported('Excel (xlsx)'))).worksheets[0];
    expect(sheet?.rowCount).toBe(121);
    expect(sheet?.getCell('A1').value).toBe('Fiche');
  }, 600_000);
});
