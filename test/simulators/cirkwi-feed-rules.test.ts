import {
  type CircuitParts,
  circuit,
  cirkwi,
  heading,
  poi,
  provider,
  stopCirkwi,
  texts,
} from './cirkwi-support';

afterEach(stopCirkwi);

/** The reason for which a circuit or a POI is refused; null when it is imported. */
async function refusal(kind: 'circuits' | 'pois', document: string): Promise<string | null> {
  const source = await provider();
  source[kind](document);
  const report = await (await cirkwi(source)).pull();
  expect(report.failed).toEqual([]);
  expect(report.created + report.rejected.length).toBe(1);
  return report.rejected[0]?.reason ?? null;
}

const STEP = '<categories/><informations/><adresse/>';

test.each<[string, CircuitParts]>([
  ['with everything', {}],
  ['with elements nobody knows', { lien: '<lien/><nouveaute><x/></nouveaute>' }],
  [
    'with steps, whole or empty',
    {
      infos_parcours: `<infos_parcours><info_parcours code_cgt="S1">${STEP}</info_parcours><info_parcours code_cgt="S2"/></infos_parcours>`,
    },
  ],
  ['with a POI in it', { pois: `<pois version="2">${poi('P', 'Musée')}</pois>` }],
  [
    'with an address that knows little',
    { adresse: '<adresse><position><lat>50.3</lat></position></adresse>' },
  ],
  ['without texts', { informations: '<informations/>' }],
])('a circuit %s is imported', async (_, parts) => {
  expect(await refusal('circuits', circuit('A', 'Moulin', undefined, parts))).toBeNull();
});

test.each<[keyof CircuitParts]>([
  ['informations'],
  ['distance'],
  ['adresse'],
  ['auteur'],
  ['accessibilite'],
  ['fichier_trace'],
  ['tags_prives'],
  ['locomotions'],
  ['infos_parcours'],
  ['pois'],
  ['lien'],
  ['altitude_minimum'],
  ['altitude_maximum'],
  ['denivele_positif'],
  ['denivele_negatif'],
  ['diffusion'],
])('a circuit without <%s> is refused', async (part) => {
  expect(await refusal('circuits', circuit('A', 'Moulin', undefined, { [part]: null }))).toBe(
    `circuit/${part} is missing`,
  );
});

test.each<[string, CircuitParts, string]>([
  [
    'elements in another order',
    { distance: null, adresse: '<adresse/><distance>1</distance>' },
    'circuit/distance stands after adresse',
  ],
  ['an element twice', { lien: '<lien/><lien/>' }, 'circuit/lien occurs more than once'],
  ['embedded POIs without version', { pois: '<pois/>' }, 'circuit/pois@version is missing'],
  [
    'a text without language',
    { informations: '<informations><information/></informations>' },
    'circuit/informations/information@langue is missing',
  ],
  [
    'a description before its title',
    {
      informations:
        '<informations><information langue="fr"><description/><titre/></information></informations>',
    },
    'circuit/informations/information/titre stands after description',
  ],
  [
    'a private tag without name',
    { tags_prives: '<tags_prives><tag_prive/></tags_prives>' },
    'circuit/tags_prives/tag_prive@nom is missing',
  ],
  [
    'a country without code',
    { adresse: '<adresse><pays>Belgique</pays></adresse>' },
    'circuit/adresse/pays@code_pays is missing',
  ],
  [
    'an empty latitude',
    { adresse: '<adresse><position><lat/><lng>4.9</lng></position></adresse>' },
    'circuit/adresse/position/lat is not a number',
  ],
  [
    'a step without code',
    { infos_parcours: '<infos_parcours><info_parcours/></infos_parcours>' },
    'circuit/infos_parcours/info_parcours@code_cgt is missing',
  ],
  [
    'a step with parts missing',
    {
      infos_parcours:
        '<infos_parcours><info_parcours code_cgt="S"><categories/></info_parcours></infos_parcours>',
    },
    'circuit/infos_parcours/info_parcours/informations is missing; circuit/infos_parcours/info_parcours/adresse is missing',
  ],
])('a circuit with %s is refused', async (_, parts, reason) => {
  expect(await refusal('circuits', circuit('A', 'Moulin', undefined, parts))).toBe(reason);
});

test.each([['id_circuit'], ['code_cgt'], ['date_creation'], ['date_modification']])(
  'a circuit without %s is refused',
  async (attribute) => {
    const whole = circuit('A', 'Moulin');

    expect(await refusal('circuits', whole.replace(new RegExp(` ${attribute}="[^"]*"`), ''))).toBe(
      `circuit@${attribute} is missing`,
    );
  },
);

test.each([
  ['1777904411', null],
  ['2026-05-04T14:20:11Z', null],
  ['2026-05-04', null],
  ['04/05/2026', 'circuit@date_modification is not of type date'],
  ['', 'circuit@date_modification is missing'],
])('a modification date "%s" is judged', async (date, reason) => {
  const whole = circuit('A', 'Moulin').replace('"1777904411"', `"${date}"`);

  expect(await refusal('circuits', whole)).toBe(reason);
});

test.each([
  ['publie_cirkwi="1"', null],
  ['publie_cirkwi="oui"', 'circuit@publie_cirkwi is not of type integer'],
])('a circuit with %s is judged', async (attribute, reason) => {
  expect(
    await refusal('circuits', circuit('A', 'Moulin').replace('<circuit ', `<circuit ${attribute} `)),
  ).toBe(reason);
});

test.each([
  ['with everything', poi('P', 'Musée'), null],
  ['without categories', poi('P', 'Musée', ''), null],
  [
    'with a category without id',
    poi('P', 'Musée', '<categorie>14</categorie>'),
    'poi/categories/categorie@id_categorie is missing',
  ],
  ['without external links', poi('P', 'M').replace('<externalLinks/>', ''), 'poi/externalLinks is missing'],
  ['without code', poi('P', 'M').replace(' code_cgt="P"', ''), 'poi@code_cgt is missing'],
  [
    'with its texts first',
    `<poi ${heading('poi', 'P')}>${texts('M')}<categories/><tags_prives/><adresse/><dates/><auteur/><lien/><externalLinks/><diffusion/></poi>`,
    'poi/categories stands after informations; poi/tags_prives stands after informations',
  ],
])('a POI %s is judged', async (_, document, reason) => {
  expect(await refusal('pois', document)).toBe(reason);
});

test('a POI inside a circuit is held to the same rules', async () => {
  const inner = poi('P', 'Musée').replace('<dates/>', '');

  expect(
    await refusal('circuits', circuit('A', 'M', undefined, { pois: `<pois version="2">${inner}</pois>` })),
  ).toBe('circuit/pois/poi/dates is missing');
});
