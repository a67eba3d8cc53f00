import { z } from 'zod';

const ms = z.number().int().min(0);

/** Which requests a fault touches. */
const target = {
  /** `POST /{eventId}/exhibitor` (as in stats), or with a real path, or `POST *`, or `*` (default). */
  route: z.string().default('*'),
  /** Only requests whose JSON body holds this value at this dotted path. */
  where: z.object({ field: z.string(), equals: z.unknown() }).optional(),
  /** How many matching requests pass untouched first. */
  after: z.number().int().min(0).default(0),
  /** How often it happens. Default: once; for ever with `rate`, and for the standing rules `refuse` and `alter`. */
  count: z.number().int().min(1).optional(),
  /** Share of matching requests, drawn with `seed`. */
  rate: z.number().min(0).max(1).optional(),
  seed: z.number().int().default(1),
};

/** `true` = the request takes effect before its reply goes wrong. */
const commit = z.boolean();

export const faultSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    status: z.number().int().min(400).max(599),
    code: z.string().default('Injected'),
    retryAfterSeconds: z.number().min(0).optional(),
    commit: commit.default(false),
    ...target,
  }),
  /** `before` = a slow server that commits late, maybe after its caller gave up; `after` = a slow reply. */
  z.object({
    kind: z.literal('latency'),
    ms,
    when: z.enum(['before', 'after']).default('before'),
    ...target,
  }),
  z.object({ kind: z.literal('commit-then-drop'), ...target }),
  z.object({ kind: z.literal('drop-before'), ...target }),
  z.object({ kind: z.literal('hang'), commit: commit.default(false), ...target }),
  /** `promised` = the headers tell of the whole body and the line is cut; `sent` = half a body that passes for a whole one. */
  z.object({
    kind: z.literal('truncate'),
    length: z.enum(['promised', 'sent']).default('promised'),
    ...target,
  }),
  /** The list in the reply is empty, with status 200. Of effect where the platform's searches heed it. */
  z.object({ kind: z.literal('empty-list'), ...target }),
  /** A proxy's page in place of JSON. */
  z.object({
    kind: z.literal('html'),
    status: z.number().int().default(502),
    commit: commit.default(false),
    ...target,
  }),
  /** A row created by the matching request is found by searches only after `ms`. */
  z.object({ kind: z.literal('index-lag'), ms, ...target }),
  /** The matching request, and every request to this server until then, is answered 429. */
  z.object({ kind: z.literal('retry-after'), seconds: z.number().min(0), ...target }),
  z.object({ kind: z.literal('expire-tokens'), ...target }),
  z.object({ kind: z.literal('expire-cursors'), ...target }),
  /** A standing rule: this record is refused by the platform, whatever is tried. */
  z.object({
    kind: z.literal('refuse'),
    status: z.number().int().min(400).max(499).default(400),
    code: z.string().default('ValidationFailed'),
    field: z.string(),
    equals: z.unknown(),
    message: z.string().default('The value is not accepted.'),
    ...target,
  }),
  /** A standing rule: the platform stores something else than it was sent. `drop` = it ignores the field. */
  z.object({
    kind: z.literal('alter'),
    field: z.string(),
    how: z.discriminatedUnion('as', [
      z.object({ as: z.literal('truncate'), length: z.number().int().min(0) }),
      z.object({ as: z.literal('uppercase') }),
      z.object({ as: z.literal('replace'), value: z.unknown() }),
      z.object({ as: z.literal('drop') }),
    ]),
    ...target,
  }),
  /** Someone changes a record at the very moment of the matching request, just before it takes effect. */
  z.object({
    kind: z.literal('person'),
    records: z.string(),
    change: z.lazy(() => personChangeSchema),
    ...target,
  }),
]);

export const personChangeSchema = z.object({
  action: z.enum(['upsert', 'patch', 'delete']),
  id: z.string().optional(),
  value: z.record(z.string(), z.unknown()).optional(),
  unset: z.array(z.string()).optional(),
  keepVersion: z.boolean().optional(),
  keepUpdatedAt: z.boolean().optional(),
});

/** A fault as the server keeps it. */
export type Fault = z.output<typeof faultSchema>;
/** A fault as a test writes it: everything with a default may be left out. */
export type FaultInput = z.input<typeof faultSchema>;
