import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { ensureSearchAttributes } from '../../activities/search-attributes';
import type { LookEnd } from '../../service/feed-look';
import { createLastLook } from '../../service/last-look';
import { MAIN_QUEUE, watchWorkflowId } from '../../workflows/names';
import { until } from '../harness/until';
import { testTemporalAddress } from '../setup/test-temporal';

const MINUTE = 60_000;
type Long = NonNullable<
  NonNullable<
    Parameters<Connection['workflowService']['registerNamespace']>[0]['workflowExecutionRetentionPeriod']
  >['seconds']
>;
/** `COMPLETE_WORKFLOW_EXECUTION` and `FAIL_WORKFLOW_EXECUTION` of Temporal's API. */
const COMPLETE = 4;
const FAIL = 5;

let connection: Connection;
let client: Client;
let sync: string;

// a namespace of its own: workers of other tests poll the same queue
const namespace = `balades-${randomBytes(4).toString('hex')}`;
let stopping: AbortController;
const causes: string[] = [];

beforeAll(async () => {
  connection = await Connection.connect({ address: testTemporalAddress() });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as unknown as Long }, // the wire form takes a number
  });
  client = new Client({ connection, namespace });
  await ensureSearchAttributes(client);
});
afterAll(() => connection.close());
beforeEach(() => {
  sync = `balades-${randomBytes(4).toString('hex')}`;
  stopping = new AbortController();
  causes.length = 0;
});
afterEach(() => stopping.abort());

function look(withinMs: number, by = connection): Promise<LookEnd> {
  return createLastLook({
    connection: by,
    namespace,
    stopping: stopping.signal,
    onFailure: (of, cause) => causes.push(`${of}: ${cause}`),
  })(sync, withinMs);
}

/** Plays the worker: takes the next look and ends it. Answers what the look was started with. */
async function endNextLook(
  commandType: typeof COMPLETE | typeof FAIL,
): Promise<{ runId: string; input: unknown }> {
  const service = connection.workflowService;
  const worker = { namespace, identity: 'test' };
  const task = await connection.withDeadline(Date.now() + MINUTE, () =>
    service.pollWorkflowTaskQueue({ ...worker, taskQueue: { name: MAIN_QUEUE } }),
  );
  const started = task.history?.events?.[0]?.workflowExecutionStartedEventAttributes;
  await service.respondWorkflowTaskCompleted({
    ...worker,
    taskToken: task.taskToken,
    commands: [
      commandType === COMPLETE
        ? { commandType, completeWorkflowExecutionCommandAttributes: {} }
        : { commandType, failWorkflowExecutionCommandAttributes: { failure: { message: 'no access' } } },
    ],
  });
  return {
    runId: task.workflowExecution?.runId ?? '',
    input: JSON.parse(Buffer.from(started?.input?.payloads?.[0]?.data ?? '').toString()),
  };
}

describe('the last look by a workflow', () => {
  it('has looked when the workflow completes', async () => {
    const looking = look(MINUTE);

    const { input } = await endNextLook(COMPLETE);

    expect(input).toEqual({ sync, trigger: 'feed' });
    expect(await looking).toBe('looked');
  });

  it.each([
    ['completes', COMPLETE],
    ['fails', FAIL],
  ] as const)('waits out a look that is under way, and makes its own when that %s', async (_how, end) => {
    const earlier = await client.workflow.start('trackWatch', {
      workflowId: watchWorkflowId(sync),
      taskQueue: MAIN_QUEUE,
      args: [{ sync, trigger: 'schedule' }],
    });

    const looking = look(MINUTE);
    const first = await endNextLook(end);
    const second = await endNextLook(COMPLETE);

    expect(first).toMatchObject({ runId: earlier.firstExecutionRunId, input: { trigger: 'schedule' } });
    expect(second).toMatchObject({ input: { trigger: 'feed' } });
    expect(second.runId).not.toBe(first.runId);
    expect(await looking).toBe('looked');
  });

  it('has failed when the workflow fails, and says why', async () => {
    const looking = look(MINUTE);
    await endNextLook(FAIL);

    expect(await looking).toBe('failed');
    expect(causes).toEqual([expect.stringContaining(`${sync}: WorkflowFailedError`)]);
  });

  it('has failed when no worker ends it in time, and what it began goes on', async () => {
    expect(await look(1_000)).toBe('failed');

    const { status } = await client.workflow.getHandle(watchWorkflowId(sync)).describe();
    expect(status.name).toBe('RUNNING');
    await endNextLook(COMPLETE);
  });

  it('has failed when the service stops meanwhile, whether it waits for its own or for another', async () => {
    const looking = [look(MINUTE), look(MINUTE)];
    await until('a look under way', () =>
      client.workflow
        .getHandle(watchWorkflowId(sync))
        .describe()
        .catch(() => null),
    );

    stopping.abort();

    expect(await Promise.all(looking)).toEqual(['failed', 'failed']);
    await endNextLook(COMPLETE);
  });

  it('has failed when Temporal is away', async () => {
    const nowhere = Connection.lazy({ address: '127.0.0.1:1', interceptors: [] });

    expect(await look(MINUTE, nowhere)).toBe('failed');
    await nowhere.close();
  });
});
