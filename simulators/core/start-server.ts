import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlExchange } from './control-routes';
import { exchange } from './exchange';
import type { Platform } from './platform';
import { sendReply } from './send-reply';
import { type ServerOptions, type ServerParts, serverParts } from './server-parts';

/** A running simulator. Everything else is done over HTTP, through its control routes. */
export interface Simulator {
  /** Without a slash at its end. */
  url: string;
  /** Cuts every connection, also those that hang. */
  close(): Promise<void>;
}

/** Serves a platform on 127.0.0.1. Rejects when the port is taken. */
export async function startServer(platform: Platform, options: ServerOptions): Promise<Simulator> {
  const stop = new AbortController();
  const parts = serverParts(platform, options, stop.signal);
  const server = createServer((message, response) => {
    void serve(parts, message, response); // answers its own failures
  });
  // Longer than the keep-alive of usual clients: the server must not be the one that closes an idle connection.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });

  return {
    // `address()` is a string only for pipes; this server listens on TCP.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        stop.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(parts: ServerParts, message: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(message.url ?? '/', 'http://127.0.0.1');
    if (url.pathname.startsWith('/_sim/')) await controlExchange(parts, url, message, response);
    else await exchange(parts, url, message, response);
  } catch (error) {
    if (parts.stopping.aborted || message.socket.destroyed) return; // the caller or the server has gone
    const reply = { status: 500, body: { error: error instanceof Error ? error.message : String(error) } };
    if (response.headersSent) response.destroy();
    else sendReply(response, reply);
  }
}
