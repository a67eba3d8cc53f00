import { Context } from '@temporalio/activity';
import { openItem } from '../../db/attention';
import { findLinks, type Link } from '../../db/links';
import { saveOutcomes } from '../../db/outcomes';
import { type PlanEntry, type PlannedChange, savePlanEntries } from '../../db/plans';
import { inTransaction } from '../../db/pool';
import { type Candidate, candidatesById, nextCandidates } from '../../db/staging';
import {
  assessEntity,
  blanksSomething,
  type TargetEntity,
} from '../../mappings/planexpo-inwink/assess-entity';
import { assessProducts, quantityChange } from '../../mappings/planexpo-inwink/assess-products';
import { ReasonCode, reasonWeight } from '../../mappings/planexpo-inwink/reasons';
import {
  type FindContext,
  loadMappingState,
  type Mapped,
  type MappingState,
  mapForTarget,
  type SyncContext,
} from './context';
import { decide, type Knowledge, loadKnowledge } from './situation';
import { callContext } from './sync-entity';

/** Records one attempt plans: one search on the target for each hundred. */
const PAGE = 100;
/** Outcomes after which a record with the same mapped fields needs no look at the target. */
const IN_STEP = ['created', 'updated', 'unchanged'];

export interface PlanInput {
  sync: string;
  runId: number;
  /** `due` looks at what changed or waits; `all` compares every record with its target. */
  scope: 'due' | 'all';
  after: string;
  /** Only these records. */
  only: string[] | null;
  /** A preview keeps nothing but the plan; a run also records the outcome of what needs no write. */
  records: 'plan' | 'plan-and-outcomes';
}

export interface PlanPage {
  planned: number;
  /** Where the next page starts; null after the last. */
  after: string | null;
}

/** A record on its way through the plan. */
interface Draft {
  candidate: Candidate;
  mapped: Mapped;
}

/** Planning: reads the target in bulk and stores what a run would do, by the same pure functions that a run uses. */
export function createPlanActivities(find: FindContext) {
  return {
    async planPage(input: PlanInput): Promise<PlanPage> {
      const context = find(input.sync);
      const state = await loadMappingState(context);
      const candidates = await page(context, input);
      const knowledge = await loadKnowledge(context, candidates);
      const parents = await parentsToCome(context, candidates, knowledge);
      const entries: PlanEntry[] = [];
      const drafts: Draft[] = [];
      for (const candidate of candidates) {
        const draft = planWithoutTarget(context, state, candidate, knowledge, parents, input.scope);
        if ('mapped' in draft) drafts.push(draft);
        else entries.push(draft);
      }
      entries.push(...(await planAgainstTarget(context, drafts, knowledge, input.scope)));
      await store(context, input, candidates, entries);
      const last = candidates.at(-1)?.recordId ?? null;
      return {
        planned: candidates.length,
        after: input.only !== null || candidates.length < PAGE ? null : last,
      };
    },
  };
}

async function page(context: SyncContext, input: PlanInput): Promise<Candidate[]> {
  if (input.only !== null) return candidatesById(context.pool, input.sync, input.only);
  return nextCandidates(context.pool, {
    sync: input.sync,
    after: input.after,
    limit: PAGE,
    scope: input.scope,
  });
}

/** Exhibitors without a partner that a run would create: their co-exhibitors can follow in the same run. */
async function parentsToCome(
  context: SyncContext,
  candidates: Candidate[],
  knowledge: Knowledge,
): Promise<Set<string>> {
  const missing = new Set(
    candidates.flatMap((c) => (c.parentId !== null && c.parent?.partnerId == null ? [c.parentId] : [])),
  );
  if (missing.size === 0) return missing;
  const parents = await candidatesById(context.pool, context.slug, [...missing]);
  const known = await loadKnowledge(context, parents);
  for (const [id, link] of knowledge.links) known.links.set(id, link);
  return new Set(
    parents.filter((p) => decide(context, p, known, new Set()).kind === 'sync').map((p) => p.recordId),
  );
}

/** Everything that needs no look at the target; the rest comes back as a draft. */
function planWithoutTarget(
  context: SyncContext,
  state: MappingState,
  candidate: Candidate,
  knowledge: Knowledge,
  parents: ReadonlySet<string>,
  scope: PlanInput['scope'],
): PlanEntry | Draft {
  if (candidate.unreadable !== null && !candidate.deleted)
    return entry(candidate, 'refused', ReasonCode.unreadableRecord);
  const decision = decide(context, candidate, knowledge, parents);
  if (decision.kind === 'settled') return entry(candidate, decision.outcome, decision.reason);
  if (decision.kind === 'withdraw')
    return planWithdrawal(candidate, knowledge.links.get(candidate.recordId), decision.reason);
  if (candidate.dossier === null) return entry(candidate, 'refused', ReasonCode.unreadableRecord);
  const mapped = mapForTarget(context, state, candidate.dossier, candidate.parent);
  const problem = mapped.problems[0];
  if (problem !== undefined) return entry(candidate, 'refused', problem.reason);
  const inStep =
    candidate.outcome !== null &&
    IN_STEP.includes(candidate.outcome) &&
    candidate.settledHash === mapped.hash;
  if (inStep && scope === 'due') return { ...entry(candidate, 'unchanged', null), mappedHash: mapped.hash };
  return { candidate, mapped };
}

function planWithdrawal(candidate: Candidate, link: Link | undefined, reason: ReasonCode): PlanEntry {
  const before = link?.base.status?.stored ?? null;
  if (before === 'Draft') return entry(candidate, 'unchanged', reason);
  const change: PlannedChange = {
    kind: 'partner',
    targetId: link?.targetId ?? null,
    field: 'status',
    before,
    after: 'Draft',
    rule: 'withdraw',
  };
  return { ...entry(candidate, 'withdrawn', reason), changes: [change], withdraws: true, needsApply: true };
}

async function planAgainstTarget(
  context: SyncContext,
  drafts: Draft[],
  knowledge: Knowledge,
  scope: PlanInput['scope'],
): Promise<PlanEntry[]> {
  if (drafts.length === 0) return [];
  const keys = drafts.flatMap((draft) => draft.candidate.contactKey ?? []);
  const emails = drafts.flatMap(({ mapped }) =>
    mapped.participant.kind === 'send' && mapped.participant.email !== null ? [mapped.participant.email] : [],
  );
  const people = await findLinks(context.pool, context.slug, 'participant', keys);
  const partners = groupBy(
    await context.target.findPartnersByOrderIds(
      drafts.map((d) => d.candidate.recordId),
      callContext(),
    ),
    (entity) => String(entity.fields['customFields.planexpo_order_id'] ?? ''),
  );
  const participants = groupBy(
    await context.target.findParticipantsByEmails([...new Set(emails)], callContext()),
    (entity) => String(entity.fields.email ?? '').toLowerCase(),
  );
  const entries: PlanEntry[] = [];
  for (const draft of drafts) {
    Context.current().heartbeat();
    const link = knowledge.links.get(draft.candidate.recordId) ?? null;
    const ofDossier = await withLinked(
      context,
      'exhibitor',
      link,
      partners.get(draft.candidate.recordId) ?? [],
    );
    const partner = ofDossier.find((entity) => entity.id === link?.targetId) ?? null;
    const held =
      scope === 'all' && partner !== null && draft.mapped.products.length > 0
        ? await context.target.getQuantities(partner.id, callContext())
        : null;
    const person = people.get(draft.candidate.contactKey ?? '') ?? null;
    const email = draft.mapped.participant.kind === 'send' ? (draft.mapped.participant.email ?? '') : '';
    entries.push(
      await planRecord(context, draft, {
        link,
        partners: ofDossier,
        person:
          person?.ownerRecord === draft.candidate.recordId || person === null ? person : 'another-dossier',
        participants: await withLinked(context, 'registered', person, participants.get(email) ?? []),
        held: held ?? new Map(Object.entries(link?.quantities ?? {}).map(([id, q]) => [id, q.stored])),
      }),
    );
  }
  return entries;
}

/** A linked record that the search did not show (index lag, a reference removed by hand) is read by its id. */
async function withLinked(
  context: SyncContext,
  kind: 'exhibitor' | 'registered',
  link: Link | null,
  found: TargetEntity[],
): Promise<TargetEntity[]> {
  if (link === null || link.state !== 'active' || found.some((entity) => entity.id === link.targetId))
    return found;
  const entity = await context.target.get(kind, link.targetId, callContext());
  return entity === null ? found : [...found, entity];
}

interface Found {
  link: Link | null;
  partners: TargetEntity[];
  person: Link | null | 'another-dossier';
  participants: TargetEntity[];
  held: Map<string, number>;
}

async function planRecord(context: SyncContext, draft: Draft, found: Found): Promise<PlanEntry> {
  const { candidate, mapped } = draft;
  const partner = assessEntity({ desired: mapped.partner, link: found.link, found: found.partners });
  if (partner.kind === 'gone')
    return {
      ...entry(candidate, 'held', ReasonCode.targetDeleted),
      mappedHash: mapped.hash,
      needsApply: true,
    };
  if (partner.kind === 'ambiguous')
    return {
      ...entry(candidate, 'held', ReasonCode.ambiguousTarget),
      mappedHash: mapped.hash,
      needsApply: true,
    };
  await reportSecondPartner(context, candidate, found);

  const changes: PlannedChange[] = [];
  if (partner.kind !== 'unchanged')
    changes.push(...tag('partner', partner.kind === 'create' ? null : partner.target.id, partner.changes));
  const adoptsPartner = partner.kind === 'adopt';
  const person =
    mapped.participant.kind === 'send' && found.person !== 'another-dossier'
      ? planPerson(context, draft, found, found.person)
      : [];
  changes.push(...person);
  const products = assessProducts(mapped.products, found.held);
  changes.push(...tag('product', found.link?.targetId ?? null, products.raise.map(quantityChange)));

  const outcome =
    partner.kind === 'create' ? 'created' : changes.length > 0 || adoptsPartner ? 'updated' : 'unchanged';
  return {
    ...entry(candidate, outcome, null),
    mappedHash: mapped.hash,
    changes,
    notes: mapped.notes,
    blanks: partner.kind !== 'create' && blanksSomething(changes),
    // a dossier that agrees but was never in step under this mapping still passes through the steps once
    needsApply: outcome !== 'unchanged' || candidate.settledHash !== mapped.hash,
  };
}

function planPerson(context: SyncContext, draft: Draft, found: Found, link: Link | null): PlannedChange[] {
  const { participant } = draft.mapped;
  if (participant.kind !== 'send') return [];
  if (participant.email === null && context.policies.participantWithoutEmail === 'skip') return [];
  const assessed = assessEntity({ desired: participant.fields, link, found: found.participants });
  switch (assessed.kind) {
    case 'create':
      return tag('participant', null, assessed.changes);
    case 'adopt': {
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

/** A second partner with our order id beside the linked one: told, never touched (settled question 17). */
async function reportSecondPartner(context: SyncContext, candidate: Candidate, found: Found): Promise<void> {
  const others =
    found.link === null ? [] : found.partners.filter((entity) => entity.id !== found.link?.targetId);
  for (const other of others) {
    await openItem(context.pool, context.slug, null, {
      recordId: candidate.recordId,
      reason: ReasonCode.duplicateTarget,
      place: `partner.${other.id}`,
      detail: { linked: found.link?.targetId, other: other.id },
      severity: 'action',
    });
  }
}

/** Stores the page; records that need no write get their outcome here, without a workflow of their own. */
async function store(
  context: SyncContext,
  input: PlanInput,
  candidates: Candidate[],
  entries: PlanEntry[],
): Promise<void> {
  const byId = new Map(candidates.map((candidate) => [candidate.recordId, candidate]));
  await inTransaction(context.pool, async (tx) => {
    await savePlanEntries(tx, input.runId, entries);
    if (input.records === 'plan') return;
    const settled = entries.filter((e) => !e.needsApply);
    await saveOutcomes(
      tx,
      input.sync,
      input.runId,
      settled.flatMap((e) => {
        const candidate = byId.get(e.recordId);
        if (candidate === undefined) return [];
        return [
          {
            recordId: e.recordId,
            outcome: e.outcome,
            reason: e.reason,
            writes: 0,
            settledHash: e.mappedHash,
            bodyHash: candidate.bodyHash,
          },
        ];
      }),
    );
    for (const e of settled) {
      if (
        e.reason === null ||
        !['held', 'refused'].includes(e.outcome) ||
        reasonWeight(e.reason) === 'silent'
      )
        continue;
      const problems = byId.get(e.recordId)?.unreadable;
      await openItem(tx, input.sync, input.runId, {
        recordId: e.recordId,
        reason: e.reason,
        detail: problems ? { problems } : {},
        severity: 'action',
      });
    }
  });
}

function entry(candidate: Candidate, outcome: PlanEntry['outcome'], reason: PlanEntry['reason']): PlanEntry {
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
