import { type FeedObject, OBJECT_KINDS, type ObjectKind } from './feed-reader';
import { fetchFeed } from './fetch-feed';
import { fetchTrack } from './fetch-track';
import { importObject } from './import-object';
import { emptyReport, type ImportReport, noteOutcome } from './import-report';
import { inWindow } from './in-window';
import type { CirkwiFeeds } from './options';
import type { CirkwiWorld } from './world';

/** Tracks fetched at a time (assumed). */
const TRACKS_AT_ONCE = 4;

/** An object that will be imported, and which one of those with its id it is: 0 is the first. */
interface Due {
  found: FeedObject;
  occurrence: number;
}

/**
 * The daily import: both feeds as a whole first, then object by object with its track, then the deletion of what came
 * from the feed and is no longer in it. Profile card, settings, statistics and objects made by hand are not looked at.
 * `stopAfter` ends it after so many objects, before any deletion.
 */
export async function pull(world: CirkwiWorld, feeds: CirkwiFeeds, stopAfter: number): Promise<ImportReport> {
  const report = emptyReport();
  const objects = await readFeeds(world, feeds, report);
  if (report.failed.length > 0) return report;

  const { due, present } = sifted(world, objects, report);
  const toImport = due.slice(0, stopAfter);
  for await (const { item, result } of inWindow(toImport, TRACKS_AT_ONCE, ({ found }) =>
    fetchTrack(world, found.element),
  )) {
    if (world.stopping.aborted) return { ...report, halfFinished: true };
    const { found, occurrence } = item;
    const before = world.objects[found.kind].owned(found.externalId ?? '')[occurrence];
    noteOutcome(report, found, importObject(world, found, result, before));
  }
  if (stopAfter <= due.length) return { ...report, halfFinished: true };
  for (const kind of OBJECT_KINDS) report.deleted += deleteAbsent(world, kind, present[kind]);
  return report;
}

/** Circuits, then POIs. One that fails makes the other one useless too: a pull changes all it should, or nothing. */
async function readFeeds(
  world: CirkwiWorld,
  feeds: CirkwiFeeds,
  report: ImportReport,
): Promise<FeedObject[]> {
  const objects: FeedObject[] = [];
  report.unchangedFeed = true;
  for (const kind of OBJECT_KINDS) {
    const feed = kind === 'circuit' ? 'circuits' : 'pois';
    const answer = await fetchFeed(world, feeds, kind);
    if (answer.kind === 'failed') report.failed.push({ feed, reason: answer.reason });
    else if (answer.objects.length === 0 && refusesEmpty(world, kind))
      report.failed.push({ feed, reason: 'the feed is empty' });
    else for (const object of answer.objects) objects.push(object);
    if (answer.kind === 'failed' || answer.change === 'new') report.unchangedFeed = false;
  }
  return objects;
}

/** A feed that has been empty all along may stay so. */
function refusesEmpty(world: CirkwiWorld, kind: ObjectKind): boolean {
  return world.imports.emptyFeed === 'refuse' && world.objects[kind].ownedIds().length > 0;
}

/** What can be imported, and how often each id stands in the feed: also a refused object is there. */
function sifted(
  world: CirkwiWorld,
  objects: readonly FeedObject[],
  report: ImportReport,
): { due: Due[]; present: Record<ObjectKind, Map<string, number>> } {
  const present = { circuit: new Map<string, number>(), poi: new Map<string, number>() };
  const due: Due[] = [];
  for (const found of objects) {
    const { kind, externalId: id } = found;
    const occurrence = id === null ? 0 : (present[kind].get(id) ?? 0);
    const isRepeated = occurrence > 0 && world.imports.duplicateIds === 'reject';
    if (id !== null && !isRepeated) present[kind].set(id, occurrence + 1);
    const problems = isRepeated ? ['its id stands in the feed more than once'] : found.problems;
    if (problems.length > 0) report.rejected.push({ kind, id, reason: problems.join('; ') });
    else due.push({ found, occurrence });
  }
  return { due, present };
}

function deleteAbsent(world: CirkwiWorld, kind: ObjectKind, present: ReadonlyMap<string, number>): number {
  const table = world.objects[kind];
  const absent = table.ownedIds().flatMap((id) => table.owned(id).slice(present.get(id) ?? 0));
  for (const { id } of absent) table.remove(id);
  return absent.length;
}
