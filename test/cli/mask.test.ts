import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandStack, startCommandStack } from './command-stack';

const updated_at = '2026-01-01T08:00:00Z';
const planexpoProducts = [
  { product_id: 'p-31', name: 'Bannière web', kind: 'option', pack_size: 10, active: true, updated_at },
  { product_id: 'p-32', name: 'Badge', kind: 'option', pack_size: 1, active: true, updated_at },
];
const inwinkProducts = [
  { id: 'i-banner', name: 'Bannière', packSize: 10, active: true },
  { id: 'i-badge', name: 'Badge', packSize: 1, active: true },
];

let stack: CommandStack;
let workbooks: typeof import('../planexpo-inwink/mask/mask-fixtures');
let files = 0;

beforeAll(async () => {
  stack = await startCommandStack({
    planexpo: { initial: { orders: [], products: planexpoProducts } },
    inwink: { initial: { exhibitors: [], registered: [], products: inwinkProducts, fields: [] } },
  });
  // after the command: two copies of the workbook library in one process do not bear each other
  workbooks = require('../planexpo-inwink/mask/mask-fixtures');
});
afterAll(() => stack.stop());
beforeEach(() => stack.pool.query('truncate mask_version, audit'));

const newFile = () => join(stack.folder, `mask-${++files}.xlsx`);

/** Exported, filled in by a person and saved. Rows follow Planexpo's products by name or id: found by column B. */
async function filledIn(mapping: Record<string, { name: string; id: string } | null>): Promise<string> {
  const { edited, fill, sheetOf } = workbooks;
  const path = newFile();
  await stack.run('mask', 'export', stack.sync, path);
  const workbook = await edited(await readFile(path), (book) => {
    const answers = sheetOf(book, 0);
    answers.getCell('B5').value = new Date('2026-01-05T00:00:00Z');
    for (const cell of ['B6', 'B7', 'B8']) answers.getCell(cell).value = 'Yes';
    answers.getCell('B11').value = 'exhibitor manager';
    answers.getCell('B12').value = '05/01/2026';
    for (const row of [2, 3]) {
      const chosen = mapping[String(sheetOf(book, 2).getCell(`B${row}`).value)];
      fill(book, { [`C${row}`]: chosen?.name ?? null, [`D${row}`]: chosen?.id ?? null });
    }
  });
  await writeFile(path, workbook);
  return path;
}

const banner = { name: 'Bannière', id: 'i-banner' };
const badge = { name: 'Badge', id: 'i-badge' };

async function versions(): Promise<unknown[]> {
  const { json } = await stack.run('mask', 'list', stack.sync, '--json');
  return json.versions.map((one: { version: number; inForce: boolean }) => [one.version, one.inForce]);
}

describe('passerelle mask', () => {
  it('writes a workbook, and never over another file unless told to', async () => {
    const path = newFile();
    await writeFile(path, 'answers');

    const refused = await stack.run('mask', 'export', stack.sync, path);
    expect({ code: refused.code, text: await readFile(path, 'utf8') }).toEqual({ code: 2, text: 'answers' });

    const forced = await stack.run(
      'mask',
      'export',
      stack.sync,
      path,
      '--force',
      '--language',
      'fr',
      '--json',
    );
    expect({ code: forced.code, basedOn: forced.json.basedOn }).toEqual({ code: 0, basedOn: null });
    expect((await stat(path)).size).toBeGreaterThan(2_000);
  });

  it('puts a filled-in workbook in force and notes who did it', async () => {
    const path = await filledIn({ 'p-31': banner, 'p-32': badge });

    const { code, json } = await stack.run('mask', 'import', stack.sync, path, '--json');

    expect({ code, ok: json.ok, version: json.version, mapped: json.mapped }).toEqual({
      code: 0,
      ok: true,
      version: 1,
      mapped: 2,
    });
    expect(await versions()).toEqual([[1, true]]);
    const { rows } = await stack.pool.query(`select operation, after, actor from audit`);
    expect(rows).toEqual([{ operation: 'mask', after: 1, actor: expect.stringContaining('@') }]);
  });

  it('refuses the very file that is in force already', async () => {
    const path = await filledIn({ 'p-31': banner, 'p-32': badge });
    await stack.run('mask', 'import', stack.sync, path);

    const { code, stdout } = await stack.run('mask', 'import', stack.sync, path);

    expect({ code, stdout }).toEqual({
      code: 2,
      stdout: expect.stringMatching(/in force already.*Version 1/),
    });
    expect(await versions()).toEqual([[1, true]]);
  });

  it('lists every problem with its sheet and cell, and a refused file changes nothing', async () => {
    await stack.run('mask', 'import', stack.sync, await filledIn({ 'p-31': banner }));
    const bad = await filledIn({ 'p-31': badge, 'p-32': { name: 'Badge', id: 'i-unknown' } });

    const validated = await stack.run('mask', 'validate', stack.sync, bad);
    const imported = await stack.run('mask', 'import', stack.sync, bad, '--json');

    expect(validated.code).toBe(2);
    expect(validated.stdout).toMatch(/Products and options!\w\d|Produits et options!\w\d/);
    expect({ code: imported.code, ok: imported.json.ok }).toEqual({ code: 2, ok: false });
    expect(imported.json.problems.length).toBeGreaterThanOrEqual(2);
    expect(await versions()).toEqual([[1, true]]);
  });

  it.each([
    ['not a workbook', Buffer.from('hello')],
    ['over the size limit', Buffer.alloc(5 * 1024 * 1024 + 1)],
  ])('refuses a file that is %s as a problem of the file', async (_what, content) => {
    const path = newFile();
    await writeFile(path, content);

    const { code, json } = await stack.run('mask', 'import', stack.sync, path, '--json');

    expect({ code, places: json.problems.map((p: { sheet: string }) => p.sheet) }).toEqual({
      code: 2,
      places: [''],
    });
    expect(await versions()).toEqual([]);
  });

  it('says in one line that a file is not there', async () => {
    const { code, stderr } = await stack.run('mask', 'import', stack.sync, '/nowhere/mask.xlsx');

    expect(code).toBe(2);
    expect(stderr).toMatch(/^\/nowhere\/mask\.xlsx cannot be read .*\n$/);
  });

  it('says after an import and on request what differs between two versions', async () => {
    await stack.run('mask', 'import', stack.sync, await filledIn({ 'p-31': banner }));

    const second = await stack.run(
      'mask',
      'import',
      stack.sync,
      await filledIn({ 'p-31': banner, 'p-32': badge }),
    );
    const diff = await stack.run('mask', 'diff', stack.sync, '1', '2');

    expect(second.stdout).toContain('added: Badge (p-32, pack of 1) -> Badge (i-badge, pack of 1)');
    expect(second.stdout).toContain('All dossiers will be looked at in the next run');
    expect({ code: diff.code, stdout: diff.stdout }).toEqual({
      code: 0,
      stdout: 'added: Badge (p-32, pack of 1) -> Badge (i-badge, pack of 1)\n',
    });
    expect(await versions()).toEqual([
      [2, true],
      [1, false],
    ]);
  });

  it('refuses to compare a version that is not there', async () => {
    const { code, stderr } = await stack.run('mask', 'diff', stack.sync, '1', 'x');

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('mask list') });
  });
});
