import { addRecord, beginRun, endRun, type RunConsole, readingOf, startRunConsole } from './run-console';

let there: RunConsole;

beforeAll(async () => {
  there = await startRunConsole({
    syncs: { 'salon-2027': 'planexpo-inwink', 'salon-2028': 'planexpo-inwink' },
  });
});
afterAll(() => there.stop());

const counts = (some: Record<string, number>) => ({
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  withdrawn: 0,
  skipped: 0,
  waiting: 0,
  held: 0,
  refused: 0,
  ...some,
});

/** The card of one sync. */
function cardOf(html: string, sync: string): string {
  const [, card = ''] = html.split(`aria-labelledby="sync-${sync}"`);
  return card.split('</section>')[0] ?? '';
}

describe('the overview', () => {
  it('is for signed-in people', async () => {
    const { status, headers } = await fetch(`${there.url}/`, { redirect: 'manual' });
    expect(status).toBe(302);
    expect(headers.get('location')).toContain('/login');
  });

  it('says of each sync where it stands, in French too, although Temporal is away', async () => {
    const { pool } = there;
    for (const [id, outcome] of Object.entries({
      a: 'unchanged',
      b: 'created',
      c: 'waiting',
      d: 'held',
      e: 'skipped',
    }))
      await addRecord(pool, 'salon-2027', { id, name: `Société ${id}`, outcome });
    await addRecord(pool, 'salon-2027', { id: 'f', name: 'Neuve', outcome: null });
    const run = await beginRun(pool, 'salon-2027');
    await endRun(pool, run, { outcome: 'completed-with-attention', counts: counts({ read: 6 }), writes: 3 });
    await pool.query(
      `insert into attention_item (sync, record_id, reason, severity) values ('salon-2027', 'd', 'some-reason', 'action')`,
    );

    const english = cardOf((await (await there.as('viewer')).get('/')).text, 'salon-2027');
    const read = readingOf(english);
    expect(read).toContain('Planexpo → Inwink Planexpo to Inwink');
    expect(english).toContain('<span class="badge warn">needs attention</span>');
    expect(read).toContain('2 in step 2 waiting 1 held or refused 1 out of scope');
    expect(read).toContain('1 item needs attention');
    expect(read).toContain('3 writes in');
    expect(read).toContain('Next run unknown so far');
    // the part that Temporal did not tell in time is asked for once the page is there
    expect(english).toContain('hx-get="/syncs/salon-2027/next-run"');

    const french = readingOf(cardOf((await (await there.as('viewer', 'fr')).get('/')).text, 'salon-2027'));
    expect(french).toContain('2 en phase 2 en attente 1 retenues ou refusées 1 hors périmètre');
  });

  it('shows the last runs as a drawing with words, and as a table', async () => {
    const { pool } = there;
    const good = await beginRun(pool, 'salon-2028');
    await endRun(pool, good, { writes: 4 });
    const bad = await beginRun(pool, 'salon-2028');
    await endRun(pool, bad, {
      outcome: 'stopped',
      reason: 'prerequisites not met: mask (see "passerelle check salon-2028")',
    });
    const card = cardOf((await (await there.as('viewer')).get('/')).text, 'salon-2028');
    expect(card.match(/<rect /g)).toHaveLength(2);
    expect(card).toMatch(/<rect class="bad"/);
    expect(card).toMatch(/<desc[^>]*>.*2 runs \(1 completed, 1 stopped\)/);
    expect(readingOf(card)).toMatch(/Run Began Outcome Duration Writes/);
    expect(readingOf(card)).toContain('The last run stopped Prerequisites are not met (mask)');
  });

  it('tells which platform asked to wait and which refuses us', async () => {
    const { pool } = there;
    const browser = await there.as('viewer');
    expect(readingOf((await browser.get('/')).text)).toContain('All platforms answer, none asks to wait.');
    await pool.query(
      `insert into platform_budget (account, paused_until, access_lost_at) values
       ('inwink', now() + interval '1 hour', null), ('planexpo', '2020-01-01', now()), ('no-longer-configured', '2020-01-01', now())`,
    );
    const read = readingOf((await browser.get('/')).text);
    expect(read).toMatch(/inwink paused until \S+/);
    expect(read).toMatch(/planexpo access lost since \S+/);
    expect(read).not.toContain('no-longer-configured');
  });

  it('says which run is under way, and how many announcements wait', async () => {
    const { pool } = there;
    const run = await beginRun(pool, 'salon-2028');
    await pool.query(
      `insert into received_hook (sync, event_id, type, record_id) values ('salon-2028', 'e1', 'validated', 'x')`,
    );
    const read = readingOf(cardOf((await (await there.as('viewer')).get('/')).text, 'salon-2028'));
    await endRun(pool, run);
    expect(read).toContain(`Run under way Run ${run}, opening`);
    expect(read).toContain('1 announcement received, not passed on yet');
  });
});
