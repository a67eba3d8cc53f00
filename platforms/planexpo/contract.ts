import { z } from 'zod';
import type { Dossier } from '../../mappings/planexpo-inwink/dossier';
import type { ProductDefinition } from '../../mappings/planexpo-inwink/mask/mask';
import { FailureKind } from '../failure';
import type { ReadProblem } from '../problem';

// The only file that knows Planexpo's wire form, all of it assumed: no documentation of its API is public. The names
// follow the one public address known (`/{event}/api/...`) and the ids in the customer's text. Unknown keys are
// ignored, unknown words (statuses, kinds, civilities) are kept as they are, and an absent key stays absent.

/** Paths below the base address (assumed). */
export const paths = {
  ping: (event: string) => [event, 'api', 'ping'],
  orders: (event: string) => [event, 'api', 'orders'],
  order: (event: string, orderId: string) => [event, 'api', 'orders', orderId],
  products: (event: string) => [event, 'api', 'products'],
};

const expected = (what: string) => ({
  error: (issue: { input?: unknown }) => (issue.input === undefined ? 'missing' : `expected ${what}`),
});

const anObject = expected('an object');

/** Ids are opaque text (assumed); a whole number is taken as its digits. */
const id = z.union([z.string().min(1), z.number().int().transform(String)], expected('an id'));
const text = z
  .union([z.string(), z.number().transform(String)], expected('text'))
  .nullable()
  .optional();
const moment = z.iso.datetime({ offset: true, ...expected('a date-time with a zone') });

const address = z.object(
  { line1: text, line2: text, postal_code: text, city: text, country: text },
  anObject,
);

const contact = z.object(
  {
    contact_id: text,
    civility: text,
    last_name: text,
    first_name: text,
    email: text,
    company: text,
    position: text,
    phone_1: text,
    phone_2: text,
    language: text,
  },
  anObject,
);

const item = z.object(
  {
    product_id: id,
    name: z.string(expected('text')),
    kind: z.string(expected('text')).nullable().optional(),
    quantity: z.number(expected('a number')),
    unit_label: text,
  },
  anObject,
);

const content = z.object(
  {
    company: z.object(
      {
        name: z.string(expected('text')),
        website: text,
        address: address.nullable().optional(),
      },
      anObject,
    ),
    booking_contact: contact.nullable().optional(),
    placement: z
      .object({ state: text, stand_number: text, space: text, aisle: text }, anObject)
      .nullable()
      .optional(),
    items: z.array(item, expected('a list')).nullable().optional(),
    /** Embedded form. Anything but a list makes the row unreadable: its children must not look deleted. */
    co_exhibitors: z.array(z.unknown(), expected('a list')).nullable().optional(),
  },
  anObject,
);
type Content = z.infer<typeof content>;
export type DossierContent = Pick<Dossier, 'company' | 'bookingContact' | 'placement' | 'items'>;

const order = content.extend({
  order_id: id,
  public_order_id: id,
  parent_order_id: id.nullable().optional(),
  status: z.string(expected('text')),
  is_test: z.boolean(expected('true or false')).nullable().optional(),
  version: z.number(expected('a number')).nullable().optional(),
  updated_at: moment,
  validated_at: text,
});
type Order = z.infer<typeof order>;

const page = z.object({ data: z.array(z.unknown()), next_cursor: z.string().min(1).nullable() });

/** Rows stay unknown here: each is judged alone by `readOrder`. */
export const orderPageSchema = page.extend({ server_time: moment });

/** One dossier, judged by `parseOrder` like a row of a page. */
export const orderSchema = z.looseObject({});

export const pingSchema = z.object({ event: z.string(), event_name: z.string(), server_time: moment });

const product = z
  .object({
    product_id: id,
    name: z.string(),
    pack_size: z.number().nullable().optional(),
    active: z.boolean().optional(),
  })
  .transform(
    (wire): ProductDefinition => ({
      id: wire.product_id,
      name: wire.name,
      packSize: wire.pack_size ?? null,
      active: wire.active ?? true,
    }),
  );
export const productPageSchema = page.extend({ data: z.array(product) });

const problem = z.object({ error: z.object({ code: z.string() }) });

/** Errors are `{"error":{"code","message"}}` (assumed). The message is dropped: it may quote the record. */
export const readPlanexpoProblem: ReadProblem = (body) => {
  const parsed = problem.safeParse(body);
  if (!parsed.success) return null;
  const { code } = parsed.data.error;
  // The cursor of a page expires (assumed): not a refused record, the read starts again.
  return { code, kind: code === 'invalid_cursor' ? FailureKind.conflict : undefined };
};

/** What a row says, or why it cannot be read; its id and its embedded rows are given wherever they can be made out. */
export type ParsedRow<T> = { id: string | null; embedded: unknown[] } & (
  | { kind: 'read'; value: T }
  | { kind: 'unreadable'; problems: string[] }
);

export function parseOrder(row: unknown): ParsedRow<Dossier> {
  return parsedRow(order, row, 'order_id', dossierOf);
}

/** The part of a dossier that an embedded co-exhibitor has of its own (assumed form, settled question 16). */
export function parseCoExhibitor(row: unknown): ParsedRow<DossierContent> {
  return parsedRow(content, row, 'co_id', contentOf);
}

function parsedRow<Wire, T>(
  schema: z.ZodType<Wire>,
  row: unknown,
  idKey: 'order_id' | 'co_id',
  toOurs: (wire: Wire) => T,
): ParsedRow<T> {
  const keyed = z.object({ [idKey]: id }).safeParse(row);
  const nested = z.object({ co_exhibitors: z.array(z.unknown()) }).safeParse(row);
  const known = {
    id: keyed.success ? (keyed.data[idKey] ?? null) : null,
    embedded: nested.success ? nested.data.co_exhibitors : [],
  };
  const parsed = schema.safeParse(row);
  if (parsed.success) return { ...known, kind: 'read', value: toOurs(parsed.data) };
  return { ...known, kind: 'unreadable', problems: problemsOf(parsed.error) };
}

function dossierOf(wire: Order): Dossier {
  return {
    id: wire.order_id,
    publicId: wire.public_order_id,
    parentId: wire.parent_order_id ?? null,
    status: wire.status,
    isTest: wire.is_test ?? false,
    ...(typeof wire.version === 'number' ? { version: wire.version } : {}),
    updatedAt: wire.updated_at,
    ...(wire.validated_at === undefined ? {} : { validatedAt: wire.validated_at }),
    ...contentOf(wire),
  };
}

function contentOf(wire: Content): DossierContent {
  const { company, booking_contact: booking, placement } = wire;
  return {
    company: {
      name: company.name,
      ...renamed(company, { website: 'website' }),
      ...(company.address === undefined
        ? {}
        : { address: company.address && renamed(company.address, ADDRESS) }),
    },
    ...(booking === undefined ? {} : { bookingContact: booking && renamed(booking, CONTACT) }),
    ...(placement === undefined ? {} : { placement: placement && renamed(placement, PLACEMENT) }),
    items: (wire.items ?? []).map((line) => ({
      productId: line.product_id,
      name: line.name,
      ...(typeof line.kind === 'string' ? { kind: line.kind } : {}),
      quantity: line.quantity,
      ...renamed(line, { unitLabel: 'unit_label' }),
    })),
  };
}

const ADDRESS = {
  line1: 'line1',
  line2: 'line2',
  postalCode: 'postal_code',
  city: 'city',
  country: 'country',
} as const;
const CONTACT = {
  contactId: 'contact_id',
  civility: 'civility',
  lastName: 'last_name',
  firstName: 'first_name',
  email: 'email',
  company: 'company',
  position: 'position',
  phone1: 'phone_1',
  phone2: 'phone_2',
  language: 'language',
} as const;
const PLACEMENT = { state: 'state', standNumber: 'stand_number', space: 'space', aisle: 'aisle' } as const;

type Text = string | null | undefined;

/** Our names for the wire's texts; an absent key stays absent, because absent and null mean different things. */
function renamed<Ours extends string, Theirs extends string>(
  wire: Partial<Record<Theirs, Text>>,
  names: Record<Ours, Theirs>,
): Partial<Record<Ours, string | null>> {
  const result: Partial<Record<Ours, string | null>> = {};
  for (const ours in names) {
    const value = wire[names[ours]];
    if (value !== undefined) result[ours] = value;
  }
  return result;
}

/** Paths and expectations; what stood there instead may be personal and stays out. */
function problemsOf(error: z.ZodError): string[] {
  return error.issues.slice(0, 20).map((issue) => `${issue.path.join('.') || 'row'}: ${issue.message}`);
}
