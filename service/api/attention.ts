import { z } from '@hono/zod-openapi';
import { getItem } from '../../db/attention';
import { type ItemListRow, listItems, reasonsOpen } from '../../db/lists/attention';
import type { Language } from '../../mappings/reason-types';
import { attentionView } from '../../operations/attention';
import { Refusal } from '../../operations/refusal';
import { languageOf, reasonsFor } from '../../operations/syncs';
import type { ServiceParts } from '../parts';
import { addOperation, type Desk } from './operation';
import { attentionItem } from './record-answers';
import {
  byNumber,
  byText,
  code,
  language,
  moment,
  pageByNumber,
  pageByText,
  pageOfAll,
  recordId,
  rowNumber,
  slug,
} from './values';

const TAG = 'Attention';
const ITEM = z.strictObject({ item: rowNumber });

/** What needs a person. */
export function addAttention(desk: Desk): void {
  addInbox(desk);
  addReasons(desk);
}

/** An item of a list with its texts. */
function viewOf({ configuration }: ServiceParts, row: ItemListRow, asked: Language | undefined) {
  const item = {
    ...row,
    record_id: row.recordId,
    opened_run: row.openedRun,
    opened_at: row.openedAt,
    seen_at: row.seenAt,
    decided_by: row.decidedBy,
    decided_at: row.decidedAt,
  };
  const words = asked ?? languageOf(configuration, row.sync);
  return {
    ...attentionView(item, reasonsFor(configuration, row.sync), words),
    publicId: row.publicId,
    name: row.name,
  };
}

const itemState = z.enum(['open', 'decided', 'resolved']);

function addInbox(desk: Desk): void {
  addListAttention(desk);
  addGetAttentionItem(desk);
}

function addListAttention(desk: Desk): void {
  const { parts } = desk;
  addOperation(
    desk,
    {
      id: 'listAttention',
      tag: TAG,
      summary: { fr: 'Points à traiter, le plus ancien d’abord', en: 'Attention items, the oldest first' },
      description: 'Without `state`: those that are not over. `record` is a private id; give its sync too.',
      scope: 'read',
      method: 'get',
      path: '/attention',
      query: z.strictObject({
        sync: slug.optional(),
        state: itemState.optional(),
        severity: attentionItem.shape.severity.optional(),
        reason: code.optional(),
        record: recordId.optional(),
        language: language.optional(),
        ...byNumber,
      }),
      answer: pageByNumber(attentionItem),
    },
    async ({ query: { record, language: words, ...asked } }) => {
      const { rows, next } = await listItems(parts.pool, { ...asked, recordId: record });
      return { items: rows.map((row) => viewOf(parts, row, words)), next };
    },
  );
}

function addGetAttentionItem(desk: Desk): void {
  const { parts } = desk;
  addOperation(
    desk,
    {
      id: 'getAttentionItem',
      tag: TAG,
      summary: { fr: 'Un point, avec les décisions possibles', en: 'One item, with the decisions on offer' },
      scope: 'read',
      method: 'get',
      path: '/attention/{item}',
      params: ITEM,
      query: z.strictObject({ language: language.optional() }),
      answer: attentionItem,
      errors: [404],
    },
    async ({ params, query }) => {
      const item = await getItem(parts.pool, params.item);
      if (item === null) throw new Refusal('not-found', `there is no attention item ${params.item}`);
      const words = query.language ?? languageOf(parts.configuration, item.sync);
      return attentionView(item, reasonsFor(parts.configuration, item.sync), words);
    },
  );
}

const openReason = z.object({
  sync: z.string(),
  reason: z.string(),
  severity: attentionItem.shape.severity,
  items: z.number().int(),
  oldestAt: moment,
  what: z.string(),
  decisions: attentionItem.shape.decisions,
});

function addReasons(desk: Desk): void {
  const { pool, configuration } = desk.parts;
  addOperation(
    desk,
    {
      id: 'listOpenReasons',
      tag: TAG,
      summary: {
        fr: 'Points ouverts par raison, avec les décisions possibles',
        en: 'Open items by reason, with the decisions on offer',
      },
      description: 'What can be decided for many at once. `after` and `next` hold `sync/reason`.',
      scope: 'read',
      method: 'get',
      path: '/attention-reasons',
      query: z.strictObject({ sync: slug.optional(), language: language.optional(), ...byText }),
      answer: pageByText(openReason),
    },
    async ({ query }) => {
      const keyOf = (one: { sync: string; reason: string }) => `${one.sync}/${one.reason}`;
      const rows = (await reasonsOpen(pool, query.sync)).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      const { items, next } = pageOfAll(rows, query, keyOf);
      const said = items.map((row) => {
        const words = query.language ?? languageOf(configuration, row.sync);
        const reasons = reasonsFor(configuration, row.sync);
        const decisions = reasons.decisions(row.reason).map(({ code: name, argument, label, effect }) => ({
          code: name,
          argument: argument ?? null,
          label: label[words],
          effect: effect[words],
        }));
        return { ...row, what: reasons.text(row.reason, words).what, decisions };
      });
      return { items: said, next };
    },
  );
}
