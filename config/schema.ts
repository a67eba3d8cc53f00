import { z } from 'zod';
import {
  cirkwiAccountSchema,
  inwinkAccountSchema,
  mauticAccountSchema,
  pivotAccountSchema,
  planexpoAccountSchema,
  weavyAccountSchema,
} from './accounts';
import { pivotCirkwiSyncSchema } from './pivot-cirkwi';
import { planexpoInwinkSyncSchema } from './planexpo-inwink';
import { serviceSchema } from './service';
import { weavyWebmecanikSyncSchema } from './weavy-webmecanik';

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected lower-case letters, digits and dashes, such as salon-2027');

/** The platforms at the ends of each pair. */
const ENDS = {
  'planexpo-inwink': { source: 'planexpo', target: 'inwink' },
  'pivot-cirkwi': { source: 'pivot', target: 'cirkwi' },
  'weavy-webmecanik': { source: 'weavy', target: 'mautic' },
} as const;

export type Pair = keyof typeof ENDS;
/** The platform that a pair reads from. */
export function sourcePlatformOf(pair: Pair): PlatformName {
  return ENDS[pair].source;
}

export type PlatformName = (typeof ENDS)[Pair]['source' | 'target'];

export const configurationSchema = z
  .strictObject({
    platforms: z.record(
      slug,
      z.discriminatedUnion('platform', [
        planexpoAccountSchema,
        inwinkAccountSchema,
        pivotAccountSchema,
        cirkwiAccountSchema,
        weavyAccountSchema,
        mauticAccountSchema,
      ]),
    ),
    syncs: z.record(
      slug,
      z.discriminatedUnion('pair', [
        planexpoInwinkSyncSchema,
        pivotCirkwiSyncSchema,
        weavyWebmecanikSyncSchema,
      ]),
    ),
    temporal: z
      .strictObject({
        /** Where people open the Temporal UI; used for links. */
        uiUrl: z.url().optional(),
      })
      .prefault({}),
    service: serviceSchema,
  })
  .check((ctx) => {
    const lists = new Map<string, string>();
    for (const [name, sync] of Object.entries(ctx.value.syncs)) {
      if (sync.pair === 'pivot-cirkwi' && sync.policies.changeFeed === 'diff') {
        const list = `${sync.source} ${sync.query}`;
        const other = lists.get(list);
        lists.set(list, name);
        if (other !== undefined)
          ctx.issues.push({
            code: 'custom',
            input: sync.query,
            path: ['syncs', name, 'query'],
            message: `"${other}" reads the change list of the same query with the same key, and PIVOT keeps one for both: use another query, another key, or changeFeed: compare`,
          });
      }
      const ends = ENDS[sync.pair];
      for (const end of ['source', 'target'] as const) {
        const found = ctx.value.platforms[sync[end]];
        if (found?.platform === ends[end]) continue;
        const known = Object.entries(ctx.value.platforms)
          .filter(([, p]) => p.platform === ends[end])
          .map(([n]) => n);
        ctx.issues.push({
          code: 'custom',
          input: sync[end],
          path: ['syncs', name, end],
          message: `"${sync[end]}" is not ${/^[aeiou]/.test(ends[end]) ? 'an' : 'a'} ${ends[end]} account under platforms (known: ${known.join(', ') || 'none'})`,
        });
      }
    }
  });

export type Configuration = z.infer<typeof configurationSchema>;
export type SyncConfiguration = Configuration['syncs'][string];
export type Account = Configuration['platforms'][string];
