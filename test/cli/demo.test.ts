import type { StackBase } from '../../cli/demo/stack-base';
import { isSound, runOnce, startPromises } from '../../cli/demo/story';
import { startProgram } from '../setup/run-script';

const COMMAND = 'bin/passerelle.mjs';

describe('npm run demo -- --json', () => {
  it('synchronises all three pairs, survives killed workers, writes nothing twice, and says so in one last line', async () => {
    const demo = startProgram('npm', ['run', '-s', 'demo', '--', '--json', '--kill-worker']);

    const { code, stdout, stderr } = await demo.ended;

    const lines = stdout.trim().split('\n');
    expect({ code, lines: lines.length, stderr }).toMatchObject({ code: 0, lines: 1 });
    expect(stderr.match(/SIGKILL to the worker/g)).toHaveLength(3);
    const result = JSON.parse(lines[0] ?? '');
    expect(result).toMatchObject({
      ok: true,
      syncs: [
        { sync: 'salon-demo', pair: 'planexpo-inwink', duplicates: 0, broken: [] },
        { sync: 'itineraires-demo', pair: 'pivot-cirkwi', duplicates: 0, broken: [] },
        { sync: 'crm-demo', pair: 'weavy-webmecanik', duplicates: 0, broken: [] },
      ],
    });
    for (const sync of result.syncs) {
      expect(sync.runs).toHaveLength(3);
      expect(sync.runs[1].writes).toBe(0);
      expect(sync.attention).toBeGreaterThan(0);
      for (const run of sync.runs) expectToAddUp(run.counts);
    }
    const [expo, routes, crm] = result.syncs;
    expectExpo(expo.runs);
    expectRoutes(routes.runs);
    expectCrm(crm.runs);
  }, 400_000);

  it.each([
    ['--records', '5', /--records: "5" is not a whole number from 120/],
    ['--sync', 'fax-telex', /"fax-telex" is none of planexpo-inwink, pivot-cirkwi, weavy-webmecanik/],
  ])('refuses %s %s with exit code 2 and a reason', async (option, value, reason) => {
    const { code, stderr } = await startProgram('npm', ['run', '-s', 'demo', '--', option, value]).ended;

    expect(code).toBe(2);
    expect(stderr).toMatch(reason);
  });
});

describe('npm run dev -- --json', () => {
  it('keeps all pairs up, ready for commands in another terminal, until it is told to stop', async () => {
    const dev = startProgram('node', [COMMAND, 'dev', '--json', '--records', '40']);
    try {
      const { service, simulators, feeds, syncs, variables } = JSON.parse(await dev.firstLine);

      const code = await runAfterTheFirst('itineraires-demo', variables);
      const crmCode = await runAfterTheFirst('crm-demo', variables);
      const answers = await Promise.all([
        fetch(`${service}/healthz`),
        fetch(feeds.circuits),
        fetch(feeds.pois),
        ...Object.values<string>(simulators).map((url) => fetch(`${url}/_sim/stats`)),
      ]);

      expect(Object.keys(simulators)).toEqual(['planexpo', 'inwink', 'pivot', 'cirkwi', 'weavy', 'mautic']);
      expect(syncs).toEqual([
        { sync: 'salon-demo', pair: 'planexpo-inwink' },
        { sync: 'itineraires-demo', pair: 'pivot-cirkwi' },
        { sync: 'crm-demo', pair: 'weavy-webmecanik' },
      ]);
      // done, and some of the sample's dirt needs a person; so few contacts have none
      expect({ code, crmCode }).toEqual({ code: 3, crmCode: 0 });
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    } finally {
      dev.kill('SIGINT');
    }
    expect(await dev.ended).toMatchObject({ code: 130 });
  }, 300_000);
});

/** `dev` begins a first run by itself: while that is under way, another one is refused. */
async function runAfterTheFirst(sync: string, env: Record<string, string>): Promise<number | null> {
  for (;;) {
    const { code, stderr } = await startProgram('node', [COMMAND, 'run', sync, '--json'], { env }).ended;
    if (code !== 1 || !stderr.includes('is under way')) return code;
  }
}

describe('the stories of the demo', () => {
  it('tell what did not hold, and keep the line for the result', () => {
    const said: string[] = [];
    const promised = startPromises((line) => said.push(line));

    promised.tell('the feed is served', true);
    promised.tell('both are gone', false);
    promised.expect('counts add up', true);
    promised.expect('no duplicate', false);

    expect(said).toEqual([
      '   - the feed is served',
      '   DID NOT HOLD: both are gone',
      '   DID NOT HOLD: no duplicate',
    ]);
    expect(promised.broken).toEqual(['both are gone', 'no duplicate']);
  });

  it('give up a run as soon as what should react to it fails', async () => {
    let close = () => {};
    const result = new Promise<never>((_resolve, reject) => {
      close = () => reject(new Error('the connection was closed'));
    });
    const withoutEnd = { result: () => result, query: async () => ({ phase: 'read' }) };
    const client = {
      workflow: { start: async () => withoutEnd },
      withAbortSignal: (_signal: AbortSignal, work: () => unknown) => work(),
    };
    const stack = { sync: 'salon-demo', client } as unknown as StackBase; // all that a run needs of it

    const run = runOnce(stack, 'planexpo-inwink', {}, () => {
      throw new Error('no worker started');
    });

    await expect(run).rejects.toThrow('no worker started');
    close();
  });

  it('take a run for sound only when it went through and its counts add up', () => {
    const counts = {
      read: 3,
      created: 1,
      updated: 0,
      unchanged: 1,
      withdrawn: 0,
      skipped: 1,
      waiting: 0,
      held: 0,
      refused: 0,
    };
    const run = { outcome: 'completed-with-attention', counts, writes: 1, seconds: 1 };

    expect(isSound(run)).toBe(true);
    expect(isSound({ ...run, outcome: 'stopped' })).toBe(false);
    expect(isSound({ ...run, counts: { ...counts, unchanged: 0 } })).toBe(false);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a wrong path makes the assertion fail, which is what tests are for
type Runs = any[];

function expectExpo([first, second, third]: Runs): void {
  expect(first.writes).toBeGreaterThan(200);
  // one co-exhibitor is new, one partner edited by hand is put right, the deleted and the cancelled one are held
  expect(third.counts).toMatchObject({ created: 1, updated: 1, held: second.counts.held + 2 });
}

function expectRoutes([first, second, third]: Runs): void {
  expect(first.writes).toBe(first.counts.created);
  expect(first.writes).toBeGreaterThan(100);
  expect(second.feed).toEqual({ ...first.feed, changed: false });
  // a name, a GPX and two tags changed; two offers were unticked
  expect(third.counts).toMatchObject({ created: 0, updated: 3, withdrawn: 2 });
  expect(third.feed.changed).toBe(true);
}

function expectCrm([first, second, third]: Runs): void {
  for (const { agreement } of [first, second, third])
    expect(agreement).toMatchObject({ alone: 0, different: 0, elsewhere: 0 });
  expect(first.agreement.companies + first.agreement.contacts + first.agreement.entrants).toBeGreaterThan(
    200,
  );
  expect(first.writes).toBeGreaterThan(100);
  // a new contact on each side; the poisoned one counts on both
  expect(third.counts).toMatchObject({ created: 2, refused: 2, skipped: second.counts.skipped });
}

function expectToAddUp({ read, ...buckets }: Record<string, number>): void {
  expect(Object.values(buckets).reduce((sum, n) => sum + n, 0)).toBe(read);
}
