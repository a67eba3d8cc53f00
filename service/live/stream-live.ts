import type { Context } from 'hono';
import { type SSEMessage, type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { stillIn } from '../access/still-in';
import type { ServiceEnv, ServiceParts } from '../parts';
import type { RunLive } from './run-live';
import { watchRun } from './watch-run';

/** Proxies close what is silent for a minute; browsers do not see this. */
const HEARTBEAT_MS = 30_000;
const HEARTBEAT = ': still here\n\n';
/** Whoever listens longer asks again. */
const LONGEST_MS = 10 * 60_000;

/** Proxies that gather answers would hold the events back. */
const HEADERS = { 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' };

/** The event that tells that the run is over and nothing more will come. */
const ENDED = 'ended';

/**
 * How far a run is as server-sent events, each in the form that `say` gives it; the event `ended` is the last one. Ends
 * when the run is over, when the service stops, when nobody listens any more, within half a minute after whoever listens
 * may no longer, and after ten minutes. HEAD is answered the headers: nobody would read the events. The caller made sure
 * that the run is there.
 */
export function streamLive(
  c: Context<ServiceEnv>,
  parts: ServiceParts,
  runId: number,
  say: (live: RunLive) => SSEMessage | Promise<SSEMessage>,
): Response {
  if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream', ...HEADERS });
  const answer = streamSSE(c, async (stream) => {
    const over = new AbortController();
    stream.onAbort(() => over.abort());
    const ends = AbortSignal.any([over.signal, c.req.raw.signal, AbortSignal.timeout(LONGEST_MS)]);
    const beat = setInterval(() => void keepUp(c, parts, stream, over), HEARTBEAT_MS);
    try {
      for await (const live of watchRun(parts, runId, ends)) {
        await stream.writeSSE(await say(live));
        if (live.outcome !== null) await stream.writeSSE({ event: ENDED, data: String(runId) });
      }
    } catch (error) {
      const failure = error instanceof Error ? error.name : 'unknown';
      parts.logger?.warn({ requestId: c.get('requestId'), run: runId, failure }, 'live progress broke off');
    } finally {
      clearInterval(beat);
    }
  });
  for (const [name, value] of Object.entries(HEADERS)) answer.headers.set(name, value);
  return answer;
}

/** Keeps the line open for those who may still listen, and ends it for others. */
async function keepUp(
  c: Context<ServiceEnv>,
  parts: ServiceParts,
  stream: SSEStreamingApi,
  over: AbortController,
): Promise<void> {
  if (await stillIn(c, parts)) await stream.write(HEARTBEAT);
  else over.abort();
}
