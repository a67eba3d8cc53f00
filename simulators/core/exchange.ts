import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { answer, deliver, type Outcome, outcomeOf, statusSeen } from './deliver';
import { type Disturbance, disturbance, prepareRequest } from './disturbance';
import type { Fault } from './fault-schema';
import { type Problem, Refusal, type Route, type SimReply, type SimRequest } from './http-message';
import { readPlatformBody } from './read-body';
import type { RouteMatch } from './router';
import type { ServerParts } from './server-parts';
import { tooManyRequests, tooSoon } from './too-many-requests';

const NOTHING_HERE: Problem = { status: 404, code: 'NotFound', message: 'There is nothing at this address.' };

/** One request of a platform's client, from its arrival to its reply. */
export async function exchange(
  parts: ServerParts,
  url: URL,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = message.method ?? 'GET';
  const { path, options } = parts.platform.splitPath?.(url.pathname) ?? { path: url.pathname, options: [] };
  for (const [name, value] of options) url.searchParams.append(name, value);
  const match = parts.route(method, path);
  const label = match.kind === 'route' ? labelOf(match.route) : 'unmatched';
  response.once('close', parts.stats.arrive(label));

  const turnedAway = tooSoon(parts, parts.platform.clientOf(message.headers, url.searchParams));
  if (match.kind !== 'route') {
    message.resume();
    return answer(parts, response, parts.platform.problemReply(turnedAway ?? unroutable(match)));
  }
  const { body, problem } = await bodyOf(message, parts.platform.maxBodyBytes);
  const request: SimRequest = {
    method,
    path,
    params: match.params,
    query: url.searchParams,
    headers: message.headers,
    body,
    indexLagMs: null,
  };
  const refused = turnedAway ?? problem;
  if (!refused) return routed(parts, match.route, request, response);
  const outcome = { reply: parts.platform.problemReply(refused), interference: null };
  note(parts, match.route, request, { at: new Date().toISOString(), outcome, faults: [] });
  deliver(parts, response, outcome);
}

function labelOf(route: Route): string {
  return `${route.method} ${route.template}`;
}

function unroutable(match: Exclude<RouteMatch, { kind: 'route' }>): Problem {
  if (match.kind === 'unknown') return NOTHING_HERE;
  return {
    status: 405,
    code: 'MethodNotAllowed',
    message: 'This method is not possible here.',
    headers: { allow: match.allowed.join(', ') },
  };
}

async function bodyOf(
  message: IncomingMessage,
  maxBytes: number | undefined,
): Promise<{ body: unknown; problem: Problem | null }> {
  try {
    return { body: await readPlatformBody(message, maxBytes), problem: null };
  } catch (error) {
    if (error instanceof Refusal) return { body: undefined, problem: error.problem };
    throw error;
  }
}

async function routed(
  parts: ServerParts,
  route: Route,
  request: SimRequest,
  response: ServerResponse,
): Promise<void> {
  const at = new Date().toISOString();
  const faults = parts.faults.draw({ ...request, template: route.template });
  const plan = disturbance(faults);
  await wait(parts, parts.latencyMs + plan.waitBeforeMs);
  const ready = await readied(parts, route, request, plan);

  // From here to the journal all happens in one tick: a request takes effect as a whole or not at all.
  const outcome = outcomeOf(perform(parts, ready, request, faults, plan), plan);
  note(parts, route, request, { at, outcome, faults });

  await wait(parts, plan.waitAfterMs);
  deliver(parts, response, outcome);
}

/** A route that fetches something first does so here, so that the rest can still happen as a whole. */
async function readied(
  parts: ServerParts,
  route: Route,
  request: SimRequest,
  plan: Disturbance,
): Promise<Route> {
  if (!route.prepare || plan.instead !== null || plan.closeForMs !== null) return route;
  if (route.access === 'client' && parts.platform.refuseAccess(request.headers, request.query)) return route;
  return { ...route, handle: await route.prepare(request) };
}

/** Runs the route unless a fault stands before it: then `null`, and nothing took effect. */
function perform(
  parts: ServerParts,
  route: Route,
  request: SimRequest,
  faults: readonly Fault[],
  plan: Disturbance,
): SimReply | null {
  const { platform, windows } = parts;
  try {
    if (plan.closeForMs !== null) {
      windows.close(Date.now(), plan.closeForMs);
      return platform.problemReply(tooManyRequests(plan.closeForMs));
    }
    const prepared = prepareRequest(platform, faults, request);
    const refused = route.access === 'client' ? platform.refuseAccess(request.headers, request.query) : null;
    if (refused) return platform.problemReply(refused);
    return plan.instead ? null : route.handle(prepared);
  } catch (error) {
    if (error instanceof Refusal) return platform.problemReply(error.problem);
    throw error;
  }
}

/** Counts and journals a write: also one that was refused, and one whose reply gets lost. */
function note(
  parts: ServerParts,
  route: Route,
  request: SimRequest,
  event: { at: string; outcome: Outcome; faults: readonly Fault[] },
): void {
  if (route.purpose !== 'write') return;
  const effect = event.outcome.reply?.effect ?? null;
  parts.stats.wroteRequest();
  const { created, updated } = event.outcome.reply?.took ?? counted(effect);
  for (let record = 0; record < created; record += 1) parts.stats.took('created');
  for (let record = 0; record < updated; record += 1) parts.stats.took('updated');
  parts.journal.add({
    at: event.at,
    method: request.method,
    path: request.path,
    route: labelOf(route),
    body: request.body,
    status: statusSeen(event.outcome),
    committed: effect !== null,
    effect,
    faults: event.faults.map((fault) => fault.kind),
  });
}

function counted(effect: SimReply['effect'] | null): { created: number; updated: number } {
  return { created: effect === 'created' ? 1 : 0, updated: effect === 'updated' ? 1 : 0 };
}

async function wait(parts: ServerParts, ms: number): Promise<void> {
  if (ms > 0) await pause(ms, undefined, { signal: parts.stopping });
}
