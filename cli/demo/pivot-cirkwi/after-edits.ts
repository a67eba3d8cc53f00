import { listOpenItems } from '../../../db/attention';
import { OfferReason } from '../../../mappings/pivot-cirkwi/reasons';
import type { DemoRun, Promised, StoryOptions } from '../story';
import { type CirkwiCircuit, findCircuit } from './cirkwi-circuit';
import type { Edits } from './edits';
import { importNow, isFlawless, tellImport } from './import';
import { circuitInFeed, fetchServedFeed, type ServedFeed } from './served-feed';
import type { PivotCirkwiStack } from './stack';
import { isHome, keptTrack, sayYes } from './track-home';

/** What the acts of the story share. */
export interface Telling {
  stack: PivotCirkwiStack;
  options: StoryOptions;
  promised: Promised;
}

/** What the full run made of the edits. */
export async function tellFeed(
  { stack, promised }: Telling,
  { unticked, halfTicked, renamed, retitled }: Edits,
  { counts }: DemoRun,
  feed: ServedFeed,
): Promise<void> {
  promised.tell(
    `${unticked.join(' and ')} left the feed, and nothing else did, although an answer was cut`,
    counts.withdrawn === unticked.length && unticked.every((code) => circuitInFeed(feed, code) === null),
  );
  const half = circuitInFeed(feed, halfTicked);
  promised.tell(
    `${halfTicked} is still delivered, for its filter alone, and shown nowhere`,
    half?.includes('publie_cirkwi="0"') === true && half.includes('publie_reseau="0"'),
  );
  promised.tell(
    `${renamed.code} has its new name`,
    circuitInFeed(feed, renamed.code)?.includes(renamed.name) === true,
  );
  const items = await listOpenItems(stack.pool, stack.sync, 1_000);
  promised.tell(
    `the title of ${retitled.code} is listed: it will be overwritten`,
    items.some(
      ({ record_id, reason }) => record_id === retitled.code && reason === OfferReason.editedInCirkwi,
    ),
  );
}

/** What Cirkwi shows after its next import. */
export async function tellNextImport({ stack, promised }: Telling, edits: Edits): Promise<void> {
  const imported = await importNow(stack);
  promised.tell(tellImport(imported), isFlawless(imported) && imported.deleted === edits.unticked.length);
  const left = await Promise.all(edits.unticked.map((code) => findCircuit(stack, code)));
  promised.tell(
    `${edits.unticked.join(' and ')} are gone in Cirkwi`,
    left.every((each) => each === null),
  );
  const retitled = await findCircuit(stack, edits.retitled.code);
  promised.tell(
    `${edits.retitled.code} has PIVOT's title again`,
    retitled?.title === edits.retitled.titleBefore && edits.retitled.titleBefore !== '',
  );
  const replaced = await findCircuit(stack, edits.replaced.code);
  promised.tell(
    `${edits.replaced.code} has its new track, although no date had moved`,
    replaced !== null && replaced.trackHash !== null && replaced.trackHash !== edits.replaced.trackHashBefore,
  );
  const drawn = await findCircuit(stack, edits.drawn.id);
  promised.tell(
    `circuit ${edits.drawn.id}, drawn by hand, was not touched`,
    JSON.stringify(drawn) === JSON.stringify(edits.drawn),
  );
}

/** What becomes of the tracks that were edited in Cirkwi: the import has overwritten both there. */
export async function tellKeptTracks(
  { stack, options, promised }: Telling,
  edits: Edits,
  late: CirkwiCircuit,
): Promise<void> {
  const { code, drawing } = edits.edited;
  const kept = await keptTrack(stack, code);
  const overwritten = await findCircuit(stack, code);
  promised.tell(
    `the edited track of ${code} was overwritten in Cirkwi; it is kept, and offered to a person`,
    kept !== null && overwritten?.trackHash !== drawing.trackHash,
  );
  const keptLate = await keptTrack(stack, edits.editedLate);
  promised.tell(
    `so is that of ${edits.editedLate}, kept by a last look when Cirkwi asked for the feed`,
    keptLate !== null && (await findCircuit(stack, edits.editedLate))?.trackHash !== late.trackHash,
  );
  if (kept === null) return;
  options.say(`   passerelle decide ${kept.itemId} return-track`);
  const isSent = await sayYes(stack, code, kept.itemId);
  promised.tell(
    `PIVOT has the edited track of ${code} in place of its own`,
    isSent && (await isHome(stack, code, drawing)),
  );
  const feed = await fetchServedFeed(stack);
  promised.tell('it is back in the feed', circuitInFeed(feed, code)?.includes(`${kept.hash}.gpx`) === true);
  const imported = await importNow(stack);
  const shown = await findCircuit(stack, code);
  promised.tell(
    "and in Cirkwi, after the next day's import",
    isFlawless(imported) && shown?.trackHash === drawing.trackHash,
  );
}
