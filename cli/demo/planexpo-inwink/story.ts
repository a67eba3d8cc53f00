import { countOpenItems } from '../../../db/attention';
import type { RunProgress } from '../../../workflows/messages';
import {
  type DemoSync,
  type DemoWorker,
  deathOf,
  isSound,
  KILL_AT,
  RETRY_AFTER_SECONDS,
  runOnce,
  type StoryOptions,
  startPromises,
  tellRun,
} from '../story';
import { editBothSides } from './edits';
import type { LocalStack } from './stack';

const PAIR = 'planexpo-inwink';

/** The three acts of the demonstration. The stack must be up with a worker, which is killed here. */
export async function tellPlanexpoInwink(
  stack: LocalStack,
  worker: DemoWorker,
  options: StoryOptions,
): Promise<DemoSync> {
  const { say, onProgress } = options;
  const promised = startPromises(say);
  const death = deathOf(worker, options);

  say(`1. First run: ${stack.expo.planexpo.orders.length} dossiers from Planexpo into Inwink.`);
  await stack.inwink.faults({ kind: 'retry-after', seconds: RETRY_AFTER_SECONDS, after: 60, count: 1 });
  say(`   Inwink will ask everyone to wait ${RETRY_AFTER_SECONDS} s in the middle of it.`);
  const first = await runOnce(stack, PAIR, {}, async (progress) => {
    onProgress(progress);
    if (isTimeToKill(progress)) await death.strikeOnce(`${progress.applied} of ${progress.toApply} dossiers`);
  });
  say(`   ${tellRun(first)}`);

  say('2. Second run: nothing changed.');
  const second = await runOnce(stack, PAIR, {}, onProgress);
  say(`   ${tellRun(second)}`);
  promised.expect('where nothing changed, nothing is written', second.writes === 0);

  say('3. People work on both sides:');
  for (const line of await editBothSides(stack)) say(`   - ${line}`);
  const third = await runOnce(stack, PAIR, { full: true }, onProgress);
  say(`   ${tellRun(third)}`);

  const runs = [first, second, third];
  const { duplicates } = await stack.inwink.stats();
  promised.expect('every run ends, and its counts add up', runs.every(isSound));
  promised.expect('Inwink holds no duplicate', duplicates === 0);
  const attention = await countOpenItems(stack.pool, stack.sync);
  return { sync: stack.sync, pair: PAIR, runs, duplicates, attention, broken: promised.broken };
}

function isTimeToKill(progress: RunProgress): boolean {
  return progress.phase === 'apply' && progress.toApply > 0 && progress.applied >= progress.toApply * KILL_AT;
}
