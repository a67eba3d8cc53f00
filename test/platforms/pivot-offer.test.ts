import fc from 'fast-check';
import { offerSchema } from '../../mappings/pivot-cirkwi/offer';
import type { ReadOffer } from '../../platforms/pivot/client';
import { readOffer } from '../../platforms/pivot/offer-reader';
import { itineraryJson } from './pivot-documents';

function read(changes: object): ReadOffer {
  return readOffer({ codeCgt: 'ITB-1', typeOffre: { idTypeOffre: 8 }, ...changes });
}

function offerWith(changes: object) {
  const result = read(changes);
  if (result.kind !== 'offer') throw new Error(`unreadable: ${result.problems.join()}`);
  return result.offer;
}

const spec = (urn: string, value: unknown, type?: string) => ({ urn: `urn:fld:${urn}`, value, type });
const media = (urn: string, code: string, url?: string, typmed?: string) => ({
  urn,
  offre: { codeCgt: code, spec: [spec('url', url), spec('typmed', typmed && `urn:val:typmed:${typmed}`)] },
});

describe('an itinerary', () => {
  test('is read with everything that it says about itself', () => {
    const result = readOffer(itineraryJson);

    expect(result).toEqual({
      kind: 'offer',
      offer: {
        code: 'ITB-ZZ-0001-0007',
        type: 8,
        state: 'publishable',
        createdAt: '2024-03-02T09:00:00+01:00',
        modifiedAt: '2026-05-04T16:20:11+02:00',
        name: { fr: 'Boucle du moulin', nl: 'Molenlus' },
        description: { fr: '<p>Une forêt &amp; un château</p>', de: '<p>Ein Wald</p>' },
        routeDescription: { fr: 'Suivre le balisage' },
        start: {
          street: 'Rue du Moulin',
          number: null,
          postcode: '5530',
          town: { fr: 'Yvoir', nl: 'Yvoir (nl)' },
          insCode: '91141',
          country: 'BE',
          latitude: 50.31,
          longitude: 4.94,
          altitudeM: 102.5,
        },
        arrival: {
          street: null,
          number: null,
          postcode: null,
          town: { fr: 'Dinant' },
          insCode: null,
          country: 'BE',
          latitude: null,
          longitude: null,
          altitudeM: null,
        },
        distanceKm: 8.4,
        climbM: 120,
        descentM: 118,
        altitudeMinM: null,
        altitudeMaxM: null,
        usages: [{ usage: 'foot', difficulty: 'urn:val:diff:facile', durationMinutes: 150 }],
        access: { publicTransport: null, wheelchair: false, stroller: true },
        themes: ['famille'],
        website: 'https://moulin.example',
        ticked: ['urn:fld:famille', 'urn:fld:filtcat:01:000001', 'urn:fld:infusgped', 'urn:fld:infusgpedpou'],
        cirkwiId: '10925',
        media: [
          {
            code: 'ANX-ZZ-0001-0008',
            relation: 'default',
            kind: 'photo',
            url: 'https://pivot.example/img/moulin.jpg',
            caption: { fr: 'Le moulin', en: 'The mill' },
            credit: '© Office',
            modifiedAt: '2026-05-03T08:00:00+02:00',
          },
          {
            code: 'ANX-ZZ-0001-0009',
            relation: 'other',
            kind: 'gpx',
            url: 'https://pivot.example/media/ANX-ZZ-0001-0009',
            caption: { fr: 'Trace' },
            credit: null,
            modifiedAt: '2026-05-04T16:19:58+02:00',
          },
        ],
      },
    });
  });

  test('that says nothing but its code and type is an offer all the same', () => {
    expect(offerWith({})).toMatchObject({ code: 'ITB-1', type: 8, state: 'unknown', name: {}, media: [] });
  });
});

describe('what PIVOT leaves out or writes in another way', () => {
  test('lists that are null, and single objects in place of lists', () => {
    const offer = offerWith({
      spec: spec('dist', '3'),
      relOffre: media('urn:lnk:media:autre', 'ANX-1', 'https://pivot.example/x.GPX?v=2'),
      adresse1: { localite: { lang: 'FR', value: 'Yvoir' } },
      adresse2: null,
    });

    expect(offer).toMatchObject({ distanceKm: 3, media: [{ code: 'ANX-1', kind: 'gpx' }], arrival: null });
    expect(offer.start?.town).toEqual({ fr: 'Yvoir' });
    expect(offerWith({ spec: [null, '', {}], relOffre: null })).toMatchObject({ ticked: [], media: [] });
    expect(offerWith({ spec: null, relOffre: null })).toMatchObject({ ticked: [], media: [] });
  });

  test.each<[unknown, number | null]>([
    [8.4, 8.4],
    ['8.4', 8.4],
    ['8,4', 8.4],
    [' 12 ', 12],
    ['1 200', 1200],
    ['1\u202F200,5', 1200.5],
    ['8.4 km', null],
    ['1.200,5', null],
    ['-3', null],
    ['NaN', null],
    ['1e9', null],
    ['', null],
    [null, null],
    [{ km: 3 }, null],
  ])('a distance of %j is %j km', (value, km) => {
    expect(offerWith({ spec: [spec('dist', value)] }).distanceKm).toBe(km);
  });

  test.each<[object, string]>([
    [{ estActive: 30 }, 'publishable'],
    [{ estActive: '30' }, 'publishable'],
    [{ estActiveUrn: { urn: 'urn:val:etatedit:20' } }, 'editing'],
    [{ estActiveUrn: 'urn:val:etatedit:5' }, 'archived'],
    [{ estActive: 30, estActiveUrn: { urn: 'urn:val:etatedit:10' } }, 'not-publishable'],
    [{ estActive: 30, estActiveUrn: { urn: 'urn:val:etatedit:new' } }, 'publishable'],
    [{ estActive: 31 }, 'unknown'],
    [{}, 'unknown'],
  ])('the state of %j is %s', (changes, state) => {
    expect(offerWith(changes).state).toBe(state);
  });

  test.each<[unknown, unknown, boolean]>([
    ['Boolean', 'true', true],
    ['Boolean', true, true],
    ['Boolean', 'TRUE', true],
    ['Boolean', '1', true],
    [undefined, 'true', true],
    ['Boolean', 'false', false],
    ['Boolean', '', false],
    ['UInt', '1', false],
    [undefined, '1', false],
    ['String', 'true', false],
  ])('a field of type %j with %j is ticked: %j', (type, value, isTicked) => {
    const { ticked } = offerWith({ spec: [{ urn: 'urn:fld:cirkwi:publie', type, value }] });

    expect(ticked).toEqual(isTicked ? ['urn:fld:cirkwi:publie'] : []);
  });

  test('ticks come in the same order, whatever order PIVOT gives', () => {
    const ticks = [spec('b', 'true', 'Boolean'), spec('a', 'true', 'Boolean')];

    expect(offerWith({ spec: ticks }).ticked).toEqual(offerWith({ spec: ticks.toReversed() }).ticked);
  });

  test.each([
    [{ latitude: 0, longitude: 0 }],
    [{ latitude: '50.3' }],
    [{ latitude: 95, longitude: 4.9 }],
    [{ latitude: 50.3, longitude: 'east' }],
  ])('the position %j is none', (adresse1) => {
    expect(offerWith({ adresse1: { cp: '5530', ...adresse1 } }).start).toMatchObject({
      latitude: null,
      longitude: null,
    });
  });

  test('characters in descriptions are characters, and markup stays markup', () => {
    const html =
      '&#60;b&#62; &#34;&#39;&#38;amp; c&#339;ur l&#146;eau &#0;&#55296;&#1114112;&#128512; &eacute;';

    expect(offerWith({ spec: [spec('descmarket', html)] }).description.fr).toBe(
      '&lt;b&gt; &quot;&#39;&amp;amp; cœur l’eau 😀 &eacute;',
    );
  });
});

describe('media of an offer', () => {
  test('come with the default one first, then in order, each once', () => {
    const { media: found } = offerWith({
      relOffre: [
        media('urn:lnk:media:autre', 'ANX-3', 'https://pivot.example/3.jpg', 'photo'),
        media('urn:lnk:media:autre', 'ANX-1', 'https://pivot.example/1.jpg', 'photo'),
        media('urn:link:media:defaut', 'ANX-1', 'https://pivot.example/1.jpg', 'photo'),
        media('urn:lnk:offre:enfant', 'ITB-2'),
        { urn: 'urn:lnk:media:autre', offre: {} },
        { urn: 'urn:lnk:media:autre' },
      ],
    });

    expect(found.map(({ code, relation }) => [code, relation])).toEqual([
      ['ANX-1', 'default'],
      ['ANX-3', 'other'],
    ]);
  });

  test.each([
    ['gpx', 'https://pivot.example/media/1', 'gpx'],
    ['doc', 'https://pivot.example/track.gpx', 'gpx'],
    ['doc', 'https://pivot.example/plan.pdf', 'doc'],
    ['video', undefined, 'video'],
    ['son', 'https://pivot.example/a.mp3', 'other'],
    [undefined, 'https://pivot.example/gpx.html', 'other'],
  ])('of kind %s at %s are %s', (typmed, url, kind) => {
    const { media: found } = offerWith({ relOffre: [media('urn:lnk:media:autre', 'ANX-1', url, typmed)] });

    expect(found[0]?.kind).toBe(kind);
  });
});

describe('an offer that cannot be read', () => {
  test.each([
    ['without a type', { typeOffre: undefined }, 'ITB-1'],
    ['with a type that is no number', { typeOffre: { idTypeOffre: 'itinerary' } }, 'ITB-1'],
    ['without a code', { codeCgt: ' ' }, null],
    ['whose ticks cannot be seen, and which must not be withdrawn for it', { spec: 'voir annexe' }, 'ITB-1'],
    ['with something else among its fields', { spec: [spec('dist', '3'), ['x']] }, 'ITB-1'],
  ])('%s says so, under its code where it has one', (_name, changes, code) => {
    expect(read(changes)).toMatchObject({ kind: 'unreadable', code, problems: [expect.any(String)] });
  });

  test('does not tell what stood there', () => {
    const result = read({ codeCgt: undefined, typeOffre: 'Ada Lovelace', nom: 'Ada Lovelace' });

    expect(JSON.stringify(result)).not.toContain('Ada');
  });

  test.each([[null], ['ITB-1'], [[]], [7]])('%j is not an offer', (value) => {
    expect(readOffer(value)).toMatchObject({ kind: 'unreadable', code: null });
  });
});

describe('any document', () => {
  const inner = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.jsonValue(),
      fc.constantFrom(
        'true',
        'urn:fld:dist',
        'urn:lnk:media:autre',
        '02-03-2024 09:00:00',
        '&#55296;',
        '8,4',
      ),
      fc.array(tie('value')),
      fc.dictionary(
        fc.constantFrom('urn', 'type', 'value', 'offre', 'codeCgt', 'spec', 'lang', 'label', '__proto__'),
        tie('value'),
      ),
    ),
  })).value;
  const members = [
    'codeCgt',
    'nom',
    'typeOffre',
    'estActive',
    'estActiveUrn',
    'spec',
    'relOffre',
    'adresse1',
  ];

  test('is an offer of the agreed shape, or unreadable, and never an error', () => {
    const document = fc.oneof(
      fc.anything(),
      fc.dictionary(fc.constantFrom(...members, 'dateModification'), inner),
      fc
        .dictionary(fc.constantFrom(...members), inner)
        .map((changes) => ({ ...changes, codeCgt: 'ITB-1', typeOffre: { idTypeOffre: 8 } })),
    );
    fc.assert(
      fc.property(document, (value) => {
        const result = readOffer(value);
        if (result.kind === 'offer') expect(offerSchema.safeParse(result.offer).error).toBeUndefined();
        else expect(result.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});
