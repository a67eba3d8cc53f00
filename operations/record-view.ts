import { createContexts } from '../activities/contexts';
import { atWork } from '../activities/weavy-webmecanik/find-at-work';
import { itemsOfRecords } from '../db/attention';
import { auditOfRecord } from '../db/audit';
import { linksOfRecord, type StagedSummary } from '../db/reading';
import type { Language, Reasons } from '../mappings/reason-types';
import { type AttentionView, attentionView } from './attention';
import type { OperationContext } from './context';
import { type OfferParts, type OfferView, offerParts } from './pivot-cirkwi/offer-view';
import { targetUrl, workflowUrl } from './record-links';
import { reasonsFor, syncOf } from './syncs';
import { type CoupleView, coupleView } from './weavy-webmecanik/couple-view';

/** One record with everything known about it: what `show --json` prints. Times are ISO 8601. */
export interface RecordView {
  sync: string;
  record: string;
  publicId: string | null;
  parent: string | null;
  name: string | null;
  status: string;
  deletedAt: string | null;
  outcome: string | null;
  reason: { code: string; what: string; next: string } | null;
  unreadable: string[];
  due: boolean;
  changedAt: string | null;
  settledAt: string | null;
  workflow: string | null;
  links: LinkView[];
  /** Of an offer only. */
  offer?: OfferView;
  /** Of a CRM record only: both sides. Its items and history are those of both. */
  couple?: CoupleView;
  attention: AttentionView[];
  /** Newest first. */
  history: HistoryLine[];
}

export interface LinkView {
  kind: string;
  targetId: string;
  state: string;
  origin: string;
  /** The dossier whose values the target holds; another one's when it is shared. */
  owner: string | null;
  url: string | null;
  pausedFields: string[];
  quantities: Record<string, { sent: number; stored: number }>;
}

export interface HistoryLine {
  at: string;
  run: number | null;
  kind: string;
  operation: string;
  targetId: string | null;
  field: string | null;
  before: unknown;
  after: unknown;
  rule: string;
  actor: string | null;
}

export interface RecordAsked {
  /** Lines of its history. */
  lines: number;
  /** @default the sync's own */
  language?: Language | undefined;
}

/** Everything known about a record. No platform is asked. */
export async function recordView(
  context: OperationContext,
  slug: string,
  record: StagedSummary,
  asked: RecordAsked,
): Promise<RecordView> {
  return (await recordParts(context, slug, record, asked)).view;
}

/** The same with the lines of an edited track, to be drawn; null where nobody edited one. */
export async function recordParts(
  context: OperationContext,
  slug: string,
  record: StagedSummary,
  { lines, language: asked }: RecordAsked,
): Promise<{ view: RecordView; drawn: OfferParts['drawn'] }> {
  const sync = syncOf(context.configuration, slug);
  const language = asked ?? sync.language;
  const parts =
    sync.pair === 'pivot-cirkwi' ? await offerParts(context, slug, record.recordId, language) : null;
  const couple = await coupleOfRecord(context, slug, record.recordId);
  const found = { record, offer: parts?.offer ?? null, couple, lines };
  return { view: await viewOf(context, slug, found, language), drawn: parts?.drawn ?? null };
}

/** Null for the pairs whose records have one side only. */
async function coupleOfRecord(
  { configuration, pool }: OperationContext,
  slug: string,
  recordId: string,
): Promise<CoupleView | null> {
  const sync = syncOf(configuration, slug);
  if (sync.pair !== 'weavy-webmecanik') return null;
  const context = await atWork(createContexts(configuration, pool).of(sync.pair)(slug));
  return coupleView(context, configuration, sync, recordId);
}

interface Found {
  record: StagedSummary;
  offer: OfferView | null;
  couple: CoupleView | null;
  lines: number;
}

async function viewOf(
  { configuration, pool }: OperationContext,
  slug: string,
  { record, offer, couple, lines }: Found,
  language: Language,
): Promise<RecordView> {
  const sync = syncOf(configuration, slug);
  const reasons = reasonsFor(configuration, slug);
  const ids = [record.recordId, ...[couple?.mautic, couple?.weavy].flatMap((side) => side?.record ?? [])];
  const ownIds = [...new Set(ids)];
  const [links, items, history] = await Promise.all([
    linksOfRecord(pool, slug, record),
    itemsOfRecords(pool, slug, ownIds),
    Promise.all(ownIds.map((id) => auditOfRecord(pool, slug, id, lines))),
  ]);
  return {
    sync: slug,
    record: record.recordId,
    publicId: record.publicId,
    parent: record.parentId,
    name: record.name,
    status: record.status,
    deletedAt: iso(record.deletedAt),
    outcome: record.outcome,
    reason: reasonOf(record.reason, reasons, language),
    unreadable: record.unreadable ?? [],
    due: record.due,
    changedAt: iso(record.sourceUpdatedAt),
    settledAt: iso(record.settledAt),
    // the one that runs, decisions and retries start: of a couple, Mautic's where there is one
    workflow: workflowUrl(configuration, slug, sync.pair, couple?.mautic?.record ?? record.recordId),
    links: links.map((link) => ({
      kind: link.kind,
      targetId: link.targetId,
      state: link.state,
      origin: link.origin,
      owner: link.ownerRecord,
      url: targetUrl(configuration, sync, link),
      pausedFields: link.pausedFields,
      quantities: link.quantities,
    })),
    ...(offer === null ? {} : { offer }),
    ...(couple === null ? {} : { couple }),
    attention: items.map((item) => attentionView(item, reasons, language)),
    history: history
      .flat()
      .sort((a, b) => b.id - a.id)
      .slice(0, lines)
      .map(({ id: _id, at, run_id, target_id, ...line }) => ({
        ...line,
        at: at.toISOString(),
        run: run_id,
        targetId: target_id,
      })),
  };
}

function reasonOf(code: string | null, reasons: Reasons, language: Language): RecordView['reason'] {
  if (code === null) return null;
  const { what, next } = reasons.text(code, language);
  return { code, what, next };
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
