import { countOpenItems } from '../../../db/attention';
import { objectStates } from '../../../db/feed-objects';
import {
  type DemoRun,
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
  type WorkerDeath,
} from '../story';
import { type Telling, tellFeed, tellKeptTracks, tellNextImport } from './after-edits';
import { drawDetour } from './cirkwi-circuit';
import { editBothSides } from './edits';
import { importNow, isFlawless, tellImport } from './import';
import { countObjects, fetchServedFeed, isSameFeed, type ServedFeed } from './served-feed';
import type { PivotCirkwiStack } from './stack';

const PAIR = 'pivot-cirkwi';
const ROOT = '/PivotWeb-3.1';
/** GPX files that may be on their way when PIVOT asks everyone to wait. */
const IN_FLIGHT = 8;

/** A run, and the feed as the service served it afterwards. */
export interface FeedRun extends DemoRun {
  feed: {
    circuits: { sha256: string; bytes: number };
    pois: { sha256: string; bytes: number };
    /** Whether a single byte differs from the run before. */
    changed: boolean;
  };
}

/** The three acts of the demonstration. The stack must be up with a worker, which is killed here, and the service. */
export async function tellPivotCirkwi(
  stack: PivotCirkwiStack,
  worker: DemoWorker,
  options: StoryOptions,
): Promise<DemoSync<FeedRun>> {
  const promised = startPromises(options.say);
  const telling = { stack, options, promised };

  const first = await firstRun(telling, deathOf(worker, options));
  const second = await quietRun(telling, first.feed);
  const third = await runAfterEdits(telling, second.feed);

  const runs = [first.run, second.run, third.run];
  const duplicates = (await stack.cirkwi.stats()).duplicates + (await stack.pivot.stats()).duplicates;
  promised.expect('every run ends, and its counts add up', runs.every(isSound));
  promised.expect('neither platform holds a duplicate', duplicates === 0);
  const attention = await countOpenItems(stack.pool, stack.sync);
  return { sync: stack.sync, pair: PAIR, runs, duplicates, attention, broken: promised.broken };
}

interface Act {
  run: FeedRun;
  feed: ServedFeed;
}

async function firstRun({ stack, options, promised }: Telling, death: WorkerDeath): Promise<Act> {
  const { say, onProgress } = options;
  const tracks = stack.sample.notes.publishable.length * (3 / 4); // the rest are points of interest
  const killAfter = Math.floor(tracks * KILL_AT);
  say(
    `1. First run: ${offersIn(stack)} offers in PIVOT, some of them archived; what is ticked becomes the feed that Cirkwi imports.`,
  );
  await stack.pivot.faults({
    kind: 'retry-after',
    route: `GET ${ROOT}/media/{codeCgt}`,
    seconds: RETRY_AFTER_SECONDS,
    after: killAfter,
    count: 1,
  });
  say(`   PIVOT will ask everyone to wait ${RETRY_AFTER_SECONDS} s in the middle of it.`);
  const run = await runOnce(stack, PAIR, {}, async (progress) => {
    onProgress(progress);
    if (progress.phase !== 'read') return;
    const fetched = await countFetchedTracks(stack);
    if (fetched >= killAfter - IN_FLIGHT)
      await death.strikeOnce(`${fetched} GPX files of ${progress.read} offers`);
  });
  say(`   ${tellRun(run)}`);
  promised.expect(
    'the worker is killed in the middle of the first run',
    death.hasStruck() || options.worker === 'leave-alone',
  );
  const feed = await fetchServedFeed(stack);
  const { circuits, pois } = countObjects(feed);
  promised.tell(
    `the feed holds ${circuits} circuits and ${pois} points of interest: each published offer once`,
    circuits + pois === run.counts.created && circuits + pois > 0,
  );
  const imported = await importNow(stack);
  promised.tell(tellImport(imported), isFlawless(imported) && imported.created === run.counts.created);
  return { run: withFeed(run, feed, null), feed };
}

async function quietRun({ stack, options, promised }: Telling, before: ServedFeed): Promise<Act> {
  const { say, onProgress } = options;
  say('2. Second run: nothing changed.');
  const run = await runOnce(stack, PAIR, {}, onProgress);
  say(`   ${tellRun(run)}`);
  const feed = await fetchServedFeed(stack);
  promised.tell(
    'nothing is written, and both documents are the same to the byte',
    run.writes === 0 && isSameFeed(before, feed),
  );
  const { verified = 0, ...others } = await objectStates(stack.pool, stack.sync);
  promised.tell(
    `all ${verified} objects were read back from Cirkwi as they were published`,
    verified > 0 && Object.keys(others).length === 0,
  );
  return { run: withFeed(run, feed, before), feed };
}

async function runAfterEdits(telling: Telling, before: ServedFeed): Promise<Act> {
  const { stack, options, promised } = telling;
  const { say, onProgress } = options;
  say('3. People work on both sides:');
  const edits = await editBothSides(stack);
  for (const line of edits.lines) say(`   - ${line}`);
  await stack.pivot.faults({
    kind: 'truncate',
    route: `GET ${ROOT}/query/paginated/{token}/{page}`,
    count: 1,
  });
  say('   PIVOT will cut one of its answers in half.');
  const run = await runOnce(stack, PAIR, { full: true }, onProgress);
  say(`   ${tellRun(run)}`);
  const feed = await fetchServedFeed(stack);
  await tellFeed(telling, edits, run, feed);
  const late = await drawDetour(stack, edits.editedLate);
  say(`   Minutes before the import, somebody edits the track of ${edits.editedLate} in Cirkwi as well.`);
  await tellNextImport(telling, edits);
  await tellKeptTracks(telling, edits, late);
  const uses = await stack.pivot.faultUses();
  promised.expect(
    'each fault of the story strikes once',
    uses.every(({ hits }) => hits === 1),
  );
  return { run: withFeed(run, feed, before), feed };
}

function withFeed(run: DemoRun, feed: ServedFeed, before: ServedFeed | null): FeedRun {
  const { circuits, pois } = feed;
  return {
    ...run,
    feed: {
      circuits: { sha256: circuits.sha256, bytes: circuits.bytes },
      pois: { sha256: pois.sha256, bytes: pois.bytes },
      changed: before === null || !isSameFeed(before, feed),
    },
  };
}

function offersIn({ sample }: PivotCirkwiStack): number {
  return sample.offers.filter(({ typeOffre }) => sample.offerTypes.includes(typeOffre.idTypeOffre)).length;
}

async function countFetchedTracks({ pool, sync }: PivotCirkwiStack): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    'select count(*)::int as n from offer_track where sync = $1',
    [sync],
  );
  return rows[0]?.n ?? 0;
}
