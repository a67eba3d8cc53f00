import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mapOffer } from '../../mappings/pivot-cirkwi/map-offer';
import { offerSchema } from '../../mappings/pivot-cirkwi/offer';
import { feedEnd, feedStart, renderObject } from '../../mappings/pivot-cirkwi/render-object';
import { feedProblems } from './feed-rules';
import { sampleOffer } from './sample-offer';

const trackUrl = (hash: string) => `https://feeds.example/tracks/${hash}.gpx`;
const RULES = {
  publication: { tagCirkwi: true, tagNetwork: false },
  track: { hash: '5f2c', modifiedAt: null },
};

const readCase = (file: string) => readFileSync(path.join(__dirname, 'mapping-cases', file), 'utf8');
/** Line breaks between elements of an expected document are there for its readers only. */
const oneLine = (xml: string) => `${xml.replaceAll('>\n<', '><').trim()}\n`;

function feed(kind: 'circuit' | 'poi', ...objects: string[]): string {
  return feedStart(kind) + objects.join('') + feedEnd(kind);
}

const circuit = (own: Parameters<typeof sampleOffer>[0] = {}) =>
  renderObject(mapOffer(sampleOffer(own), RULES).object, trackUrl);
const poi = renderObject(mapOffer(sampleOffer({ type: 269 }), RULES).object, trackUrl);

describe('renderObject', () => {
  it.each(['complete-itinerary', 'restaurant'])('writes the %s byte for byte', (name) => {
    const { offer, rules } = JSON.parse(readCase(`${name}.json`));

    const { object } = mapOffer(offerSchema.parse(offer), rules);

    expect(renderObject(object, trackUrl)).toBe(oneLine(readCase(`${name}.xml`)));
  });

  it.each([
    ['circuit', 'circuit', circuit()],
    ['POI', 'poi', poi],
  ] as const)('writes a bare %s with every element that the schema asks for', (_name, kind, object) => {
    expect(feedProblems(feed(kind, object), kind)).toEqual([]);
  });

  it.each(['circuit', 'poi'] as const)('makes a valid %s feed of no object at all', (kind) => {
    expect(feedProblems(feed(kind), kind)).toEqual([]);
  });

  it('leaves the description readable as HTML, whatever is in it', () => {
    const xml = circuit({ description: { fr: '<p>fin ]]> de</p> & <b>suite</b>' } });

    expect(xml).toContain('<![CDATA[<p>fin ]]]]><![CDATA[> de</p> & <b>suite</b>]]>');
    expect(feedProblems(feed('circuit', xml), 'circuit')).toEqual([]);
  });

  it('drops what XML forbids and escapes the rest', () => {
    const object = mapOffer(sampleOffer(), RULES).object;
    const xml = renderObject({ ...object, code: 'A"\n<\u0000\uD800&>', privateTags: [] }, trackUrl);

    expect(xml).toContain('id_circuit="A&quot;&#10;&lt;&amp;&gt;"');
    expect(feedProblems(feed('circuit', xml), 'circuit')).toEqual([]);
  });
});

describe('the check of feeds', () => {
  const valid = feed(
    'circuit',
    circuit({ usages: [{ usage: 'foot', difficulty: '2', durationMinutes: 5 }] }),
  );

  it.each([
    ['a missing element', '<auteur/>', ''],
    ['elements in another order', '<auteur/><accessibilite/>', '<accessibilite/><auteur/>'],
    ['an element twice', '<auteur/>', '<auteur/><auteur/>'],
    ['an unknown element', '<lien/>', '<lien/><site/>'],
    ['an unknown attribute', 'publie_cirkwi=', 'publie_chez_cirkwi='],
    ['a missing code_cgt', ' code_cgt="ITB-ZZ-0001-0007"', ''],
    ['a date that is not in seconds', 'date_creation="1709366400"', 'date_creation="2024-03-02"'],
    ['a missing version', '<pois version="2"/>', '<pois/>'],
    ['another version', '<circuits version="2">', '<circuits version="1">'],
    ['text between elements', '<auteur/>', '<auteur/>et'],
    ['a word where a number belongs', 'publie_cirkwi="1"', 'publie_cirkwi="oui"'],
    ['a distance in kilometres', '<distance/>', '<distance>8,4 km</distance>'],
    ['a descent that is positive', '<denivele_negatif/>', '<denivele_negatif>120</denivele_negatif>'],
    ['a difficulty out of range', 'difficulte="2"', 'difficulte="6"'],
    ['a country without its code', '<adresse/>', '<adresse><pays>Belgique</pays></adresse>'],
    ['a position in words', '<adresse/>', '<adresse><position><lat>50,3</lat></position></adresse>'],
    ['a text without a language', ' langue="fr"', ''],
    ['a document cut short', feedEnd('circuit'), ''],
    ['an unescaped ampersand', 'Boucle du moulin', 'Boucle & moulin'],
    ['another root', /circuits/g, 'pois'],
    ['another encoding', 'UTF-8', 'ISO-8859-1'],
    ['a document type', '?>\n', '?>\n<!DOCTYPE circuits>'],
    ['an object twice', feedEnd('circuit'), circuit() + feedEnd('circuit')],
  ])('finds %s', (_fault, found, put) => {
    const broken = valid.replace(found, put);

    expect(feedProblems(valid, 'circuit')).toEqual([]);
    expect(broken).not.toBe(valid);
    expect(feedProblems(broken, 'circuit')).not.toEqual([]);
  });

  it('finds a POI without categories, and one whose category has no number', () => {
    const valid = feed('poi', poi);
    const category = /<categories>.*<\/categories>/u;

    expect(feedProblems(valid, 'poi')).toEqual([]);
    expect(feedProblems(valid.replace(category, ''), 'poi')).not.toEqual([]);
    expect(feedProblems(valid.replace(/id_categorie="\d+"/u, ''), 'poi')).not.toEqual([]);
  });
});
