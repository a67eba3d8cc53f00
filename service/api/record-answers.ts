import { z } from '@hono/zod-openapi';
import { outcome } from './run-answers';
import { fieldValue, json, moment, momentOrNull } from './values';

/** Open objects that people read: numbers, names of fields, ids. */
const detail = z.record(z.string(), json);

export const attentionItem = z
  .object({
    id: z.number().int(),
    sync: z.string(),
    record: z.string().nullable(),
    publicId: z.string().nullable().optional(),
    name: z.string().nullable().optional(),
    reason: z.string(),
    place: z.string(),
    severity: z.enum(['action', 'info']),
    state: z.string().openapi({ description: '`open`, `decided` or `resolved`.' }),
    what: z.string(),
    why: z.string(),
    next: z.string(),
    detail,
    decisions: z.array(
      z.object({ code: z.string(), argument: z.string().nullable(), label: z.string(), effect: z.string() }),
    ),
    decision: z.string().nullable(),
    argument: z.string().nullable(),
    decidedBy: z.string().nullable(),
    openedAt: moment,
    seenAt: moment,
  })
  .openapi('AttentionItem', {
    description:
      '`what`, `why` and `next` are for people. `decisions` are on offer while it is open; one with an `argument` needs the id that it names.',
  });

export const recordInList = z
  .object({
    record: z.string(),
    publicId: z.string().nullable(),
    parent: z.string().nullable(),
    name: z.string().nullable(),
    kind: z.string().nullable(),
    status: z.string(),
    outcome: outcome.nullable(),
    reason: z.string().nullable(),
    due: z.boolean(),
    settledAt: momentOrNull,
    deletedAt: momentOrNull,
    openItems: z.number().int(),
  })
  .openapi('RecordInList');

const link = z.object({
  kind: z.string(),
  targetId: z.string(),
  state: z.string(),
  origin: z.string(),
  owner: z.string().nullable(),
  url: z.string().nullable(),
  pausedFields: z.array(z.string()),
  quantities: z.record(z.string(), z.object({ sent: z.number(), stored: z.number() })),
});

export const historyLine = z
  .object({
    at: moment,
    run: z.number().int().nullable(),
    kind: z.string(),
    operation: z.string(),
    targetId: z.string().nullable(),
    field: z.string().nullable(),
    before: json,
    after: json,
    rule: z.string(),
    actor: z.string().nullable(),
  })
  .openapi('HistoryLine', { description: 'One act on a record, or one field of it.' });

export const trackFacts = z.object({
  segments: z.number().int(),
  points: z.number().int(),
  lengthM: z.number(),
  climbM: z.number().nullable(),
  descentM: z.number().nullable(),
  minEleM: z.number().nullable(),
  maxEleM: z.number().nullable(),
});

const offer = z.object({
  object: z
    .object({
      kind: z.string(),
      state: z.string(),
      publishedAt: momentOrNull,
      verifiedAt: momentOrNull,
      cirkwiId: z.string().nullable(),
      url: z.string().nullable(),
      trackHash: z.string().nullable(),
    })
    .nullable(),
  track: z
    .object({
      media: z.string(),
      mediaModifiedAt: z.string().nullable(),
      hash: z.string().nullable(),
      facts: trackFacts.nullable(),
      problem: z.object({ reason: z.string(), what: z.string(), detail: z.string() }).nullable(),
    })
    .nullable(),
  edits: z.array(
    z.object({
      id: z.number().int(),
      state: z.string(),
      cirkwiId: z.string(),
      foundAt: moment,
      endedAt: momentOrNull,
      comparison: detail,
      media: z.string().nullable(),
      replaced: z.array(z.string()),
    }),
  ),
});

const side = z
  .object({
    record: z.string(),
    gone: z.boolean(),
    changedAt: momentOrNull,
    knownSince: momentOrNull,
    url: z.string().nullable(),
  })
  .nullable();

const couple = z.object({
  state: z.string().nullable(),
  origin: z.string().nullable(),
  weavy: side,
  mautic: side,
  fields: z.array(
    z.object({
      weavyField: z.string(),
      mauticField: z.string(),
      direction: z.enum(['both', 'toMautic', 'toWeavy']),
      weavy: fieldValue,
      mautic: fieldValue,
      base: z.object({ weavy: fieldValue, mautic: fieldValue }).nullable(),
      standing: z.enum(['same', 'differs', 'one-side', 'paused']),
      rule: z.string().nullable(),
    }),
  ),
  pausedFields: z.array(z.string()),
  madeCompany: z.string().nullable(),
  bouncedAt: momentOrNull,
  isUnsettled: z.boolean(),
  duplicates: z.array(z.string()),
});

export const record = z
  .object({
    sync: z.string(),
    record: z.string(),
    publicId: z.string().nullable(),
    parent: z.string().nullable(),
    name: z.string().nullable(),
    status: z.string(),
    deletedAt: momentOrNull,
    outcome: z.string().nullable(),
    reason: z.object({ code: z.string(), what: z.string(), next: z.string() }).nullable(),
    unreadable: z.array(z.string()),
    due: z.boolean(),
    changedAt: momentOrNull,
    settledAt: momentOrNull,
    workflow: z.string().nullable(),
    links: z.array(link),
    offer: offer.optional(),
    couple: couple.optional(),
    attention: z.array(attentionItem),
    history: z.array(historyLine),
  })
  .openapi('Record', {
    description:
      'Everything known about a record: links, what it needs, the last lines of its history. `offer` for PIVOT to Cirkwi, `couple` with both sides for weavy and Webmecanik.',
  });
