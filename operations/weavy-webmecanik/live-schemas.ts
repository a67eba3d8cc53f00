import { createContexts } from '../../activities/contexts';
import { type Discovered, discoverSchemas } from '../../activities/weavy-webmecanik/discover-schemas';
import type { OperationContext } from '../context';

/** The fields of both platforms of one sync as they are now. Throws a `PlatformFailure` when one does not answer. */
export async function liveSchemas(
  { configuration, pool }: OperationContext,
  slug: string,
): Promise<Discovered> {
  const { weavy, mautic } = createContexts(configuration, pool).of('weavy-webmecanik')(slug);
  return discoverSchemas(weavy, mautic);
}
