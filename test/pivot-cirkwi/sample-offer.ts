import type { Offer, OfferMedia, OfferPlace } from '../../mappings/pivot-cirkwi/offer';

/** A plain publishable itinerary; a test names only what matters to it. */
export function sampleOffer(own: Partial<Offer> = {}): Offer {
  return {
    code: 'ITB-ZZ-0001-0007',
    type: 8,
    state: 'publishable',
    createdAt: '2024-03-02T09:00:00+01:00',
    modifiedAt: '2026-05-04T16:20:11+02:00',
    name: { fr: 'Boucle du moulin' },
    description: {},
    routeDescription: {},
    start: null,
    arrival: null,
    distanceKm: null,
    climbM: null,
    descentM: null,
    altitudeMinM: null,
    altitudeMaxM: null,
    usages: [],
    access: { publicTransport: null, wheelchair: null, stroller: null },
    themes: [],
    website: null,
    ticked: [],
    cirkwiId: null,
    media: [],
    ...own,
  };
}

export function samplePlace(own: Partial<OfferPlace> = {}): OfferPlace {
  return {
    street: null,
    number: null,
    postcode: null,
    town: {},
    insCode: null,
    country: null,
    latitude: null,
    longitude: null,
    altitudeM: null,
    ...own,
  };
}

export function samplePhoto(own: Partial<OfferMedia> = {}): OfferMedia {
  return {
    code: 'ANX-ZZ-0001-0001',
    relation: 'other',
    kind: 'photo',
    url: 'https://source.example/photo.jpg',
    caption: {},
    credit: null,
    modifiedAt: null,
    ...own,
  };
}
