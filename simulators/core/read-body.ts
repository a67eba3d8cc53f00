import type { IncomingMessage } from 'node:http';
import { Refusal } from './http-message';

/** Assumed: 1 MiB, as the contracts say; a platform that takes files says its own. */
const MAX_PLATFORM_BODY_BYTES = 1024 * 1024;

/** Bodies that are neither JSON nor a form: the route reads them itself. */
const RAW_TYPES = /^(application\/(gpx\+xml|xml|octet-stream|vnd\.[\w.-]+\+xml)|text\/|image\/)/;

/** The parsed body of a platform request: JSON, a form as an object, raw text. Throws `Refusal` when it is none of them. */
export async function readPlatformBody(
  message: IncomingMessage,
  maxBytes: number = MAX_PLATFORM_BODY_BYTES,
): Promise<unknown> {
  const text = await readText(message, maxBytes);
  if (text === '') return undefined;
  if (RAW_TYPES.test(message.headers['content-type'] ?? '')) return text;
  if (message.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  return parsed(text);
}

/** The parsed body of a control request, of any size: a whole initial state may come this way. */
export async function readControlBody(message: IncomingMessage): Promise<unknown> {
  const text = await readText(message, Number.POSITIVE_INFINITY);
  return text === '' ? undefined : parsed(text);
}

async function readText(message: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes <= maxBytes) chunks.push(buffer); // the rest is read and dropped, so that the refusal can be sent
  }
  if (bytes > maxBytes) {
    throw new Refusal({ status: 413, code: 'BodyTooLarge', message: `The body is over ${maxBytes} bytes.` });
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal({ status: 400, code: 'bad_request', message: 'The body is not valid JSON.' });
  }
}
