import { feedSizes } from '../../db/feed-objects';
import { type GuardVerdict, stopOrPass } from '../runs/guard';
import type { FindPivotCirkwi } from './context';

/** Guards of this pair alone. */
export function createFeedGuardActivities(find: FindPivotCirkwi) {
  return {
    /** A feed that would lose its last object deletes everything in Cirkwi: a person is asked, however few they are. */
    async guardFeed(input: { sync: string; runId: number }): Promise<GuardVerdict> {
      const context = find(input.sync);
      const sizes = await feedSizes(context.pool, input.sync, input.runId);
      const emptied = sizes.find(({ now, withdrawn, added }) => now > 0 && now - withdrawn + added <= 0);
      if (emptied === undefined) return { passed: true, toApply: 0, message: null };
      const measure = { withdrawn: emptied.withdrawn, linked: emptied.now };
      return stopOrPass(context, { runId: input.runId, place: `empty feed of ${emptied.kind}s`, measure }, 0);
    },
  };
}
