import type { Offer } from '../mappings/pivot-cirkwi/offer';
import type { Dossier } from '../mappings/planexpo-inwink/dossier';
import type { PreflightCheck } from '../mappings/preflight-check';
import type { CrmRecord } from '../mappings/weavy-webmecanik/crm-record';

/** Bodies of a usual size, one of each kind: the generated records are these with their own ids and names. */

const PARAGRAPH =
  'Au départ de la place, le sentier suit la rivière jusqu’au moulin, puis monte entre les haies vers le plateau. Par temps clair, la vue porte jusqu’aux crêtes ; des bancs et une table d’orientation attendent les marcheurs. ';

const PLACE = {
  street: 'Rue de l’Église',
  number: '12',
  postcode: '6870',
  town: { fr: 'Saint-Hubert', nl: 'Sint-Hubertus' },
  insCode: '84059',
  country: 'BE',
  latitude: 50.0268,
  longitude: 5.3741,
  altitudeM: 412,
};

export const OFFER: Offer = {
  code: '',
  type: 8,
  state: 'publishable',
  createdAt: '2023-04-11T09:20:00+02:00',
  modifiedAt: '2026-02-03T14:05:00+01:00',
  name: {},
  description: { fr: `<p>${PARAGRAPH.repeat(2)}</p>`, nl: '<p>Vanaf het plein volgt het pad de rivier.</p>' },
  routeDescription: { fr: PARAGRAPH },
  start: PLACE,
  arrival: null,
  distanceKm: 8.4,
  climbM: 210,
  descentM: 208,
  altitudeMinM: 355,
  altitudeMaxM: 498,
  usages: [{ usage: 'foot', difficulty: 'urn:val:difficulte:moyen', durationMinutes: 150 }],
  access: { publicTransport: true, wheelchair: false, stroller: null },
  themes: ['famille', 'foret'],
  website: 'https://www.example.org/balades',
  ticked: ['urn:fld:famille', 'urn:fld:foret'],
  cirkwiId: null,
  media: [
    {
      code: 'MED-0A-000001',
      relation: 'default',
      kind: 'photo',
      url: 'https://media.example.org/1.jpg',
      caption: { fr: 'Le moulin au bord de la rivière' },
      credit: 'Office du tourisme',
      modifiedAt: '2025-05-05T10:00:00+02:00',
    },
  ],
};

export const DOSSIER: Dossier = {
  id: '',
  publicId: '',
  parentId: null,
  status: 'validated',
  isTest: false,
  version: 3,
  company: {
    name: '',
    website: 'https://www.example.com',
    address: {
      line1: '18 avenue des Tilleuls',
      line2: null,
      postalCode: '69003',
      city: 'Lyon',
      country: 'France',
    },
  },
  bookingContact: {
    contactId: '4711',
    civility: 'Mme',
    lastName: 'Lefèvre',
    firstName: 'Chloé',
    email: '',
    company: null,
    position: 'Responsable des salons',
    phone1: '04 72 00 00 00',
    phone2: null,
    language: 'fr',
  },
  placement: { state: 'placed', standNumber: 'B42', space: 'Hall 2', aisle: 'B' },
  items: ['Stand équipé 9 m²', 'Badge exposant', 'Place de parking', 'Invitation électronique'].map(
    (name, index) => ({
      productId: `P-${index + 1}`,
      name,
      kind: 'product',
      quantity: index + 1,
      unitLabel: 'unité',
    }),
  ),
  updatedAt: '2026-01-20T08:00:00Z',
  validatedAt: '2026-01-20T07:55:00Z',
};

export const PERSON: CrmRecord = {
  kind: 'mautic/contact',
  id: '',
  fields: Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`champ_${n}`, `valeur ${n} du contact`])),
  modifiedAt: 1_769_000_000_000,
  deleted: false,
  tiersId: null,
  bounced: false,
  tags: ['salon', 'lettre'],
};

export const PREFLIGHT: PreflightCheck[] = Array.from({ length: 8 }, (_, n) => ({
  code: `check-${n}`,
  result: 'pass',
  evidence: {
    fr: 'Le compte répond et possède les droits nécessaires.',
    en: 'The account answers and has its rights.',
  },
  advice: { fr: '', en: '' },
}));
