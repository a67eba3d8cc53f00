import type { Connection } from '@temporalio/client';
import type { Pool } from '../../db/pool';
import { createReadiness } from '../../service/readiness';

let asked = 0;

/** Servers that refuse, each in its own way; counts how often they were asked. */
function readinessOfNothing() {
  asked = 0;
  const refuse = (message: string, code: string | number) => async () => {
    asked += 1;
    throw Object.assign(new Error(message), { code });
  };
  const away = refuse('14 UNAVAILABLE: no connection established to 10.0.0.8:7233', 14);
  return createReadiness({
    pool: { query: refuse('connect ECONNREFUSED 10.0.0.7:5432', 'ECONNREFUSED') } as unknown as Pool, // all that is called
    connection: {
      withDeadline: (_deadline: number, ask: () => Promise<unknown>) => ask(),
      workflowService: { describeNamespace: away, describeTaskQueue: away },
    } as unknown as Connection, // all that is called
    namespace: 'default',
  });
}

afterEach(() => jest.restoreAllMocks());

it('looks once for all who ask at the same moment, and anew later', async () => {
  const readiness = readinessOfNothing();
  await readiness();
  const once = asked;
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);

  await Promise.all(Array.from({ length: 100 }, () => readiness()));
  await readiness();

  expect(asked).toBe(2 * once);
  clock.mockReturnValue(Date.now() + 60_000);
  await readiness();
  expect(asked).toBe(3 * once);
});

it('tells strangers what is away and not where it is', async () => {
  const state = await readinessOfNothing()();

  expect(state).toEqual({
    ready: false,
    checks: {
      database: { ok: false, problem: 'it does not answer (ECONNREFUSED)' },
      temporal: { ok: false, problem: 'it does not answer (14)' },
      workers: { ok: false, problem: 'it does not answer (14)' },
    },
  });
});
