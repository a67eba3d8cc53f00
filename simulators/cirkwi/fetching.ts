import type { CirkwiFeeds } from './options';
import { UnreadableDocument } from './xml-reader';

/** Basic credentials of the provider's feed, for its feeds and for files on the same server (assumed). */
export function feedHeaders(feeds: CirkwiFeeds | null, url: string): Record<string, string> {
  if (feeds?.username === undefined) return {};
  if (![feeds.circuits, feeds.pois].some((feed) => new URL(feed).origin === new URL(url).origin)) return {};
  const pair = `${feeds.username}:${feeds.password ?? ''}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** The text of a reply, piece by piece. Fails when the reply is cut off or is no UTF-8. */
export async function* textOf(reply: Response, onBytes: (bytes: Uint8Array) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  if (!reply.body) return;
  for await (const bytes of reply.body) {
    onBytes(bytes);
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}

/** A failed fetch or reading in words for a report; network errors hide their reason in their cause. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableDocument) return error.message;
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no complete answer in time';
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}
