import { decideOffer, type OfferSituation } from '../../mappings/pivot-cirkwi/decide-offer';
import type { Publication } from '../../mappings/pivot-cirkwi/publication-rule';

const TICKED: Publication = {
  publish: true,
  ticked: true,
  filter: true,
  tagCirkwi: true,
  tagNetwork: false,
  half: null,
};
const UNTICKED: Publication = { ...TICKED, publish: false, ticked: false, filter: false, tagCirkwi: false };

function situation(own: Partial<OfferSituation> = {}): OfferSituation {
  return {
    offer: { state: 'publishable' },
    gone: null,
    publication: TICKED,
    published: false,
    standing: null,
    ...own,
  };
}

describe('an offer that is ticked and publishable', () => {
  it.each([true, false])('is published (already in the feed: %p)', (published) => {
    expect(decideOffer(situation({ published }))).toEqual({ kind: 'publish', reason: null });
  });

  it('is published with the reason when it is only half ticked and the rule lets it through', () => {
    const publication: Publication = { ...TICKED, tagCirkwi: false, half: 'filter-without-tag' };

    expect(decideOffer(situation({ publication }))).toEqual({
      kind: 'publish',
      reason: 'filter-without-tag',
    });
  });

  it('is published again when it comes back into the query, whatever was decided while it was away', () => {
    expect(decideOffer(situation({ standing: 'withdraw' }))).toEqual({ kind: 'publish', reason: null });
    expect(decideOffer(situation({ standing: 'keep', published: true }))).toMatchObject({ kind: 'publish' });
  });
});

describe('an offer that may not be published', () => {
  const half: Publication = { ...UNTICKED, tagCirkwi: true, half: 'tag-without-filter' };

  it.each<[string, Partial<OfferSituation>, string, string]>([
    ['not ticked', { publication: UNTICKED }, 'not-ticked', 'unticked'],
    ['half ticked under the strict rule', { publication: half }, 'tag-without-filter', 'unticked'],
    ['archived', { offer: { state: 'archived' } }, 'archived', 'archived'],
    ['being edited', { offer: { state: 'editing' } }, 'being-edited', 'no-longer-publishable'],
    ['not publishable', { offer: { state: 'not-publishable' } }, 'not-publishable', 'no-longer-publishable'],
    [
      'deleted',
      { offer: null, publication: null, gone: 'deleted' },
      'deleted-at-source',
      'deleted-at-source',
    ],
    [
      'unticked, hence out of the query',
      { publication: UNTICKED, gone: 'left-query' },
      'not-ticked',
      'unticked',
    ],
    [
      'archived, hence out of the query',
      { offer: { state: 'archived' }, gone: 'left-query' },
      'archived',
      'archived',
    ],
  ])('because it is %s: skipped when never published, else withdrawn', (_case, own, never, after) => {
    expect(decideOffer(situation(own))).toEqual({ kind: 'settled', outcome: 'skipped', reason: never });
    expect(decideOffer(situation({ ...own, published: true }))).toEqual({ kind: 'withdraw', reason: after });
  });
});

describe('an offer that left the query although it is ticked and publishable', () => {
  it('is out of scope when it was never published', () => {
    expect(decideOffer(situation({ gone: 'left-query' }))).toEqual({
      kind: 'settled',
      outcome: 'skipped',
      reason: 'outside-query',
    });
  });

  it.each([
    [null, { kind: 'settled', outcome: 'held', reason: 'left-query' }],
    ['keep', { kind: 'settled', outcome: 'skipped', reason: 'kept-by-decision' }],
    ['withdraw', { kind: 'withdraw', reason: 'left-query' }],
  ] as const)('stays in the feed until a person decides (answer: %p)', (standing, expected) => {
    expect(decideOffer(situation({ gone: 'left-query', published: true, standing }))).toEqual(expected);
  });

  it('is withdrawn once it is unticked too, even though somebody had decided to keep it', () => {
    const decision = decideOffer(
      situation({ gone: 'left-query', published: true, standing: 'keep', publication: UNTICKED }),
    );

    expect(decision).toEqual({ kind: 'withdraw', reason: 'unticked' });
  });
});

describe('an offer about which nothing certain is known', () => {
  it.each<[string, Partial<OfferSituation>]>([
    ['the answer cannot be read', { offer: null, publication: null }],
    ['it left the query and cannot be read', { offer: null, publication: null, gone: 'left-query' }],
    ['its state is unknown', { offer: { state: 'unknown' } }],
  ])('is never withdrawn: %s', (_case, own) => {
    expect(decideOffer(situation({ ...own, published: true }))).toEqual({
      kind: 'settled',
      outcome: 'held',
      reason: 'unreadable-record',
    });
  });

  it.each<Partial<OfferSituation>>([
    { publication: UNTICKED },
    { gone: 'deleted', offer: null, publication: null },
    {},
  ])('and one that a person stopped is left as it is: %j', (own) => {
    expect(decideOffer(situation({ ...own, published: true, standing: 'stop' }))).toEqual({
      kind: 'settled',
      outcome: 'skipped',
      reason: 'stopped-by-decision',
    });
  });
});
