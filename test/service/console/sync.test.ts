import { type Client, Connection, Client as TemporalClient } from '@temporalio/client';
import { ensureSearchAttributes } from '../../../activities/search-attributes';
import { testTemporalAddress } from '../../setup/test-temporal';
import { beginRun, endRun, type RunConsole, readingOf, startRunConsole, tokenOf } from './run-console';

const SYNC = `salon-${Date.now().toString(36)}`;

let there: RunConsole;
let temporal: Client;

beforeAll(async () => {
  const connection = await Connection.connect({ address: testTemporalAddress() });
  temporal = new TemporalClient({ connection });
  await ensureSearchAttributes(temporal);
  there = await startRunConsole({
    syncs: { [SYNC]: 'planexpo-inwink' },
    temporal,
    uiUrl: 'http://127.0.0.1:8233/',
  });
});
afterAll(async () => {
  await temporal.schedule
    .getHandle(`schedule/${SYNC}`)
    .delete()
    .catch(() => undefined);
  await temporal.workflow
    .getHandle(`run/${SYNC}`)
    .terminate('end of the test')
    .catch(() => undefined);
  await temporal.connection.close();
  await there.stop();
});

/** Sends a form of the sync's page as this role, and reads the page that follows. */
async function send(form: Record<string, string>, path: string): Promise<string> {
  const browser = await there.as('operator');
  const { text } = await browser.get(`/syncs/${SYNC}`);
  const answer = await browser.post(`/syncs/${SYNC}/${path}`, { _csrf: tokenOf(text), ...form });
  expect(answer.status).toBe(303);
  return readingOf((await browser.get(answer.location ?? '')).text);
}

describe('the page of a sync', () => {
  it('is not there for a sync that is not configured', async () => {
    const browser = await there.as('viewer');
    expect((await browser.get('/syncs/nowhere')).status).toBe(404);
    expect((await browser.get('/syncs/nowhere/preflight')).status).toBe(404);
    expect((await browser.get('/syncs/nowhere/runs')).status).toBe(404);
  });

  it('shows a viewer everything and lets them change nothing', async () => {
    const browser = await there.as('viewer');
    const { text, status } = await browser.get(`/syncs/${SYNC}`);
    expect(status).toBe(200);
    expect(text).not.toContain(`action="/syncs/${SYNC}/run"`);
    expect(readingOf(text)).toContain('need the role “operator”');
    const forged = await browser.post(`/syncs/${SYNC}/run`, { _csrf: tokenOf(text), what: 'run' });
    expect(forged.status).toBe(403);
    await expect(temporal.workflow.getHandle(`run/${SYNC}`).describe()).rejects.toThrow();
  });

  it('lets an operator schedule, pause and resume, and says when the next run is', async () => {
    expect(readingOf((await (await there.as('operator')).get(`/syncs/${SYNC}`)).text)).toContain(
      'no schedule',
    );
    const scheduled = await send({ do: 'apply', every: '6h', cron: '' }, 'schedule');
    expect(scheduled).toContain('The schedule is set.');
    expect(scheduled).toContain('Times every 6 h');
    expect(scheduled).not.toContain('no schedule');

    expect(await send({ do: 'pause' }, 'schedule')).toContain('schedule paused');
    expect((await temporal.schedule.getHandle(`schedule/${SYNC}`).describe()).state.paused).toBe(true);
    expect(await send({ do: 'resume' }, 'schedule')).toContain('The schedule goes on.');
    expect((await temporal.schedule.getHandle(`schedule/${SYNC}`).describe()).state.paused).toBe(false);
  });

  it('says what is wrong with times that cannot be', async () => {
    expect(await send({ do: 'apply', every: 'often', cron: '' }, 'schedule')).toContain(
      '"often" is not an interval',
    );
    expect(await send({ do: 'apply', every: '6h', cron: '0 6 * * *' }, 'schedule')).toContain('not both');
  });

  it('lets an operator ask for a run, and says so when one is there already', async () => {
    expect(await send({ what: 'run' }, 'run')).toContain('The run is asked for');
    expect((await temporal.workflow.getHandle(`run/${SYNC}`).describe()).status.name).toBe('RUNNING');
    expect(await send({ what: 'plan' }, 'run')).toContain('a run is under way already');
  });

  it('leads to the run under way and its workflow, and pauses that run only', async () => {
    const run = await beginRun(there.pool, SYNC);
    const { text } = await (await there.as('operator')).get(`/syncs/${SYNC}`);
    expect(text).toContain(`href="/runs/${run}"`);
    expect(text).toContain(`http://127.0.0.1:8233/namespaces/default/workflows/run%2F${SYNC}`);
    expect(await send({ to: 'pause', run: String(run) }, 'steer')).toContain('The run pauses');
    await endRun(there.pool, run);
    expect(await send({ to: 'pause', run: String(run) }, 'steer')).toContain('Not possible now');
  });

  it('pages through all runs by key', async () => {
    for (let each = 0; each < 25; each += 1) await endRun(there.pool, await beginRun(there.pool, SYNC));
    const browser = await there.as('viewer');
    const first = (await browser.get(`/syncs/${SYNC}/runs`)).text;
    const next = /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = (await browser.get(next)).text;
    const runsOf = (html: string) => [...html.matchAll(/href="\/runs\/(\d+)"/g)].map(([, id]) => Number(id));
    expect(runsOf(first)).toHaveLength(20);
    expect(Math.max(...runsOf(second))).toBeLessThan(Math.min(...runsOf(first)));
    expect(second).not.toContain('rel="next"');
  });

  it('answers the check of the prerequisites as a part for a script and as a page without one', async () => {
    const browser = await there.as('viewer');
    const part = await browser.get(`/syncs/${SYNC}/preflight`, { 'hx-request': 'true' });
    expect(part.status).toBe(200);
    expect(part.text).not.toContain('<html');
    // nobody answers at the addresses of this test
    expect(readingOf(part.text)).toMatch(/connection-planexpo not met .* Try again later/);
    const page = await browser.get(`/syncs/${SYNC}/preflight`);
    expect(page.text).toContain('<h1>Prerequisites</h1>');
    expect(readingOf(page.text)).toContain('connection-inwink not met');
  });
});
