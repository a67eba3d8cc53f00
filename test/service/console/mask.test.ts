import { mountAudit } from '../../../service/console/audit/mount-audit';
import { mountMask } from '../../../service/console/mask/mount-mask';
import { edited, fill, sheetOf } from '../../planexpo-inwink/mask/mask-fixtures';
import { inwink, planexpo, stopSimulators } from '../../simulators/support';
import { formOf, type PagesOn, pagesOn } from './pages-on';

const updated_at = '2026-01-01T08:00:00Z';
const planexpoProducts = [
  { product_id: 'p-31', name: 'Bannière web', kind: 'option', pack_size: 10, active: true, updated_at },
  { product_id: 'p-32', name: 'Badge', kind: 'option', pack_size: 1, active: true, updated_at },
];
const inwinkProducts = [
  { id: 'i-banner', name: 'Bannière', packSize: 10, active: true },
  { id: 'i-badge', name: 'Badge', packSize: 1, active: true },
];
const banner = { name: 'Bannière', id: 'i-banner' };
const badge = { name: 'Badge', id: 'i-badge' };
const MASK = '/syncs/salon/mask';

let pages: PagesOn;
beforeAll(async () => {
  const source = await planexpo({ initial: { orders: [], products: planexpoProducts } });
  const target = await inwink({
    initial: { exhibitors: [], registered: [], products: inwinkProducts, fields: [] },
  });
  pages = await pagesOn(
    {
      platforms: {
        planexpo: { platform: 'planexpo', baseUrl: source.url, apiKey: 'key-1', requestsPerSecond: 'none' },
        inwink: {
          platform: 'inwink',
          baseUrl: target.url,
          tokenUrl: `${target.url}/oauth/token`,
          clientId: 'client',
          clientSecret: 'secret',
          requestsPerSecond: 'none',
        },
      },
      syncs: {
        salon: {
          pair: 'planexpo-inwink',
          source: 'planexpo',
          target: 'inwink',
          planexpoEvent: 'expo-2027',
          inwinkEventId: 'event-1',
        },
      },
    },
    (app, parts) => {
      mountMask(app, parts);
      mountAudit(app, parts);
    },
  );
});
afterAll(async () => {
  await pages.stop();
  await stopSimulators();
});
beforeEach(() => pages.pool.query('truncate mask_version, mask_upload, audit restart identity'));

type Mapped = Record<string, { name: string; id: string } | null>;

/** The pre-filled workbook as a person completes it. */
async function completed(mapping: Mapped): Promise<Buffer> {
  const { bytes } = await pages.get(`${MASK}/export.xlsx`);
  return edited(bytes, (book) => {
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
}

function upload(bytes: Buffer, role: 'viewer' | 'operator' = 'operator') {
  const file = new File([new Uint8Array(bytes)], 'masque.xlsx');
  return pages.post(MASK, { file }, { role });
}

/** Uploaded, looked at and put in force, as a person does it. */
async function putInForce(mapping: Mapped) {
  const { location } = await upload(await completed(mapping));
  const { html } = await pages.get(location ?? '');
  return pages.post(`${location}/put-in-force`, formOf(html, `${location}/put-in-force`));
}

const kept = async () => (await pages.pool.query('select id from mask_upload')).rows.length;

test('a good workbook is shown with what it would change, and changes nothing before it is put in force', async () => {
  const sent = await upload(await completed({ 'p-31': banner, 'p-32': null }));
  expect(sent.status).toBe(303);
  const review = await pages.get(sent.location ?? '');

  expect(review.text).toContain('The workbook can be read and fits both platforms.');
  expect(review.text).toContain('First mask: every row is new');
  expect(review.text).toMatch(/added Bannière web p-31 pack of 10 → Bannière \(i-banner, pack of 10\)/);
  expect((await pages.get(MASK)).text).toContain('No mask is in force');

  const put = await pages.post(`${sent.location}/put-in-force`);

  expect(put).toMatchObject({ status: 303, location: MASK });
  expect(put.notice).toBe('Version 1 is in force: the next run works with it.');
  expect((await pages.get(MASK)).text).toMatch(/In force Version 1 By chloe/);
  expect(await kept()).toBe(0);
});

test('a bad workbook is answered with every problem by sheet and cell, and is not kept', async () => {
  const bad = await completed({
    'p-31': { name: 'Bannière', id: 'i-nowhere' },
    'p-32': { name: '', id: 'i-badge' },
  });

  const { status, text } = await upload(bad);

  expect(status).toBe(422);
  expect(text).toContain('Problems (2)');
  expect(text).toMatch(/Products and options D\d .*i-nowhere/);
  expect(text).toContain('What to do');
  expect(await kept()).toBe(0);
});

test.each([
  ['a file that is no workbook', Buffer.from('bonjour'), 'is not a readable .xlsx workbook'],
  [
    'one with the signature of an archive and nothing behind it',
    Buffer.from('PK\u0003\u0004...'),
    'is not a readable .xlsx workbook',
  ],
  ['one larger than 5 MB', Buffer.alloc(5 * 1024 * 1024 + 1), 'the limit is 5.0 MB'],
])('%s is refused by its content', async (_, bytes, said) => {
  const { status, text } = await upload(bytes);

  expect(status).toBe(422);
  expect(text).toContain(said);
});

test('a form without a file says so', async () => {
  const { status, text } = await pages.post(MASK, { file: new File([], '') });

  expect({ status, text }).toMatchObject({
    status: 422,
    text: expect.stringContaining('Choose a file first.'),
  });
});

test('the next version is compared with the one in force, and the earlier one can come back', async () => {
  await putInForce({ 'p-31': banner, 'p-32': null });
  const { location } = await upload(await completed({ 'p-31': null, 'p-32': badge }));
  const review = await pages.get(location ?? '');
  expect(review.text).toContain('Against version 1, which is in force');
  expect(review.text).toMatch(/removed Bannière web p-31/);
  expect(review.text).toMatch(/added Badge p-32/);
  await pages.post(`${location}/put-in-force`);

  const difference = await pages.get(`${MASK}/versions/1`);
  expect(difference.text).toContain('From version 2 to version 1');
  const again = await pages.post(`${MASK}/versions/1/put-in-force`);

  expect(again.notice).toBe('Version 1 is in force: the next run works with it.');
  const { rows } = await pages.pool.query(
    `select before, after, actor from audit where kind = 'mask' order by id desc limit 1`,
  );
  expect(rows).toEqual([{ before: 2, after: 1, actor: 'chloe' }]);
});

test('the audit tells who uploaded a workbook, dropped it, or put it in force', async () => {
  const dropped = await upload(await completed({ 'p-31': banner }));
  await pages.post(`${dropped.location}/drop`);
  await pages.post(`${dropped.location}/drop`); // is gone: no act
  await putInForce({ 'p-31': banner, 'p-32': badge });

  const { rows } = await pages.pool.query(
    `select rule, field, before, after from audit where kind = 'mask' and actor = 'chloe' order by id`,
  );
  const [one, , two] = rows.map(({ after }) => after);
  expect(rows).toEqual([
    { rule: 'mask.upload', field: 'upload', before: null, after: one },
    { rule: 'mask.drop-upload', field: 'upload', before: one, after: null },
    { rule: 'mask.upload', field: 'upload', before: null, after: two },
    { rule: 'mask.import', field: 'version', before: null, after: 1 },
  ]);
  expect(one).toBeLessThan(two);
  const { text } = await pages.get('/audit', { language: 'fr' });
  expect(text).toContain('Masque déposé, puis abandonné.');
  expect(text).not.toContain('mask.');
});

test('each version can be downloaded as it was uploaded', async () => {
  const file = await completed({ 'p-31': banner });
  const { location } = await upload(file);
  await pages.post(`${location}/put-in-force`);

  const { bytes, headers } = await pages.get(`${MASK}/versions/1.xlsx`);

  expect(bytes.equals(file)).toBe(true);
  expect(headers.get('content-disposition')).toBe('attachment; filename="salon-v1.xlsx"');
});

test('the very workbook in force changes nothing', async () => {
  const file = await completed({ 'p-31': banner });
  await pages.post(`${(await upload(file)).location}/put-in-force`);

  const again = await upload(file);

  const review = await pages.get(again.location ?? '');
  expect(review.text).toContain('This is the very workbook in force');
  expect(review.html).not.toContain('put-in-force');
});

test('a viewer downloads and reads, and uploads nothing', async () => {
  const page = await pages.get(MASK, { role: 'viewer', language: 'fr' });

  expect(page.text).toContain('Aucun masque n’est en vigueur : téléchargez');
  expect(page.html).not.toContain('type="file"');
  expect((await upload(Buffer.from('x'), 'viewer')).status).toBe(403);
});
