import type { Link } from '../../db/links';
import { allLinks } from '../../db/reading';
import type { Candidate } from '../../db/staging';
import { contactKeyOf } from '../../mappings/planexpo-inwink/contact-key';
import type { Dossier } from '../../mappings/planexpo-inwink/dossier';
import { ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import type {
  Difference,
  Expectation,
  HeldEntity,
  ReconciledDossier,
} from '../../mappings/planexpo-inwink/reconcile/reconcile-difference';
import { reconcileSides } from '../../mappings/planexpo-inwink/reconcile/reconcile-sides';
import type { EntityKind } from '../../platforms/inwink/client';
import { readAllPages } from '../../platforms/inwink/paged-read';
import { inwinkRules } from '../../platforms/inwink/rules';
import { loadMappingState, type MappingState, mapForTarget, type PlanexpoInwinkContext } from './context';
import { readEveryDossier, type SourceSide } from './reconcile-source';
import { decide, type Knowledge, loadKnowledge } from './situation';

export interface Reconciliation {
  read: { dossiers: number; unreadable: number; partners: number; participants: number; links: number };
  /** Dossiers that Inwink should show as they are, and those of them without any difference. */
  expected: number;
  inStep: number;
  differences: Difference[];
}

/**
 * Reads everything on both sides anew and compares it: not with what a run staged, so that a fault of the runs shows
 * too. Writes nothing, here and there. Rejects as the platform clients do; half a reading is never compared.
 */
export async function reconcile(
  context: PlanexpoInwinkContext,
  options: { quantities: 'compare' | 'leave' },
): Promise<Reconciliation> {
  const [partnerLinks, participantLinks, state] = await Promise.all([
    allLinks(context.pool, context.slug, 'partner'),
    allLinks(context.pool, context.slug, 'participant'),
    loadMappingState(context),
  ]);
  const source = await readEveryDossier(
    context.source,
    partnerLinks.map((link) => link.sourceKey),
  );
  const partners = await readEverything(context, 'exhibitor', partnerLinks);
  const participants = await readEverything(context, 'registered', participantLinks);
  const dossiers = await expectations(
    context,
    state,
    source,
    new Map(partnerLinks.map((l) => [l.sourceKey, l])),
  );
  const quantities =
    options.quantities === 'leave' ? null : await readQuantities(context, dossiers, partnerLinks, partners);
  const differences = reconcileSides({
    dossiers,
    partners,
    participants,
    partnerLinks,
    participantLinks,
    quantities,
  });

  const expected = dossiers.filter((dossier) => dossier.expected.kind === 'in-step');
  const differing = new Set(differences.map((found) => found.record));
  return {
    read: {
      dossiers: source.dossiers.size,
      unreadable: source.unreadable.size,
      partners: partners.length,
      participants: participants.length,
      links: partnerLinks.length + participantLinks.length,
    },
    expected: expected.length,
    inStep: expected.filter((dossier) => !differing.has(dossier.id)).length,
    differences,
  };
}

/** Every page; and linked records that the list does not show are read by id before they count as gone (index lag). */
async function readEverything(
  { target }: PlanexpoInwinkContext,
  kind: EntityKind,
  links: readonly Link[],
): Promise<HeldEntity[]> {
  const listed = await readAllPages(`POST /${kind}/query`, inwinkRules.maxPageSize, async (page, size) => {
    const { items, total } = await (kind === 'exhibitor'
      ? target.listPartners({ page, size })
      : target.listParticipants({ page, size }));
    return { items, page: { total, size } };
  });
  const seen = new Set(listed.map((entity) => entity.id));
  const found: HeldEntity[] = [...listed];
  for (const { targetId } of links) {
    if (seen.has(targetId)) continue;
    const entity = await target.get(kind, targetId);
    if (entity !== null) found.push(entity);
  }
  return found;
}

/** What each dossier asks of Inwink, by the very code that plans and runs decide with. */
async function expectations(
  context: PlanexpoInwinkContext,
  state: MappingState,
  source: SourceSide,
  links: ReadonlyMap<string, Link>,
): Promise<ReconciledDossier[]> {
  const gone = [...links.keys()].filter((id) => !source.dossiers.has(id) && !source.unreadable.has(id));
  const candidates = [
    ...[...source.dossiers.values()].map((dossier) => candidateOf(dossier.id, dossier, source, links)),
    ...gone.map((id) => candidateOf(id, null, source, links)),
  ];
  const knowledge = await loadKnowledge(context, candidates);
  return candidates.map((candidate) => ({
    id: candidate.recordId,
    publicId: candidate.publicId,
    expected: expectationOf(context, state, candidate, knowledge),
  }));
}

function expectationOf(
  context: PlanexpoInwinkContext,
  state: MappingState,
  candidate: Candidate,
  knowledge: Knowledge,
): Expectation {
  const decision = decide(context, candidate, knowledge, new Set());
  if (decision.kind === 'withdraw') return { kind: 'withdrawn' };
  if (decision.kind === 'settled') {
    if (decision.reason === ReasonCode.stoppedByDecision || decision.reason === ReasonCode.keptByDecision)
      return { kind: 'left-alone' };
    return { kind: candidate.deleted ? 'dossier-gone' : 'not-compared' };
  }
  if (candidate.dossier === null) return { kind: 'not-compared' };
  const mapped = mapForTarget(context, state, candidate.dossier, candidate.parent);
  if (mapped.problems.length > 0) return { kind: 'not-compared' };
  return {
    kind: 'in-step',
    partner: mapped.partner,
    participant: sent(context, candidate, knowledge) ? personOf(candidate, mapped) : null,
    products: mapped.products,
  };
}

function personOf(candidate: Candidate, { participant }: ReturnType<typeof mapForTarget>) {
  if (participant.kind !== 'send' || candidate.contactKey === null) return null;
  return { key: candidate.contactKey, email: participant.email, fields: participant.fields };
}

/** Contacts without an e-mail are not sent unless the sync says so, nor those that a person wants left alone. */
function sent(context: PlanexpoInwinkContext, candidate: Candidate, knowledge: Knowledge): boolean {
  const withoutEmail = candidate.contactKey === `dossier:${candidate.recordId}`;
  if (withoutEmail && context.policies.participantWithoutEmail === 'skip') return false;
  const items = knowledge.items.get(candidate.recordId) ?? [];
  return !items.some((item) => item.state === 'decided' && item.decision === 'leave-alone');
}

/** The dossier in the form that decisions are made from, filled from the source itself in place of what was staged. */
function candidateOf(
  id: string,
  dossier: Dossier | null,
  source: SourceSide,
  links: ReadonlyMap<string, Link>,
): Candidate {
  const parentId = dossier?.parentId ?? null;
  const parent = parentId === null ? undefined : source.dossiers.get(parentId);
  const parentLink = parentId === null ? undefined : links.get(parentId);
  return {
    recordId: id,
    status: dossier?.status ?? 'deleted',
    publicId: dossier?.publicId ?? null,
    dossier,
    unreadable: null,
    bodyHash: '',
    deleted: dossier === null,
    due: false,
    dueMark: 0,
    outcome: null,
    reason: null,
    settledHash: null,
    contactKey: dossier === null ? null : contactKeyOf(dossier),
    parentId,
    parent:
      parentId === null
        ? null
        : {
            found: parent !== undefined,
            status: parent?.status ?? null,
            dossier: parent ?? null,
            parentId: parent?.parentId ?? null,
            deleted: false,
            outcome: null,
            partnerId: parentLink?.targetId ?? null,
            linkState: parentLink?.state ?? null,
          },
  };
}

/** One call for each linked partner whose dossier has products: only when asked for. */
async function readQuantities(
  { target }: PlanexpoInwinkContext,
  dossiers: readonly ReconciledDossier[],
  links: readonly Link[],
  partners: readonly HeldEntity[],
): Promise<Map<string, Map<string, number>>> {
  const targets = new Map(links.map((link) => [link.sourceKey, link.targetId]));
  const present = new Set(partners.map((partner) => partner.id));
  const held = new Map<string, Map<string, number>>();
  for (const { id, expected } of dossiers) {
    const targetId = targets.get(id);
    if (expected.kind !== 'in-step' || expected.products.length === 0) continue;
    if (targetId !== undefined && present.has(targetId))
      held.set(targetId, await target.getQuantities(targetId));
  }
  return held;
}
