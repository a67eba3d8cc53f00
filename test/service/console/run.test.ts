import { Workbook } from '@protobi/exceljs';
import {
  addRecord,
  beginRun,
  endRun,
  type RunConsole,
  readingOf,
  startRunConsole,
  tokenOf,
} from './run-console';

const SYNC = 'salon-2027';
let there: RunConsole;
let run: number;
let plan: number;

beforeAll(async () => {
  there = await startRunConsole({ syncs: { [SYNC]: 'planexpo-inwink' }, uiUrl: 'http://127.0.0.1:8233' });
  const { pool } = there;
  run = await beginRun(pool, SYNC);
  await addRecord(pool, SYNC, {
    id: 'r-001',
    name: 'Brûlerie Lefèvre',
    outcome: 'held',
    reason: 'no-email',
    run,
  });
  await addRecord(pool, SYNC, { id: 'r-002', name: '=HYPERLINK("http://x")', outcome: 'created', run });
  await addRecord(pool, SYNC, { id: 'r-003', name: 'Ateliers "Müller"; fils', outcome: 'created', run });
  await pool.query('update run set preflight = $2, overrides = $3 where id = $1', [
    run,
    JSON.stringify([
      {
        code: 'mask',
        result: 'pass',
        evidence: { fr: 'Masque 3.', en: 'Mask 3.' },
        advice: { fr: '', en: '' },
      },
      {
        code: 'products',
        result: 'fail',
        evidence: { fr: 'Un produit manque.', en: 'A product is missing.' },
        advice: { fr: 'Créez-le.', en: 'Create it.' },
      },
      { form: 'of another release' },
    ]),
    ['products'],
  ]);
  const counts = {
    read: 10,
    created: 2,
    updated: 1,
    unchanged: 4,
    withdrawn: 0,
    skipped: 1,
    waiting: 1,
    held: 1,
    refused: 0,
  };
  await endRun(pool, run, { outcome: 'completed-with-attention', counts, writes: 5, attention: 1 });
  plan = await beginRun(pool, SYNC, 'plan');
  await endRun(pool, plan, { outcome: 'planned', planned: 12 });
});
afterAll(() => there.stop());

describe('the page of a run', () => {
  it('tells how the run went, with counts that add up and what it was allowed to pass over', async () => {
    const { text } = await (await there.as('viewer')).get(`/runs/${run}`);
    const read = readingOf(text);
    expect(read).toContain('completed, needs attention run');
    expect(read).toContain('Started asked by a person');
    expect(read).toContain('Prerequisites overridden products');
    expect(read).toMatch(
      /created 2 updated 1 unchanged 4 withdrawn 0 skipped 1 waiting 1 held 1 refused 0 Sum 10/,
    );
    expect(read).not.toContain('The sum differs');
    expect(read).toMatch(/products not met A product is missing\. Create it\. mask met Mask 3\./);
    expect(text).toContain(`http://127.0.0.1:8233/namespaces/default/workflows/run%2F${SYNC}/execution-`);
    expect(text).not.toContain('hx-sse:connect');
  });

  it('leads from a plan to its changes', async () => {
    const { text } = await (await there.as('viewer')).get(`/runs/${plan}`);
    expect(text).toContain(`href="/runs/${plan}/plan"`);
    expect(readingOf(text)).toContain('Changes planned 12');
  });

  it('says why a run ended early in the words of the reader', async () => {
    const early = await beginRun(there.pool, SYNC);
    await endRun(there.pool, early, {
      outcome: 'cancelled',
      reason: 'stopped after the dossiers under way, as asked',
    });
    const french = readingOf((await (await there.as('viewer', 'fr')).get(`/runs/${early}`)).text);
    expect(french).toContain('Arrêté à la demande d’une personne, après les fiches en cours.');
  });

  it('narrows its records by outcome and searches them by name', async () => {
    const browser = await there.as('viewer');
    const held = readingOf((await browser.get(`/runs/${run}/records?outcome=held`)).text);
    expect(held).toContain('Lefèvre');
    expect(held).not.toContain('Müller');
    const token = tokenOf((await browser.get(`/runs/${run}`)).text);
    const found = await browser.post(`/runs/${run}/records`, { _csrf: token, text: 'muller', outcome: '' });
    expect(found.status).toBe(200);
    expect(readingOf(found.text)).toContain('Müller');
    expect(readingOf(found.text)).not.toContain('Lefèvre');
  });

  it('is not there for a number that is no run', async () => {
    const browser = await there.as('viewer');
    for (const path of [
      '/runs/999999',
      '/runs/999999/export.csv',
      '/runs/999999/live',
      '/runs/0',
      '/runs/abc',
    ])
      expect((await browser.get(path)).status).toBe(404);
  });
});

describe('the export of a run', () => {
  it('is a table for Excel in the language of the reader, with no formula in it', async () => {
    const { text, headers } = await (await there.as('viewer', 'fr')).get(`/runs/${run}/export.csv`);
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="passerelle-${SYNC}-run-${run}.csv"`,
    );
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [heads, ...lines] = text.trimEnd().split('\r\n');
    expect(heads).toBe('Fiche;Identifiant public;Nom;Type;Issue;Raison;À faire;Écritures;Le (Europe/Paris)');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^r-001;;Brûlerie Lefèvre;;retenu;[^;]{10,};[^;]{10,};1;\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
    );
    expect(lines[0]).not.toContain('no-email');
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(lines[2]).toContain('"Ateliers ""Müller""; fils"');
  });

  it('begins with the mark by which Excel knows its accents', async () => {
    const browser = await there.as('viewer');
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${there.url}/runs/${run}/export.csv`, { headers: { cookie } });
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('is a workbook with the same rows', async () => {
    const browser = await there.as('viewer');
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${there.url}/runs/${run}/export.xlsx`, { headers: { cookie } });
    const workbook = new Workbook();
    await workbook.xlsx.load(Buffer.from(await response.arrayBuffer()) as never); // the library's own name for a buffer
    const rows: unknown[][] = [];
    workbook.worksheets[0]?.eachRow((row) => rows.push(row.values as unknown[]));
    expect(rows).toHaveLength(4);
    expect(rows[0]).toContain('What to do');
    expect(rows[2]?.[3]).toBe('=HYPERLINK("http://x")');
    expect(rows[3]).toEqual(expect.arrayContaining(['r-003', 'Ateliers "Müller"; fils', 'created', 1]));
  });

  it('holds one outcome only where that is asked', async () => {
    const { text } = await (await there.as('viewer')).get(`/runs/${run}/export.csv?outcome=held`);
    expect(text.trimEnd().split('\r\n')).toHaveLength(2);
  });
});
