import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { cirkwiObjectSchema } from '../../mappings/pivot-cirkwi/cirkwi-object';
import { cleanHtml } from '../../mappings/pivot-cirkwi/clean-html';
import { mapOffer, type OfferMappingRules } from '../../mappings/pivot-cirkwi/map-offer';
import { MEDIA_KINDS, type Offer, offerSchema, USAGES } from '../../mappings/pivot-cirkwi/offer';
import { feedEnd, feedStart, renderObject } from '../../mappings/pivot-cirkwi/render-object';
import { anyText } from '../mappings/any-text';
import { holds } from '../mappings/holds';
import { feedProblems } from './feed-rules';

const maybeText = fc.option(anyText, { nil: null });
const number = fc.option(fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -0, 8.4, 1e21, 1e-9)), {
  nil: null,
});
const html = fc.oneof(
  anyText,
  fc
    .array(
      fc.constantFrom(
        ...['<p>', '</p>', '<script>', '</script>', '<scr', 'ipt>', '<', '>', '"', "'", ' onclick=', 'x()'],
        ...['<a href=', '"javascript:x"', 'https://a.example', '<!--', '-->', ']]>', '&lt;', '&', '\n', '\r'],
        ...['<img src=', '<b', '/>', '\u0000', '\uD800', 'é', '<![CDATA[', '<STYLE', '<iframe/', 'mot'],
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);
const texts = (text: fc.Arbitrary<string>) =>
  fc.record({ fr: text, nl: text, en: text, de: text }, { requiredKeys: [] });
const date = fc.oneof(
  fc.constantFrom(null, '', '2026-05-04T16:20:11+02:00', '04-05-2026 16:20:11', '9999-99-99T00:00:00Z'),
  fc.date({ noInvalidDate: true }).map((day) => day.toISOString()),
);
const flag = fc.constantFrom(true, false, null);

const place = fc.record({
  street: maybeText,
  number: maybeText,
  postcode: maybeText,
  town: texts(anyText),
  insCode: maybeText,
  country: fc.oneof(fc.constantFrom('BE', 'fr', 'XX'), maybeText),
  latitude: number,
  longitude: number,
  altitudeM: number,
});

const media = fc.record({
  code: fc.constantFrom('ANX-1', 'ANX-2', 'ANX-3'),
  relation: fc.constantFrom('default' as const, 'other' as const),
  kind: fc.constantFrom(...MEDIA_KINDS),
  url: fc.oneof(fc.webUrl({ withQueryParameters: true }), maybeText),
  caption: texts(anyText),
  credit: maybeText,
  modifiedAt: date,
});

const offer: fc.Arbitrary<Offer> = fc.record({
  code: fc.oneof(
    fc.constant('ITB-ZZ-0001-0007'),
    anyText.map((text) => `ITB${text}`),
  ),
  type: fc.constantFrom(8, 8, 269, 261, 4711),
  state: fc.constantFrom('publishable' as const, 'editing' as const, 'unknown' as const),
  createdAt: date,
  modifiedAt: date,
  name: texts(anyText),
  description: texts(html),
  routeDescription: texts(html),
  start: fc.option(place, { nil: null }),
  arrival: fc.option(place, { nil: null }),
  distanceKm: number,
  climbM: number,
  descentM: number,
  altitudeMinM: number,
  altitudeMaxM: number,
  usages: fc.array(
    fc.record({
      usage: fc.constantFrom(...USAGES),
      difficulty: fc.oneof(fc.constantFrom('urn:val:x:facile', 'noir'), maybeText),
      durationMinutes: number,
    }),
    { maxLength: 8 },
  ),
  access: fc.record({ publicTransport: flag, wheelchair: flag, stroller: flag }),
  themes: fc.array(fc.oneof(fc.constantFrom('famille', 'foret', '__proto__', 'abris'), anyText), {
    maxLength: 6,
  }),
  website: maybeText,
  ticked: fc.array(anyText, { maxLength: 3 }),
  cirkwiId: maybeText,
  media: fc.array(media, { maxLength: 14 }),
});

const rules: fc.Arbitrary<OfferMappingRules> = fc.record({
  publication: fc.record({ tagCirkwi: fc.boolean(), tagNetwork: fc.boolean() }),
  track: fc.option(fc.record({ hash: fc.constantFrom('aa', 'bb'), modifiedAt: date }), { nil: null }),
  defaultCountry: fc.constant('BE'),
});

const KEYS = offerSchema.keyof().options;

const trackUrl = (hash: string) => `https://feeds.example/s3cret/${hash}.gpx`;
const written = (made: Offer, given: OfferMappingRules) =>
  renderObject(mapOffer(made, given).object, trackUrl);

function told(made: Offer): Offer {
  return {
    ...made,
    usages: [...made.usages].reverse(),
    themes: [...made.themes].reverse(),
    ticked: [...made.ticked].reverse(),
    media: [...made.media].reverse(),
  };
}

describe('whatever an offer holds', () => {
  it('is written as a valid document', () => {
    holds(
      fc.property(offer, rules, (made, given) => {
        const kind = made.type === 8 ? 'circuit' : 'poi';

        expect(feedProblems(feedStart(kind) + written(made, given) + feedEnd(kind), kind)).toEqual([]);
      }),
    );
  });

  it('is mapped to an object that can be stored and read again', () => {
    holds(
      fc.property(offer, rules, (made, given) => {
        const mapped = mapOffer(made, given);

        const texts: string[] = [];
        const stored = JSON.parse(
          JSON.stringify(mapped, (key, value) => {
            texts.push(key, typeof value === 'string' ? value : '');
            return value;
          }),
        );
        expect(cirkwiObjectSchema.parse(stored.object)).toEqual(mapped.object);
        expect(stored).toEqual(mapped);
        // PostgreSQL refuses both.
        expect(texts.filter((text) => /[\0\p{Cs}]/u.test(text))).toEqual([]);
      }),
    );
  });

  it('gives the same bytes and the same notes in whatever order PIVOT tells it', () => {
    holds(
      fc.property(offer, rules, (made, given) => {
        expect(mapOffer(told(made), given)).toEqual(mapOffer(made, given));
        expect(written(told(made), given)).toBe(written(made, given));
      }),
    );
  });

  it('differs in its fields exactly when it differs in its bytes', () => {
    holds(
      fc.property(offer, offer, rules, fc.constantFrom(...KEYS), (made, other, given, key) => {
        const changed = { ...made, [key]: other[key] };

        const sameFields = isDeepStrictEqual(mapOffer(changed, given).fields, mapOffer(made, given).fields);

        expect(written(changed, given) === written(made, given)).toBe(sameFields);
      }),
    );
  });

  it('either has a title or is refused with the reason', () => {
    holds(
      fc.property(offer, rules, (made, given) => {
        const { problems, fields } = mapOffer(made, given);

        expect(problems.length === 0).toBe(typeof fields['title.fr'] === 'string');
      }),
    );
  });

  it('is admitted by the schema of offers in these tests, or they would test nothing real', () => {
    holds(
      fc.property(offer, (made) => {
        // A database or a reply holds no NaN and no infinity.
        expect(offerSchema.safeParse(JSON.parse(JSON.stringify(made))).success).toBe(true);
      }),
    );
  });
});

describe('a cleaned description', () => {
  it('holds nothing that runs, whatever was in it, and stays as it is when cleaned again', () => {
    holds(
      fc.property(html, (raw) => {
        const clean = cleanHtml(raw) ?? '';

        expect(clean).not.toMatch(/<(?:script|style|iframe|!)|<[a-z][^>]*\son\w+=|<[^>]*"javascript:/iu);
        expect(clean === '' ? null : cleanHtml(clean)).toBe(clean === '' ? null : clean);
      }),
    );
  });
});
