import { startProgram } from '../setup/run-script';

describe('npm run demo -- --json', () => {
  it('synchronises, survives a killed worker, writes nothing twice, and says so in one last line', async () => {
    const demo = startProgram('npm', [
      'run',
      '-s',
      'demo',
      '--',
      '--json',
      '--records',
      '120',
      '--kill-worker',
    ]);

    const { code, stdout, stderr } = await demo.ended;

    const lines = stdout.trim().split('\n');
    expect({ code, lines: lines.length, stderr }).toMatchObject({ code: 0, lines: 1 });
    expect(stderr).toContain('SIGKILL to the worker');
    const result = JSON.parse(lines[0] ?? '');
    expect(result).toMatchObject({
      ok: true,
      syncs: [{ sync: 'salon-demo', pair: 'planexpo-inwink', duplicates: 0 }],
    });
    const [sync] = result.syncs;
    expect(sync.runs).toHaveLength(3);
    expect(sync.runs[0].writes).toBeGreaterThan(200);
    expect(sync.runs[1].writes).toBe(0);
    expect(sync.attention).toBeGreaterThan(0);
    for (const run of sync.runs) expectToAddUp(run.counts);
    // one co-exhibitor is new, one partner edited by hand is put right, the deleted and the cancelled one are held
    expect(sync.runs[2].counts).toMatchObject({ created: 1, updated: 1, held: sync.runs[1].counts.held + 2 });
  });

  it.each([
    ['--records', '5', /--records: "5" is not a whole number from 120/],
    ['--sync', 'fax-telex', /"fax-telex" is none of planexpo-inwink/],
  ])('refuses %s %s with exit code 2 and a reason', async (option, value, reason) => {
    const { code, stderr } = await startProgram('npm', ['run', '-s', 'demo', '--', option, value]).ended;

    expect(code).toBe(2);
    expect(stderr).toMatch(reason);
  });
});

function expectToAddUp({ read, ...buckets }: Record<string, number>): void {
  expect(Object.values(buckets).reduce((sum, n) => sum + n, 0)).toBe(read);
}
