import { openItem, resolveItems } from '../db/attention';
import { SharedReason } from '../mappings/reasons';
import { PlatformFailure } from '../platforms/failure';
import type { SyncContext } from './sync-context';

/** Each account that refuses us is told until it lets us in again. */
export async function tellAccess(
  context: SyncContext,
  runId: number | null,
  found: Record<'source' | 'target', { connection: string | null }>,
): Promise<void> {
  const accounts = { source: context.sourceAccount, target: context.targetAccount };
  for (const side of ['source', 'target'] as const) {
    const [account, problem] = [accounts[side], found[side].connection];
    if (problem === null)
      await resolveItems(context.pool, context.slug, null, {
        reasons: [SharedReason.accessLost],
        place: account,
      });
    else
      await openItem(context.pool, context.slug, runId, {
        recordId: null,
        reason: SharedReason.accessLost,
        place: account,
        detail: { account, problem },
        severity: 'action',
      });
  }
}

/** Null when the platform answers; else why not, in plain words. Outages that pass are left to the retry policy. */
export async function connectionProblem(probe: () => Promise<unknown>): Promise<string | null> {
  try {
    await probe();
    return null;
  } catch (error) {
    if (error instanceof PlatformFailure && !['Transient', 'RateLimited'].includes(error.kind))
      return error.message;
    throw error;
  }
}
