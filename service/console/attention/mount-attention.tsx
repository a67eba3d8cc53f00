import { ServiceError } from '@temporalio/client';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { itemCounts, listItems, reasonsOpen } from '../../../db/lists/attention';
import type { Language } from '../../../mappings/reason-types';
import { decide, undoDecision } from '../../../operations/decide';
import { type DecidedMany, decideMany, MOST_DECIDED } from '../../../operations/decide-many';
import { Refusal } from '../../../operations/refusal';
import { reasonsFor } from '../../../operations/syncs';
import { requireRole } from '../../access/require-role';
import { formListsOf, formOf } from '../../form';
import { operationContext, type ServiceEnv, type ServiceParts } from '../../parts';
import { paths } from '../paths';
import { goTo, show } from '../show';
import { viewOf } from '../view';
import { type Asked, askedOf, itemPage } from './asked';
import { AttentionPage, type Inbox } from './attention-page';
import { pathBack } from './came-from';
import { itemView, offersOf } from './item-view';
import { ATTENTION_WORDS, followsText, refusalText } from './words';

/** The inbox of what needs a person, and the answers to it. */
export function mountAttention(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  pages.get(paths.attention, async (c) => {
    const view = viewOf(c);
    const inbox = await inboxOf(parts, askedOf(c), view.language);
    return show(
      c,
      { title: ATTENTION_WORDS[view.language].title },
      <AttentionPage view={view} inbox={inbox} />,
    );
  });
  pages.post(`${paths.attention}/decide`, requireRole('operate'), (c) => answerMany(c, parts));
  pages.post(`${paths.attention}/:id{\\d{1,15}}/decide`, requireRole('operate'), (c) => answerOne(c, parts));
  pages.post(`${paths.attention}/:id{\\d{1,15}}/undo`, requireRole('operate'), (c) => takeBack(c, parts));
}

async function inboxOf(parts: ServiceParts, asked: Asked, language: Language): Promise<Inbox> {
  const { configuration, pool } = parts;
  const [counts, reasons, page] = await Promise.all([
    itemCounts(pool),
    reasonsOpen(pool, asked.sync),
    itemPage(pool, asked),
  ]);
  const views = (rows: typeof page.action) => rows.map((row) => itemView(row, configuration, language));
  const isOne = asked.sync !== undefined && asked.reason !== undefined;
  const ofReason = reasons.filter(({ reason }) => reason === asked.reason);
  const offers = ofReason.flatMap((open) => offersOf(open, configuration, language));
  return {
    asked,
    syncs: [...new Set([...Object.keys(configuration.syncs), ...counts.map(({ sync }) => sync)])],
    counts,
    reasons: reasons.map((open) => ({
      ...open,
      what: reasonsFor(configuration, open.sync).text(open.reason, language).what,
    })),
    action: views(page.action),
    info: views(page.info),
    next: page.next,
    // the same reason of two pairs may be answered in different ways: each code once
    offers: [...new Map(offers.map((offer) => [offer.code, offer])).values()],
    openOfReason: isOne
      ? {
          items: ofReason.reduce((sum, { items }) => sum + items, 0),
          newest: Math.max(0, ...ofReason.map(({ newest }) => newest)),
        }
      : null,
  };
}

const oneSchema = z.object({ decision: z.string().max(100), argument: z.string().max(200).optional() });

async function answerOne(c: Context<ServiceEnv>, parts: ServiceParts): Promise<Response> {
  const { language } = viewOf(c);
  const words = ATTENTION_WORDS[language];
  const body = await formOf(c);
  const asked = oneSchema.safeParse(body);
  const id = Number(c.req.param('id'));
  if (!asked.success) return goTo(c, pathBack(body), { kind: 'bad', text: words.missing });
  const { decision, argument } = asked.data;
  try {
    const { offer, follows } = await decide(
      operationContext(parts, c.get('principal')),
      id,
      decision,
      argument,
    );
    const text = `${words.answered} ${offer.label[language]}. ${followsText(follows, language)}`;
    return goTo(c, pathBack(body), { kind: 'good', text });
  } catch (error) {
    return goBackRefused(c, body, id, error);
  }
}

async function takeBack(c: Context<ServiceEnv>, parts: ServiceParts): Promise<Response> {
  const body = await formOf(c);
  const id = Number(c.req.param('id'));
  try {
    await undoDecision(operationContext(parts, c.get('principal')), id);
    return goTo(c, pathBack(body), { kind: 'good', text: ATTENTION_WORDS[viewOf(c).language].undone });
  } catch (error) {
    return goBackRefused(c, body, id, error);
  }
}

/** What cannot be done is told where it was asked for; without Temporal the item was opened again. Defects go on to the log. */
function goBackRefused(
  c: Context<ServiceEnv>,
  body: Record<string, unknown>,
  id: number,
  error: unknown,
): Response {
  if (!(error instanceof Refusal || error instanceof ServiceError)) throw error;
  const { language } = viewOf(c);
  const why = refusalText(error instanceof Refusal ? error.kind : 'unavailable', language);
  return goTo(c, pathBack(body), { kind: 'bad', text: `${ATTENTION_WORDS[language].item} ${id} (${why}).` });
}

const ids = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(z.string().regex(/^\d{1,15}$/)).max(MOST_DECIDED),
);
const manySchema = z.object({
  which: z.enum(['ticked', 'all']).default('ticked'),
  item: ids,
  decision: z.string().max(100),
  sync: z.string().max(100).optional(),
  reason: z.string().max(100),
  /** Of all: the last one that the person knew of. What came since was not seen by anybody. */
  newest: z.coerce.number().int().min(0).default(0),
});

async function answerMany(c: Context<ServiceEnv>, parts: ServiceParts): Promise<Response> {
  const { language } = viewOf(c);
  const words = ATTENTION_WORDS[language];
  const body = await formListsOf(c);
  const asked = manySchema.safeParse(body);
  if (!asked.success) return goTo(c, pathBack(body), { kind: 'bad', text: words.nobodyTicked });
  const { which, decision, sync, reason, newest } = asked.data;
  const chosen =
    which === 'all' && sync !== undefined
      ? await openOf(parts, { sync, reason, upTo: newest })
      : { items: asked.data.item.map(Number), left: 0 };
  if (chosen.items.length === 0) return goTo(c, pathBack(body), { kind: 'bad', text: words.nobodyTicked });
  const result = await decideMany(operationContext(parts, c.get('principal')), chosen.items, decision);
  return goTo(c, pathBack(body), {
    kind: result.refused.length > 0 ? 'warn' : 'good',
    text: manyText(result, chosen.left, language),
  });
}

async function openOf(
  { pool }: ServiceParts,
  asked: { sync: string; reason: string; upTo: number },
): Promise<{ items: number[]; left: number }> {
  const { rows } = await listItems(pool, { ...asked, state: 'open', limit: MOST_DECIDED });
  const open = (await reasonsOpen(pool, asked.sync)).filter(({ reason }) => reason === asked.reason);
  const all = open.reduce((sum, { items }) => sum + items, 0);
  return { items: rows.map(({ id }) => id), left: Math.max(0, all - rows.length) };
}

/** How many refusals a notice names. */
const NAMED = 8;

/** `12 decisions noted. 2 refused: item 45 (...), item 46 (...).` */
function manyText({ done, refused }: DecidedMany, left: number, language: Language): string {
  const words = ATTENTION_WORDS[language];
  const named = refused
    .slice(0, NAMED)
    .map(({ item, kind }) => `${words.item.toLowerCase()} ${item} (${refusalText(kind, language)})`);
  const more = refused.length - named.length;
  return [
    words.doneMany(done),
    ...(refused.length === 0
      ? []
      : [
          `${words.refusedMany(refused.length)} ${[...named, ...(more > 0 ? [words.more(more)] : [])].join(', ')}.`,
        ]),
    ...(left > 0 ? [words.leftMany(left)] : []),
  ].join(' ');
}
