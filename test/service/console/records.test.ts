import { addRecord, type RunConsole, readingOf, startRunConsole, tokenOf } from './run-console';

const LIST = '/syncs/salon-2027/records';
let there: RunConsole;

beforeAll(async () => {
  there = await startRunConsole({ syncs: { 'salon-2027': 'planexpo-inwink' } });
  const { pool } = there;
  await addRecord(pool, 'salon-2027', {
    id: 'r-001',
    name: 'Brûlerie Lefèvre',
    outcome: 'held',
    reason: 'no-email',
    due: true,
  });
  await addRecord(pool, 'salon-2027', { id: 'r-002', name: 'Ateliers Müller', outcome: 'unchanged' });
  await addRecord(pool, 'salon-2027', { id: 'r-003', name: '<script>alert(1)</script>', outcome: null });
  for (let each = 100; each < 160; each += 1)
    await addRecord(pool, 'salon-2027', { id: `s-${each}`, name: `Maison ${each}`, outcome: 'created' });
});
afterAll(() => there.stop());

/** Sends the search of the list. */
async function searched(form: Record<string, string>) {
  const browser = await there.as('viewer');
  const token = tokenOf((await browser.get(LIST)).text);
  return browser.post(LIST, { _csrf: token, ...form });
}

const idsOf = (html: string) =>
  [...html.matchAll(/href="\/syncs\/salon-2027\/records\/([^"?]+)"/g)].map(([, id]) => id);

describe('the records of a sync', () => {
  it('tells of each where it stands and why, in words', async () => {
    const { text, status } = await (await there.as('viewer')).get(LIST);
    expect(status).toBe(200);
    const read = readingOf(text);
    expect(read).toMatch(/Brûlerie Lefèvre r-001 held due [A-Z]\w+/);
    expect(read).not.toContain('no-email');
    expect(read).toContain('not yet looked at');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script>alert');
  });

  it('is narrowed by address to an outcome and to what is due', async () => {
    const browser = await there.as('viewer');
    expect(idsOf((await browser.get(`${LIST}?outcome=held`)).text)).toEqual(['r-001']);
    expect(idsOf((await browser.get(`${LIST}?outcome=not-yet`)).text)).toEqual(['r-003']);
    expect(idsOf((await browser.get(`${LIST}?due=1`)).text)).toEqual(['r-001']);
    expect((await browser.get(`${LIST}?outcome=nonsense`)).status).toBe(200);
  });

  it('is searched by name or id without the name ever standing in an address', async () => {
    const found = await searched({ text: 'lefevre', outcome: '' });
    expect(found.status).toBe(200);
    expect(idsOf(found.text)).toEqual(['r-001']);
    expect(found.text).not.toMatch(/(href|action)="[^"]*lef/i);
    expect(idsOf((await searched({ text: 'r-002' })).text)).toEqual(['r-002']);
    expect(idsOf((await searched({ text: 'maison', outcome: 'held' })).text)).toEqual([]);
    // an address cannot carry a search
    const byAddress = await (await there.as('viewer')).get(`${LIST}?text=lefevre`);
    expect(idsOf(byAddress.text).length).toBeGreaterThan(1);
  });

  it('goes on to the next page by key, of a search too', async () => {
    const browser = await there.as('viewer');
    const first = (await browser.get(`${LIST}?outcome=created`)).text;
    const [, next = ''] = /<nav class="pager".*?href="([^"]+)"/s.exec(first) ?? [];
    const second = (await browser.get(next.replaceAll('&amp;', '&'))).text;
    expect(idsOf(first)).toHaveLength(50);
    expect(idsOf(second)).toEqual(
      ['150', '151', '152', '153', '154', '155', '156', '157', '158', '159'].map((n) => `s-${n}`),
    );

    const found = await searched({ text: 'maison' });
    expect(found.text).toContain('<input type="hidden" name="after" value="s-149"/>');
    expect(idsOf((await searched({ text: 'maison', after: 's-149' })).text)).toHaveLength(10);
  });

  it('keeps a filter without a text in the address, where it can be kept and shared', async () => {
    const answer = await searched({ text: '', outcome: 'held', due: '1' });
    expect(answer.status).toBe(303);
    expect(answer.location).toBe(`${LIST}?outcome=held&due=1`);
  });

  it('offers the retry to operators only, and says when Temporal is away', async () => {
    expect((await (await there.as('viewer')).get(LIST)).text).not.toContain('/syncs/salon-2027/retry');
    const operator = await there.as('operator');
    const token = tokenOf((await operator.get(LIST)).text);
    const answer = await operator.post('/syncs/salon-2027/retry', { _csrf: token });
    expect(answer.status).toBe(303);
    expect(readingOf((await operator.get(answer.location ?? '')).text)).toMatch(
      /Temporal or a platform does not answer|The retry is under way/,
    );
  });
});
