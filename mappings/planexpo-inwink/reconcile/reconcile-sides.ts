import { diffFields } from '../../diff-fields';
import type { Fields } from '../../fields';
import {
  type BothSides,
  type Difference,
  difference,
  type HeldEntity,
  type KnownLink,
  type ReconciledDossier,
} from './reconcile-difference';
import { compareReferences } from './reconcile-references';

/**
 * Compares both sides as they were read, by the links and the mapping, and answers every difference, dossier by
 * dossier. Pure. Fields that a person paused, and alterations that the target keeps making of a value, are no drift.
 */
export function reconcileSides(sides: BothSides): Difference[] {
  const partners = new Map(sides.partners.map((entity) => [entity.id, entity]));
  const participants = new Map(sides.participants.map((entity) => [entity.id, entity]));
  const links = new Map(sides.partnerLinks.map((link) => [link.sourceKey, link]));
  const contacts = new Map(sides.participantLinks.map((link) => [link.sourceKey, link]));
  const differences = sides.dossiers.flatMap((dossier) => [
    ...comparePartner(dossier, links.get(dossier.id), partners),
    ...compareParticipant(dossier, contacts, participants),
    ...compareQuantities(dossier, links.get(dossier.id), sides.quantities),
  ]);
  return [...compareReferences(sides), ...differences].sort(byRecord);
}

function comparePartner(
  dossier: ReconciledDossier,
  link: KnownLink | undefined,
  partners: ReadonlyMap<string, HeldEntity>,
): Difference[] {
  const { expected } = dossier;
  if (link === undefined || expected.kind === 'left-alone') return [];
  const held = partners.get(link.targetId);
  const found = { entity: 'partner' as const, targetIds: [link.targetId] };
  if (held === undefined) return [difference(dossier, { kind: 'target-gone', ...found })];
  if (expected.kind === 'dossier-gone') return [difference(dossier, { kind: 'dossier-gone', ...found })];
  const wanted =
    expected.kind === 'in-step' ? expected.partner : expected.kind === 'withdrawn' ? { status: 'Draft' } : {};
  return drift(dossier, 'partner', wanted, held, link);
}

/** A shared participant is compared with the dossier that owns it, and with no other (settled question 14). */
function compareParticipant(
  dossier: ReconciledDossier,
  contacts: ReadonlyMap<string, KnownLink>,
  participants: ReadonlyMap<string, HeldEntity>,
): Difference[] {
  if (dossier.expected.kind !== 'in-step' || dossier.expected.participant === null) return [];
  const { key, fields } = dossier.expected.participant;
  const link = contacts.get(key);
  if (link === undefined || (link.ownerRecord !== null && link.ownerRecord !== dossier.id)) return [];
  const held = participants.get(link.targetId);
  if (held === undefined)
    return [difference(dossier, { kind: 'target-gone', entity: 'participant', targetIds: [link.targetId] })];
  return drift(dossier, 'participant', fields, held, link);
}

/** More than the dossier asks for is no difference: quantities only ever rise (seed). */
function compareQuantities(
  dossier: ReconciledDossier,
  link: KnownLink | undefined,
  quantities: BothSides['quantities'],
): Difference[] {
  const held = link === undefined ? undefined : quantities?.get(link.targetId);
  if (dossier.expected.kind !== 'in-step' || link === undefined || held === undefined) return [];
  return dossier.expected.products
    .filter((product) => (held.get(product.inwinkId) ?? 0) < product.quantity)
    .map((product) =>
      difference(dossier, {
        kind: 'quantity-lower',
        entity: 'product',
        targetIds: [link.targetId],
        field: `product.${product.inwinkId}`,
        held: held.get(product.inwinkId) ?? 0,
        wanted: product.quantity,
      }),
    );
}

function drift(
  dossier: ReconciledDossier,
  entity: 'partner' | 'participant',
  desired: Fields,
  held: HeldEntity,
  link: KnownLink,
): Difference[] {
  const { base, pausedFields } = link;
  return diffFields({ desired, actual: held.fields, base, pausedFields }).changes.map((change) =>
    difference(dossier, {
      kind: 'drift',
      entity,
      targetIds: [held.id],
      field: change.field,
      rule: change.rule,
      held: change.before,
      wanted: change.after,
    }),
  );
}

function byRecord(a: Difference, b: Difference): number {
  return (
    compare(a.record ?? '', b.record ?? '') ||
    compare(a.entity, b.entity) ||
    compare(a.field ?? '', b.field ?? '')
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
