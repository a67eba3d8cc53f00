import { type AttentionItem, itemsOfRecords, takeUpDecision } from '../../db/attention';
import { writeAudit } from '../../db/audit';
import { type Couple, couplesOf, resetSide, resumePaused, saveCouples } from '../../db/couples';
import { type StagedCrm, stagedCrm } from '../../db/crm-records';
import { inTransaction, type Queryable } from '../../db/pool';
import { CrmReason } from '../../mappings/weavy-webmecanik/reasons';
import type { WeavyWebmecanikContext } from './context';
import { passesOf } from './couple-pass';

/**
 * Puts into effect what people decided about these records, before they are judged. A chosen side of a tie and a stop go
 * on counting; everything else is over once it is heeded.
 */
export async function heedDecisions(
  context: WeavyWebmecanikContext,
  recordIds: readonly string[],
): Promise<void> {
  const couples = await couplesOf(context.pool, context.slug, recordIds);
  const others = couples.flatMap((couple) => [couple.weavyRecord ?? [], couple.mauticRecord ?? []].flat());
  const ids = [...new Set([...recordIds, ...others])];
  const items = await itemsOfRecords(context.pool, context.slug, ids);
  for (const item of items) if (item.state === 'decided') await heed(context, item);
}

async function heed(context: WeavyWebmecanikContext, item: AttentionItem): Promise<void> {
  const { decision } = item;
  if (decision === 'stop' || decision === 'take-weavy' || decision === 'take-mautic') return;
  const recordId = item.record_id ?? '';
  const [couple] = await couplesOf(context.pool, context.slug, [recordId]);
  await inTransaction(context.pool, async (tx) => {
    if (!(await takeUpDecision(tx, item))) return;
    if (couple !== undefined) await carryOut(tx, context, item, couple);
    await writeAudit(tx, {
      sync: context.slug,
      runId: null,
      recordId,
      kind: 'decision',
      targetId: null,
      operation: 'decision',
      changes: [],
      rule: `decision.${decision}`,
      ...(item.decided_by === null ? {} : { actor: item.decided_by }),
    });
  });
}

async function carryOut(
  tx: Queryable,
  context: WeavyWebmecanikContext,
  item: AttentionItem,
  couple: Couple,
): Promise<void> {
  const ids = [couple.weavyRecord ?? '', couple.mauticRecord ?? ''];
  const staged = await stagedCrm(tx, context.slug, ids);
  if (item.decision === 'unlink') await saveCouples(tx, [{ id: couple.id, turn: null, state: 'stopped' }]);
  if (item.decision === 'recreate' && item.reason === CrmReason.counterpartDeleted) {
    const isGone = (recordId: string | null) => recordId !== null && staged.get(recordId)?.gone !== false;
    if (isGone(couple.mauticRecord)) await resetSide(tx, couple.id, 'mautic');
    else if (isGone(couple.weavyRecord)) await resetSide(tx, couple.id, 'weavy');
  }
  if (item.decision === 'resume') await resumePaused(tx, couple.id, item.place, null);
  if (item.decision === 'keep-target') await keepTarget(tx, context, item.place, couple, staged);
}

/** What both sides hold now counts as agreed, until one of them changes. */
async function keepTarget(
  tx: Queryable,
  context: WeavyWebmecanikContext,
  field: string,
  couple: Couple,
  staged: Map<string, StagedCrm>,
): Promise<void> {
  const [pass] = await passesOf(context, [couple.mauticRecord ?? couple.weavyRecord ?? '']);
  const pair = pass?.draft.verdicts.find((verdict) => verdict.pair.weavy === field)?.pair;
  if (pair === undefined) return;
  const held = (recordId: string | null, name: string) =>
    staged.get(recordId ?? '')?.record.fields[name] ?? null;
  await resumePaused(tx, couple.id, field, {
    weavy: held(couple.weavyRecord, pair.weavy),
    mautic: held(couple.mauticRecord, pair.mautic),
  });
}
