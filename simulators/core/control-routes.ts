import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { faultSchema, personChangeSchema } from './fault-schema';
import { Refusal } from './http-message';
import { readControlBody } from './read-body';
import { sendReply } from './send-reply';
import type { ServerParts } from './server-parts';

const resetSchema = z
  .object({
    /** In place of the state the simulator was started with. */
    initial: z.unknown().optional(),
    /** `counters` keeps records and faults, and starts stats and journal afresh. */
    only: z.literal('counters').optional(),
  })
  .default({});

/** The routes under `/_sim`: the same on every simulator, never limited, never counted, without credentials. */
export async function controlExchange(
  parts: ServerParts,
  url: URL,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = await readControlBody(message);
    sendReply(response, { status: 200, body: await controlled(parts, message.method ?? 'GET', url, body) });
  } catch (error) {
    sendReply(response, refusalOf(error));
  }
}

async function controlled(parts: ServerParts, method: string, url: URL, body: unknown): Promise<unknown> {
  const [area = '', kind] = url.pathname.slice('/_sim/'.length).split('/');
  const action = method === 'POST' ? parts.platform.actions?.[area] : undefined;
  if (action !== undefined) return action(body);
  switch (`${method} ${area}`) {
    case 'GET stats':
      return parts.stats.read(parts.platform.name, parts.platform.summary());
    case 'GET journal':
      return { items: parts.journal.list() };
    case 'GET records':
      return { items: recordsOf(parts, decodeURIComponent(kind ?? ''), url.searchParams.get('id')) };
    case 'POST records':
      return { items: change(parts, decodeURIComponent(kind ?? ''), body) };
    case 'GET faults':
      return { items: parts.faults.list() };
    case 'POST faults':
      parts.faults.add(z.array(faultSchema).parse(Array.isArray(body) ? body : [body]));
      return { items: parts.faults.list() };
    case 'DELETE faults':
      parts.faults.clear();
      return { items: [] };
    case 'POST reset':
      reset(parts, body);
      return { ok: true };
    default:
      throw new Refusal({ status: 404, code: 'NotFound', message: 'There is no such control route.' });
  }
}

function recordsOf(parts: ServerParts, kind: string, id: string | null): readonly unknown[] {
  const records = parts.platform.records(kind, id);
  if (!records) {
    throw new Refusal({ status: 404, code: 'NotFound', message: `This platform has no records "${kind}".` });
  }
  return records;
}

function change(parts: ServerParts, kind: string, body: unknown): unknown[] {
  const changes = z.array(personChangeSchema).parse(Array.isArray(body) ? body : [body]);
  return changes.map((each) => parts.platform.change(kind, each));
}

function reset(parts: ServerParts, body: unknown): void {
  const { initial, only } = resetSchema.parse(body);
  parts.stats.clear();
  parts.journal.clear();
  if (only === 'counters') return;
  parts.platform.reset(initial);
  parts.faults.clear();
  parts.windows.clear();
}

function refusalOf(error: unknown): { status: number; body: unknown } {
  if (error instanceof Refusal) {
    return {
      status: error.problem.status,
      body: { error: error.problem.message, errors: error.problem.errors },
    };
  }
  if (error instanceof z.ZodError) return { status: 400, body: { error: z.prettifyError(error) } };
  return { status: 500, body: { error: error instanceof Error ? error.message : String(error) } };
}
