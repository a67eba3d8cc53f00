import { isIPv4 } from 'node:net';

/** The service may not be bound where it was told to. */
export class NotBindable extends Error {
  override readonly name = 'NotBindable';
}

/** Whether only this machine reaches that address. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1' || host === '[::1]') return true;
  return isIPv4(host) && host.startsWith('127.');
}

/**
 * Refuses to serve signed-in people over an open line: an address that others reach is bound only when `publicUrl`
 * declares TLS in front of it, or that in truth only this machine reaches it.
 */
export function assertBindable(host: string, publicUrl: string | undefined): void {
  if (isLoopback(host)) return;
  if (publicUrl === undefined)
    throw new NotBindable(
      `the service does not bind ${host} without TLS in front of it: set "service: publicUrl: https://..." in the configuration (or http://127.0.0.1:PORT when only this machine reaches it), or set PASSERELLE_HOST to 127.0.0.1`,
    );
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'https:' || isLoopback(hostname)) return;
  throw new NotBindable(
    `"service: publicUrl: ${publicUrl}" is neither https nor this machine: passwords and personal data would travel in the open. Put TLS in front of the service, or bind 127.0.0.1`,
  );
}
