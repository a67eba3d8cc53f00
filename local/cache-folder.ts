import { homedir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../config/environment';

/** The folder that keeps what was downloaded, so that the next start needs no network. May not exist yet. */
export function cacheFolder(): string {
  return environment.PASSERELLE_CACHE ?? join(homedir(), '.cache', 'passerelle');
}
