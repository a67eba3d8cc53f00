import type { Configuration, Pair, SyncConfiguration } from '../config/schema';
import type { Language, Reasons } from '../mappings/reason-types';
import { reasonsOf } from '../mappings/reasons';
import { Refusal } from './refusal';

/** The configuration of one sync, or a refusal that lists those there are. */
export function syncOf(configuration: Configuration, slug: string): SyncConfiguration {
  const sync = Object.hasOwn(configuration.syncs, slug) ? configuration.syncs[slug] : undefined;
  if (sync !== undefined) return sync;
  throw new Refusal(
    'not-found',
    `sync "${slug}" is not configured (known: ${Object.keys(configuration.syncs).join(', ') || 'none'})`,
  );
}

/** The same for what one pair only can do. */
export function syncOfPair<P extends Pair>(
  configuration: Configuration,
  slug: string,
  pair: P,
): Extract<SyncConfiguration, { pair: P }> {
  const sync = syncOf(configuration, slug);
  if (isOfPair(sync, pair)) return sync;
  throw new Refusal('invalid', `sync "${slug}" is of the pair ${sync.pair}: this command is for ${pair}`);
}

function isOfPair<P extends Pair>(
  sync: SyncConfiguration,
  pair: P,
): sync is Extract<SyncConfiguration, { pair: P }> {
  return sync.pair === pair;
}

/** Reasons speak for themselves where a sync left the configuration and its items stayed. */
const UNKNOWN: Reasons = {
  isCode: () => false,
  text: (code) => ({ what: code, why: '', next: '' }),
  weight: () => 'silent',
  decisions: () => [],
};

/** The words of a sync's reasons. */
export function reasonsFor(configuration: Configuration, slug: string): Reasons {
  const sync = configuration.syncs[slug];
  return sync === undefined ? UNKNOWN : reasonsOf(sync.pair);
}

/** The language that a sync speaks to its people; the default one for a sync that left the configuration. */
export function languageOf(configuration: Configuration, slug: string): Language {
  return configuration.syncs[slug]?.language ?? 'fr';
}
