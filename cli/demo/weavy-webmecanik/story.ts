import { countOpenItems } from '../../../db/attention';
import {
  type DemoRun,
  type DemoSync,
  type DemoWorker,
  deathOf,
  isSound,
  KILL_AT,
  type Promised,
  RETRY_AFTER_SECONDS,
  runOnce,
  type StoryOptions,
  startPromises,
  tellRun,
  type WorkerDeath,
} from '../story';
import { tellEdits, tellNewcomers, tellPoison, touchedBeside } from './after-edits';
import { type Agreement, compareSides, doublesIn, isInStep } from './agreement';
import { editBothSides } from './edits';
import { type HeldRecords, heldRecords } from './held-records';
import type { WeavyWebmecanikStack } from './stack';

const PAIR = 'weavy-webmecanik';

/** A run, and how far both sides said the same afterwards. */
export interface CrmRun extends DemoRun {
  agreement: Record<keyof Agreement, number>;
}

/** What the acts of the story share. */
interface Telling {
  stack: WeavyWebmecanikStack;
  options: StoryOptions;
  promised: Promised;
  /** Both sides before anything ran. */
  start: HeldRecords;
}

interface Act {
  run: CrmRun;
  agreement: Agreement;
}

/** The three acts of the demonstration. The stack must be up with a worker, which is killed here. */
export async function tellWeavyWebmecanik(
  stack: WeavyWebmecanikStack,
  worker: DemoWorker,
  options: StoryOptions,
): Promise<DemoSync<CrmRun>> {
  const promised = startPromises(options.say);
  const telling = { stack, options, promised, start: await heldRecords(stack) };

  const first = await firstRun(telling, deathOf(worker, options));
  const second = await quietRun(telling);
  const third = await runAfterEdits(telling, second.agreement);

  const runs = [first.run, second.run, third.run];
  const stats = await Promise.all([stack.weavy.stats(), stack.mautic.stats()]);
  const duplicates = stats.reduce((sum, each) => sum + each.duplicates, 0);
  promised.expect('every run ends, and its counts add up', runs.every(isSound));
  promised.expect('neither platform holds a duplicate', duplicates === 0);
  const attention = await countOpenItems(stack.pool, stack.sync);
  return { sync: stack.sync, pair: PAIR, runs, duplicates, attention, broken: promised.broken };
}

async function firstRun(telling: Telling, death: WorkerDeath): Promise<Act> {
  const { stack, options, promised, start } = telling;
  const { say, onProgress } = options;
  const { weavyAlone, mauticAlone } = stack.sample.notes;
  const newcomers = weavyAlone.length + mauticAlone.length;
  say(
    `1. First run: ${start.customercontact.length} Contacts and ${start.customer.length} Tiers in weavy, ${start.contact.length} contacts and ${start.company.length} companies in Webmecanik; half of them are the same.`,
  );
  await stack.mautic.faults({
    kind: 'retry-after',
    route: 'POST /api/companies/{company}/contact/{id}/add',
    seconds: RETRY_AFTER_SECONDS,
    after: Math.floor(newcomers / 8),
    count: 1,
  });
  say(`   Webmecanik will ask everyone to wait ${RETRY_AFTER_SECONDS} s in the middle of it.`);
  const run = await runOnce(stack, PAIR, {}, async (progress) => {
    onProgress(progress);
    if (progress.phase !== 'apply') return;
    const made = await countCreates(stack);
    if (made >= newcomers * KILL_AT) await death.strikeOnce(`${made} records made on the other side`);
  });
  say(`   ${tellRun(run)}`);
  promised.expect(
    'the worker is killed in the middle of the first run',
    death.hasStruck() || options.worker === 'leave-alone',
  );
  const { lateDuringRetryAfter } = await stack.mautic.stats();
  promised.expect('nobody calls while it does', lateDuringRetryAfter === 0);
  promised.expect(
    'what counts as created is what was made',
    (await countCreates(stack)) === run.counts.created,
  );
  const agreement = await tellAgreement(telling);
  const doubles = doublesIn(start, await heldRecords(stack));
  promised.tell('no e-mail and no company is there more often than before', doubles.length === 0);
  return { run: withAgreement(run, agreement), agreement };
}

async function quietRun(telling: Telling): Promise<Act> {
  const { stack, options, promised } = telling;
  options.say('2. Second run: nothing changed.');
  const before = await countWrites(stack);
  const run = await runOnce(stack, PAIR, {}, options.onProgress);
  options.say(`   ${tellRun(run)}`);
  promised.tell(
    'nothing is written, on either side',
    run.writes === 0 && (await countWrites(stack)) === before,
  );
  const agreement = await compareSides(stack);
  promised.expect('both sides are as equal as before', isInStep(agreement));
  return { run: withAgreement(run, agreement), agreement };
}

async function runAfterEdits(telling: Telling, before: Agreement): Promise<Act> {
  const { stack, options, promised } = telling;
  options.say('3. People work on both sides:');
  const untouched = await heldRecords(stack);
  const edits = await editBothSides(stack);
  for (const line of edits.lines) options.say(`   - ${line}`);
  await stack.mautic.faults({ kind: 'commit-then-drop', route: 'POST /api/contacts/new', count: 1 });
  options.say('   Webmecanik will make the new contact, and its answer will be lost.');
  const run = await runOnce(stack, PAIR, {}, options.onProgress);
  options.say(`   ${tellRun(run)}`);
  const held = await heldRecords(stack);
  tellEdits(promised, edits, held);
  tellNewcomers(promised, edits, held);
  const uses = await stack.mautic.faultUses();
  promised.expect(
    'each fault of the story strikes once',
    uses.every(({ hits }) => hits === 1),
  );
  const agreement = await tellAgreement(telling);
  await tellPoison(promised, stack, edits, { run, before, after: agreement });
  const beside = touchedBeside(edits, untouched, held);
  promised.expect(`no other record was touched${listed(beside)}`, beside.length === 0);
  return { run: withAgreement(run, agreement), agreement };
}

async function tellAgreement({ stack, promised }: Telling): Promise<Agreement> {
  const agreement = await compareSides(stack);
  const { companies, contacts, entrants, notHeld, alone, different, elsewhere } = agreement;
  promised.tell(
    `both sides say the same of ${companies} companies, ${contacts} Contacts and ${entrants} Entrants${
      notHeld.length === 0 ? '' : `, but for ${notHeld.length} values too long for Webmecanik`
    }${listed([...alone, ...different, ...elsewhere])}`,
    isInStep(agreement),
  );
  return agreement;
}

const LISTED = 5;

/** A few of what should not be there, for whoever has to look. */
function listed(places: readonly string[]): string {
  if (places.length === 0) return '';
  const more = places.length > LISTED ? `, and ${places.length - LISTED} more` : '';
  return ` (${places.slice(0, LISTED).join(', ')}${more})`;
}

function withAgreement(run: DemoRun, agreement: Agreement): CrmRun {
  const { companies, contacts, entrants, alone, different, notHeld, elsewhere } = agreement;
  return {
    ...run,
    agreement: {
      companies,
      contacts,
      entrants,
      alone: alone.length,
      different: different.length,
      notHeld: notHeld.length,
      elsewhere: elsewhere.length,
    },
  };
}

async function countCreates({ weavy, mautic }: WeavyWebmecanikStack): Promise<number> {
  const stats = await Promise.all([weavy.stats(), mautic.stats()]);
  return stats.reduce((sum, { creates }) => sum + creates, 0);
}

async function countWrites({ weavy, mautic }: WeavyWebmecanikStack): Promise<number> {
  const stats = await Promise.all([weavy.stats(), mautic.stats()]);
  return stats.reduce((sum, { writes }) => sum + writes, 0);
}
