import { circuit, gpx, LINE, ready, stopCirkwi } from './cirkwi-support';

afterEach(stopCirkwi);

describe('a track', () => {
  test('that cannot be had leaves the one before, and the object is reported as partly imported', async () => {
    const { source, pull, circuit: read } = await ready();
    await pull();
    source.circuits(circuit('A', 'Nouveau titre', `${source.url}/a.gpx`));
    source.documents.set('/a.gpx', { status: 503 });

    const report = await pull();

    expect(report.partial).toEqual([{ kind: 'circuit', id: 'A', reason: 'track: status 503' }]);
    expect(await read('A')).toMatchObject({ title: 'Nouveau titre', trackPoints: 3 });
  });

  test.each([
    ['truncated', gpx(LINE).slice(0, 200)],
    ['without a line', gpx([])],
    ['out of the world', gpx([[91, 4], ...LINE])],
    ['something else', '<html/>'],
  ])('that is %s is as bad as none', async (_, body) => {
    const { source, pull } = await ready();
    source.documents.set('/a.gpx', { body });

    expect((await pull()).partial).toMatchObject([{ id: 'A' }]);
  });

  test('that cannot be had refuses the object when the account is set so', async () => {
    const { source, pull, control, circuit: read } = await ready({ imports: { trackFailure: 'reject' } });
    await pull();
    source.circuits(
      circuit('A', 'Nouveau titre', `${source.url}/a.gpx`),
      circuit('C', 'Neuf', `${source.url}/c`),
    );
    source.documents.set('/a.gpx', { silent: true });
    await control.act('account', { imports: { trackTimeoutMs: 300 } });

    const report = await pull();

    expect(report.rejected.map(({ id }) => id)).toEqual(['A', 'C']);
    expect(report).toMatchObject({ created: 0, partial: [], deleted: 1 });
    expect((await read('A')).title).toBe('Moulin');
  });

  test('that is no longer named is gone', async () => {
    const { source, pull, circuit: read } = await ready();
    await pull();
    source.circuits(circuit('A', 'Moulin'));
    await pull();

    expect((await read('A')).trackPoints).toBe(0);
  });

  test('may be resampled and get other elevations, each time in the same way', async () => {
    const { pull, circuit: read } = await ready({
      imports: { resample: { everyM: 50, jitterM: 3 }, recomputeElevation: true },
    });
    await pull();
    const first = await read('A');

    expect(first.trackPoints).toBeGreaterThan(40);
    expect(first.track).not.toContainEqual(LINE[1]);
    expect(await pull()).toMatchObject({ changed: 0 });
    expect((await read('A')).trackHash).toBe(first.trackHash);
  });
});
