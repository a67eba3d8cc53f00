import {
  type BothSides,
  type Difference,
  difference,
  type HeldEntity,
  type ReconciledDossier,
} from './reconcile-difference';

/** The field that carries Planexpo's private id on both kinds of record. */
const REFERENCE = 'customFields.planexpo_order_id';

/** Who carries which reference of ours: what is missing, there twice, or there without a link. */
export function compareReferences(sides: BothSides): Difference[] {
  return [...partnerReferences(sides), ...participantReferences(sides)];
}

function partnerReferences({ dossiers, partners, partnerLinks }: BothSides): Difference[] {
  const byOrder = groupBy(partners, (partner) => text(partner.fields[REFERENCE]));
  const linked = new Set(partnerLinks.map((link) => link.sourceKey));
  const targets = new Set(partnerLinks.map((link) => link.targetId));
  const known = new Map(dossiers.map((dossier) => [dossier.id, dossier]));

  const missing = dossiers
    .filter(({ id, expected }) => expected.kind === 'in-step' && !linked.has(id) && !byOrder.has(id))
    .map((dossier) => difference(dossier, { kind: 'missing', entity: 'partner', targetIds: [] }));
  const carried = [...byOrder].flatMap(([order, holders]) => {
    const dossier = known.get(order) ?? { id: order, publicId: null };
    const targetIds = holders.map((holder) => holder.id).sort();
    const stray = targetIds.filter((id) => !targets.has(id));
    return [
      ...(targetIds.length > 1
        ? [difference(dossier, { kind: 'duplicate', entity: 'partner', targetIds })]
        : []),
      // beside a linked one it is the duplicate's other half, and told with it
      ...(stray.length > 0 && stray.length === targetIds.length
        ? [difference(dossier, { kind: 'unlinked', entity: 'partner', targetIds: stray })]
        : []),
    ];
  });
  return [...missing, ...carried];
}

/** Participants are known by their e-mail (settled question 14); those that no dossier of ours names are not ours to judge. */
function participantReferences({ dossiers, participants, participantLinks }: BothSides): Difference[] {
  const byEmail = groupBy(participants, (person) => text(person.fields.email).toLowerCase());
  const linked = new Set(participantLinks.map((link) => link.sourceKey));
  const targets = new Set(participantLinks.map((link) => link.targetId));

  const named = contactsOf(dossiers).flatMap(({ dossier, key, email }) => {
    const holders = byEmail.get(email ?? '') ?? [];
    const targetIds = holders.map((holder) => holder.id).sort();
    const found: Difference[] = [];
    if (targetIds.length === 0 && !linked.has(key))
      found.push(difference(dossier, { kind: 'missing', entity: 'participant', targetIds }));
    if (targetIds.length > 1)
      found.push(difference(dossier, { kind: 'duplicate', entity: 'participant', targetIds }));
    if (targetIds.length > 0 && !targetIds.some((id) => targets.has(id)))
      found.push(difference(dossier, { kind: 'unlinked', entity: 'participant', targetIds }));
    return found;
  });
  return [...named, ...strayParticipants(dossiers, participants, targets, byEmail)];
}

/** Participants that carry one of our dossiers' ids and an e-mail that none of them names: made by us, and then cut loose. */
function strayParticipants(
  dossiers: readonly ReconciledDossier[],
  participants: readonly HeldEntity[],
  targets: ReadonlySet<string>,
  byEmail: ReadonlyMap<string, HeldEntity[]>,
): Difference[] {
  const known = new Map(dossiers.map((dossier) => [dossier.id, dossier]));
  const named = new Set(
    contactsOf(dossiers).flatMap(({ email }) => (byEmail.get(email ?? '') ?? []).map(({ id }) => id)),
  );
  return participants.flatMap((person) => {
    const dossier = known.get(text(person.fields[REFERENCE]));
    if (dossier === undefined || targets.has(person.id) || named.has(person.id)) return [];
    return [difference(dossier, { kind: 'unlinked', entity: 'participant', targetIds: [person.id] })];
  });
}

/** Each contact once, with the first dossier that names it. */
function contactsOf(
  dossiers: readonly ReconciledDossier[],
): Array<{ dossier: ReconciledDossier; key: string; email: string | null }> {
  const first = new Map<string, { dossier: ReconciledDossier; key: string; email: string | null }>();
  for (const dossier of dossiers) {
    if (dossier.expected.kind !== 'in-step' || dossier.expected.participant === null) continue;
    const { key, email } = dossier.expected.participant;
    if (!first.has(key)) first.set(key, { dossier, key, email: email?.toLowerCase() ?? null });
  }
  return [...first.values()];
}

/** Records without a reference are nobody's. */
function groupBy(
  entities: readonly HeldEntity[],
  keyOf: (entity: HeldEntity) => string,
): Map<string, HeldEntity[]> {
  const groups = new Map<string, HeldEntity[]>();
  for (const entity of entities) {
    const key = keyOf(entity);
    if (key !== '') groups.set(key, [...(groups.get(key) ?? []), entity]);
  }
  return groups;
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
