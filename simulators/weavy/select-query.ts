import { z } from 'zod';
import { badRequest } from './problems';

/** Default and maximum number of rows: the default is documented, that nothing more is possible is assumed. */
const MAX_ROWS = 1000;

const anyCase = <const W extends readonly [string, ...string[]]>(words: W) =>
  z.string().toLowerCase().pipe(z.enum(words));

/** Documented or seen: the first five. The others are assumed, in the same style. */
const OPERATORS = [
  'equal',
  'startwith',
  'greaterthanorequal',
  'greaterthan',
  'lessthan',
  'lessthanorequal',
  'notequal',
  'contain',
  'endwith',
  'in',
  'isnull',
  'isnotnull',
] as const;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const filterSchema = z.object({
  filterKey: z.string().min(1),
  fieldName: z.string(),
  operator: anyCase(OPERATORS),
  filterValues: z.array(scalar).default([]),
  /** Takes the place of a missing value before it is compared. */
  ifNullValue: scalar.optional(),
  companyCode: z.string().optional(),
});

const groupSchema = z.object({
  groupKey: z.string().optional(),
  groupLogicalOperator: anyCase(['and', 'or']).default('and'),
  filterKeys: z.array(z.string()).default([]),
  groupKeys: z.array(z.string()).default([]),
});

const querySchema = z.object({
  companyCode: z.string().optional(),
  entityName: z.string(),
  srvAttrib: z.number().int().default(0),
  srvExport: z.number().int().optional(),
  // more than the maximum is cut down without a word (assumed: the worst case for a client that counts rows)
  limit: z
    .number()
    .int()
    .min(1)
    .default(MAX_ROWS)
    .transform((limit) => Math.min(limit, MAX_ROWS)),
  offset: z.number().int().min(0).default(0),
  returnFields: z
    .array(z.object({ fieldName: z.string(), aliasName: z.string().min(1).optional() }))
    .optional(),
  filterFields: z.array(filterSchema).default([]),
  filterGroups: z.array(groupSchema).default([]),
  sortFields: z
    .array(
      z.object({
        fieldName: z.string(),
        sortOrder: anyCase(['ascending', 'descending']).default('ascending'),
      }),
    )
    .default([]),
});

export type SelectQuery = z.output<typeof querySchema>;
export type SelectFilter = z.output<typeof filterSchema>;
export type SelectGroup = z.output<typeof groupSchema>;

export function parsedSelect(body: unknown): SelectQuery {
  const parsed = querySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not understood'}`);
}
