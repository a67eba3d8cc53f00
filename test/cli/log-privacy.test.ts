import type { LocalStack } from '../../cli/demo/local-stack';
import { runAndWait } from '../../cli/start-run';
import { startTestStack } from '../harness/stack';

/** Shorter values (`fr`, `Mr`, a stand number) occur in any text. */
const SHORTEST_TELLING = 6;

describe('the log of a worker', () => {
  let stack: LocalStack;

  beforeAll(async () => {
    stack = await startTestStack({ dossiers: 130 });
  });

  afterAll(() => stack?.stop());

  it('holds no name, address, e-mail, phone number or secret, at its most talkative and while calls fail', async () => {
    const worker = await stack.startWorker({ PASSERELLE_LOG_LEVEL: 'trace' });
    await stack.inwink.faults(
      { kind: 'status', status: 500, route: 'POST *', rate: 0.1, seed: 3 },
      { kind: 'commit-then-drop', route: 'POST /{eventId}/registered', rate: 0.1, seed: 4 },
      { kind: 'refuse', route: 'POST /{eventId}/registered', field: 'preferredLanguage', equals: 'en' },
    );

    await runAndWait(stack.client, 'planexpo-inwink', { sync: stack.sync, mode: 'run', trigger: 'manual' });
    await worker.stop();

    const log = worker.log();
    expect(log).toContain('dossier'); // it did log
    const personal = [
      ...personalValues(stack.expo.planexpo.orders),
      ...Object.values(stack.variables).filter((v) => /demo-(planexpo-key|inwink-secret)/.test(v)),
    ];
    expect(personal.length).toBeGreaterThan(200);
    expect(personal.filter((value) => log.includes(value))).toEqual([]);
  });
});

/** Every text of the companies, addresses and contacts of the sample. */
function personalValues(orders: unknown[]): string[] {
  const found = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.trim().length >= SHORTEST_TELLING) found.add(value.trim());
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  for (const order of orders) {
    const { company, booking_contact } = order as { company?: unknown; booking_contact?: unknown }; // the simulator's wire form
    collect(company);
    collect(booking_contact);
  }
  return [...found];
}
