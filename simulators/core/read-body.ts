import type { IncomingMessage } from 'node:http';
import { Refusal } from './http-message';

const MAX_PLATFORM_BODY_BYTES = 1024 * 1024; // assumed: 1 MiB, as the contracts say

/** The parsed body of a platform request: JSON, or a form as an object. Throws `Refusal` when it is neither. */
export async function readPlatformBody(message: IncomingMessage): Promise<unknown> {
  const text = await readText(message, MAX_PLATFORM_BODY_BYTES);
  if (text === '') return undefined;
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
