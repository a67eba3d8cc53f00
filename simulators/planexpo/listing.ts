import { param, Refusal, type SimReply, type SimRequest } from '../core/http-message';
import type { PlanexpoOrder } from './order';
import { byUpdate } from './order-book';
import { type PageCursor, readCursor, writtenCursor } from './page-cursor';
import type { PlanexpoWorld } from './world';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** `GET /{event}/api/orders`: ascending, by opaque cursor. */
export function listOrders(world: PlanexpoWorld, request: SimRequest): SimReply {
  const limit = limitOf(request);
  const cursor = cursorOf(world, request);
  const status = cursor ? cursor.status : request.query.get('status');
  const since = cursor ? cursor.since : sinceOf(request);

  const found = firstMatches(
    world.orders.listed(),
    { after: cursor?.after ?? null, status, since },
    limit + 1,
  );
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next: PageCursor | null =
    last && found.length > limit
      ? { after: key(last), status, since, issuedAt: Date.now(), generation: world.cursorGeneration }
      : null;
  return world.page(
    page.map((order) => ({ event: param(request, 'event'), ...order })),
    next && writtenCursor(next),
  );
}

/** `GET /{event}/api/products`: in the order in which they were made. */
export function listProducts(world: PlanexpoWorld, request: SimRequest): SimReply {
  const limit = limitOf(request);
  const cursor = cursorOf(world, request);
  const rows = [...world.products.values()];
  const start = cursor ? rows.findIndex((row) => row.product_id === cursor.after.order_id) + 1 : 0;
  const page = rows.slice(start, start + limit);
  const last = page.at(-1);
  if (!last || start + limit >= rows.length) return world.page(page, null);
  const after = { updated_at: last.updated_at, order_id: last.product_id };
  const next = { after, status: null, since: null, issuedAt: Date.now(), generation: world.cursorGeneration };
  return world.page(page, writtenCursor(next));
}

function key(order: PlanexpoOrder): PageCursor['after'] {
  return { updated_at: order.updated_at, order_id: order.order_id };
}

function firstMatches(
  rows: readonly PlanexpoOrder[],
  query: { after: PageCursor['after'] | null; status: string | null; since: string | null },
  limit: number,
): PlanexpoOrder[] {
  const sinceMs = query.since === null ? Number.NEGATIVE_INFINITY : Date.parse(query.since);
  const found: PlanexpoOrder[] = [];
  for (
    let position = query.after ? firstAfter(rows, query.after) : firstSince(rows, sinceMs);
    position < rows.length;
    position += 1
  ) {
    const row = rows[position];
    if (!row || (query.status !== null && row.status !== query.status)) continue;
    if (Date.parse(row.updated_at) < sinceMs) continue;
    found.push(row);
    if (found.length === limit) break;
  }
  return found;
}

function firstAfter(rows: readonly PlanexpoOrder[], after: PageCursor['after']): number {
  return firstPosition(rows, (row) => byUpdate(row, after) > 0);
}

/** A second early: within one second, times with and without fractions do not sort as text. The filter does the rest. */
function firstSince(rows: readonly PlanexpoOrder[], sinceMs: number): number {
  return firstPosition(rows, (row) => Date.parse(row.updated_at) >= sinceMs - 1000);
}

/** By halving: `isReached` must be false for the first rows and true for all later ones. */
function firstPosition(rows: readonly PlanexpoOrder[], isReached: (row: PlanexpoOrder) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && !isReached(row)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function limitOf(request: SimRequest): number {
  const text = request.query.get('limit');
  if (text === null) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw badRequest(`limit must be a whole number from 1 to ${MAX_LIMIT}.`);
}

function sinceOf(request: SimRequest): string | null {
  const text = request.query.get('updated_since');
  if (text === null) return null;
  if (Number.isNaN(Date.parse(text))) throw badRequest('updated_since must be an ISO 8601 date-time.');
  return text;
}

function cursorOf(world: PlanexpoWorld, request: SimRequest): PageCursor | null {
  const text = request.query.get('cursor');
  if (text === null) return null;
  const cursor = readCursor(text);
  const usable =
    cursor !== null &&
    cursor.generation === world.cursorGeneration &&
    Date.now() - cursor.issuedAt <= world.cursorTtlMs;
  if (usable) return cursor;
  throw new Refusal({
    status: 422,
    code: 'invalid_cursor',
    message: 'The cursor is unknown or has expired.',
  });
}

function badRequest(message: string): Refusal {
  return new Refusal({ status: 400, code: 'bad_request', message });
}
