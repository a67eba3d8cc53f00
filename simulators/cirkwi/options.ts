import { z } from 'zod';
import type { ServerOptions } from '../core/server-parts';
import type { CirkwiState } from './state';

/** Where the provider's feeds are, and the Basic credentials that Cirkwi sends there; without a name it sends none. */
export const feedsSchema = z.strictObject({
  circuits: z.url(),
  pois: z.url(),
  username: z.string().optional(),
  password: z.string().optional(),
});
export type CirkwiFeeds = z.output<typeof feedsSchema>;

/** What an import does where Cirkwi's ways are not public (all of it assumed). */
export const importRulesSchema = z.strictObject({
  /** The outgoing feed shows the provider's code again. */
  echoCodeCgt: z.boolean().default(true),
  resample: z
    .strictObject({ everyM: z.number().positive(), jitterM: z.number().min(0) })
    .nullable()
    .default(null),
  recomputeElevation: z.boolean().default(false),
  /** A track that cannot be had: the object comes in with the track it had (`keep`), or not at all. */
  trackFailure: z.enum(['keep', 'reject']).default('keep'),
  /** A feed without objects deletes all that came from it, or changes nothing. */
  emptyFeed: z.enum(['import', 'refuse']).default('import'),
  /** A second object with the same id in one feed is refused, or makes a second object. */
  duplicateIds: z.enum(['reject', 'import']).default('reject'),
  /** Whether an import that changes nothing in an object still counts as its modification. */
  modifiedByImport: z.enum(['when-changed', 'always']).default('when-changed'),
  feedTimeoutMs: z.number().int().positive().default(120_000),
  trackTimeoutMs: z.number().int().positive().default(30_000),
});
export type ImportRules = z.output<typeof importRulesSchema>;

export interface CirkwiSimulatorOptions extends ServerOptions {
  /** `user`, `code` and `widgetId` make the address of the outgoing feed, the others are its Basic credentials. */
  account: { user: string; code: string; widgetId: string; username: string; password: string };
  /** Can also be told later: `POST /_sim/account` with `{ feeds }`. */
  feeds?: CirkwiFeeds | undefined;
  /** Default: no object of its own, a profile card, settings and statistics with something in them. */
  initial?: CirkwiState | undefined;
  imports?: z.input<typeof importRulesSchema> | undefined;
  /** For the jitter of resampled tracks. Default 1. */
  seed?: number | undefined;
}
