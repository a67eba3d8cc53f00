import { dayFirstDate, isoDate } from '../../pivot/brussels-time';
import { RECIPE_STEP_M } from '../../pivot/gpx-recipe';
import type { PivotOffer, PivotSpec } from '../../pivot/offer';
import { CIRKWI, OFFER_TYPES } from '../../pivot/urns';
import { photosOf, type SampleMedia, tracksOf } from './media';
import type { OfferSlot, Standing } from './slots';
import { type SampleTexts, sampleTexts, VILLAGES } from './words';

/** Types of the points of interest; the first is the most frequent. */
export const POI_TYPES = [269, 11, 269, 261, 1, 2] as const;

const FIRST_CHANGE_MS = Date.parse('2025-06-02T06:00:00Z');

/** The offer of a slot, with the media that come with it. */
export function sampleOffer(slot: OfferSlot): { offer: PivotOffer; media: PivotOffer[] } {
  const { kind, rank, special, standing, random } = slot;
  const start = { lat: 49.7 + random.next() * 0.9, lon: 4.3 + random.next() * 1.5 };
  const texts = sampleTexts(slot);
  const photos = photosOf(slot);
  const tracks = kind === 'itinerary' ? tracksOf(slot, start) : { ...NO_MEDIA, points: 0 };
  const own = kind === 'itinerary' ? itinerarySpecs(slot, tracks.points) : poiSpecs(slot);
  const type = kind === 'itinerary' ? 8 : (POI_TYPES[rank % POI_TYPES.length] ?? 269);
  const offer: PivotOffer = {
    codeCgt: codeOf(slot, type),
    ...dates(slot),
    nom: texts.nom,
    estActive: STATES[standing] ?? 30,
    visibilite: 30,
    typeOffre: { idTypeOffre: type },
    adresse1: address(slot, start),
    ...(kind === 'itinerary' && rank % 3 === 0 ? { adresse2: address(slot, start) } : {}),
    spec: [...textSpecs(texts, slot), ...own, ...ticks(standing, rank)],
    relOffre: [...photos.links, ...tracks.links],
    ...(special === 'unreadable' ? { broken: 'type-text' as const } : {}),
    ...(special === 'lurkingError' ? { lurking: [LURKING] } : {}),
  };
  return { offer, media: [...photos.media, ...tracks.media] };
}

const NO_MEDIA: SampleMedia = { media: [], links: [] };
const STATES: Partial<Record<Standing, number>> = { archived: 5, notPublishable: 10, editing: 20 };
const LURKING = {
  idStatus: 'ERR0001',
  message: 'Ce champ est vide',
  context: 'urn:fld:catcirc',
};

/** Codes are of several generations and mean nothing. */
function codeOf({ position }: OfferSlot, type: number): string {
  const number = String(position + 1);
  if (position % 17 === 16) return `CGT_0001_${number.padStart(8, '0')}`;
  return `${OFFER_TYPES.get(type)?.code ?? 'OTH'}-0A-${number.padStart(6, '0')}`;
}

/** Every third record keeps dates of the older form. */
function dates({ position }: OfferSlot): Pick<PivotOffer, 'dateCreation' | 'dateModification'> {
  const form = position % 3 === 1 ? dayFirstDate : isoDate;
  const changed = FIRST_CHANGE_MS + position * 61_000;
  return { dateCreation: form(changed - 400 * 86_400_000), dateModification: form(changed) };
}

function address({ rank }: OfferSlot, { lat, lon }: { lat: number; lon: number }): Record<string, unknown> {
  const village = VILLAGES[rank % VILLAGES.length] ?? VILLAGES[0];
  return {
    ...(rank % 2 === 0 ? { rue: 'Place du Marché', numero: String(1 + (rank % 30)) } : {}),
    idIns: 9001 + (rank % VILLAGES.length),
    ins: String(99_001 + (rank % VILLAGES.length)),
    cp: rank % 9 === 0 ? '0680' : String(5000 + (rank % 900)),
    localite: [
      { lang: 'fr', value: village },
      { lang: 'nl', value: village },
    ],
    paysUrn: { urn: 'urn:val:pays:be' },
    latitude: Number(lat.toFixed(5)),
    longitude: Number(lon.toFixed(5)),
    ...(rank % 4 === 0 ? { altitude: 120 + (rank % 200) } : {}),
    noaddress: false,
  };
}

function textSpecs({ translations, description }: SampleTexts, { rank }: OfferSlot): PivotSpec[] {
  const html = (urn: string, value: string): PivotSpec => ({ urn, type: 'TextML', value });
  return [
    html('urn:fld:descmarket30', description),
    ...(rank % 6 === 0
      ? [html('urn:fld:descmarket10', `<p>Pour les gens d&#8217;ici.</p>${description}`)]
      : []),
    ...translations.flatMap(({ prefix, name, description: text }) => [
      ...(name === null ? [] : [{ urn: `${prefix}urn:fld:nomofr`, type: 'FirstUpperStringML', value: name }]),
      ...(text === null ? [] : [html(`${prefix}urn:fld:descmarket30`, text)]),
    ]),
  ];
}

/** Boolean specs: set, set to false, or simply not there. */
function ticks(standing: Standing, rank: number): PivotSpec[] {
  const tick = (urn: string, value: 'true' | 'false'): PivotSpec => ({ urn, type: 'Boolean', value });
  switch (standing) {
    case 'filterOnly':
      return [tick(CIRKWI.filter, 'true')];
    case 'tagOnly':
      return [tick(rank % 80 < 40 ? CIRKWI.tag : CIRKWI.network, 'true'), tick(CIRKWI.filter, 'false')];
    case 'unticked':
      return rank % 40 === 7
        ? []
        : [CIRKWI.filter, CIRKWI.tag, CIRKWI.network].map((urn) => tick(urn, 'false'));
    default:
      return [
        tick(CIRKWI.filter, 'true'),
        tick(CIRKWI.tag, 'true'),
        ...(rank % 2 === 0 ? [tick(CIRKWI.network, 'true')] : []),
      ];
  }
}

const USAGES = ['ped', 'vtt', 'vtc', 'equ', 'trail', 'velotour'] as const;
const DIFFICULTIES = ['facile', 'moyen', 'difficile', 'tresfacile'] as const;
const THEMES = ['famille', 'patrimoine', 'baladenature', 'foret', 'bordeau', 'abris'] as const;

/** Length and climb fit the track; numbers are texts, some in odd forms. */
function itinerarySpecs({ rank, special, random }: OfferSlot, points: number): PivotSpec[] {
  const usage = rank % 3 === 0 ? 'ped' : random.pick(USAGES);
  const km = (points * RECIPE_STEP_M) / 1000;
  const isOdd = special === 'oddNumbers';
  const difficulty = special === 'unknownDifficulty' ? 'legendaire' : random.pick(DIFFICULTIES);
  const number = (tail: string, value: string): PivotSpec => ({
    urn: `urn:fld:${tail}`,
    type: 'UFloat',
    value,
  });
  const yes = (tail: string): PivotSpec => ({ urn: `urn:fld:${tail}`, type: 'Boolean', value: 'true' });
  return [
    number('dist', isOdd ? ` ${km.toFixed(2).replace('.', ',')} ` : km.toFixed(1)),
    number('hdifmax', isOdd ? '1 250' : String(20 + random.below(400))),
    number('hdifmin', isOdd ? 'n/a' : String(-20 - random.below(400))),
    ...(rank % 2 === 0 ? [number('altmin', '120'), number('altmax', '310.0')] : []),
    yes(`infusg${usage}`),
    {
      urn: `urn:fld:infusg${usage}diff`,
      type: 'Choice',
      value: `urn:val:infusg${usage}diff:${difficulty}`,
    },
    ...(rank % 5 === 4 ? [] : [number(`infusg${usage}dur`, isOdd ? '090' : String(30 + random.below(300)))]),
    ...(rank % 7 === 0 ? [yes('infusgpedpou')] : []),
    yes(special === 'unknownTheme' ? 'chassefantomes' : random.pick(THEMES)),
    { urn: 'urn:fld:typecirc', type: 'Choice', value: 'urn:val:typecirc:boucle' },
    ...(rank % 10 === 0 ? [{ urn: 'urn:fld:idcirkwi', type: 'String', value: String(700_000 + rank) }] : []),
  ];
}

function poiSpecs({ rank }: OfferSlot): PivotSpec[] {
  return rank % 2 === 0
    ? [{ urn: 'urn:fld:urlweb', type: 'URL', value: `https://lieu-${rank + 1}.example/` }]
    : [];
}
