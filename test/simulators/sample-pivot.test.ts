import type { PivotOffer } from '../../simulators/pivot';
import { gpxText, samplePivot, trackMediaOf } from '../../simulators/sample-data/pivot';
import { pivot, stopPivots } from './pivot-support';

afterEach(stopPivots);

const sample = samplePivot({ offers: 160, seed: 1 });
const byCode = new Map(sample.offers.map((offer) => [offer.codeCgt, offer]));
const main = sample.offers.filter((offer) => offer.typeOffre.idTypeOffre !== 268);

test('the same seed makes the same PIVOT, another seed another one', () => {
  expect(samplePivot({ offers: 160, seed: 1 })).toEqual(sample);
  expect(samplePivot({ offers: 160, seed: 2 }).offers).not.toEqual(sample.offers);
});

test.each([0, 1, 5, 160, 20_000])('%i offers are that many, each with a code of its own', (offers) => {
  const state = samplePivot({ offers, seed: 3 });

  expect(state.offers.filter((offer) => offer.typeOffre.idTypeOffre !== 268)).toHaveLength(offers);
  expect(new Set(state.offers.map((offer) => offer.codeCgt.toUpperCase())).size).toBe(state.offers.length);
});

test('every relation leads to a media that is there', () => {
  const targets = sample.offers.flatMap((offer) => (offer.relOffre ?? []).map((link) => link.offre.codeCgt));

  expect(targets.length).toBeGreaterThan(200);
  expect(targets.every((code) => byCode.get(code)?.typeOffre.idTypeOffre === 268)).toBe(true);
});

test('three of four are itineraries, the others of several types, all in the scope it names', () => {
  const types = main.map((offer) => offer.typeOffre.idTypeOffre);

  expect(types.filter((type) => type === 8)).toHaveLength(120);
  expect(new Set(types).size).toBeGreaterThan(4);
  expect(types.every((type) => sample.offerTypes.includes(type))).toBe(true);
});

test.each(Object.entries(sample.notes))('the notes name offers for %s', (_what, codes) => {
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.every((code) => byCode.has(code))).toBe(true);
});

const value = (offer: PivotOffer | undefined, urn: string) =>
  offer?.spec?.find((spec) => spec.urn === urn)?.value;
const isOn = (code: string, urn: string) => value(byCode.get(code), urn) === 'true';
const FILTER = 'urn:fld:filtcat:01:000001';
const hasTag = (code: string) => isOn(code, 'urn:fld:cirkwi:publie') || isOn(code, 'urn:fld:cirkwi:reseau');

test('ticks are what the notes say', () => {
  const { publishable, filterOnly, tagOnly, unticked } = sample.notes;

  expect(publishable.every((code) => isOn(code, FILTER) && hasTag(code))).toBe(true);
  expect(publishable.every((code) => byCode.get(code)?.estActive === 30)).toBe(true);
  expect(filterOnly.every((code) => isOn(code, FILTER) && !hasTag(code))).toBe(true);
  expect(tagOnly.every((code) => !isOn(code, FILTER) && hasTag(code))).toBe(true);
  expect(unticked.some((code) => isOn(code, FILTER) || hasTag(code))).toBe(false);
});

test('states, names and dates are as dirty as the notes say', () => {
  const state = (code: string) => byCode.get(code)?.estActive;
  const forms = new Set(main.map((offer) => /^\d\d-/.test(offer.dateModification)));

  expect(sample.notes.archived.map(state)).toEqual(sample.notes.archived.map(() => 5));
  expect(sample.notes.editing.map(state)).toEqual(sample.notes.editing.map(() => 20));
  expect(sample.notes.noFrenchName.every((code) => byCode.get(code)?.nom === null)).toBe(true);
  expect(sample.notes.noFrenchName.every((code) => value(byCode.get(code), 'nl:urn:fld:nomofr'))).toBe(true);
  expect(forms.size).toBe(2);
  expect(sample.notes.oddNumbers.map((code) => value(byCode.get(code), 'urn:fld:hdifmax'))).toContain(
    '1 250',
  );
  expect(value(byCode.get(sample.notes.unknownDifficulty[0] ?? ''), 'urn:fld:infusgpeddiff')).toBeDefined();
});

describe('the tracks of a sample', () => {
  /** The file of an offer's first track, as PIVOT serves it. */
  async function files(codes: readonly string[]): Promise<string[]> {
    const { url } = await pivot([], { initial: sample });
    return Promise.all(
      codes.map(async (code) => {
        const [media] = trackMediaOf(sample, code);
        const reply = await fetch(`${url}/PivotWeb-3.1/media/${media}`);
        return Buffer.from(await reply.arrayBuffer()).toString('utf8');
      }),
    );
  }
  const points = (gpx: string) => gpx.match(/<(trk|rte)pt /g)?.length ?? 0;

  test('are long, in segments, routes, without elevation, with a byte order mark, of version 1.0', async () => {
    const { longTrack, severalSegments, route, noElevation, byteOrderMark, gpx10 } = sample.notes;

    expect((await files(longTrack)).every((gpx) => points(gpx) >= 3000)).toBe(true);
    expect((await files(severalSegments)).every((gpx) => (gpx.match(/<trkseg>/g) ?? []).length > 1)).toBe(
      true,
    );
    expect((await files(route)).every((gpx) => gpx.includes('<rtept') && !gpx.includes('<trk>'))).toBe(true);
    expect((await files(noElevation)).every((gpx) => points(gpx) > 50 && !gpx.includes('<ele>'))).toBe(true);
    expect((await files(byteOrderMark)).every((gpx) => gpx.startsWith('\uFEFF<?xml'))).toBe(true);
    expect((await files(gpx10)).every((gpx) => gpx.includes('http://www.topografix.com/GPX/1/0'))).toBe(true);
  });

  test('are broken in several ways, doubled, missing or shared', async () => {
    const { brokenTrack, twoTracks, noTrack, sharedTrack } = sample.notes;

    const broken = await files(brokenTrack);
    const isBroken = (gpx: string) =>
      !gpx.trim().endsWith('</gpx>') || /NaN|451\.2|DOCTYPE/.test(gpx) || points(gpx) === 0;
    expect(broken.every(isBroken)).toBe(true);
    expect(twoTracks.map((code) => trackMediaOf(sample, code).length)).toEqual(twoTracks.map(() => 2));
    expect(noTrack.map((code) => trackMediaOf(sample, code).length)).toEqual(noTrack.map(() => 0));
    const shared = sharedTrack.map((code) => trackMediaOf(sample, code)[0]);
    expect(new Set(shared).size).toBe(shared.length / 2);
  });

  test('of candidates for an edit or a silent replacement are sound, one each, and nobody else’s', async () => {
    const { edit, silentReplace } = sample.notes;
    const chosen = [...edit, ...silentReplace];
    const media = chosen.flatMap((code) => trackMediaOf(sample, code));

    expect(media).toHaveLength(chosen.length);
    expect(new Set(media).size).toBe(media.length);
    expect(edit.some((code) => silentReplace.includes(code))).toBe(false);
    expect((await files(chosen.slice(0, 20))).every((gpx) => gpx.trim().endsWith('</gpx>'))).toBe(true);
  });

  test('measure about what the offer says', async () => {
    const codes = sample.notes.edit.slice(0, 10);

    for (const [place, gpx] of (await files(codes)).entries()) {
      const km = Number(value(byCode.get(codes[place] ?? ''), 'urn:fld:dist'));
      expect(Math.abs(lengthKm(gpx) / km - 1)).toBeLessThan(0.35);
    }
  });
});

test('loaded into a simulator, its queries find what is in scope, and what is ticked and publishable', async () => {
  const { get, control } = await pivot();
  await control.reset(sample);

  const all = await get(`/query/${sample.queryId};content=0`);
  const ticked = await get(`/query/${sample.tickedQueryId};content=0`);
  const { archived, publishable, filterOnly, tagOnly, unreadable } = sample.notes;

  expect(all.body.count).toBe(160 - archived.length);
  expect(ticked.body.count).toBe(publishable.length + filterOnly.length + tagOnly.length + unreadable.length);
});

test('a track can be written from points', () => {
  const gpx = gpxText([[{ lat: 50.1, lon: 4.9, ele: 100 }], [{ lat: 50.2, lon: 4.9 }]], { name: 'A & <B>' });

  expect(gpx).toContain('<trkpt lat="50.100000" lon="4.900000"><ele>100.0</ele></trkpt>');
  expect(gpx).toContain('<name>A &amp; &lt;B></name>');
  expect(gpx.match(/<trkseg>/g)).toHaveLength(2);
});

function lengthKm(gpx: string): number {
  const line = [...gpx.matchAll(/lat="([^"]+)" lon="([^"]+)"/g)].map((hit) => [
    Number(hit[1]),
    Number(hit[2]),
  ]);
  return line.slice(1).reduce((sum, [lat = 0, lon = 0], place) => {
    const [latBefore = 0, lonBefore = 0] = line[place] ?? [];
    const east = (lon - lonBefore) * Math.cos((lat * Math.PI) / 180);
    return sum + Math.hypot(lat - latBefore, east) * 111.32;
  }, 0);
}
