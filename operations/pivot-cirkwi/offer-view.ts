import type { Configuration } from '../../config/schema';
import { offeredObject } from '../../db/feed-objects';
import { offersByCode } from '../../db/offers';
import type { Pool } from '../../db/pool';
import { editsOfRecord, type TrackEdit } from '../../db/track-edits';
import { trackBody } from '../../db/tracks';
import type { TrackPair } from '../../mappings/gpx/draw-tracks';
import { parseGpx } from '../../mappings/gpx/parse-gpx';
import type { Track } from '../../mappings/gpx/track';
import { type TrackFacts, trackFacts } from '../../mappings/gpx/track-facts';
import { offerReasons } from '../../mappings/pivot-cirkwi/reasons';
import type { Language } from '../../mappings/reason-types';
import { targetUrl } from '../record-links';
import { syncOf } from '../syncs';

/** What an offer has beside other records: `show --json` prints it under `offer`. Lengths in metres. */
export interface OfferView {
  /** What Cirkwi is offered for it; null when it was never to be published. */
  object: ObjectView | null;
  /** The track as PIVOT held it when it was last fetched; null for an offer without one. */
  track: TrackView | null;
  /** Tracks that people drew in Cirkwi, the newest first. */
  edits: EditView[];
}

export interface ObjectView {
  kind: string;
  state: string;
  publishedAt: string | null;
  verifiedAt: string | null;
  cirkwiId: string | null;
  url: string | null;
  trackHash: string | null;
}

export interface TrackView {
  media: string;
  mediaModifiedAt: string | null;
  /** Of the last usable file; null when there never was one. */
  hash: string | null;
  facts: TrackFacts | null;
  problem: { reason: string; what: string; detail: string } | null;
}

export interface EditView {
  id: number;
  state: string;
  cirkwiId: string;
  foundAt: string;
  endedAt: string | null;
  comparison: Record<string, unknown>;
  /** The media made of it in PIVOT, and those it took the place of. */
  media: string | null;
  replaced: string[];
}

export interface OfferParts {
  offer: OfferView;
  /** The edit to be drawn, with both lines: one that is not over, else the newest. */
  drawn: { edit: TrackEdit; pair: TrackPair; gpx: Buffer } | null;
}

export async function offerParts(
  { configuration, pool }: { configuration: Configuration; pool: Pool },
  slug: string,
  code: string,
  language: Language,
): Promise<OfferParts> {
  const [object, [candidate], edits] = await Promise.all([
    offeredObject(pool, slug, code),
    offersByCode(pool, slug, [code]),
    editsOfRecord(pool, slug, code),
  ]);
  const sync = syncOf(configuration, slug);
  const { cirkwiId = null } = object ?? {};
  return {
    offer: {
      object:
        object === null
          ? null
          : {
              kind: object.kind,
              state: object.state,
              publishedAt: iso(object.publishedAt),
              verifiedAt: iso(object.verifiedAt),
              cirkwiId,
              url:
                cirkwiId === null
                  ? null
                  : targetUrl(configuration, sync, { kind: object.kind, targetId: cirkwiId }),
              trackHash: object.trackHash,
            },
      track: await trackViewOf(pool, candidate?.track ?? null, language),
      edits: edits.map(editViewOf),
    },
    drawn: await drawnOf(pool, edits),
  };
}

type FetchedTrack = NonNullable<Awaited<ReturnType<typeof offersByCode>>[number]['track']>;

async function trackViewOf(
  pool: Pool,
  track: FetchedTrack | null,
  language: Language,
): Promise<TrackView | null> {
  if (track === null) return null;
  const line = track.hash === null ? null : (await storedTrack(pool, track.hash))?.line;
  const { problem } = track;
  return {
    media: track.mediaCode,
    mediaModifiedAt: track.mediaModifiedAt,
    hash: track.hash,
    facts: line == null ? null : trackFacts(line),
    problem: problem === null ? null : { ...problem, what: offerReasons.text(problem.reason, language).what },
  };
}

function editViewOf(edit: TrackEdit): EditView {
  return {
    id: edit.id,
    state: edit.state,
    cirkwiId: edit.cirkwiId,
    foundAt: edit.foundAt.toISOString(),
    endedAt: iso(edit.endedAt),
    comparison: edit.comparison,
    media: edit.mediaCode,
    replaced: edit.replaced,
  };
}

async function drawnOf(pool: Pool, edits: readonly TrackEdit[]): Promise<OfferParts['drawn']> {
  const edit = edits.find((one) => one.endedAt === null) ?? edits[0];
  if (edit === undefined) return null;
  const edited = await storedTrack(pool, edit.editedHash);
  if (edited === null) return null;
  const before = edit.baseHash === null ? null : ((await storedTrack(pool, edit.baseHash))?.line ?? null);
  return { edit, pair: { before, after: edited.line }, gpx: edited.gpx };
}

/** What is stored was checked when it came, so it can be read again. */
export async function storedTrack(pool: Pool, hash: string): Promise<{ line: Track; gpx: Buffer } | null> {
  const body = await trackBody(pool, hash);
  const parsed = body === null ? null : parseGpx(body.gpx);
  return body !== null && parsed?.ok === true ? { line: parsed.track, gpx: body.gpx } : null;
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
