import { createHash } from 'node:crypto';
import { openItem } from '../../../db/attention';
import { openEdit, setEditState } from '../../../db/track-edits';
import { saveTrackBody } from '../../../db/tracks';
import { compareTracks } from '../../../mappings/gpx/compare-tracks';
import { lineHash } from '../../../mappings/gpx/line-hash';
import { renderGpx } from '../../../mappings/gpx/render-gpx';
import type { Track } from '../../../mappings/gpx/track';
import { trackFacts } from '../../../mappings/gpx/track-facts';
import { mountTracks } from '../../../service/console/tracks/mount-tracks';
import { walk } from '../../mappings/gpx/any-track';
import { sampleOffer } from '../../pivot-cirkwi/sample-offer';
import { type PagesOn, pagesOn } from './pages-on';

const address = 'http://127.0.0.1:1';
const TRACKS = '/syncs/itineraires/tracks';
const before = walk([
  [400, 0],
  [0, 400],
]);
const after = walk([
  [400, 0],
  [0, 600],
]);

let pages: PagesOn;
beforeAll(async () => {
  const sync = { pair: 'pivot-cirkwi', source: 'pivot', target: 'cirkwi', query: 'QRY-1' };
  pages = await pagesOn(
    {
      platforms: {
        pivot: { platform: 'pivot', baseUrl: address, wsKey: 'key' },
        cirkwi: {
          platform: 'cirkwi',
          baseUrl: address,
          siteUrl: address,
          user: 'demo',
          code: 'demo',
          widgetId: '1',
          username: 'demo',
          password: 'secret',
        },
      },
      syncs: {
        itineraires: { ...sync, feed: { publicUrl: address, secret: 'a-secret-nobody-guesses' } },
        autres: {
          ...sync,
          query: 'QRY-2',
          feed: { publicUrl: address, secret: 'another-secret-nobody-guesses' },
        },
      },
    },
    mountTracks,
  );
});
afterAll(() => pages.stop());

const file = (track: Track) => renderGpx(track, { name: 'Boucle' });
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

async function store(track: Track): Promise<string> {
  const gpx = file(track);
  const { segments, points, lengthM, climbM } = trackFacts(track);
  const hash = hashOf(gpx);
  const numbers = { segments, points, lengthM, climbM };
  await saveTrackBody(pages.pool, { hash, gpx: Buffer.from(gpx), lineHash: lineHash(track), ...numbers });
  return hash;
}

/** An offer whose track somebody drew anew, and the question about it. */
async function edited(code = 'ITB-1'): Promise<{ edit: number; item: number }> {
  const [baseHash, editedHash] = [await store(before), await store(after)];
  const comparison = compareTracks(before, after);
  await pages.pool.query(
    `insert into staged_record (sync, record_id, status, body, body_hash) values ('itineraires', $1, 'publishable', $2, '')`,
    [code, JSON.stringify(sampleOffer({ code, name: { fr: 'Balade du Moulin' } }))],
  );
  const { rows } = await pages.pool.query<{ id: number }>(
    `insert into track_edit (sync, record_id, cirkwi_id, edited_hash, base_hash, state, comparison)
     values ('itineraires', $1, '70001', $2, $3, 'offered', $4) returning id`,
    [code, editedHash, baseHash, JSON.stringify(comparison)],
  );
  const edit = rows[0]?.id ?? 0;
  await openItem(pages.pool, 'itineraires', null, {
    recordId: code,
    reason: 'track-edited',
    detail: { edit },
    severity: 'action',
  });
  const found = await pages.pool.query<{ id: number }>('select max(id) as id from attention_item');
  return { edit, item: found.rows[0]?.id ?? 0 };
}

const answer = (edit: number, item: number, decision: string, role: 'viewer' | 'operator' = 'operator') =>
  pages.post(`${TRACKS}/${edit}/decide`, { item: String(item), decision }, { role });

beforeEach(async () => {
  await pages.pool.query(
    'truncate track_edit, attention_item, staged_record, track_body, audit restart identity cascade',
  );
  pages.told.length = 0;
});

test('the list shows what waits, with lengths and the largest distance; what is over is a choice away', async () => {
  const { edit } = await edited();

  const open = await pages.get(TRACKS);
  expect(open.text).toMatch(/Balade du Moulin ITB-1 to be decided 800 m 1 km 200 m/);
  await setEditState(pages.pool, edit, 'declined');

  expect((await pages.get(TRACKS)).text).toContain('No track to show.');
  expect((await pages.get(`${TRACKS}?state=all`)).text).toContain('PIVOT’s track kept');
});

test('an edit is drawn over the track before, without styles that browsers would refuse, and measured', async () => {
  const { edit } = await edited();

  const { html, text, status } = await pages.get(`${TRACKS}/${edit}`, { language: 'fr' });

  expect(status).toBe(200);
  expect(html).toMatch(/<path class="track-before"[^>]*d="M/);
  expect(html).toMatch(/<path class="track-after"[^>]*d="M/);
  expect(html).not.toMatch(/<style|style=/);
  expect(text).toMatch(/Longueur 800 m 1 km \+200 m/);
  expect(text).toContain('Plus grand écart 200 m');
  expect(text).toContain('PIVOT ne tient aucun tracé utilisable.');
});

test('both files can be downloaded as they came', async () => {
  const { edit } = await edited();

  const old = await pages.get(`${TRACKS}/${edit}/before.gpx`);
  const drawn = await pages.get(`${TRACKS}/${edit}/after.gpx`);

  expect([old.bytes.toString(), drawn.bytes.toString()]).toEqual([file(before), file(after)]);
  expect(drawn.headers.get('content-disposition')).toBe('attachment; filename="ITB-1-after.gpx"');
  expect((await pages.get(`${TRACKS}/${edit}/pivot.gpx`)).status).toBe(404);
});

test('accepting says what it does, tells the track’s workflow, and can be taken back until it begins', async () => {
  const { edit, item } = await edited();
  expect((await pages.get(`${TRACKS}/${edit}`)).text).toContain(
    'Bring the track into PIVOT Replaces PIVOT’s track with the one drawn in Cirkwi',
  );

  const sent = await answer(edit, item, 'return-track');

  expect(sent).toMatchObject({ status: 303, location: `${TRACKS}/${edit}` });
  expect(sent.notice).toContain('Bring the track into PIVOT: noted. Replaces PIVOT’s track');
  expect(pages.told).toEqual([{ signal: 'decide', workflowId: 'track/itineraires/ITB-1' }]);
  expect((await pages.get(`${TRACKS}/${edit}`)).text).toContain(
    '"Bring the track into PIVOT", decided by chloe: it is being done.',
  );

  const undone = await pages.post(`${TRACKS}/${edit}/undo`, { item: String(item) });
  expect(undone.notice).toContain('waits for an answer again');
  await answer(edit, item, 'return-track');
  await setEditState(pages.pool, edit, 'returning');
  expect((await pages.post(`${TRACKS}/${edit}/undo`, { item: String(item) })).status).toBe(409);
  expect((await pages.get(`${TRACKS}/${edit}`)).text).toContain('on its way into PIVOT');
});

test('one that is held says why, and offers another attempt', async () => {
  const { edit } = await edited();
  await pages.pool.query('delete from attention_item');
  await setEditState(pages.pool, edit, 'held');
  await openItem(pages.pool, 'itineraires', null, {
    recordId: 'ITB-1',
    reason: 'track-return-held',
    detail: { edit },
    severity: 'action',
  });

  const { text } = await pages.get(`${TRACKS}/${edit}`);

  expect(text).toContain('The track drawn in Cirkwi cannot be brought into PIVOT safely.');
  expect(text).toContain('Keep PIVOT’s track');
});

test('an answer about another track, by somebody who may only read, or on another sync is refused', async () => {
  const one = await edited('ITB-1');
  const other = await edited('ITB-2');

  expect((await answer(one.edit, other.item, 'keep-ours')).status).toBe(409);
  expect((await answer(one.edit, one.item, 'keep-ours', 'viewer')).status).toBe(403);
  expect((await answer(one.edit, one.item, 'delete-everything')).status).toBe(422);
  expect((await pages.get(`/syncs/autres/tracks/${one.edit}`)).status).toBe(404);
  expect(await openEdit(pages.pool, 'itineraires', 'ITB-1')).toMatchObject({ state: 'offered' });
  expect(pages.told).toEqual([]);
});
