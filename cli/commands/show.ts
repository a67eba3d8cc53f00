import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { createContexts } from '../../activities/contexts';
import { itemsOfRecords } from '../../db/attention';
import { auditOfRecord } from '../../db/audit';
import { linksOfRecord, type StagedSummary } from '../../db/reading';
import { drawTracks } from '../../mappings/gpx/draw-tracks';
import type { Language, Reasons } from '../../mappings/reason-types';
import type { OperationContext } from '../../operations/context';
import { findRecord } from '../../operations/find-record';
import { type OfferParts, type OfferView, offerParts } from '../../operations/pivot-cirkwi/offer-view';
import { targetUrl, workflowUrl } from '../../operations/record-links';
import { reasonsFor, syncOf } from '../../operations/syncs';
import { type CoupleView, coupleView } from '../../operations/weavy-webmecanik/couple-view';
import { answer } from '../answer';
import { type AttentionView, attentionView } from '../attention-table';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, ExitCode, UsageError, withContext } from '../context';
import { drawingWords, sketchText } from '../pivot-cirkwi/offer-text';
import { recordText } from '../record-text';

/** One record with everything known about it: what `show --json` prints. */
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

interface ShowOptions extends CommonOptions {
  history: string;
  svg?: string;
  gpx?: string;
}

/** Pixels of a drawing of two tracks. */
const DRAWING = { width: 900, height: 600 };

/** `passerelle show SYNC RECORD`: one record's state, links, open items and history. */
export function showCommand(program: Command): void {
  const command = program
    .command('show')
    .argument('<sync>', 'name of the sync in the configuration')
    .argument('<record>', 'private or public id of the record, its code, or kind and id such as contact/81')
    .option('--history <number>', 'how many lines of its history', '30')
    .option('--svg <file>', 'draw a track edited in Cirkwi over the published one, into this file')
    .option('--gpx <file>', 'write the track edited in Cirkwi, as it was kept, into this file')
    .description('show one record: where it stands and why, what it is linked to, what was written');
  withCommonOptions(
    command,
    'show salon-2027 4711',
    'show salon-2027 EXPO-0042 --json',
    'show itineraires ITB-0A-0012-3F1C --svg both-tracks.svg',
    'show crm-acme contact/81',
  ).action((slug: string, id: string, options: ShowOptions) =>
    withContext(options, async (context) => {
      const { language, pair } = syncOf(context.configuration, slug);
      const lines = Math.min(1_000, Math.max(1, Number.parseInt(options.history, 10) || 30));
      const record = await findRecord(context.pool, slug, id);
      const offer =
        pair === 'pivot-cirkwi' ? await offerParts(context, slug, record.recordId, language) : null;
      await writeTracks(offer, options, language);
      const couple = await coupleOfRecord(context, slug, record.recordId);
      const view = await viewOf(context, slug, { record, offer: offer?.offer ?? null, couple, lines });
      const drawn = offer?.drawn;
      const sketch = drawn != null && drawn.edit.endedAt === null ? sketchText(drawn.pair, language) : null;
      answer(options, view, () => recordText(view, pair, sketch, language));
      if (view.attention.some((item) => item.state === 'open' && item.severity === 'action'))
        process.exitCode = ExitCode.attention;
    }),
  );
}

async function writeTracks(
  offer: OfferParts | null,
  { svg, gpx }: ShowOptions,
  language: Language,
): Promise<void> {
  if (svg === undefined && gpx === undefined) return;
  if (offer?.drawn == null)
    throw new UsageError(
      'nobody edited a track of this record in Cirkwi: there is nothing to draw or to write',
    );
  const { pair, gpx: bytes } = offer.drawn;
  if (svg !== undefined)
    await writeFile(svg, drawTracks(pair, { ...DRAWING, words: drawingWords(language) }));
  if (gpx !== undefined) await writeFile(gpx, bytes);
}

/** Null for the pairs whose records have one side only. */
async function coupleOfRecord(
  { configuration, pool }: OperationContext,
  slug: string,
  recordId: string,
): Promise<CoupleView | null> {
  const sync = syncOf(configuration, slug);
  if (sync.pair !== 'weavy-webmecanik') return null;
  const context = createContexts(configuration, pool).of(sync.pair)(slug);
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
    reason: reasonOf(record.reason, reasons, sync.language),
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
    attention: items.map((item) => attentionView(item, reasons, sync.language)),
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
