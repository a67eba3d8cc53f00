import type { LocalStack } from '../../cli/demo/planexpo-inwink/stack';
import { runAndWait } from '../../operations/start-run';
import { personalValues, valuesIn } from '../harness/personal-values';
import { startTestStack } from '../harness/stack';

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
    expect(valuesIn(log, personal)).toEqual([]);
  });
});
