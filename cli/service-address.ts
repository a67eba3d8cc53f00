import type { Environment } from '../config/environment';
import type { Configuration } from '../config/schema';

/** Where people reach the service: the declared address, else the one it binds. Without a slash at its end. */
export function serviceAddress(
  { service }: Pick<Configuration, 'service'>,
  { PASSERELLE_HOST: host, PASSERELLE_PORT: port }: Pick<Environment, 'PASSERELLE_HOST' | 'PASSERELLE_PORT'>,
): string {
  if (service.publicUrl !== undefined) return service.publicUrl;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
