import type { Route, SimReply, SimRequest } from '../core/http-message';
import { type FeedObject, type ObjectKind, readFeed } from './feed-reader';
import { fetchTrack, type TrackAnswer } from './fetch-track';
import { importObject } from './import-object';
import { badRequest, xmlReply } from './problems';
import type { CirkwiWorld } from './world';
import { element } from './xml-element';
import { UnreadableDocument } from './xml-reader';

/**
 * Writing one object at a time. All of it is assumed: Cirkwi publishes no such service. The provider's id makes a
 * repeated PUT harmless; the track is fetched like in an import before the object is stored.
 */
export function pushRoutes(world: CirkwiWorld, kind: ObjectKind, template: string): Route[] {
  const shared = { template, access: 'client', purpose: 'write' } as const;
  return [
    {
      ...shared,
      method: 'PUT',
      handle: (request) => store(world, sentObject(kind, request), { kind: 'failed', reason: 'not fetched' }),
      async prepare(request) {
        const { sent, answer } = await fetchedAhead(world, kind, request);
        return (again) => store(world, sent ?? sentObject(kind, again), answer);
      },
    },
    { ...shared, method: 'DELETE', handle: (request) => remove(world, kind, request) },
  ];
}

/** `sent: null` for a request that will be refused: reading it again says why. */
async function fetchedAhead(
  world: CirkwiWorld,
  kind: ObjectKind,
  request: SimRequest,
): Promise<{ sent: FeedObject | null; answer: TrackAnswer }> {
  try {
    const sent = sentObject(kind, request);
    return { sent, answer: await fetchTrack(world, sent.element) };
  } catch {
    return { sent: null, answer: { kind: 'none' } };
  }
}

function sentObject(kind: ObjectKind, request: SimRequest): FeedObject {
  const id = idOf(request);
  const [sent, ...others] = objectsIn(kind, request.body);
  if (!sent || others.length > 0) throw badRequest(`The document must hold exactly one ${kind}.`);
  if (sent.problems.length > 0) throw badRequest(sent.problems.join('; '));
  if (sent.externalId !== id)
    throw badRequest(`The ${kind} in the document is ${sent.externalId}, not ${id}.`);
  return sent;
}

function objectsIn(kind: ObjectKind, body: unknown): FeedObject[] {
  if (typeof body !== 'string') throw badRequest('The body is no XML document.');
  try {
    return readFeed(kind, body.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw error instanceof UnreadableDocument ? badRequest(error.message) : error;
  }
}

function store(world: CirkwiWorld, sent: FeedObject, answer: TrackAnswer): SimReply {
  const before = world.objects[sent.kind].owned(sent.externalId ?? '')[0];
  const outcome = importObject(world, sent, answer, before);
  if (outcome.kind === 'rejected') throw badRequest(outcome.reason);
  const remarks = [...(outcome.partial === null ? [] : [outcome.partial]), ...sent.unknownCodes];
  const result = element('resultat', {
    statut: 'ok',
    id: outcome.id,
    ...(remarks.length > 0 ? { message: remarks.join('; ') } : {}),
  });
  return outcome.kind === 'created'
    ? { ...xmlReply(201, result), effect: 'created' }
    : { ...xmlReply(200, result), effect: 'updated' };
}

/** Only what was pushed or imported can be deleted this way: objects made by hand have no id of the provider. */
function remove(world: CirkwiWorld, kind: ObjectKind, request: SimRequest): SimReply {
  const table = world.objects[kind];
  const owned = table.owned(idOf(request));
  if (owned.length === 0) return xmlReply(404, element('resultat', { statut: 'erreur', message: 'gone' }));
  for (const { id } of owned) table.remove(id);
  return { status: 204, body: null, raw: { type: 'application/xml', content: '' }, effect: 'updated' };
}

function idOf(request: SimRequest): string {
  const id = request.query.get('id')?.trim() ?? '';
  if (id === '') throw badRequest('"id" is missing.');
  return id;
}
