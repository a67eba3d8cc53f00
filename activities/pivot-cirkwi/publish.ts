import { Context } from '@temporalio/activity';
import { writeAudits } from '../../db/audit';
import { withEntityLock } from '../../db/entity-lock';
import { type FeedForm, feedStands, hasUnpublished, publishFeeds } from '../../db/feed-build';
import { type LinedUp, linedUp } from '../../db/feed-objects';
import { saveOutcomes } from '../../db/outcomes';
import type { Queryable } from '../../db/pool';
import { getCursor, moveCursor } from '../../db/staging';
import { canonicalHash } from '../../mappings/canonical-hash';
import { feedEnd, feedStart } from '../../mappings/pivot-cirkwi/render-object';
import type { FindPivotCirkwi, PivotCirkwiContext } from './context';
import { withTrackAddresses } from './track-mark';

const SETTLED_AT_ONCE = 500;

/** Where the address that stands in the published documents is noted, as a hash: it holds the feed's secret. */
const ADDRESS = 'feed-address';

export interface PublishedFeed {
  changed: string[];
  objects: number;
}

/** The swap: what is in line becomes what Cirkwi is offered, with its outcomes and audit, or nothing does. */
export function createPublishActivities(find: FindPivotCirkwi) {
  return {
    async publishFeed(input: { sync: string; runId: number | null }): Promise<PublishedFeed> {
      const context = find(input.sync);
      // one publication at a time; who waited finds that there is nothing left to do
      return withEntityLock(context.pool, { sync: input.sync, kind: 'feed', key: '' }, async () => {
        if (!(await isNeeded(context))) return { changed: [], objects: 0 };
        return publishFeeds(context.pool, input.sync, {
          runId: input.runId,
          form: formOf(context),
          settle: async (tx) => {
            await settleTakenIn(tx, context);
            await moveCursor(tx, input.sync, ADDRESS, canonicalHash(trackAddress(context, '')));
          },
          onProgress: () => Context.current().heartbeat(),
        });
      });
    },
  };
}

/** A quiet run builds nothing. Another address of the service changes every document, so it is published anew. */
async function isNeeded(context: PivotCirkwiContext): Promise<boolean> {
  const { pool, slug } = context;
  if (await hasUnpublished(pool, slug)) return true;
  if ((await context.countLinked()) === 0) return false;
  if (!(await feedStands(pool, slug))) return true;
  return (await getCursor(pool, slug, ADDRESS)) !== canonicalHash(trackAddress(context, ''));
}

function formOf(context: PivotCirkwiContext): FeedForm {
  return {
    start: feedStart,
    end: feedEnd,
    served: (document) => withTrackAddresses(document, (hash) => trackAddress(context, hash)),
  };
}

/** Our own address of a track, behind the feed's secret: PIVOT's is never handed on (settled question 21). */
export function trackAddress({ slug, configuration }: PivotCirkwiContext, hash: string): string {
  const { publicUrl, secret } = configuration.feed;
  return `${publicUrl}/feeds/${slug}/${secret}/tracks/${hash}.gpx`;
}

/** Outcomes and audit of all that the publication brings, whichever run or signal put it in line. */
async function settleTakenIn(tx: Queryable, context: PivotCirkwiContext): Promise<void> {
  for (let after = ''; ; ) {
    const page = await linedUp(tx, context.slug, { which: 'taken-in', after, limit: SETTLED_AT_ONCE });
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.code;
    await settle(tx, context.slug, page);
  }
}

/** The same for objects that were pushed one by one. */
export async function settle(tx: Queryable, sync: string, page: LinedUp[]): Promise<void> {
  for (const runId of new Set(page.map((one) => one.runId))) {
    await saveOutcomes(
      tx,
      sync,
      runId,
      page
        .filter((one) => one.runId === runId)
        .map((one) => ({
          recordId: one.code,
          outcome: one.outcome,
          reason: one.reason,
          writes: 1,
          settledHash: one.outcome === 'withdrawn' ? null : one.contentHash,
          dueMark: one.dueMark,
        })),
    );
  }
  await writeAudits(
    tx,
    page.map((one) => ({
      sync,
      runId: one.runId,
      recordId: one.code,
      kind: one.kind,
      targetId: one.code,
      operation: OPERATION[one.outcome],
      changes: one.changes,
      rule: one.outcome === 'withdrawn' ? 'withdraw' : 'publish',
    })),
  );
}

const OPERATION = { created: 'create', updated: 'update', withdrawn: 'withdraw' } as const;
