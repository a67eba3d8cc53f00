import type { PasserelleProcess } from '../../../cli/demo/passerelle-process';
import { listOpenItems } from '../../../db/attention';
import { runAndWait } from '../../../operations/start-run';
import { type PivotStack, startPivotTestStack } from '../../harness/pivot-stack';
import { until } from '../../harness/until';
import { pullOf } from './pull-report';
import { edits, exported, itineraries, lineInCirkwi, movedNorth, storedFile } from './track-scene';

let stack: PivotStack;
let worker: PasserelleProcess;
const { sample, codes } = itineraries(2);
const [code = ''] = codes;

beforeAll(async () => {
  stack = await startPivotTestStack({ policies: { trackReturn: 'ask', lastLookWithin: '2s' } });
  const { offers, queries } = sample;
  await stack.pivot.reset({ offers, queries });
  await stack.startService();
  worker = await stack.startWorker();
  const { client, sync } = stack;
  await runAndWait(client, 'pivot-cirkwi', { sync, mode: 'run', trigger: 'manual' });
  await until('Cirkwi gets the feed', async () => (await pullOf(stack.cirkwi)).failed.length === 0);
}, 120_000);
afterAll(() => stack?.stop());

test('with no worker to look, Cirkwi keeps what it has until one is back', async () => {
  await worker.kill();
  const track = movedNorth(await lineInCirkwi({ stack }, code), 60);
  await stack.cirkwi.put('circuits', { action: 'patch', id: code, value: { track } });
  const drawing = await exported({ stack }, code);

  const refused = await pullOf(stack.cirkwi);

  expect(refused.failed).toEqual([{ feed: 'circuits', reason: 'status 503' }]);
  expect(await exported({ stack }, code)).toEqual(drawing);
  expect(await listOpenItems(stack.pool, stack.sync, 9)).toMatchObject([
    { reason: 'track-look-failed', place: 'feed' },
  ]);

  await stack.startWorker();
  await until('Cirkwi gets the feed', async () => (await pullOf(stack.cirkwi)).failed.length === 0);

  const [edit] = await edits({ stack }, code);
  expect(edit && (await storedFile({ stack }, edit))).toEqual(drawing);
  const reasons = (await listOpenItems(stack.pool, stack.sync, 9)).map(({ reason }) => reason);
  expect(reasons).not.toContain('track-look-failed');
});
