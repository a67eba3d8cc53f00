import { z } from 'zod';
import type { Fields } from '../../mappings/fields';
import type { ProductDefinition } from '../../mappings/planexpo-inwink/mask/mask';
import { FailureKind } from '../failure';
import type { ReadProblem } from '../problem';
import type { EntityKind, InwinkEntity } from './client';
import { flatten } from './field-paths';

// The only file that knows Inwink's wire form. Nearly all of it is assumed: no reference of its API is public. Known
// from public data: `/{eventId}/registered/{id}`, the entity names, and the keys `id`, `name`, `affiliatedToId`,
// `emplacement`, `firstname`. Unknown keys are kept as fields, so that what Inwink holds is compared as it is.

/** Paths below the base address (assumed but for the first two parts of `entity`). */
export const paths = {
  event: (event: string) => [event],
  field: (event: string) => [event, 'field'],
  product: (event: string) => [event, 'product'],
  query: (event: string, kind: EntityKind) => [event, kind, 'query'],
  kind: (event: string, kind: EntityKind) => [event, kind],
  entity: (event: string, kind: EntityKind, id: string) => [event, kind, id],
  quantities: (event: string, partner: string) => [event, 'exhibitor', partner, 'product'],
  quantity: (event: string, partner: string, product: string) => [
    event,
    'exhibitor',
    partner,
    'product',
    product,
  ],
  teamMember: (event: string, partner: string, participant: string) => [
    event,
    'exhibitor',
    partner,
    'account',
    participant,
  ],
};

/** Where Inwink keeps our key: a custom text field made at set-up (assumed; the name is the seed's). */
export const ORDER_ID_FIELD = 'customFields.planexpo_order_id';
export const EMAIL_FIELD = 'email';

export interface Search {
  filter?: { field: string; in: string[] } | { field: string; from: string } | undefined;
  page: number;
  size: number;
}

/** Body of a search (assumed: `$filters` is a guess; operators as in settled question 12). Oldest change first. */
export function searchBody(search: Search): unknown {
  return {
    $filters: filters(search.filter),
    $order: [{ updatedOn: 'asc' }],
    $page: { index: search.page, size: search.size },
  };
}

function filters(filter: Search['filter']): Record<string, unknown> {
  if (filter === undefined) return {};
  return { [filter.field]: 'in' in filter ? { $in: filter.in } : { $gte: filter.from } };
}

/** Query of a list that is read by GET (assumed: the same two words as in a search). */
export function listQuery(page: number, size: number): Record<string, string> {
  return { index: String(page), size: String(size) };
}

const wireEntity = z.looseObject({
  id: z.string().min(1),
  updatedOn: z.string().nullable().optional().catch(null),
});

const ADDRESS_KEYS = ['street', 'street2', 'zipCode', 'city', 'country'];

export const entitySchema = wireEntity.transform((wire): InwinkEntity => {
  const { id, updatedOn, createdOn: _createdOn, ...held } = wire;
  const fields = flatten(held);
  return { id, fields: withEmptyAddress(fields), updatedOn: updatedOn ?? null };
});

/** An address that is null as a whole is one whose every part is null: changes are compared part by part. */
function withEmptyAddress(fields: Fields): Fields {
  if (fields.address !== null) return fields;
  const { address: _address, ...others } = fields;
  for (const key of ADDRESS_KEYS) others[`address.${key}`] = null;
  return others;
}

const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    page: z.object({ index: z.number(), size: z.number(), total: z.number().int().nonnegative() }),
  });

export const entityPageSchema = pageOf(entitySchema);

/** Settled question 12. */
export const productPageSchema = pageOf(
  z
    .object({
      id: z.string().min(1),
      name: z.string(),
      packSize: z.number().nullable().optional(),
      active: z.boolean().optional(),
    })
    .transform(
      (wire): ProductDefinition => ({
        id: wire.id,
        name: wire.name,
        packSize: wire.packSize ?? null,
        active: wire.active ?? true,
      }),
    ),
);

export const eventSchema = z.object({ id: z.string().optional(), name: z.string() });

export const fieldListSchema = z.object({
  items: z.array(
    z.object({
      key: z.string().min(1),
      type: z.string(),
      choices: z.array(z.string()).nullable().optional(),
    }),
  ),
});

const held = z.object({ productId: z.string().min(1), quantity: z.number() });
export const quantitySchema = held;
export const quantitiesSchema = z.object({ items: z.array(held) });

/** Settled question 12. A reply without a body is as good. */
export const teamMemberSchema = z.object({ registeredId: z.string() }).optional();

/** RFC 6749 (assumed). Some servers send the lifetime as text. */
export const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional(),
});

const problem = z.object({
  code: z.string(),
  detail: z.string().nullable().optional().catch(null),
  errors: z.record(z.string(), z.unknown()).nullable().optional().catch(null),
});

const GUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/** Code for "the quantity you send is lower than what is held" (assumed). */
export const QUANTITY_DECREASE = 'QuantityDecreaseNotAllowed';

/**
 * Errors are `application/problem+json` with a `code` (assumed). `Duplicate` names what exists in its `detail`, which
 * is searched for an id and then dropped: it may quote the e-mail.
 */
export function inwinkProblemReader(eventId: string): ReadProblem {
  return (body) => {
    const parsed = problem.safeParse(body);
    if (!parsed.success) return null;
    const { code, detail, errors } = parsed.data;
    const named = new Set((detail ?? '').match(GUID)?.filter((id) => id !== eventId) ?? []);
    const [existingId] = named;
    const isNamed = code === 'Duplicate' && named.size === 1;
    return { code, fields: Object.keys(errors ?? {}), existingId: isNamed ? existingId : undefined };
  };
}

/** Any refusal of a token request is about our credentials or settings, never about a record (RFC 6749: `error`). */
export const readTokenProblem: ReadProblem = (body, status) => {
  const parsed = z.object({ error: z.string() }).safeParse(body);
  const code = parsed.success ? parsed.data.error : undefined;
  const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 425;
  return { code, kind: isRefusal ? FailureKind.accessLost : undefined };
};
