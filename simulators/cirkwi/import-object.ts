import { isDeepStrictEqual } from 'node:util';
import type { FeedObject } from './feed-reader';
import type { TrackAnswer } from './fetch-track';
import type { CirkwiObject } from './object-table';
import { treated } from './resample';
import type { Track } from './track';
import type { CirkwiWorld } from './world';

export type ImportOutcome =
  | { kind: 'created' | 'replaced'; id: string; change: 'some' | 'none'; partial: string | null }
  | { kind: 'rejected'; reason: string };

/**
 * Puts an object of the feed in place of the one that Cirkwi has, whatever was edited there: every imported field and
 * the track. A track that could not be had leaves the one before, or refuses the object, as the account is set.
 */
export function importObject(
  world: CirkwiWorld,
  found: FeedObject,
  answer: TrackAnswer,
  before: CirkwiObject | undefined,
): ImportOutcome {
  const failure = answer.kind === 'failed' ? answer.reason : null;
  if (failure !== null && world.imports.trackFailure === 'reject')
    return { kind: 'rejected', reason: failure };

  const now = world.now();
  const track = trackAfter(world, answer, before);
  const change = !before || differs(before, found, track) ? 'some' : 'none';
  const object: CirkwiObject = {
    id: before?.id ?? world.nextId(),
    kind: found.kind,
    origin: 'feed',
    externalId: found.externalId,
    codeCgt: found.codeCgt,
    createdAt: before?.createdAt ?? now,
    modifiedAt:
      before && change === 'none' && world.imports.modifiedByImport === 'when-changed'
        ? before.modifiedAt
        : now,
    importedAt: now,
    element: found.element,
    track,
  };
  world.objects[found.kind].put(object);
  return { kind: before ? 'replaced' : 'created', id: object.id, change, partial: failure };
}

function trackAfter(world: CirkwiWorld, answer: TrackAnswer, before: CirkwiObject | undefined): Track | null {
  switch (answer.kind) {
    case 'track':
      return treated(answer.track, world.imports, world.seed);
    case 'none':
      return null;
    default:
      return before?.track ?? null;
  }
}

function differs(before: CirkwiObject, found: FeedObject, track: Track | null): boolean {
  return !isDeepStrictEqual(before.track, track) || !isDeepStrictEqual(before.element, found.element);
}
