import type { Context } from 'hono';
import { type SSEMessage, streamSSE } from 'hono/streaming';
import type { ServiceEnv, ServiceParts } from '../parts';
import type { RunLive } from './run-live';
import { watchRun } from './watch-run';

/** Proxies close what is silent for a minute; browsers do not see this. */
const HEARTBEAT_MS = 15_000;
const HEARTBEAT = ': still here\n\n';
/** Whoever listens longer asks again, which is when it is looked at whether they still may. */
const LONGEST_MS = 10 * 60_000;

/** The event that tells that the run is over and nothing more will come. */
const ENDED = 'ended';

/**
 * How far a run is as server-sent events, each in the form that `say` gives it; the event `ended` is the last one. Ends
 * when the run is over, when the service stops, when nobody listens any more, and after ten minutes. The caller made sure that the run is there.
 */
export function streamLive(
  c: Context<ServiceEnv>,
  parts: ServiceParts,
  runId: number,
  say: (live: RunLive) => SSEMessage | Promise<SSEMessage>,
): Response {
  const answer = streamSSE(c, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const ends = AbortSignal.any([gone.signal, c.req.raw.signal, AbortSignal.timeout(LONGEST_MS)]);
    const beat = setInterval(() => void stream.write(HEARTBEAT), HEARTBEAT_MS);
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
  // proxies that gather answers would hold the events back
  answer.headers.set('cache-control', 'no-store, no-transform');
  answer.headers.set('x-accel-buffering', 'no');
  return answer;
}
