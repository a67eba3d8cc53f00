import { getEventListeners } from 'node:events';
import type { Client } from '@temporalio/client';
import { Hono } from 'hono';
import type { Role } from '../../../db/accounts';
import { addApiToken } from '../../../db/api-tokens';
import { secretHash } from '../../../operations/random-secret';
import { requireScope } from '../../../service/access/require-scope';
import type { RunLive } from '../../../service/live/run-live';
import { streamLive } from '../../../service/live/stream-live';
import { watchRun } from '../../../service/live/watch-run';
import type { ServiceEnv } from '../../../service/parts';
import type { RunProgress } from '../../../workflows/messages';
import type { TestBrowser } from '../access/test-browser';
import { beginRun, endRun, type RunConsole, readingOf, startRunConsole, tokenOf } from './run-console';

const SYNC = 'salon-2027';
/** What the test runner would stop unless told not to. */
const TIMERS = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'setTimeout',
  'clearTimeout',
] as const;
let there: RunConsole;
/** What the workflow answers; null while no worker is there. */
let progress: RunProgress | null = null;
let asked = 0;

/** Temporal as far as a watch needs it: one workflow that answers how far it is. */
function workflowThatAnswers(): Client {
  const client = {
    withAbortSignal: (_signal: AbortSignal, ask: () => Promise<unknown>) => ask(),
    withDeadline: (_deadline: number, ask: () => Promise<unknown>) => ask(),
    workflow: {
      getHandle: () => ({
        query: async () => {
          asked += 1;
          if (progress === null) throw new Error('no worker');
          return progress;
        },
      }),
    },
  };
  return client as unknown as Client; // a stand-in for the few calls that a watch makes
}

beforeEach(async () => {
  asked = 0;
  progress = null;
  there = await startRunConsole({ syncs: { [SYNC]: 'planexpo-inwink' }, temporal: workflowThatAnswers() });
});
afterEach(() => there.stop());

function applying(runId: number, applied: number): RunProgress {
  return {
    runId,
    phase: 'apply',
    paused: false,
    read: 200,
    planned: 200,
    toApply: 100,
    applied,
    appliedPerMinute: 30,
    outcomes: { created: applied },
  };
}

async function cookiesOf(role: Role): Promise<{ cookie: string }> {
  const { cookies } = await there.as(role);
  return { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
}

/** The events of a page's live progress, until the answer ends. */
async function* eventsOf(run: number): AsyncGenerator<{ event: string; data: string }> {
  const response = await fetch(`${there.url}/runs/${run}/live`, { headers: await cookiesOf('viewer') });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let rest = '';
  for await (const chunk of response.body ?? []) {
    const parts = (rest + Buffer.from(chunk).toString('utf8')).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const lines = part.split('\n');
      const of = (name: string) =>
        lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
      yield { event: of('event').join(''), data: of('data').join('\n') };
    }
  }
}

describe('the live progress of a run', () => {
  it('says how far the run is and how long it takes, then that it is over, and ends', async () => {
    const run = await beginRun(there.pool, SYNC);
    progress = applying(run, 40);
    const told: string[] = [];
    let last = '';
    for await (const { event, data } of eventsOf(run)) {
      last = event;
      told.push(readingOf(data));
      if (told.length === 1) progress = applying(run, 70);
      if (told.length === 2) await endRun(there.pool, run);
    }
    expect(told[0]).toContain('time left 2 min');
    expect(told[0]).toContain('40 / 100 written');
    expect(told[1]).toContain('70 / 100 written');
    expect(last).toBe('ended');
  });

  it('is shown in the page at once, with the buttons that steer for those who may', async () => {
    const run = await beginRun(there.pool, SYNC);
    progress = applying(run, 40);
    const { text } = await (await there.as('operator')).get(`/runs/${run}`);
    expect(text).toContain(`hx-sse:connect="/runs/${run}/live"`);
    expect(text).toContain('hx-sse:close="ended"');
    expect(text).toContain('aria-label="40 of 100 written"');
    expect(readingOf(text)).toContain('Pause');
    expect(readingOf((await (await there.as('viewer')).get(`/runs/${run}`)).text)).not.toContain('Pause');
  });

  it('is over at once for a run that is over', async () => {
    const run = await beginRun(there.pool, SYNC);
    await endRun(there.pool, run);
    const events: string[] = [];
    for await (const { event } of eventsOf(run)) events.push(event);
    expect(events).toEqual(['', 'ended']);
    expect(asked).toBe(0);
  });

  it('says that nobody answers while no worker is there', async () => {
    const run = await beginRun(there.pool, SYNC);
    for await (const { data } of eventsOf(run)) {
      expect(readingOf(data)).toContain('No worker answers just now');
      break;
    }
  });

  it('takes no answer about another run of the same workflow', async () => {
    const run = await beginRun(there.pool, SYNC);
    progress = applying(run + 1, 99);
    for await (const { data } of eventsOf(run)) {
      expect(readingOf(data)).not.toContain('99');
      break;
    }
  });

  it('ends when the service is told to stop', async () => {
    const run = await beginRun(there.pool, SYNC);
    const events: string[] = [];
    for await (const { event } of eventsOf(run)) {
      events.push(event);
      there.stopping.abort();
    }
    expect(events).toEqual(['']);
  });
});

describe('asking for the headers of what is streamed', () => {
  it('leaves nothing behind that goes on looking at the run', async () => {
    const run = await beginRun(there.pool, SYNC);
    progress = applying(run, 1);
    const headers = await cookiesOf('viewer');
    const queries = jest.spyOn(there.pool, 'query');
    const response = await fetch(`${there.url}/runs/${run}/live`, { method: 'HEAD', headers });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const looks = queries.mock.calls.filter(([text]) => /\bfrom run\b/.test(String(text)));
    expect(looks).toHaveLength(1);
    expect(asked).toBe(0);
    expect((await fetch(`${there.url}/runs/999/live`, { method: 'HEAD', headers })).status).toBe(404);
  });

  it.each(['csv', 'xlsx'])('begins no file in %s, and names it all the same', async (format) => {
    const run = await beginRun(there.pool, SYNC);
    const headers = await cookiesOf('viewer');
    const waiting = () => getEventListeners(there.parts.stopping, 'abort').length;
    const before = waiting();
    const response = await fetch(`${there.url}/runs/${run}/export.${format}`, { method: 'HEAD', headers });
    expect(response.headers.get('content-disposition')).toContain(`run-${run}.${format}"`);
    expect(waiting()).toBe(before);
  });
});

describe('whoever may listen no longer', () => {
  beforeEach(() => {
    // heartbeats come when the test says so; everything else keeps its time
    jest.useFakeTimers({ doNotFake: TIMERS.filter((name) => name !== 'setInterval') });
  });
  afterEach(() => jest.useRealTimers());

  /** Events that came before the end of an answer that somebody is listening to; `then` happens after the first one. */
  async function heardAfter(response: Response, then: () => Promise<unknown>): Promise<string> {
    let heard = '';
    for await (const chunk of response.body ?? []) {
      if (heard === '') {
        await then();
        jest.advanceTimersByTime(30_000);
      }
      heard += Buffer.from(chunk).toString('utf8');
    }
    return heard;
  }

  const ENDS: Array<[string, (viewer: TestBrowser) => Promise<unknown>]> = [
    [
      'signed out',
      async (viewer) => viewer.post('/logout', { _csrf: tokenOf((await viewer.get('/account')).text) }),
    ],
    ['was disabled', () => there.pool.query('update account set disabled_at = now()')],
    ['asked for nothing for too long', () => there.pool.query("update session set seen_at = '2026-01-01'")],
  ];
  it.each(ENDS)('hears no more of the run: a person who %s', async (_what, end) => {
    const run = await beginRun(there.pool, SYNC);
    progress = applying(run, 1);
    const viewer = await there.as('viewer');
    const cookie = [...viewer.cookies].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(`${there.url}/runs/${run}/live`, { headers: { cookie } });

    const heard = await heardAfter(response, async () => {
      await end(viewer);
      progress = applying(run, 99);
    });

    expect(readingOf(heard)).toContain('1 / 100 written');
    expect(heard).not.toContain('event: ended');
    expect(
      (await fetch(`${there.url}/runs/${run}/live`, { headers: { cookie }, redirect: 'manual' })).status,
    ).toBe(302);
  });

  it('hears no more of the run: a program whose token was revoked', async () => {
    const run = await beginRun(there.pool, SYNC);
    progress = applying(run, 1);
    const token = `psl_${'t'.repeat(43)}`;
    const tokenHash = secretHash(token);
    await addApiToken(there.pool, {
      name: 'ci',
      scope: 'read',
      tokenHash,
      prefix: 'psl_tttt',
      createdBy: 'test',
      lastsMs: null,
    });
    const api = new Hono<ServiceEnv>();
    api.get('/live', requireScope(there.parts, 'read'), (c) =>
      streamLive(c, there.parts, run, (live) => ({ data: JSON.stringify(live) })),
    );
    const response = await api.request('/live', { headers: { authorization: `Bearer ${token}` } });

    const heard = await heardAfter(response, () =>
      there.pool.query('update api_token set revoked_at = now()'),
    );

    expect(heard).toContain(`"run":${run}`);
    expect(heard).not.toContain('event: ended');
  });

  it('does not end for those who still may, who hear that the line is open', async () => {
    const run = await beginRun(there.pool, SYNC);
    progress = applying(run, 1);
    const response = await fetch(`${there.url}/runs/${run}/live`, { headers: await cookiesOf('viewer') });
    let heard = '';
    for await (const chunk of response.body ?? []) {
      heard += Buffer.from(chunk).toString('utf8');
      if (heard.includes(': still here')) break;
      jest.advanceTimersByTime(30_000);
    }
    expect(heard).toContain(': still here');
  });
});

describe('watching a run', () => {
  it('asks its workflow once for all who watch, and no more when they are gone', async () => {
    const run = await beginRun(there.pool, SYNC);
    progress = applying(run, 1);
    const gone = new AbortController();
    const watches = Array.from({ length: 20 }, () => watchRun(there.parts, run, gone.signal));
    const first = await Promise.all(watches.map((watch) => watch.next()));
    expect(first.map(({ value }) => (value as RunLive).progress?.applied)).toEqual(Array(20).fill(1));
    expect(asked).toBe(1);
    progress = applying(run, 2);
    const second = await Promise.all(watches.map((watch) => watch.next()));
    expect(second.map(({ value }) => (value as RunLive).progress?.applied)).toEqual(Array(20).fill(2));
    const soFar = asked;
    gone.abort();
    expect((await Promise.all(watches.map((watch) => watch.next()))).every(({ done }) => done)).toBe(true);
    // a newcomer looks anew, which shows that the looking had ended
    const anew = watchRun(there.parts, run, new AbortController().signal);
    await anew.next();
    expect(asked).toBe(soFar + 1);
    await anew.return();
  });

  it('gives the last word to a reader who was slow', async () => {
    const run = await beginRun(there.pool, SYNC);
    progress = applying(run, 1);
    const slow = watchRun(there.parts, run, new AbortController().signal);
    const quick = watchRun(there.parts, run, new AbortController().signal);
    await slow.next();
    await endRun(there.pool, run, { writes: 7 });
    for await (const _each of quick);
    const { value } = await slow.next();
    expect(value).toMatchObject({ outcome: 'completed', phase: 'closed', writes: 7, progress: null });
    expect((await slow.next()).done).toBe(true);
  });

  it('refuses a number that is no run', async () => {
    const watch = watchRun(there.parts, 4_711, new AbortController().signal);
    await expect(watch.next()).rejects.toThrow('there is no run 4711');
  });
});
