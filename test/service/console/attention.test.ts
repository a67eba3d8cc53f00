import { ServiceError } from '@temporalio/client';
import { decideItem, openItem, resolveItem } from '../../../db/attention';
import { mountAttention } from '../../../service/console/attention/mount-attention';
import { type SignedInPages, SYNCS, signedInPages } from './signed-in-pages';

let pages: SignedInPages;
beforeAll(async () => {
  pages = await signedInPages(mountAttention);
});
afterAll(() => pages.stop());
afterEach(async () => {
  await pages.pool.query('truncate attention_item, staged_record restart identity');
  pages.told.length = 0;
  pages.breakTemporal(null);
});

/** Opens an item, with the record that it is about. */
async function open(
  recordId: string,
  reason: string,
  given: {
    severity?: 'action' | 'info';
    sync?: string;
    name?: string;
    detail?: Record<string, unknown>;
  } = {},
): Promise<number> {
  const { sync = SYNCS.dossiers, severity = 'action', name = null, detail = {} } = given;
  await pages.pool.query(
    `insert into staged_record (sync, record_id, status, body, body_hash, due) values ($1, $2, 'validated', $3, '', false)
     on conflict do nothing`,
    [sync, recordId, JSON.stringify(name === null ? {} : { company: { name } })],
  );
  return openItem(pages.pool, sync, null, { recordId, reason, severity, detail });
}

const states = async () => {
  const { rows } = await pages.pool.query<{ state: string; decision: string | null }>(
    'select state, decision from attention_item order by id',
  );
  return rows;
};

describe('the inbox', () => {
  test('shows what waits for a decision before what is only to be known, whatever their age', async () => {
    await open('d-1', 'no-email', { severity: 'info', name: 'Ateliers Brûlé' });
    await open('d-2', 'target-deleted', { name: 'Maison Cœur' });
    const { html, text, status } = await pages.get('/attention');
    expect(status).toBe(200);
    expect(html.indexOf('Maison Cœur')).toBeGreaterThan(0);
    expect(html.indexOf('Maison Cœur')).toBeLessThan(html.indexOf('Ateliers Brûlé'));
    expect(text).toContain('1 to decide 1 for information 0 decided');
  });

  test('says of each decision what it will do, and asks for what it needs', async () => {
    const item = await open('d-2', 'target-deleted');
    const { html, text } = await pages.get('/attention');
    expect(text).toContain('Creates a new record in Inwink from the dossier, then keeps it in step.');
    expect(html).toContain(`action="/attention/${item}/decide"`);
    expect(html).toMatch(/Id of the Inwink record\s*<input name="argument" required/);
  });

  test('speaks French to those who do', async () => {
    await open('d-2', 'target-deleted');
    const { text } = await pages.get('/attention', { language: 'fr' });
    expect(text).toContain('Crée une nouvelle fiche dans Inwink');
    expect(text).toContain('Attend une décision');
  });

  test('goes on page after page without leaving one out or showing one twice', async () => {
    for (let n = 0; n < 30; n += 1) await open(`d-${n}`, 'target-deleted');
    for (let n = 30; n < 60; n += 1) await open(`d-${n}`, 'no-email', { severity: 'info' });
    const seen: string[] = [];
    let path: string | undefined = '/attention';
    while (path !== undefined) {
      const { html } = await pages.get(path);
      seen.push(...[...html.matchAll(/id="point-(\d+)"/g)].map((match) => match[1] ?? ''));
      path = /<a href="([^"]*after=[^"]*)"/.exec(html)?.[1];
    }
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
    expect(seen.slice(0, 30).every((id) => Number(id) <= 30)).toBe(true);
  });

  test('is filtered by reason, and offers there to decide for many, but not what needs a value', async () => {
    await open('d-1', 'target-deleted');
    await open('d-2', 'missing-name');
    const { html } = await pages.get(`/attention?sync=${SYNCS.dossiers}&reason=target-deleted`);
    expect(html.match(/id="point-/g)).toHaveLength(1);
    expect(html).toContain('name="decision" value="recreate"');
    expect(html).not.toMatch(/type="radio" name="decision" value="relink"/);
  });

  test('lets somebody who may only read decide nothing', async () => {
    const item = await open('d-1', 'target-deleted');
    const { html, text } = await pages.get('/attention', { role: 'viewer' });
    expect(text).toContain('Creates a new record in Inwink');
    expect(html).not.toContain('/decide"');
    const sent = await pages.post(`/attention/${item}/decide`, { decision: 'recreate' }, { role: 'viewer' });
    expect(sent.status).toBe(403);
    expect(await states()).toEqual([{ state: 'open', decision: null }]);
  });
});

describe('one decision', () => {
  test('is noted, told to the workflow of the record, and answered on the page it came from', async () => {
    const item = await open('d-1', 'target-deleted');
    const sent = await pages.post(`/attention/${item}/decide`, {
      decision: 'recreate',
      from_at: 'record',
      from_sync: SYNCS.dossiers,
      from_record: 'd-1',
    });
    expect(sent.status).toBe(303);
    expect(sent.location).toBe('/syncs/salon/records/d-1');
    expect(sent.notice).toContain('Recreate');
    expect(await states()).toEqual([{ state: 'decided', decision: 'recreate' }]);
    expect(pages.told).toEqual([{ type: 'decide', workflowId: 'dossier/salon/d-1', input: null }]);
  });

  test('never sends the browser to an address from outside', async () => {
    const item = await open('d-1', 'missing-name');
    const sent = await pages.post(`/attention/${item}/decide`, {
      decision: 'acknowledge',
      from_at: 'record',
      from_sync: '//evil.example.com',
      from_record: '../../x',
    });
    expect(sent.location).toMatch(/^\/syncs\//);
    expect(new URL(sent.location ?? '', 'http://here.example').host).toBe('here.example');
  });

  test('that needs a value is refused without it', async () => {
    const item = await open('d-1', 'target-deleted');
    const sent = await pages.post(`/attention/${item}/decide`, { decision: 'relink', argument: ' ' });
    expect(sent.notice).toContain('needs a value');
    expect(await states()).toEqual([{ state: 'open', decision: null }]);
  });

  test('can be taken back while nothing was done', async () => {
    const item = await open('d-1', 'target-deleted');
    await decideItem(pages.pool, item, { decision: 'stop', argument: null, actor: 'loic' });
    const { html, text } = await pages.get('/attention');
    expect(text).toContain('Stop for this dossier by loic');
    expect(html).toContain(`action="/attention/${item}/undo"`);
    const sent = await pages.post(`/attention/${item}/undo`, {});
    expect(sent.notice).toContain('taken back');
    expect(await states()).toEqual([{ state: 'open', decision: null }]);
  });

  test('that was put into effect is no longer taken back, and the page says so', async () => {
    const item = await open('d-1', 'target-deleted');
    await resolveItem(pages.pool, item);
    const sent = await pages.post(`/attention/${item}/undo`, {});
    expect(sent.notice).toContain('answered already');
    expect(await states()).toEqual([{ state: 'resolved', decision: null }]);
  });
});

describe('one decision for many', () => {
  const filter = {
    sync: SYNCS.dossiers,
    reason: 'target-deleted',
    from_at: 'inbox',
    from_reason: 'target-deleted',
  };
  /** The form for many as the inbox shows it just now, with one decision chosen. */
  const seen = async () => {
    const { html } = await pages.get(`/attention?sync=${filter.sync}&reason=${filter.reason}`);
    return { decision: 'stop', newest: /name="newest" value="(\d+)"/.exec(html)?.[1] ?? '' };
  };

  test('is taken by the ticked items, and the answer names those that could not take it', async () => {
    const items = [
      await open('d-1', 'target-deleted'),
      await open('d-2', 'target-deleted'),
      await open('d-3', 'target-deleted'),
    ];
    const [first, second] = items.map(String);
    await decideItem(pages.pool, Number(second), { decision: 'stop', argument: null, actor: 'loic' });
    const sent = await pages.post('/attention/decide', {
      ...filter,
      item: [first ?? '', second ?? ''],
      decision: 'recreate',
      which: 'ticked',
    });
    expect(sent.location).toBe('/attention?reason=target-deleted');
    expect(sent.notice).toContain('1 decision noted.');
    expect(sent.notice).toContain(`1 refused: item ${second} (it was answered already`);
    expect((await states()).map(({ decision }) => decision)).toEqual(['recreate', 'stop', null]);
  });

  test('is taken by every open item of the reason and sync, and by no other', async () => {
    for (let n = 0; n < 30; n += 1) await open(`d-${n}`, 'target-deleted');
    await open('d-40', 'participant-deleted');
    const sent = await pages.post('/attention/decide', { ...filter, ...(await seen()), which: 'all' });
    expect(sent.notice).toContain('30 decisions noted.');
    const after = await states();
    expect(after.filter(({ decision }) => decision === 'stop')).toHaveLength(30);
    expect(after.at(-1)).toEqual({ state: 'open', decision: null });
  });

  test('is not taken by items that came after the page was shown, which are said to be left', async () => {
    await open('d-1', 'target-deleted');
    await open('d-2', 'target-deleted');
    const shown = await seen();
    await open('d-3', 'target-deleted');
    const sent = await pages.post('/attention/decide', { ...filter, ...shown, which: 'all' });
    expect(sent.notice).toContain('2 decisions noted. 1 are left');
    expect((await states()).map(({ decision }) => decision)).toEqual(['stop', 'stop', null]);
    const unseen = { ...filter, decision: 'stop', which: 'all' };
    expect((await pages.post('/attention/decide', unseen)).notice).toContain('No item is ticked.');
  });

  test('that needs a value is refused by each', async () => {
    const item = await open('d-1', 'target-deleted');
    const sent = await pages.post('/attention/decide', { ...filter, item: String(item), decision: 'relink' });
    expect(sent.notice).toContain('0 decisions noted. 1 refused');
    expect(await states()).toEqual([{ state: 'open', decision: null }]);
  });

  test('leaves the items open that nobody could be told of', async () => {
    const item = await open('d-1', 'target-deleted');
    pages.breakTemporal(new ServiceError('no answer'));
    const many = await pages.post('/attention/decide', { ...filter, item: String(item), decision: 'stop' });
    expect(many.notice).toContain('Temporal does not answer');
    const one = await pages.post(`/attention/${item}/decide`, { decision: 'stop' });
    expect(one.notice).toContain('Temporal does not answer');
    expect(await states()).toEqual([{ state: 'open', decision: null }]);
  });
});
