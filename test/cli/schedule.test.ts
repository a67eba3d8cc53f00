import { openItem } from '../../db/attention';
import { markAccessLost } from '../../db/budget';
import { closeRun, openRun, takePlace } from '../../db/runs';
import { runWorkflowId, scheduleId } from '../../workflows/names';
import { type CommandStack, startCommandStack } from './command-stack';

let stack: CommandStack;

beforeAll(async () => {
  stack = await startCommandStack({ sync: { schedule: { every: '30m', timeZone: 'Europe/Brussels' } } });
});
afterAll(() => stack.stop());
afterEach(() => stack.run('schedule', stack.sync, '--remove'));

const handle = () => stack.client.schedule.getHandle(scheduleId(stack.sync));

async function schedules(): Promise<string[]> {
  const ids: string[] = [];
  for await (const { scheduleId: id } of stack.client.schedule.list()) ids.push(id);
  return ids;
}

describe('passerelle schedule', () => {
  it('without an option applies what the configuration says', async () => {
    const { code, json } = await stack.run('schedule', stack.sync, '--json');

    expect({ code, did: json.did }).toEqual({ code: 0, did: 'created' });
    expect(json.schedule).toMatchObject({ paused: false, everyMs: [1_800_000], timeZone: 'Europe/Brussels' });
    expect(json.schedule.next.length).toBeGreaterThan(0);
  });

  it('starts the run that everybody else starts, one at a time, and never late runs in a heap', async () => {
    await stack.run('schedule', stack.sync);

    const { action, policies } = await handle().describe();

    expect(action).toMatchObject({
      workflowType: 'syncRun',
      workflowId: runWorkflowId(stack.sync),
      taskQueue: 'passerelle',
      args: [{ sync: stack.sync, mode: 'run', trigger: 'schedule' }],
    });
    expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 600_000 });
  });

  it('asked twice gives one schedule, at the times asked last; a pause stays', async () => {
    await stack.run('schedule', stack.sync, '--every', '15m');
    await stack.run('schedule', stack.sync, '--pause');

    const { json } = await stack.run('schedule', stack.sync, '--cron', '0 6-20 * * 1-5', '--json');

    expect(json).toMatchObject({
      did: 'updated',
      schedule: { paused: true, everyMs: [], cron: ['0 6-20 * * 1-5'], timeZone: 'Europe/Brussels' },
    });
    expect((await schedules()).length).toBeLessThanOrEqual(1); // the list itself may lag behind
  });

  it('pauses, resumes, shows and removes', async () => {
    await stack.run('schedule', stack.sync);

    const paused = await stack.run('schedule', stack.sync, '--pause', '--json');
    const resumed = await stack.run('schedule', stack.sync, '--resume', '--json');
    const shown = await stack.run('schedule', stack.sync, '--show', '--json');
    const removed = await stack.run('schedule', stack.sync, '--remove', '--json');
    const again = await stack.run('schedule', stack.sync, '--remove', '--json');

    expect([paused, resumed, shown].map(({ json }) => [json.did, json.schedule.paused])).toEqual([
      ['paused', true],
      ['resumed', false],
      ['shown', false],
    ]);
    expect([removed, again].map(({ json, code }) => [json.did, code])).toEqual([
      ['removed', 0],
      ['absent', 0],
    ]);
  });

  const mistakes: Array<[string, string[]]> = [
    ['two kinds of times', ['--every', '15m', '--cron', '0 * * * *']],
    ['times and a pause', ['--every', '15m', '--pause']],
    ['an interval that is none', ['--every', 'soon']],
    ['an interval of nothing', ['--every', '0m']],
    ['a cron expression that is none', ['--cron', 'every monday']],
    ['a pause of nothing', ['--pause']],
  ];
  it.each(mistakes)('refuses %s with exit code 2 and makes no schedule', async (_what, args) => {
    const { code, stderr } = await stack.run('schedule', stack.sync, ...args);

    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect((await stack.run('schedule', stack.sync, '--show', '--json')).json.did).toBe('absent');
  });
});

describe('passerelle status', () => {
  const counts = {
    read: 3,
    created: 0,
    updated: 1,
    unchanged: 1,
    withdrawn: 0,
    skipped: 0,
    waiting: 0,
    held: 1,
    refused: 0,
  };

  async function run(workflowRunId: string): Promise<number> {
    const { id } = await openRun(stack.pool, {
      sync: stack.sync,
      mode: 'run',
      trigger: 'manual',
      fullRead: false,
      onlyRecord: null,
      planRun: null,
      overrides: [],
      workflowId: runWorkflowId(stack.sync),
      workflowRunId,
    });
    return id;
  }

  it('shows runs, who holds the place, limits and the next run, and exits with 3 while something waits', async () => {
    const first = await run('one');
    await closeRun(stack.pool, first, {
      outcome: 'completed-with-attention',
      reason: null,
      counts,
      writes: 2,
      attention: 1,
      planned: null,
    });
    const second = await run('two');
    await takePlace(stack.pool, {
      sync: stack.sync,
      runId: second,
      workflowId: runWorkflowId(stack.sync),
      workflowRunId: 'two',
    });
    await openItem(stack.pool, stack.sync, first, {
      recordId: '1',
      reason: 'target-deleted',
      severity: 'action',
    });
    await markAccessLost(stack.pool, 'inwink-test');
    await stack.run('schedule', stack.sync);

    const { code, json } = await stack.run('status', stack.sync, '--json');
    const { stdout } = await stack.run('status');

    expect(code).toBe(3);
    expect(json.syncs).toMatchObject([
      {
        sync: stack.sync,
        attention: 1,
        underWay: { run: second, workflowId: `run/${stack.sync}` },
        accounts: [{ account: 'inwink-test', accessLostAt: expect.any(String) }],
        schedule: { state: 'active', next: expect.any(String) },
        runs: [
          { run: second, outcome: null, seconds: null },
          { run: first, outcome: 'completed-with-attention', counts, writes: 2 },
        ],
      },
    ]);
    expect(stdout).toMatch(/1 updated, 1 unchanged, 1 held/);
  });

  it('answers from Postgres when the Temporal server is away', async () => {
    const address = process.env.TEMPORAL_ADDRESS;
    process.env.TEMPORAL_ADDRESS = '127.0.0.1:1';
    try {
      const { json } = await stack.run('status', stack.sync, '--json');

      expect(json.syncs[0].schedule).toEqual({ state: 'unknown', next: null });
    } finally {
      process.env.TEMPORAL_ADDRESS = address;
    }
  });
});
