import { z } from '@hono/zod-openapi';
import { listTrackEdits, type TrackListRow } from '../../db/lists/tracks';
import { trackBody } from '../../db/tracks';
import { Refusal } from '../../operations/refusal';
import { syncOfPair } from '../../operations/syncs';
import { checkTrack, trackView } from '../../operations/tracks';
import { addOperation, addStream, addUpload, type Desk } from './operation';
import { trackFacts } from './record-answers';
import { byNumber, json, moment, momentOrNull, pageByNumber, rowNumber, slug } from './values';

const TAG = 'Tracks';
const SYNC = z.strictObject({ sync: slug });
const EDIT = SYNC.extend({ edit: rowNumber });
const GPX = 'application/gpx+xml';

const editState = z.enum(['kept', 'offered', 'returning', 'returned', 'held', 'declined', 'superseded']);
const edit = z
  .object({
    id: z.number().int(),
    record: z.string(),
    name: z.string().nullable(),
    cirkwiId: z.string(),
    state: editState,
    editedHash: z.string(),
    baseHash: z.string().nullable(),
    comparison: z.record(z.string(), json),
    foundAt: moment,
    endedAt: momentOrNull,
  })
  .openapi('TrackEdit', {
    description:
      'A track that somebody drew in Cirkwi; lengths and distances in metres. It is accepted or kept by deciding its attention item.',
  });

const editOf = ({ recordId, ...row }: TrackListRow) => ({ ...row, record: recordId });

/** Tracks that people edited in Cirkwi. Of the pair PIVOT to Cirkwi alone. */
export function addTracks(desk: Desk): void {
  addReading(desk);
  addFile(desk);
  addCheck(desk);
}

async function found({ parts }: Desk, sync: string, id: number): Promise<TrackListRow> {
  syncOfPair(parts.configuration, sync, 'pivot-cirkwi');
  // the newest one below the next number is this one, if it is there
  const { rows } = await listTrackEdits(parts.pool, sync, { after: id + 1, limit: 1 });
  const [row] = rows;
  if (row?.id === id) return row;
  throw new Refusal('not-found', `"${sync}" has no edited track ${id}`);
}

function addReading(desk: Desk): void {
  addListTrackEdits(desk);
  addGetTrackEdit(desk);
}

function addListTrackEdits(desk: Desk): void {
  const { configuration, pool } = desk.parts;
  addOperation(
    desk,
    {
      id: 'listTrackEdits',
      tag: TAG,
      summary: { fr: 'Tracés modifiés, le plus récent d’abord', en: 'Edited tracks, the newest first' },
      description: '`state=open`: those that are not over.',
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/tracks',
      params: SYNC,
      query: z.strictObject({ state: z.enum([...editState.options, 'open']).optional(), ...byNumber }),
      answer: pageByNumber(edit),
      errors: [404, 422],
    },
    async ({ params, query }) => {
      syncOfPair(configuration, params.sync, 'pivot-cirkwi');
      const { rows, next } = await listTrackEdits(pool, params.sync, query);
      return { items: rows.map(editOf), next };
    },
  );
}

function addGetTrackEdit(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'getTrackEdit',
      tag: TAG,
      summary: { fr: 'Un tracé modifié, avec ses mesures', en: 'An edited track, with its measures' },
      description: '`before`: the track that it was drawn over; null where it is not known any more.',
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/tracks/{edit}',
      params: EDIT,
      answer: edit.extend({ before: trackFacts.nullable(), after: trackFacts.nullable() }),
      errors: [404, 422],
    },
    async ({ params }) => {
      const row = await found(desk, params.sync, params.edit);
      const [before, after] = await Promise.all([factsOf(desk, row.baseHash), factsOf(desk, row.editedHash)]);
      return { ...editOf(row), before, after };
    },
  );
}

async function factsOf({ parts }: Desk, hash: string | null) {
  const body = hash === null ? null : await trackBody(parts.pool, hash);
  const checked = body === null ? null : checkTrack(body.gpx);
  return checked?.ok === true ? checked.facts : null;
}

function addFile(desk: Desk): void {
  addStream(
    desk,
    {
      id: 'getTrackFile',
      tag: TAG,
      summary: { fr: 'Le fichier GPX', en: 'The GPX file' },
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}/tracks/{edit}/gpx',
      params: EDIT,
      query: z.strictObject({ which: z.enum(['before', 'after']).default('after') }),
      mediaTypes: [GPX],
      done: 'The file, as it was drawn (`after`) or as it was before.',
      errors: [404, 422],
    },
    async ({ c, params, query }) => {
      const { baseHash, editedHash } = await found(desk, params.sync, params.edit);
      const hash = query.which === 'before' ? baseHash : editedHash;
      const body = hash === null ? null : await trackBody(desk.parts.pool, hash);
      if (body === null) throw new Refusal('not-found', 'this file is not kept');
      const name = `track-${params.edit}-${query.which}.gpx`;
      const disposition = `attachment; filename="${name}"`;
      return c.body(new Uint8Array(body.gpx), 200, {
        'content-type': GPX,
        'content-disposition': disposition,
      });
    },
  );
}

function addCheck(desk: Desk): void {
  addUpload(
    desk,
    {
      id: 'checkTrack',
      tag: TAG,
      summary: { fr: 'Vérifier un fichier GPX', en: 'Check a GPX file' },
      description: 'Whether it can be used, and what is in it; keeps nothing.',
      scope: 'read',
      method: 'post',
      path: '/tracks/check',
      file: { mediaType: GPX, description: 'The GPX file.' },
      answer: z.object({
        ok: z.boolean(),
        reason: z.string().optional(),
        detail: z.string().optional(),
        format: z.string().nullable(),
        segments: z.number().int().nullable(),
        points: z.number().int().nullable(),
        lengthM: z.number().nullable(),
      }),
    },
    async ({ body }) => trackView(checkTrack(body)),
  );
}
