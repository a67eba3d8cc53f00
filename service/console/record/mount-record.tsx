import { ServiceError } from '@temporalio/client';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { type ItemListRow, listItems } from '../../../db/lists/attention';
import { listHistory } from '../../../db/lists/history';
import type { Pool } from '../../../db/pool';
import type { OperationContext } from '../../../operations/context';
import { findRecord } from '../../../operations/find-record';
import { offerFields } from '../../../operations/pivot-cirkwi/offer-fields';
import { dossierView } from '../../../operations/planexpo-inwink/dossier-view';
import { type RecordView, recordParts } from '../../../operations/record-view';
import { recordWords } from '../../../operations/record-words';
import { retryRecord } from '../../../operations/retry';
import { syncOf } from '../../../operations/syncs';
import { requireRole } from '../../access/require-role';
import { operationContext, type ServiceEnv, type ServiceParts } from '../../parts';
import { itemView } from '../attention/item-view';
import { paths } from '../paths';
import { goTo, show } from '../show';
import { type View, viewOf } from '../view';
import { RecordPage, type RecordPageParts } from './record-page';
import { RECORD_WORDS } from './words';

const PATH = '/syncs/:sync/records/:record';
/** Lines of the history on a page. */
const LINES = 100;
/** A record has a few items; this many would be a defect. */
const MOST_ITEMS = 100;

/** One record: both sides, what was written to it, what it needs, another try. */
export function mountRecord(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  pages.get(PATH, (c) => showRecord(c, parts));
  pages.post(`${PATH}/retry`, requireRole('operate'), (c) => retry(c, parts));
}

const named = (c: Context<ServiceEnv>) => ({
  sync: c.req.param('sync') ?? '',
  id: c.req.param('record') ?? '',
});

const beforeSchema = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .optional()
  .catch(undefined);

async function showRecord(c: Context<ServiceEnv>, parts: ServiceParts): Promise<Response> {
  const view = viewOf(c);
  const { sync, id } = named(c);
  const { pair } = syncOf(parts.configuration, sync);
  const context = operationContext(parts, c.get('principal'));
  const page = await pageParts(context, view, {
    sync,
    id,
    before: beforeSchema.parse(c.req.query('before')),
  });
  const { record } = page;
  const words = recordWords(pair, view.language);
  const crumbs = [
    { label: sync, href: paths.sync(sync) },
    { label: words.Many, href: paths.records(sync) },
  ];
  const title = `${words.One} ${record.name ?? record.publicId ?? record.record}`;
  return show(c, { title, crumbs }, <RecordPage view={view} page={page} />);
}

async function pageParts(
  context: OperationContext,
  view: View,
  { sync, id, before }: { sync: string; id: string; before: number | undefined },
): Promise<RecordPageParts> {
  const { configuration, pool } = context;
  const { language } = view;
  const { pair } = syncOf(configuration, sync);
  const found = await findRecord(pool, sync, id);
  // its history is asked for page by page
  const { view: record, drawn } = await recordParts(context, sync, found, { lines: 0, language });
  const ids = idsOf(record);
  const [dossier, fields, items, history] = await Promise.all([
    pair === 'planexpo-inwink' ? dossierView(context, sync, record.record) : null,
    pair === 'pivot-cirkwi' ? offerFields(context, sync, record.record) : null,
    itemsOf(pool, sync, ids),
    listHistory(pool, { sync, recordIds: ids, before, limit: LINES }),
  ]);
  return {
    pair,
    record,
    dossier,
    offerFields: fields,
    drawn: drawn?.pair ?? null,
    items: items.map((item) => itemView(item, configuration, language)),
    history,
    before,
  };
}

/** Of a couple: both records, whose items and history are shown as one. */
function idsOf({ record, couple }: RecordView): string[] {
  const sides = [couple?.mautic, couple?.weavy].flatMap((side) => side?.record ?? []);
  return [...new Set([record, ...sides])];
}

async function itemsOf(pool: Pool, sync: string, recordIds: readonly string[]): Promise<ItemListRow[]> {
  const pages = await Promise.all(
    recordIds.map((recordId) => listItems(pool, { sync, recordId, limit: MOST_ITEMS })),
  );
  // what waits for a person first
  return pages
    .flatMap(({ rows }) => rows)
    .sort((a, b) => (a.severity === b.severity ? a.id - b.id : a.severity === 'action' ? -1 : 1));
}

async function retry(c: Context<ServiceEnv>, parts: ServiceParts): Promise<Response> {
  const words = RECORD_WORDS[viewOf(c).language];
  const { sync, id } = named(c);
  try {
    const { resumed } = await retryRecord(operationContext(parts, c.get('principal')), sync, id);
    return goTo(c, paths.record(sync, id), { kind: 'good', text: resumed ? words.resumed : words.retried });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return goTo(c, paths.record(sync, id), { kind: 'bad', text: words.notRetried });
  }
}
