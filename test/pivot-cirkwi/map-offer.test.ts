import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { mapOffer } from '../../mappings/pivot-cirkwi/map-offer';
import { offerSchema } from '../../mappings/pivot-cirkwi/offer';
import { tracksOf } from '../../mappings/pivot-cirkwi/offer-media';
import { sampleOffer, samplePhoto, samplePlace } from './sample-offer';

const folder = path.join(__dirname, 'mapping-cases');
const cases = readdirSync(folder).filter((file) => file.endsWith('.json'));
const rulesSchema = z.object({
  publication: z.object({ tagCirkwi: z.boolean(), tagNetwork: z.boolean() }),
  track: z.object({ hash: z.string(), modifiedAt: z.string().nullable() }).nullable(),
  defaultCountry: z.string().exactOptional(),
});
const caseSchema = z.object({ offer: offerSchema, rules: rulesSchema, expected: z.unknown() });

const RULES = { publication: { tagCirkwi: true, tagNetwork: true }, track: null };
const track = (modifiedAt: string | null) => ({ ...RULES, track: { hash: 'abc', modifiedAt } });

describe('mapOffer', () => {
  it.each(cases)('maps the offer of %s as written there', (file) => {
    const { offer, rules, expected } = caseSchema.parse(
      JSON.parse(readFileSync(path.join(folder, file), 'utf8')),
    );

    const { object: _object, ...mapped } = mapOffer(offer, rules);

    expect(mapped).toEqual(expected);
  });

  it('takes the code as id of the object and as private tag, so that Cirkwi can be asked for it either way', () => {
    const { object } = mapOffer(sampleOffer(), RULES);

    expect(object).toMatchObject({ code: 'ITB-ZZ-0001-0007', privateTags: ['ITB-ZZ-0001-0007'] });
  });

  it.each([
    [true, false],
    [false, true],
    [false, false],
  ])('shows the offer where the two tags say (Cirkwi %p, network %p)', (tagCirkwi, tagNetwork) => {
    const { fields } = mapOffer(sampleOffer(), { ...RULES, publication: { tagCirkwi, tagNetwork } });

    expect(fields).toMatchObject({ publie_cirkwi: Number(tagCirkwi), publie_reseau: Number(tagNetwork) });
  });

  it('refuses an offer without a French name, even when it has another one', () => {
    const { problems, fields } = mapOffer(sampleOffer({ name: { fr: ' ', nl: 'Molenlus' } }), RULES);

    expect(problems).toEqual([{ field: 'title.fr', reason: 'missing-name' }]);
    expect(fields).not.toHaveProperty(['title.fr']);
  });

  it('sends the description of the route where the offer has none to read', () => {
    const offer = sampleOffer({ description: { fr: '<p>&nbsp;</p>' }, routeDescription: { fr: 'Au pont.' } });

    expect(mapOffer(offer, RULES).fields['description.fr']).toBe('Au pont.');
  });

  it('names each unknown code once, and sends everything else of the offer', () => {
    const usages = (['foot', 'vtt'] as const).map((usage) => ({
      usage,
      difficulty: 'urn:val:d:99',
      durationMinutes: 30,
    }));

    const { unknownCodes, fields } = mapOffer(sampleOffer({ type: 8, usages }), RULES);

    expect(unknownCodes).toEqual([{ list: 'difficulties', code: 'urn:val:d:99' }]);
    expect(fields).toMatchObject({ 'locomotion.2.duree': 1800, 'locomotion.4.duree': 1800 });
    expect(fields).not.toHaveProperty(['locomotion.2.difficulte']);
  });

  it('leaves a POI of an unknown type without a category, and says so', () => {
    const { object, unknownCodes } = mapOffer(sampleOffer({ type: 4711 }), RULES);

    expect(object).toMatchObject({ kind: 'poi', categories: [] });
    expect(unknownCodes).toEqual([{ list: 'poi-categories', code: '4711' }]);
  });
});

describe('the date of modification', () => {
  const offer = sampleOffer({ modifiedAt: '2026-05-04T16:20:11+02:00' });
  const OFFER = 1777904411;

  it('follows a track that was replaced inside its media, which leaves the date of the offer alone', () => {
    expect(mapOffer(offer, track('2026-06-01T00:00:00Z')).fields.date_modification).toBe(1780272000);
    expect(mapOffer(offer, track('2020-06-01T00:00:00Z')).fields.date_modification).toBe(OFFER);
    expect(mapOffer(offer, track(null)).fields.date_modification).toBe(OFFER);
  });

  it('follows the photos that are sent, and no others', () => {
    const later = samplePhoto({ modifiedAt: '2026-06-01T00:00:00Z' });
    const dateWith = (own: Partial<typeof later>) =>
      mapOffer({ ...offer, media: [{ ...later, ...own }] }, RULES).fields.date_modification;

    expect(dateWith({})).toBe(1780272000);
    expect(dateWith({ url: null })).toBe(OFFER);
    expect(dateWith({ kind: 'doc' })).toBe(OFFER);
  });

  it('of a POI does not know of tracks', () => {
    const poi = { ...offer, type: 269 };

    expect(mapOffer(poi, track('2026-06-01T00:00:00Z')).fields.date_modification).toBe(OFFER);
  });
});

describe('the images', () => {
  const photos = Array.from({ length: 14 }, (_, index) =>
    samplePhoto({
      code: `ANX-${String(index).padStart(2, '0')}`,
      url: `https://source.example/${index}.jpg`,
    }),
  );

  it('are ten at most, the default one first', () => {
    const media = photos.map((photo, index) =>
      index === 13 ? { ...photo, relation: 'default' as const } : photo,
    );

    const { images } = mapOffer(sampleOffer({ media }), RULES).object;

    expect(images.map(({ url }) => url.split('/').at(-1))).toEqual(
      ['13', '0', '1', '2', '3', '4', '5', '6', '7', '8'].map((name) => `${name}.jpg`),
    );
  });

  it('are each sent once, however often PIVOT links them', () => {
    const { images } = mapOffer(
      sampleOffer({ media: [...photos.slice(0, 2), ...photos.slice(0, 2)] }),
      RULES,
    ).object;

    expect(images).toHaveLength(2);
  });
});

describe('the tracks of an itinerary', () => {
  const gpx = (code: string, relation: 'default' | 'other' = 'other') =>
    samplePhoto({ kind: 'gpx', code, relation });

  it('are used in an order of their own: the first is the same however PIVOT lists them', () => {
    const media = [gpx('ANX-3'), gpx('ANX-1'), samplePhoto(), gpx('ANX-2', 'default')];

    expect(tracksOf({ media }).map(({ code }) => code)).toEqual(['ANX-2', 'ANX-1', 'ANX-3']);
    expect(tracksOf({ media: media.reverse() })[0]?.code).toBe('ANX-2');
  });

  it.each([
    ['none, and says so', [], null, ['no-track']],
    ['one that is not fetched yet', [gpx('ANX-1')], null, []],
    ['one', [gpx('ANX-1')], { hash: 'abc', modifiedAt: null }, []],
    [
      'several, and says so',
      [gpx('ANX-1'), gpx('ANX-2')],
      { hash: 'abc', modifiedAt: null },
      ['several-tracks'],
    ],
  ])('may be %s', (_case, media, given, remarks) => {
    expect(mapOffer(sampleOffer({ media }), { ...RULES, track: given }).remarks).toEqual(remarks);
  });

  it('are never sent under PIVOT’s own address', () => {
    const media = [samplePhoto({ kind: 'gpx', url: 'https://source.example/secret.gpx' })];

    expect(JSON.stringify(mapOffer(sampleOffer({ media }), track(null)))).not.toContain('secret.gpx');
  });
});

describe('the place', () => {
  it.each([
    ['DE', 'BE', { code: 'DE', name: 'Allemagne' }],
    [null, 'BE', { code: 'BE', name: 'Belgique' }],
    [null, undefined, null],
    ['??', 'BE', null],
  ])('in the country %p is sent (default %p)', (country, defaultCountry, expected) => {
    const offer = sampleOffer({ start: samplePlace({ country }) });
    const rules = defaultCountry === undefined ? RULES : { ...RULES, defaultCountry };

    expect(mapOffer(offer, rules).object.address?.country).toEqual(expected);
  });

  it.each([
    [50.1, null],
    [null, 4.9],
    [0, 0],
    [91, 4],
    [Number.NaN, 4],
  ])('at %p, %p has no position', (latitude, longitude) => {
    const offer = sampleOffer({ start: samplePlace({ latitude, longitude }) });

    expect(mapOffer(offer, RULES).object.address?.position).toBeNull();
  });
});
