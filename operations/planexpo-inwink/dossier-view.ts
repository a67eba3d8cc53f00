import { createContexts } from '../../activities/contexts';
import { loadMappingState, type Mapped, mapForTarget } from '../../activities/planexpo-inwink/context';
import { findLink, type Link } from '../../db/links';
import { candidatesById } from '../../db/staging';
import { sameValue } from '../../mappings/diff-fields';
import type { FieldNote, Fields, FieldValue } from '../../mappings/fields';
import type { OperationContext } from '../context';

/**
 * How a field stands: as acknowledged; the source asks for something else now; Inwink stored it in its own way; paused until
 * a person answers; the source no longer speaks of it, so it is left as it is.
 */
export type DossierStanding = 'same' | 'to-send' | 'altered' | 'paused' | 'left';

/** One field of the target: what the mapping makes of the dossier now, and what Inwink acknowledged last. */
export interface DossierField {
  field: string;
  /** Null also for a blank. */
  mapped: FieldValue;
  /** Null when it was never sent. */
  base: { sent: FieldValue; stored: FieldValue } | null;
  standing: DossierStanding;
}

export interface DossierProduct {
  planexpoId: string | null;
  inwinkId: string;
  /** As the mask names it; null for one that the mask no longer has. */
  name: string | null;
  /** What the dossier asks for now; null when it no longer does. */
  wanted: number | null;
  sent: number | null;
  stored: number | null;
}

/** A dossier as it would be sent now beside what Inwink acknowledged: the page of a record shows it. */
export interface DossierView {
  partner: DossierField[];
  participant: DossierField[];
  /** Why there is no participant to send; null when there is one. */
  noParticipant: 'no-contact' | 'contact-cleared' | null;
  /** The dossier that owns the participant, when it is not this one. */
  participantOwner: string | null;
  products: DossierProduct[];
  /** Products of the dossier that the mask does not speak of. */
  unmappedItems: string[];
  notes: FieldNote[];
}

/**
 * By the very code that plans and runs map with, on what was read last: no platform is asked. Null for a dossier that is
 * not there or cannot be read.
 */
export async function dossierView(
  { configuration, pool }: Pick<OperationContext, 'configuration' | 'pool'>,
  slug: string,
  recordId: string,
): Promise<DossierView | null> {
  const context = createContexts(configuration, pool).of('planexpo-inwink')(slug);
  const [[candidate], state] = await Promise.all([
    candidatesById(pool, slug, [recordId]),
    loadMappingState(context),
  ]);
  if (candidate == null || candidate.dossier === null) return null;
  const mapped = mapForTarget(context, state, candidate.dossier, candidate.parent);
  const { contactKey } = candidate;
  const [partner, person] = await Promise.all([
    findLink(pool, slug, 'partner', recordId),
    contactKey === null ? null : findLink(pool, slug, 'participant', contactKey),
  ]);
  const owner = person?.ownerRecord ?? null;
  return {
    partner: fieldsOf(mapped.partner, partner),
    participant: mapped.participant.kind === 'send' ? fieldsOf(mapped.participant.fields, person) : [],
    noParticipant: mapped.participant.kind === 'none' ? mapped.participant.reason : null,
    participantOwner: owner === recordId ? null : owner,
    products: productsOf(mapped, state.mask?.rows ?? [], partner),
    unmappedItems: mapped.unmappedItems,
    notes: mapped.notes,
  };
}

function fieldsOf(mapped: Fields, link: Link | null): DossierField[] {
  const base = link?.base ?? {};
  const names = [...new Set([...Object.keys(mapped), ...Object.keys(base)])].sort();
  return names.map((field) => {
    const known = base[field] ?? null;
    const value = Object.hasOwn(mapped, field) ? (mapped[field] ?? null) : undefined;
    const standing = link?.pausedFields.includes(field) ? 'paused' : standingOf(value, known);
    return { field, mapped: value ?? null, base: known, standing };
  });
}

/** As `diffFields` sees it, with the last agreement in place of a look at the target. */
function standingOf(mapped: FieldValue | undefined, base: DossierField['base']): DossierStanding {
  if (mapped === undefined) return 'left';
  if (base === null) return sameValue(mapped, null) ? 'same' : 'to-send';
  if (!sameValue(mapped, base.sent)) return 'to-send';
  return sameValue(base.sent, base.stored) ? 'same' : 'altered';
}

function productsOf(
  { products }: Mapped,
  rows: ReadonlyArray<{ planexpoId: string; inwinkId: string; inwinkName: string }>,
  link: Link | null,
): DossierProduct[] {
  const sent = link?.quantities ?? {};
  const wanted = new Map(products.map((product) => [product.inwinkId, product.quantity]));
  const byInwinkId = new Map(rows.map((row) => [row.inwinkId, row]));
  return [...new Set([...wanted.keys(), ...Object.keys(sent)])].map((inwinkId) => {
    const row = byInwinkId.get(inwinkId);
    return {
      planexpoId: row?.planexpoId ?? null,
      inwinkId,
      name: row?.inwinkName ?? null,
      wanted: wanted.get(inwinkId) ?? null,
      sent: sent[inwinkId]?.sent ?? null,
      stored: sent[inwinkId]?.stored ?? null,
    };
  });
}
