import { z } from '@hono/zod-openapi';

const CONTROLS = '\\u0000-\\u001f\\u007f-\\u009f';
/** Halves of character pairs, which are no characters: Postgres cannot hold them, and a description cannot speak of them. */
const HALVES = '\\ud800-\\udfff';

/** A text of so many characters (of Unicode, not of UTF-16). */
export function text(from: number, to: number) {
  const pattern = new RegExp(`^[^${CONTROLS}${HALVES}]{${from},${to}}$`, 'u');
  return z
    .string()
    .regex(pattern, `expected ${from} to ${to} characters, none of them a control character`)
    .openapi({ pattern: `^[^${CONTROLS}]*$`, minLength: from, maxLength: to });
}

export const language = z.enum(['fr', 'en']);
export const pair = z.enum(['planexpo-inwink', 'pivot-cirkwi', 'weavy-webmecanik']);

/** The name of a sync in the configuration. */
export const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected lower-case letters, digits and dashes')
  .openapi({ example: 'salon-2027' });

/** The id of a record: in a path with its slashes as `%2F`. */
export const recordId = text(1, 200).openapi({ example: 'mautic/contact/81' });

/** The code of a decision, a reason or a prerequisite. */
export const code = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'expected a code: small letters, digits and dashes');

/** Whatever JSON holds. */
export const json = z.unknown();
export const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const numbers = z.record(z.string(), z.number());

/** A moment, in ISO 8601 and UTC. */
export const moment = z
  .custom<Date | string>((value) => typeof value === 'string' || value instanceof Date)
  .transform((at) => (typeof at === 'string' ? at : at.toISOString()))
  .openapi({ type: 'string', format: 'date-time' });

export const momentOrNull = moment.nullable().openapi({ type: ['string', 'null'], format: 'date-time' });

/** A described schema, or null: `nullable()` would change the description itself. */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.null()]);
}

/** Numbers of rows; the largest that a double tells from its neighbours. */
const LARGEST = Number.MAX_SAFE_INTEGER;
/** Versions are counted in four bytes. */
const LARGEST_VERSION = 2 ** 31 - 1;

/** A whole number in a path or a query. */
export function wholeNumber(from: number, to: number) {
  return z
    .string()
    .regex(/^(0|[1-9]\d{0,15})$/, 'expected a whole number')
    .transform(Number)
    .refine((value) => value >= from && value <= to, `expected ${from} to ${to}`)
    .openapi({ type: 'integer', minimum: from, maximum: to });
}

export const rowNumber = wholeNumber(1, LARGEST);
export const versionNumber = wholeNumber(1, LARGEST_VERSION);
/** The same in a body. */
export const rowNumberInBody = z.number().int().min(1).max(LARGEST);

/** A switch in a query. */
export const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true');

const DEFAULT_LIMIT = 50;
export const MOST_AT_ONCE = 200;

/** How much of a list is asked for. */
export const limit = wholeNumber(1, MOST_AT_ONCE)
  .default(DEFAULT_LIMIT)
  .openapi({ type: 'integer', minimum: 1, maximum: MOST_AT_ONCE, default: DEFAULT_LIMIT });

/** What a page of a list is asked with: `after` is the `next` of the page before. */
export const byNumber = { after: rowNumber.optional(), limit };
/** The same for versions. */
export const byVersion = { after: versionNumber.optional(), limit };
export const byText = { after: text(1, 200).optional(), limit };

/** Part of a list; `next` asks for what follows, and is null at the end. */
export function pageByNumber<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.number().int().nullable() });
}

export function pageByText<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** Part of a list that is small enough to be had whole. `keyOf` is what it is in order of, the newest or first one first. */
export function pageOfAll<Item, Key extends string | number>(
  all: readonly Item[],
  asked: { after?: Key | undefined; limit: number },
  keyOf: (item: Item) => Key,
): { items: Item[]; next: Key | null } {
  const { after } = asked;
  const start = after === undefined ? 0 : firstBehind(all, after, keyOf);
  const items = all.slice(start, start + asked.limit);
  const last = items.at(-1);
  return { items, next: last !== undefined && start + items.length < all.length ? keyOf(last) : null };
}

/** The item itself may have gone since: then the first one that would stand behind it. */
function firstBehind<Item, Key extends string | number>(
  all: readonly Item[],
  after: Key,
  keyOf: (item: Item) => Key,
): number {
  const isBehind = (key: Key) => (typeof key === 'number' ? key < Number(after) : key > String(after));
  const found = all.findIndex((item) => isBehind(keyOf(item)));
  return found < 0 ? all.length : found;
}
