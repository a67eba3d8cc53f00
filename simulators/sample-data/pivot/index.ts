import type { PivotOffer, PivotState } from '../../pivot/offer';
import { isTrackMedia } from '../../pivot/offer-form';
import { CIRKWI } from '../../pivot/urns';
import { POI_TYPES, sampleOffer } from './sample-offer';
import { type OfferSlot, offerSlots, type Special, type Standing } from './slots';

export { gpxText } from '../../pivot/gpx-text';

/** Codes of offers (not of media) by what a demonstration or a test may want of them. */
export type PivotNotes = Record<Standing | Special, string[]> & {
  /** Filter and tag, publishable, readable: under either rule these belong into the feed. */
  publishable: string[];
  /** Publishable itineraries with one sound short track of their own: their GPX may be replaced without a word. */
  silentReplace: string[];
  /** The same, others: to edit the track of in Cirkwi. */
  edit: string[];
};

export interface SamplePivot extends PivotState {
  /** The stored query that holds all offers in scope, ticked or not. */
  queryId: string;
  /** The stored query that holds only what is publishable and ticked: an offer leaves it when it is unticked. */
  tickedQueryId: string;
  /** Types of the offers in scope. */
  offerTypes: number[];
  notes: PivotNotes;
}

/** Types that both stored queries select. */
export const SAMPLE_OFFER_TYPES: readonly number[] = [...new Set([8, ...POI_TYPES])];

/**
 * A PIVOT with this many offers besides their media: three itineraries for one point of interest. The same seed makes the
 * same one. From 160 offers on, everything named in the notes occurs. Nobody and nowhere in it exists.
 */
export function samplePivot({
  offers,
  seed,
  queryId = 'QRY-0A-0000-0001',
}: {
  offers: number;
  seed: number;
  queryId?: string;
}): SamplePivot {
  const notes = noNotes();
  const all: PivotOffer[] = [];
  const allMedia: PivotOffer[] = [];
  for (const slot of offerSlots(offers, seed)) {
    const { offer, media } = sampleOffer(slot);
    all.push(offer);
    allMedia.push(...media);
    note(notes, slot, offer.codeCgt);
  }
  const tickedQueryId = `${queryId}-T`;
  return {
    offers: [...all, ...allMedia],
    queries: [
      { codeCgt: queryId, query: { CriteriaGroup: [{ type: 'and', CriteriaField: [IN_SCOPE] }] } },
      { codeCgt: tickedQueryId, query: TICKED },
    ],
    queryId,
    tickedQueryId,
    offerTypes: [...SAMPLE_OFFER_TYPES],
    notes,
  };
}

/** Codes of the track media of an offer, in the order of its relations. */
export function trackMediaOf({ offers }: PivotState, code: string): string[] {
  const offer = offers.find((each) => each.codeCgt === code);
  const linked = new Set((offer?.relOffre ?? []).map((link) => link.offre.codeCgt));
  return offers.filter((each) => linked.has(each.codeCgt) && isTrackMedia(each)).map((each) => each.codeCgt);
}

const IN_SCOPE = {
  field: 'urn:fld:typeofr',
  operator: 'in',
  target: 'value',
  value: SAMPLE_OFFER_TYPES.map(String),
};

const isTrue = (field: string) => ({ field, operator: 'equal', target: 'value', value: ['true'] });

const TICKED = {
  CriteriaGroup: [
    {
      type: 'and',
      CriteriaField: [
        IN_SCOPE,
        { field: 'urn:fld:etatedit', operator: 'equal', target: 'value', value: ['urn:val:etatedit:30'] },
      ],
      CriteriaGroup: [{ type: 'or', CriteriaField: Object.values(CIRKWI).map(isTrue) }],
    },
  ],
};

function note(notes: PivotNotes, { kind, rank, standing, special }: OfferSlot, code: string): void {
  notes[standing].push(code);
  if (special) notes[special].push(code);
  if (standing !== 'ticked' || special === 'unreadable') return;
  notes.publishable.push(code);
  if (kind === 'itinerary' && special === null) notes[rank % 2 === 0 ? 'edit' : 'silentReplace'].push(code);
}

function noNotes(): PivotNotes {
  return {
    ticked: [],
    filterOnly: [],
    tagOnly: [],
    unticked: [],
    archived: [],
    editing: [],
    notPublishable: [],
    longTrack: [],
    severalSegments: [],
    route: [],
    noElevation: [],
    byteOrderMark: [],
    gpx10: [],
    brokenTrack: [],
    twoTracks: [],
    noTrack: [],
    sharedTrack: [],
    noFrenchName: [],
    unknownDifficulty: [],
    unknownTheme: [],
    oddNumbers: [],
    unreadable: [],
    lurkingError: [],
    publishable: [],
    silentReplace: [],
    edit: [],
  };
}
