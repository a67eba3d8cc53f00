import { feedHeaders, reasonOf, textOf } from './fetching';
import { readGpx } from './gpx';
import type { Track } from './track';
import type { CirkwiWorld } from './world';
import { childNamed, type XmlElement } from './xml-element';

/** `none`: the object names no track. */
export type TrackAnswer =
  | { kind: 'track'; track: Track }
  | { kind: 'none' }
  | { kind: 'failed'; reason: string };

/** Assumed. */
const MAX_TRACK_CHARACTERS = 50_000_000;

/** Fetches the track that a circuit names. Answers every failure, never rejects. */
export async function fetchTrack(world: CirkwiWorld, circuit: XmlElement): Promise<TrackAnswer> {
  const url = childNamed(circuit, 'fichier_trace')?.attributes.url?.trim() ?? '';
  if (url === '') return { kind: 'none' };
  try {
    const reply = await fetch(url, {
      headers: { accept: 'application/gpx+xml, application/xml', ...feedHeaders(world.feeds, url) },
      signal: AbortSignal.any([world.stopping, AbortSignal.timeout(world.imports.trackTimeoutMs)]),
    });
    if (reply.status !== 200) {
      await reply.body?.cancel();
      return failed(`status ${reply.status}`);
    }
    return { kind: 'track', track: readGpx(await boundedText(reply)) };
  } catch (error) {
    return failed(reasonOf(error));
  }
}

async function boundedText(reply: Response): Promise<string> {
  let text = '';
  for await (const piece of textOf(reply, () => {})) {
    text += piece;
    if (text.length > MAX_TRACK_CHARACTERS) throw new Error('the file is too large');
  }
  return text;
}

function failed(reason: string): TrackAnswer {
  return { kind: 'failed', reason: `track: ${reason}` };
}
