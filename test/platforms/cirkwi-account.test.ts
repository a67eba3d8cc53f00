import { unlimited } from '../../platforms/budget';
import { createCirkwiClient } from '../../platforms/cirkwi/http-client';
import { createCirkwiPush } from '../../platforms/cirkwi/http-push';
import { FailureKind } from '../../platforms/failure';
import { type CirkwiSimulatorOptions, startCirkwiSimulator } from '../../simulators/cirkwi';
import { failureOf } from './failures';

const account = { user: 'ot-demo', code: 'k1', widgetId: '77', username: 'reader', password: 'secret' };
type State = NonNullable<CirkwiSimulatorOptions['initial']>;

const running: Array<{ close(): Promise<void> }> = [];
afterEach(() => Promise.all(running.splice(0).map((simulator) => simulator.close())));

async function accountWith(initial: State) {
  const simulator = await startCirkwiSimulator({ account, limits: 'none', initial });
  running.push(simulator);
  const options = { ...account, baseUrl: simulator.url, siteUrl: simulator.url, budget: unlimited };
  return {
    client: createCirkwiClient(options),
    push: createCirkwiPush(options),
    withoutPassword: createCirkwiClient({ ...options, password: 'wrong' }),
  };
}

const drawn = (count: number): State['circuits'] =>
  Array.from({ length: count }, (_, at) => ({
    id: String(100 + at),
    title: { fr: `Boucle ${at}`, en: `Loop ${at}` },
    track: [
      [50.3, 4.9],
      [50.31, 4.91, 120],
    ],
  }));

describe('an account of the simulated Cirkwi', () => {
  test('is read page by page, with ids, texts and the address of each track', async () => {
    const { client } = await accountWith({ circuits: drawn(12), pois: [{ id: '7', title: 'Moulin' }] });

    const pages = await Promise.all(
      [0, 5, 10, 15].map((first) => client.list({ kind: 'circuit', first, rows: 5 })),
    );

    expect(pages.map(({ entries, total }) => [entries.length, total])).toEqual([
      [5, 12],
      [5, 12],
      [2, 12],
      [0, 12],
    ]);
    expect(pages[2]?.entries[1]).toMatchObject({
      id: '111',
      codeCgt: null,
      trackUrl: expect.stringMatching(/\/fr\/exporter-gpx\/111_0$/),
      texts: { fr: { title: 'Boucle 11' }, en: { title: 'Loop 11' } },
    });
    expect(await client.listIds('circuit')).toHaveLength(12);
    expect(await client.list({ kind: 'poi', first: 0, rows: 5 })).toMatchObject({
      entries: [{ id: '7', trackUrl: null, texts: { fr: { title: 'Moulin' } } }],
    });
  });

  test('shows what changed since a moment', async () => {
    const { client } = await accountWith({ circuits: drawn(2) });
    const inAnHour = Date.now() / 1000 + 3_600;

    const now = await client.list({ kind: 'circuit', first: 0, rows: 5, changedSince: inAnHour - 7_200 });
    const later = await client.list({ kind: 'circuit', first: 0, rows: 5, changedSince: inAnHour });

    expect([now.total, later.total]).toEqual([2, 0]);
  });

  test('exports the track of a circuit, and none of one that it does not have', async () => {
    const { client } = await accountWith({ circuits: drawn(1) });

    const track = await client.fetchTrack('100', { maxBytes: 100_000 });

    expect(Buffer.from(track ?? []).toString()).toContain('lat="50.31"');
    expect(await client.fetchTrack('999', { maxBytes: 100_000 })).toBeNull();
  });

  test('refuses a wrong password', async () => {
    const { withoutPassword } = await accountWith({});

    expect((await failureOf(withoutPassword.listIds('circuit'))).kind).toBe(FailureKind.accessLost);
  });

  test('takes away what is pushed away, once or twice, and says why it refuses a document', async () => {
    const { push } = await accountWith({});

    await push.remove({ kind: 'circuit', id: 'ITB-ZZ-1' });
    await push.remove({ kind: 'circuit', id: 'ITB-ZZ-1' });

    const failure = await failureOf(push.put({ kind: 'circuit', id: 'ITB-ZZ-1', document: '<circuits/>' }));
    expect(failure.kind).toBe(FailureKind.refusedRecord);
  });
});
