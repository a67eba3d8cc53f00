import { openItem } from '../../db/attention';
import { writeAudit } from '../../db/audit';
import { type Couple, couplesOf, couplesWithGone, perhapsMerged, saveCouples } from '../../db/couples';
import { markCrmDue, markGone, stagedCrm } from '../../db/crm-records';
import { inTransaction, type Queryable } from '../../db/pool';
import { type CrmRecord, recordIdOf } from '../../mappings/weavy-webmecanik/crm-record';
import { matchKeyOf } from '../../mappings/weavy-webmecanik/match-key';
import { CrmReason } from '../../mappings/weavy-webmecanik/reasons';
import type { FindWeavyWebmecanik, WeavyWebmecanikContext } from './context';
import { blocksOf, findBy, getMany } from './look-before';
import { stage } from './stage';

const PAGE = 100;

/** What has become of records that are gone in Mautic: merged into another one, or deleted (J19, J20). */
export function createGoneActivities(find: FindWeavyWebmecanik) {
  return {
    /** Couples that lost their Mautic record follow its e-mail or key to the record that is left; the others are orphaned. */
    async followGone(input: {
      sync: string;
      runId: number | null;
    }): Promise<{ relinked: number; orphaned: number }> {
      const context = await find(input.sync);
      const sum = { relinked: 0, orphaned: 0 };
      await lookForMerged(context, input.runId);
      for (let after = 0; ; ) {
        const couples = await couplesWithGone(context.pool, input.sync, 'mautic', after, PAGE);
        const last = couples.at(-1);
        if (last === undefined) return sum;
        for (const kind of ['company', 'person'] as const)
          await followPage(
            context,
            input.runId,
            couples.filter((couple) => couple.kind === kind),
            sum,
          );
        after = last.id;
      }
    },
  };
}

/** A merge shows in a list only as a record that took another one's e-mail: whether that one is still there is asked. */
async function lookForMerged(context: WeavyWebmecanikContext, runId: number | null): Promise<void> {
  const suspects = await perhapsMerged(context.pool, context.slug);
  for (const kind of ['mautic/contact', 'mautic/company'] as const) {
    const ids = suspects.filter((id) => id.startsWith(`${kind}/`)).map((id) => id.slice(kind.length + 1));
    for (const block of blocksOf(ids)) {
      const found = await getMany(context, kind, block);
      const there = new Set(found.map((record) => record.id));
      const gone = block.filter((id) => !there.has(id)).map((id) => `${kind}/${id}`);
      await inTransaction(context.pool, async (tx) => {
        await stage(tx, context, runId, found);
        await markGone(tx, context.slug, gone);
      });
    }
  }
}

async function followPage(
  context: WeavyWebmecanikContext,
  runId: number | null,
  couples: Couple[],
  sum: { relinked: number; orphaned: number },
): Promise<void> {
  const [first] = couples;
  if (first === undefined) return;
  const weavy = await stagedCrm(
    context.pool,
    context.slug,
    couples.map((couple) => couple.weavyRecord ?? ''),
  );
  const keyOf = (couple: Couple) => weavy.get(couple.weavyRecord ?? '')?.matchKey ?? null;
  const found = await findBy(
    context,
    'mautic',
    first.kind,
    couples.flatMap((couple) => keyOf(couple) ?? []),
  );
  for (const couple of couples) {
    const key = keyOf(couple);
    const left = key === null ? undefined : leftOver(context, found, key);
    await inTransaction(context.pool, async (tx) => {
      const isFollowed = left !== undefined && (await relink(tx, context, runId, couple, left));
      if (!isFollowed) await saveCouples(tx, [{ id: couple.id, turn: null, state: 'orphaned' }]);
      sum[isFollowed ? 'relinked' : 'orphaned'] += 1;
    });
  }
}

/** The latest changed of those with the key, then the lowest number. */
function leftOver(context: WeavyWebmecanikContext, found: CrmRecord[], key: string): CrmRecord | undefined {
  return found
    .filter((record) => matchKeyOf(record, context.mapping) === key)
    .sort((a, b) => (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0) || Number(a.id) - Number(b.id))[0];
}

/**
 * The weavy record whose e-mail is that of the record that is left mirrors it; another one that was linked to it is
 * orphaned (settled question 42). False when that other one has the same e-mail: it stays.
 */
async function relink(
  tx: Queryable,
  context: WeavyWebmecanikContext,
  runId: number | null,
  couple: Couple,
  left: CrmRecord,
): Promise<boolean> {
  const winner = recordIdOf(left);
  const gone = couple.mauticRecord;
  await stage(tx, context, runId, [left]);
  const [other] = await couplesOf(tx, context.slug, [winner]);
  if (other !== undefined && other.id !== couple.id) {
    const otherWeavy = (await stagedCrm(tx, context.slug, [other.weavyRecord ?? ''])).get(
      other.weavyRecord ?? '',
    );
    if (otherWeavy?.matchKey === matchKeyOf(left, context.mapping)) return false;
    await saveCouples(tx, [{ id: couple.id, turn: null, mauticRecord: null }]);
    await saveCouples(tx, [{ id: other.id, turn: null, mauticRecord: gone, state: 'orphaned' }]);
    await markCrmDue(tx, context.slug, [other.weavyRecord ?? '']);
  }
  await saveCouples(tx, [
    {
      id: couple.id,
      turn: null,
      mauticRecord: winner,
      origin: 'relinked',
      state: 'active',
      madeCompany: null,
    },
  ]);
  await markCrmDue(tx, context.slug, [winner, couple.weavyRecord ?? '']);
  await writeAudit(tx, {
    sync: context.slug,
    runId,
    recordId: winner,
    kind: left.kind,
    targetId: left.id,
    operation: 'relink',
    changes: [{ field: 'mautic', before: gone, after: winner, rule: 'merged' }],
    rule: 'merged',
  });
  await openItem(tx, context.slug, runId, {
    recordId: winner,
    reason: CrmReason.mergedInMautic,
    detail: { from: gone, to: winner, weavy: couple.weavyRecord },
    severity: 'info',
  });
  return true;
}
