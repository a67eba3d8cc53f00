import { Context } from '@temporalio/activity';
import { type AttentionItem, openItem, resolveItems } from '../../db/attention';
import { findLinks, type Link } from '../../db/links';
import type { PlanEntry, PlannedChange } from '../../db/plans';
import type { Candidate } from '../../db/staging';
import {
  assessEntity,
  blanksSomething,
  type TargetEntity,
} from '../../mappings/planexpo-inwink/assess-entity';
import { assessProducts, quantityChange } from '../../mappings/planexpo-inwink/assess-products';
import { ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import { callContext } from '../call-context';
import { heldBy } from './apply-products';
import { type Mapped, type PlanexpoInwinkContext, partnerToCome } from './context';
import { teamChange } from './join-team';
import { answerAboutExisting, correctedLink, takesOver } from './participant-link';
import { type Knowledge, pendingDecisions, standingDecision } from './situation';

/** A record on its way through the plan. */
export interface Draft {
  candidate: Candidate;
  mapped: Mapped;
}

export interface PlanningPage {
  drafts: Draft[];
  knowledge: Knowledge;
  runId: number;
  scope: 'due' | 'all';
  records: 'plan' | 'plan-and-outcomes';
}

/** What was found about one draft, here and on the target. */
interface Found {
  link: Link | null;
  partners: TargetEntity[];
  person: Link | null | 'another-dossier';
  participants: TargetEntity[];
  team: Link | null;
}

/** Compares drafts with what the target holds: one search for partners and one for participants for the whole page. */
export async function planAgainstTarget(
  context: PlanexpoInwinkContext,
  page: PlanningPage,
): Promise<PlanEntry[]> {
  const { drafts } = page;
  if (drafts.length === 0) return [];
  const ids = drafts.map((draft) => draft.candidate.recordId);
  const emails = [...new Set(drafts.map(emailOf).filter((email) => email !== ''))];
  const people = await findLinks(
    context.pool,
    context.slug,
    'participant',
    drafts.flatMap((draft) => draft.candidate.contactKey ?? []),
  );
  const teams = await findLinks(context.pool, context.slug, 'team', ids);
  const partners = groupBy(await context.target.findPartnersByOrderIds(ids, callContext()), (entity) =>
    String(entity.fields['customFields.planexpo_order_id'] ?? ''),
  );
  const participants = groupBy(
    await context.target.findParticipantsByEmails(emails, callContext()),
    (entity) =>
      String(entity.fields.email ?? '')
        .trim()
        .toLowerCase(),
  );
  const entries: PlanEntry[] = [];
  for (const draft of drafts) {
    Context.current().heartbeat();
    const { recordId, contactKey } = draft.candidate;
    const link = page.knowledge.links.get(recordId) ?? null;
    const found: Found = {
      link,
      team: teams.get(recordId) ?? null,
      partners: await withLinked(context, 'exhibitor', link, partners.get(recordId) ?? []),
      ...(await findPerson(
        context,
        draft,
        people.get(contactKey ?? '') ?? null,
        participants.get(emailOf(draft)) ?? [],
      )),
    };
    entries.push(await planRecord(context, page, draft, found));
    if (page.records === 'plan-and-outcomes') await reportSecondPartner(context, page, draft, found);
  }
  return entries;
}

function emailOf({ mapped }: Draft): string {
  return mapped.participant.kind === 'send' ? (mapped.participant.email ?? '') : '';
}

/** The participant's link as the write will see it: its owner may have let go of it, its e-mail may have been corrected. */
async function findPerson(
  context: PlanexpoInwinkContext,
  draft: Draft,
  link: Link | null,
  participants: TargetEntity[],
): Promise<Pick<Found, 'person' | 'participants'>> {
  const { candidate } = draft;
  if (link !== null) {
    const isOurs =
      link.ownerRecord === candidate.recordId || (await takesOver(context, candidate.recordId, link));
    const own = isOurs ? await withLinked(context, 'registered', link, participants) : participants;
    return { person: isOurs ? link : 'another-dossier', participants: own };
  }
  // someone else in the event has the new address already: that participant is taken, the former one left alone
  const corrected =
    participants.length === 0 ? await correctedLink(context, candidate, emailOf(draft)) : null;
  return {
    person: corrected,
    participants: await withLinked(context, 'registered', corrected, participants),
  };
}

/** A linked record that the search did not show (index lag, a reference removed by hand) is read by its id. */
async function withLinked(
  context: PlanexpoInwinkContext,
  kind: 'exhibitor' | 'registered',
  link: Link | null,
  found: TargetEntity[],
): Promise<TargetEntity[]> {
  if (link === null || link.state !== 'active' || found.some((entity) => entity.id === link.targetId))
    return found;
  const entity = await context.target.get(kind, link.targetId, callContext());
  return entity === null ? found : [...found, entity];
}

async function planRecord(
  context: PlanexpoInwinkContext,
  page: PlanningPage,
  draft: Draft,
  found: Found,
): Promise<PlanEntry> {
  const { candidate, mapped } = draft;
  const partner = assessEntity({ desired: mapped.partner, link: found.link, found: found.partners });
  if (partner.kind === 'gone' || partner.kind === 'ambiguous') {
    const reason = partner.kind === 'gone' ? ReasonCode.targetDeleted : ReasonCode.ambiguousTarget;
    return { ...planEntry(candidate, 'held', reason), mappedHash: mapped.hash, needsApply: true };
  }
  const items = page.knowledge.items.get(candidate.recordId) ?? [];
  const partnerId = partner.kind === 'create' ? null : partner.target.id;
  const changes = partner.kind === 'unchanged' ? [] : tag('partner', partnerId, partner.changes);
  if (candidate.parentId !== null && candidate.parent?.partnerId == null)
    changes.push(...tag('partner', partnerId, [affiliationToCome(candidate.parentId)]));
  if (found.person !== 'another-dossier')
    changes.push(...planPerson(context, draft, found, found.person, items));
  changes.push(...planTeam(context, draft, found, partnerId));
  changes.push(...(await planProducts(context, draft, found.link, partnerId)));

  const outcome =
    partner.kind === 'create'
      ? 'created'
      : changes.length > 0 || partner.kind === 'adopt'
        ? 'updated'
        : 'unchanged';
  return {
    ...planEntry(candidate, outcome, null),
    mappedHash: mapped.hash,
    changes,
    notes: mapped.notes,
    blanks: partner.kind !== 'create' && blanksSomething(changes),
    // a dossier that agrees still passes through the steps once when it was never in step under this mapping, or came
    // back from an end that a person answered: the pass closes that answer, so that another end asks again
    needsApply:
      outcome !== 'unchanged' ||
      candidate.settledHash !== mapped.hash ||
      pendingDecisions(items).length > 0 ||
      standingDecision(items) !== null,
  };
}

function planTeam(
  context: PlanexpoInwinkContext,
  draft: Draft,
  found: Found,
  partnerId: string | null,
): PlannedChange[] {
  const { participant } = draft.mapped;
  if (participant.kind !== 'send') return [];
  if (participant.email === null && context.policies.participantWithoutEmail === 'skip') return [];
  const known = found.person === 'another-dossier' ? found.participants[0]?.id : found.person?.targetId;
  const change = teamChange(context, found.team, { partnerId, participantId: known ?? null });
  return change === null ? [] : tag('team', partnerId, [change]);
}

function affiliationToCome(parentId: string): Omit<PlannedChange, 'kind' | 'targetId'> {
  return { field: 'affiliatedToId', before: null, after: partnerToCome(parentId), rule: 'create' };
}

function planPerson(
  context: PlanexpoInwinkContext,
  draft: Draft,
  found: Found,
  link: Link | null,
  items: AttentionItem[],
): PlannedChange[] {
  const { participant } = draft.mapped;
  const answer = answerAboutExisting(items, draft.candidate.contactKey)?.decision;
  const { participantWithoutEmail, adoptParticipants } = context.policies;
  if (participant.kind !== 'send' || answer === 'leave-alone') return [];
  if (participant.email === null && participantWithoutEmail === 'skip') return [];
  const assessed = assessEntity({ desired: participant.fields, link, found: found.participants });
  switch (assessed.kind) {
    case 'create':
      return tag('participant', null, assessed.changes);
    case 'adopt': {
      // the step asks a person first
      if (adoptParticipants === 'ask' && answer !== 'adopt') return [];
      const adoption = { field: '(participant)', before: null, after: assessed.target.id, rule: 'adopt' };
      return tag('participant', assessed.target.id, [adoption, ...assessed.changes]);
    }
    case 'update':
      return tag('participant', assessed.target.id, assessed.changes);
    case 'unchanged':
      return [];
    case 'gone':
    case 'ambiguous':
      // the step itself finds out again and hands it to a person
      return tag('participant', link?.targetId ?? null, [
        { field: '(participant)', before: link?.targetId ?? null, after: null, rule: 'ask' },
      ]);
  }
}

async function planProducts(
  context: PlanexpoInwinkContext,
  draft: Draft,
  link: Link | null,
  partnerId: string | null,
): Promise<PlannedChange[]> {
  const { products } = draft.mapped;
  if (products.length === 0) return [];
  const held = partnerId === null ? new Map<string, number>() : await heldBy(context, { partnerId, link });
  return tag('product', partnerId, assessProducts(products, held).raise.map(quantityChange));
}

/** A second partner with our order id beside the linked one: told, never touched (settled question 17). */
async function reportSecondPartner(
  context: PlanexpoInwinkContext,
  page: PlanningPage,
  { candidate }: Draft,
  { link, partners }: Found,
): Promise<void> {
  if (link === null) return;
  const others = partners.filter((entity) => entity.id !== link.targetId);
  for (const other of others) {
    await openItem(context.pool, context.slug, page.runId, {
      recordId: candidate.recordId,
      reason: ReasonCode.duplicateTarget,
      place: `partner.${other.id}`,
      detail: { linked: link.targetId, other: other.id },
      severity: 'action',
    });
  }
  const items = page.knowledge.items.get(candidate.recordId) ?? [];
  const told = items.some((item) => item.reason === ReasonCode.duplicateTarget);
  if (told && others.length === 0)
    await resolveItems(context.pool, context.slug, candidate.recordId, {
      reasons: [ReasonCode.duplicateTarget],
    });
}

/** An entry that writes nothing. */
export function planEntry(
  candidate: Candidate,
  outcome: PlanEntry['outcome'],
  reason: PlanEntry['reason'],
): PlanEntry {
  return {
    recordId: candidate.recordId,
    depth: candidate.parentId === null ? 0 : 1,
    outcome,
    reason,
    mappedHash: null,
    changes: [],
    notes: [],
    withdraws: false,
    blanks: false,
    needsApply: false,
  };
}

function tag(
  kind: string,
  targetId: string | null,
  changes: Array<Omit<PlannedChange, 'kind' | 'targetId'>>,
): PlannedChange[] {
  return changes.map((change) => ({ kind, targetId, ...change }));
}

function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
