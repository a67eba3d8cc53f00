import type { Base } from '../../diff-fields';
import type { Fields, FieldValue } from '../../fields';

/** A partner or participant as Inwink holds it. */
export interface HeldEntity {
  id: string;
  fields: Fields;
}

export interface KnownLink {
  sourceKey: string;
  targetId: string;
  ownerRecord: string | null;
  base: Base;
  pausedFields: readonly string[];
}

/** What a dossier asks of Inwink today. */
export type Expectation =
  | {
      kind: 'in-step';
      partner: Fields;
      /** Null: no contact, or one that is not sent. `key` names the contact's link. */
      participant: { key: string; email: string | null; fields: Fields } | null;
      products: ReadonlyArray<{ inwinkId: string; quantity: number }>;
    }
  /** The partner is to be a draft. */
  | { kind: 'withdrawn' }
  /** Out of scope, waiting or held: its fields are nobody's promise. */
  | { kind: 'not-compared' }
  /** A person said that nothing is to happen any more. */
  | { kind: 'left-alone' }
  /** Planexpo no longer has the dossier, and nothing was decided about its partner. */
  | { kind: 'dossier-gone' };

export interface ReconciledDossier {
  id: string;
  publicId: string | null;
  expected: Expectation;
}

export interface BothSides {
  dossiers: readonly ReconciledDossier[];
  partners: readonly HeldEntity[];
  participants: readonly HeldEntity[];
  partnerLinks: readonly KnownLink[];
  participantLinks: readonly KnownLink[];
  /** Partner id -> product id -> quantity; null when quantities are not compared. */
  quantities: ReadonlyMap<string, ReadonlyMap<string, number>> | null;
}

export type DifferenceKind =
  /** Nothing in Inwink for a dossier that asks for it. */
  | 'missing'
  /** Linked, and no longer in Inwink. */
  | 'target-gone'
  /** Several with the same reference. */
  | 'duplicate'
  /** In Inwink with a reference of ours, without a link. */
  | 'unlinked'
  /** Linked, and its dossier is no longer in Planexpo. */
  | 'dossier-gone'
  /** A field is not what the dossier asks for. */
  | 'drift'
  /** Inwink holds less of a product than the dossier has. */
  | 'quantity-lower';

/** One difference. Values of fields are personal data: whoever prints them asks first. */
export interface Difference {
  kind: DifferenceKind;
  entity: 'partner' | 'participant' | 'product';
  /** Planexpo's private order id; null when no dossier is concerned. */
  record: string | null;
  publicId: string | null;
  targetIds: string[];
  field: string | null;
  rule: string | null;
  held: FieldValue;
  wanted: FieldValue;
}

/** A difference of one dossier; `null` for records that belong to none. */
export function difference(
  dossier: { id: string; publicId: string | null } | null,
  found: Pick<Difference, 'kind' | 'entity' | 'targetIds'> & Partial<Difference>,
): Difference {
  return {
    record: dossier?.id ?? null,
    publicId: dossier?.publicId ?? null,
    field: null,
    rule: null,
    held: null,
    wanted: null,
    ...found,
  };
}
