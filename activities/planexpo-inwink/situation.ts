import type { AttentionItem } from '../../db/attention';
import { itemsOfRecords } from '../../db/attention';
import { findLinks, type Link } from '../../db/links';
import type { Candidate } from '../../db/staging';
import {
  type Decision,
  decideDossier,
  type ParentSituation,
} from '../../mappings/planexpo-inwink/decide-dossier';
import { type DecisionCode, isReasonCode, ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import type { PlanexpoInwinkContext } from './context';

/** Decisions that go on counting after they were taken. */
export const STANDING = ['stop', 'keep', 'unpublish'] as const satisfies readonly DecisionCode[];
/** Decisions that are put into effect once, before the next pass. */
const TO_APPLY: readonly DecisionCode[] = ['recreate', 'relink', 'resume', 'accept', 'retry', 'acknowledge'];

/** Reasons that only tell what the last pass came to: the next one that ends otherwise makes them untrue. */
export const END_REASONS: string[] = [
  ReasonCode.unknownStatus,
  ReasonCode.unreadableRecord,
  ReasonCode.missingName,
  ReasonCode.depth,
  ReasonCode.cancelledAfterSync,
  ReasonCode.refusedAfterSync,
  ReasonCode.deletedAtSource,
  ReasonCode.cancelledParent,
  ReasonCode.targetRefused,
  ReasonCode.targetFailing,
];

/** What Postgres knows about some dossiers, beside their staged bodies. */
export interface Knowledge {
  links: Map<string, Link>;
  items: Map<string, AttentionItem[]>;
}

export async function loadKnowledge(
  context: PlanexpoInwinkContext,
  candidates: Candidate[],
): Promise<Knowledge> {
  const ids = candidates.map((candidate) => candidate.recordId);
  const [links, items] = await Promise.all([
    findLinks(context.pool, context.slug, 'partner', ids),
    itemsOfRecords(context.pool, context.slug, ids),
  ]);
  const byRecord = new Map<string, AttentionItem[]>();
  for (const item of items) {
    const id = item.record_id ?? '';
    byRecord.set(id, [...(byRecord.get(id) ?? []), item]);
  }
  return { links, items: byRecord };
}

/** Answers of people that no pass has put into effect yet, oldest first; their signal may have been lost. */
export function pendingDecisions(items: AttentionItem[]): number[] {
  return items
    .filter((item) => item.state === 'decided' && TO_APPLY.some((code) => code === item.decision))
    .map((item) => item.id);
}

/** The decision about one staged dossier. `parentsInThisPlan` are exhibitors that the same plan brings to Inwink. */
export function decide(
  context: PlanexpoInwinkContext,
  candidate: Candidate,
  knowledge: Knowledge,
  parentsInThisPlan: ReadonlySet<string>,
): Decision {
  const items = knowledge.items.get(candidate.recordId) ?? [];
  const link = knowledge.links.get(candidate.recordId) ?? null;
  return decideDossier({
    dossier: candidate.deleted ? null : candidate.dossier,
    testDossiers: context.policies.testDossiers,
    whenCancelled: context.policies.cancelled,
    link: link === null ? null : { origin: link.origin },
    parent: parentSituation(context, candidate, parentsInThisPlan),
    openReasons: items
      .filter((item) => item.state === 'open')
      .flatMap((item) => (isReasonCode(item.reason) ? [item.reason] : [])),
    standing: standingDecision(items),
  });
}

/** The last answer that still counts, if any. */
export function standingDecision(items: AttentionItem[]): DecisionCode | null {
  const decided = items.filter((item) => item.state === 'decided').map((item) => item.decision);
  return STANDING.findLast((code) => decided.includes(code)) ?? null;
}

function parentSituation(
  context: PlanexpoInwinkContext,
  candidate: Candidate,
  parentsInThisPlan: ReadonlySet<string>,
): ParentSituation {
  const { parent, parentId } = candidate;
  if (parentId === null || parent === null) return 'none';
  if (!parent.found || parent.dossier === null) return 'unknown';
  if (parent.parentId !== null) return 'itself-a-child';
  if (parent.deleted) return 'deleted';
  const { dossier } = parent;
  const declaredTest = context.policies.testDossiers.some(
    (id) => id === dossier.id || id === dossier.publicId,
  );
  if (dossier.isTest || declaredTest) return 'test';
  if (dossier.status === 'cancelled' || dossier.status === 'refused') return 'cancelled';
  if (parentsInThisPlan.has(parentId)) return 'linked';
  if (parent.outcome === 'held' || parent.outcome === 'refused') return 'held';
  if (parent.partnerId !== null) return parent.linkState === 'active' ? 'linked' : 'held';
  return 'not-there-yet';
}
