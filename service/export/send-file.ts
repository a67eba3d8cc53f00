import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { ServiceEnv, ServiceParts } from '../parts';

export interface FileToSend {
  name: string;
  type: string;
  /** For the log: which run it is of. */
  run?: number;
  /** Begins to write it. */
  begin(): Readable;
}

/**
 * A file that is written while it is sent. What goes wrong on the way breaks the answer off, so that nobody takes half a
 * file for the whole. HEAD is answered the headers, and nothing is begun that nobody would read.
 */
export function sendFile(c: Context<ServiceEnv>, parts: ServiceParts, file: FileToSend): Response {
  const headers = {
    'content-type': file.type,
    'content-disposition': `attachment; filename="${file.name}"`,
    'cache-control': 'no-store',
  };
  if (c.req.method === 'HEAD') return c.body(null, 200, headers);
  return c.body(written(c, parts, file), 200, headers);
}

function written(
  c: Context<ServiceEnv>,
  { logger, stopping }: ServiceParts,
  { run, begin }: FileToSend,
): ReadableStream<Uint8Array> {
  const file = begin();
  file.on('error', (error) =>
    logger?.error({ requestId: c.get('requestId'), run, failure: error.name }, 'export broke off'),
  );
  const stop = () => file.destroy(new Error('the service stops'));
  stopping.addEventListener('abort', stop, { once: true });
  file.on('close', () => stopping.removeEventListener('abort', stop));
  // the same interface, under two names in two type libraries
  return Readable.toWeb(file) as ReadableStream<Uint8Array>;
}
