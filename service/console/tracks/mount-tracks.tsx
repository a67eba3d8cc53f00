import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { listTrackEdits } from '../../../db/lists/tracks';
import { reasonsOf } from '../../../mappings/reasons';
import {
  decideTrack,
  trackEditView,
  trackFile,
  undoTrackDecision,
} from '../../../operations/pivot-cirkwi/track-edit-view';
import { syncOfPair } from '../../../operations/syncs';
import { requireRole } from '../../access/require-role';
import { operationContext, type ServiceEnv, type ServiceParts } from '../../parts';
import { paths } from '../paths';
import { goTo, show } from '../show';
import { viewOf } from '../view';
import { EditPage } from './edit-page';
import { SHOWN_STATES, TracksPage } from './tracks-page';
import { TRACK_WORDS } from './words';

const PAGE = 50;
const EDIT = '/syncs/:sync/tracks/:edit{[0-9]{1,15}}';
const listSchema = z.object({
  state: z.enum(SHOWN_STATES).catch('open'),
  after: z.coerce.number().int().positive().optional().catch(undefined),
});
const fileSchema = z.enum(['before', 'after', 'pivot']);
/** An item that none of ours has is refused as not about this track. */
const answerSchema = z.object({ item: z.coerce.number().int().catch(0), decision: z.string().catch('') });

/** Tracks (PIVOT <-> Cirkwi): those that people edited in Cirkwi, one over the other with what PIVOT had, to accept or to leave. */
export function mountTracks(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  pages.get('/syncs/:sync/tracks', async (c) => {
    const { sync } = asked(c, parts);
    const { state, after } = listSchema.parse(c.req.query());
    const page = await listTrackEdits(parts.pool, sync, {
      state: state === 'all' ? undefined : state,
      after,
      limit: PAGE,
    });
    return show(
      c,
      { title: TRACK_WORDS[c.get('language')].title, crumbs: [{ label: sync, href: paths.sync(sync) }] },
      <TracksPage view={viewOf(c)} sync={sync} state={state} after={after} page={page} />,
    );
  });
  pages.get(EDIT, async (c) => {
    const { context, sync, edit } = asked(c, parts);
    const shown = await trackEditView(context, sync, edit, c.get('language'));
    const crumbs = [
      { label: sync, href: paths.sync(sync) },
      { label: TRACK_WORDS[c.get('language')].title, href: paths.tracks(sync) },
    ];
    const title = shown.name ?? shown.edit.recordId;
    return show(c, { title, crumbs }, <EditPage view={viewOf(c)} sync={sync} shown={shown} />);
  });
  pages.get(`${EDIT}/:file{(before|after|pivot)\\.gpx}`, async (c) => {
    const { context, sync, edit } = asked(c, parts);
    const which = fileSchema.parse((c.req.param('file') ?? '').replace('.gpx', ''));
    const { gpx, recordId } = await trackFile(context, sync, edit, which);
    const name = `${recordId.replace(/[^\w-]/g, '_')}-${which}.gpx`;
    return c.body(new Uint8Array(gpx), 200, {
      'content-type': 'application/gpx+xml',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    });
  });
  mountAnswers(pages, parts);
}

function mountAnswers(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  pages.post(`${EDIT}/decide`, requireRole('operate'), async (c) => {
    const { context, sync, edit } = asked(c, parts);
    const language = c.get('language');
    const answer = answerSchema.parse(await c.req.parseBody());
    const { reason, decision } = await decideTrack(context, sync, edit, answer);
    const offer = reasonsOf('pivot-cirkwi')
      .decisions(reason)
      .find(({ code }) => code === decision);
    const text = TRACK_WORDS[language].done(
      offer?.label[language] ?? decision,
      offer?.effect[language] ?? '',
    );
    return goTo(c, `${paths.tracks(sync)}/${edit}`, { kind: 'good', text });
  });
  pages.post(`${EDIT}/undo`, requireRole('operate'), async (c) => {
    const { context, sync, edit } = asked(c, parts);
    const { item } = answerSchema.parse(await c.req.parseBody());
    await undoTrackDecision(context, sync, edit, item);
    return goTo(c, `${paths.tracks(sync)}/${edit}`, {
      kind: 'calm',
      text: TRACK_WORDS[c.get('language')].undone,
    });
  });
}

/** What every page of tracks begins with. Rejects for a sync of another pair. */
function asked(c: Context<ServiceEnv>, parts: ServiceParts) {
  const context = operationContext(parts, c.get('principal'));
  const sync = c.req.param('sync') ?? '';
  syncOfPair(context.configuration, sync, 'pivot-cirkwi');
  return { context, sync, edit: Number(c.req.param('edit') ?? 0) };
}
