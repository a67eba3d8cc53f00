import type { Connection } from '@temporalio/client';
import { assertMigrated } from '../db/migrate';
import type { Pool } from '../db/pool';
import {
  CIRKWI_QUEUE,
  INWINK_QUEUE,
  MAIN_QUEUE,
  MAUTIC_QUEUE,
  PIVOT_QUEUE,
  PLANEXPO_QUEUE,
  WEAVY_QUEUE,
} from '../workflows/names';

/** Longer than a healthy answer ever takes, shorter than the patience of whoever asks. */
const ANSWER_WITHIN_MS = 3_000;
/** A worker asks for work at least once a minute; the server remembers longer than that who asked. */
const POLLED_WITHIN_MS = 2 * 60_000;

/** `TASK_QUEUE_TYPE_WORKFLOW` and `TASK_QUEUE_TYPE_ACTIVITY` of Temporal's API. */
const WORKFLOWS = 1;
const ACTIVITIES = 2;

/** Every queue that somebody must poll for a sync to move. */
const POLLED: ReadonlyArray<{ queue: string; type: number }> = [
  { queue: MAIN_QUEUE, type: WORKFLOWS },
  { queue: MAIN_QUEUE, type: ACTIVITIES },
  { queue: PLANEXPO_QUEUE, type: ACTIVITIES },
  { queue: INWINK_QUEUE, type: ACTIVITIES },
  { queue: PIVOT_QUEUE, type: ACTIVITIES },
  { queue: CIRKWI_QUEUE, type: ACTIVITIES },
  { queue: WEAVY_QUEUE, type: ACTIVITIES },
  { queue: MAUTIC_QUEUE, type: ACTIVITIES },
];

export type Check = { ok: true } | { ok: false; problem: string };

export interface Readiness {
  ready: boolean;
  checks: { database: Check; temporal: Check; workers: Check };
}

interface ReadinessParts {
  pool: Pool;
  connection: Connection;
  namespace: string;
}

/** How long an answer is good for others too: anybody may ask, as often as they like. */
const SHARED_MS = 1_000;

/** The same for many who ask: one look at a time, which those share who ask meanwhile and for a second after it. */
export function createReadiness(parts: ReadinessParts): () => Promise<Readiness> {
  let shared: { answer: Promise<Readiness>; until: number } | null = null;
  return () => {
    if (shared !== null && Date.now() < shared.until) return shared.answer;
    const look = { answer: readiness(parts), until: Number.POSITIVE_INFINITY };
    void look.answer.then(() => {
      look.until = Date.now() + SHARED_MS;
    });
    shared = look;
    return look.answer;
  };
}

/** Asks Postgres and Temporal how they are, and whether workers take work. Never rejects, and answers within seconds. */
async function readiness(parts: ReadinessParts): Promise<Readiness> {
  const [database, temporal, workers] = await Promise.all([
    check(() => assertMigrated(parts.pool)),
    check(() => namespaceAnswers(parts.connection, parts.namespace)),
    check(() => everyQueueIsPolled(parts.connection, parts.namespace)),
  ]);
  return { ready: database.ok && temporal.ok && workers.ok, checks: { database, temporal, workers } };
}

async function namespaceAnswers(connection: Connection, namespace: string): Promise<void> {
  await inTime(connection, () => connection.workflowService.describeNamespace({ namespace }));
}

async function everyQueueIsPolled(connection: Connection, namespace: string): Promise<void> {
  const idle = await Promise.all(
    POLLED.map(async ({ queue, type }) => {
      const { pollers } = await inTime(connection, () =>
        connection.workflowService.describeTaskQueue({
          namespace,
          taskQueue: { name: queue },
          taskQueueType: type,
        }),
      );
      const since = Date.now() - POLLED_WITHIN_MS;
      const polled = (pollers ?? []).some(
        (poller) => Number(poller.lastAccessTime?.seconds ?? 0) * 1_000 > since,
      );
      return polled ? [] : [queue];
    }),
  );
  const queues = [...new Set(idle.flat())];
  if (queues.length > 0) throw new Error(`no worker polls ${queues.join(', ')}: start "passerelle worker"`);
}

function inTime<T>(connection: Connection, ask: () => Promise<T>): Promise<T> {
  return connection.withDeadline(Date.now() + ANSWER_WITHIN_MS, ask);
}

async function check(ask: () => Promise<unknown>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Check>((resolve) => {
    timer = setTimeout(
      () => resolve({ ok: false, problem: `no answer within ${ANSWER_WITHIN_MS} ms` }),
      ANSWER_WITHIN_MS,
    );
  });
  const asked = ask().then(
    (): Check => ({ ok: true }),
    (error: unknown): Check => ({ ok: false, problem: problemOf(error) }),
  );
  return Promise.race([asked, tooLate]).finally(() => clearTimeout(timer));
}

/** Anybody may ask: our own words are told, of others only the code, because their messages name addresses. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it does not answer';
  return 'code' in error ? `it does not answer (${String(error.code)})` : error.message;
}
