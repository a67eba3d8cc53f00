import type { PivotOffer } from '../../simulators/pivot';
import {
  base64,
  codes,
  GPX,
  gpxMedia,
  linkedTo,
  mediaOf,
  offer,
  pivot,
  stopPivots,
  upload,
} from './pivot-support';
import { type Json, send } from './support';

afterEach(stopPivots);

const relinked = (...relOffre: Json[]) => ({ offre: [{ relOffre }] });

describe('files', () => {
  test('an upload becomes the file of a media that names it, once', async () => {
    const platform = await pivot([offer('ITB-1')]);
    const { get, call, url } = platform;

    const name = (await upload(platform, base64(GPX))).body.value;
    const made = await call('POST', '/offer', mediaOf('ITB-1-abc', name));
    const code = made.body.offre[0].codeCgt;

    expect(name).toMatch(/\.gpx$/);
    expect(code).toMatch(/^ANX-/);
    expect((await get(`/media/${code}`, null)).body).toBe(GPX);
    expect((await get(`/media/${code}`, null)).headers.get('content-type')).toBe('application/octet-stream');
    const { spec } = (await get(`/offer/${code};content=2`)).body.offre[0];
    const address = spec.find((each: Json) => each.urn === 'urn:fld:url').value;
    expect(address.startsWith(url)).toBe(true);
    expect(address.endsWith('.gpx')).toBe(true);
    expect((await call('POST', '/offer', mediaOf('ITB-1-abc', name))).status).toBe(400);
  });

  test('a new media may be missing from searches for a while, but not under its code', async () => {
    const platform = await pivot();
    const { call, get, control } = platform;
    await control.faults({ kind: 'index-lag', ms: 60_000, route: 'POST /PivotWeb-3.1/offer' });
    const find = async (name: string) =>
      codes(
        await call('POST', '/query;content=0', {
          CriteriaField: { field: 'urn:fld:nomofr', operator: 'equal', value: [name] },
        }),
      );

    const late = (await upload(platform, base64(GPX))).body.value;
    const { body } = await call('POST', '/offer', mediaOf('late', late));
    const prompt = (await upload(platform, base64(GPX))).body.value;
    await call('POST', '/offer', mediaOf('prompt', prompt));

    expect(await find('late')).toEqual([]);
    expect(await find('prompt')).toHaveLength(1);
    expect((await get(`/offer/${body.offre[0].codeCgt}/exists`)).body.value).toBe(true);
  });

  test('an upload that no media named is purged', async () => {
    const platform = await pivot();
    const name = (await upload(platform, base64(GPX))).body.value;

    expect(await platform.control.act('purge-uploads')).toEqual({ purged: 1 });

    expect((await platform.call('POST', '/offer', mediaOf('x', name))).status).toBe(400);
  });

  test('takes base64 text of a known type up to 7.5 MB, with a key', async () => {
    const platform = await pivot();
    const size = 7.5 * 1024 * 1024;

    expect((await upload(platform, Buffer.alloc(size).toString('base64'))).status).toBe(200);
    expect((await upload(platform, Buffer.alloc(size + 1).toString('base64'))).status).toBe(413);
    expect((await upload(platform, Buffer.alloc(2 * size).toString('base64'))).status).toBe(413);
    expect((await upload(platform, GPX)).status).toBe(400);
    expect((await upload(platform, base64(GPX), 'text/plain')).status).toBe(400);
    expect((await upload(platform, base64(GPX), 'application/gpx+xml', 'nonsense')).status).toBe(401);
  });

  test('the code of an itinerary answers its default photo, a track’s picture is a pictogram', async () => {
    const { get } = await pivot([
      offer('ITB-1', { relOffre: [linkedTo('ANX-P', 'urn:lnk:media:defaut')] }),
      offer('ITB-2'),
      offer('ANX-P', { typeOffre: { idTypeOffre: 268 } }),
      gpxMedia('ANX-1'),
    ]);

    expect((await get('/media/ITB-1', null)).body).toContain('PNG');
    expect((await get('/media/ITB-2', null)).status).toBe(404);
    expect((await get('/img/ANX-1', null)).headers.get('content-type')).toBe('image/png');
    expect((await get('/media/ANX-9', null)).status).toBe(404);
  });

  test('files and XML can be cut, or pass for whole ones', async () => {
    const { get, control, url } = await pivot([offer('ITB-1'), gpxMedia('ANX-1', { file: GPX })]);
    await control.faults({ kind: 'truncate' }, { kind: 'truncate', length: 'sent', after: 1, count: 2 });

    await expect(get('/media/ANX-1', null)).rejects.toThrow();
    expect((await get('/media/ANX-1', null)).body).toBe(GPX.slice(0, Math.floor(GPX.length / 2)));
    const half = await send(`${url}/PivotWeb-3.1/offer/ITB-1`, { headers: { ws_key: 'key-1' } });
    expect(half.status).toBe(200);
    expect(half.body).not.toContain('</offres>');
  });
});

describe('what the simulator counts', () => {
  test('a track that came twice under one name, and an offer that a call gave two tracks', async () => {
    const platform = await pivot([
      offer('ITB-1', { relOffre: [linkedTo('ANX-1')] }),
      offer('ITB-2', { relOffre: [linkedTo('ANX-1'), linkedTo('ANX-2')] }),
      gpxMedia('ANX-1'),
      gpxMedia('ANX-2'),
    ]);
    const { call, control } = platform;
    expect(await control.stats()).toMatchObject({ externalReferences: 2, duplicates: 0 });

    for (const _ of [1, 2]) {
      const name = (await upload(platform, base64(GPX))).body.value;
      const { body } = await call('POST', '/offer', mediaOf('ITB-1-abc', name));
      await call('PUT', '/offer/ITB-1', relinked(linkedTo(body.offre[0].codeCgt)));
    }
    expect(await control.stats()).toMatchObject({ duplicatesByKind: { media: 1, offers: 1 } });
    expect(await control.journal()).toHaveLength(6);

    const [itinerary] = await control.records('offers', 'ITB-1');
    const [keep, ...others] = (itinerary as PivotOffer).relOffre ?? [];
    await call('PUT', '/offer/ITB-1', relinked(...others.map((link) => ({ ...link, operation: 2 }))));
    expect(keep).toBeDefined();
    expect(await control.stats()).toMatchObject({ duplicatesByKind: { media: 1, offers: 0 } });
  });

  test('shows a media with its file, and starts again on reset', async () => {
    const recipe = { points: 50, seed: 3, lat: 50.3, lon: 4.9 };
    const { control, get } = await pivot([gpxMedia('ANX-1', { file: { recipe } })]);

    const [media] = await control.records('media', 'ANX-1');
    expect(media?.file).toBe((await get('/media/ANX-1', null)).body);
    expect(media?.file).toContain('<trkpt lat=');

    await control.put('media', { action: 'delete', id: 'ANX-1' });
    await control.put('media', { action: 'delete', id: 'ANX-1' });
    expect(await control.records('media')).toEqual([]);
    await control.reset();
    expect(await control.records('media')).toHaveLength(1);
  });
});
