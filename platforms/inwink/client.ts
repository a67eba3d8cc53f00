import type { Fields } from '../../mappings/fields';
import type { ProductDefinition } from '../../mappings/planexpo-inwink/mask/mask';
import type { CallContext } from '../budget';

/** A partner or a participant as Inwink holds it, flattened: `address.city`, `customFields.planexpo_order_id`. */
export interface InwinkEntity {
  id: string;
  fields: Fields;
  updatedOn: string | null;
}

export type EntityKind = 'exhibitor' | 'registered';

/** The target side. There is no delete, on purpose: nothing here can remove anything from Inwink. */
export interface InwinkTarget {
  testConnection(call?: CallContext): Promise<{ eventId: string; name: string }>;
  listFields(
    kind: EntityKind,
    call?: CallContext,
  ): Promise<Array<{ key: string; type: string; choices?: string[] | undefined }>>;
  listProducts(call?: CallContext): Promise<ProductDefinition[]>;
  /** Everything whose `customFields.planexpo_order_id` is one of `orderIds` (at most 100 a call is sent; all pages are read). */
  findPartnersByOrderIds(orderIds: string[], call?: CallContext): Promise<InwinkEntity[]>;
  findParticipantsByEmails(emails: string[], call?: CallContext): Promise<InwinkEntity[]>;
  findParticipantsByOrderIds(orderIds: string[], call?: CallContext): Promise<InwinkEntity[]>;
  /** `null` when it is gone (404). */
  get(kind: EntityKind, id: string, call?: CallContext): Promise<InwinkEntity | null>;
  /** Not idempotent: a lost reply is an `UnknownOutcome` failure; a known e-mail is a `Conflict` with `existingId`. */
  create(kind: EntityKind, fields: Fields, call?: CallContext): Promise<InwinkEntity>;
  /** Only the given paths change; `null` clears. `Missing` when it is gone. */
  update(kind: EntityKind, id: string, fields: Fields, call?: CallContext): Promise<InwinkEntity>;
  getQuantities(partnerId: string, call?: CallContext): Promise<Map<string, number>>;
  /** Answers what Inwink now holds, which may be more than was sent: quantities never go down. */
  raiseQuantity(partnerId: string, productId: string, quantity: number, call?: CallContext): Promise<number>;
  linkTeamMember(
    partnerId: string,
    participantId: string,
    roles: string[],
    call?: CallContext,
  ): Promise<void>;
  /** One page of partners changed since `updatedSince` (all of them without it), by `updatedOn`, from page 0. */
  listPartners(
    query: { updatedSince?: string | undefined; page: number; size?: number | undefined },
    call?: CallContext,
  ): Promise<{ items: InwinkEntity[]; total: number }>;
  listParticipants(
    query: { updatedSince?: string | undefined; page: number; size?: number | undefined },
    call?: CallContext,
  ): Promise<{ items: InwinkEntity[]; total: number }>;
}
