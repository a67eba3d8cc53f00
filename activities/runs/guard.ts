import { hasUsedPermission, itemsOfSync, openItem, reopenItem, usePermission } from '../../db/attention';
import { getRun } from '../../db/runs';
import { SharedReason } from '../../mappings/reasons';
import type { SyncContext } from '../sync-context';

export interface GuardVerdict {
  passed: boolean;
  toApply: number;
  message: string | null;
}

/**
 * A person's "allow once" counts for what they saw and no more; it is used up by the run that it lets through. A preview
 * uses nothing up.
 */
export async function stopOrPass(
  context: SyncContext,
  question: { runId: number; place: string; measure: Record<string, number> },
  toApply: number,
): Promise<GuardVerdict> {
  const { pool, slug } = context;
  const { runId, place, measure } = question;
  const passed = { passed: true, toApply, message: null };
  const reason = SharedReason.guardStopped;
  if (await hasUsedPermission(pool, slug, runId, { reason, place })) return passed;
  const items = await itemsOfSync(pool, slug, reason);
  const permission = items.find(
    (item) => item.place === place && item.state === 'decided' && item.decision === 'allow-once',
  );
  if (permission !== undefined && covers(permission.detail, measure)) {
    const isPreview = (await getRun(pool, runId))?.mode === 'plan';
    if (isPreview || (await usePermission(pool, permission, runId))) return passed;
  }
  if (permission !== undefined) await reopenItem(pool, permission, measure);
  else
    await openItem(pool, slug, runId, {
      recordId: null,
      reason,
      place,
      detail: measure,
      severity: 'action',
    });
  const numbers = Object.entries(measure).map(([name, n]) => `${name} ${n}`);
  return {
    passed: false,
    toApply,
    message: `the guard stopped the run (${numbers.join(', ')}): decide the attention item, then run again`,
  };
}

function covers(seen: Record<string, unknown>, now: Record<string, number>): boolean {
  return Object.entries(now).every(([name, n]) => {
    const before = seen[name];
    return name === 'linked' || name === 'known' || (typeof before === 'number' && n <= before);
  });
}
