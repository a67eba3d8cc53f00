import { decidePublication, type PublicationRule } from '../../mappings/pivot-cirkwi/publication-rule';

const FILTER = 'urn:fld:filtcat:01:000001';
const CIRKWI = 'urn:fld:cirkwi:publie';
const NETWORK = 'urn:fld:cirkwi:reseau';

const rules = (rule: 'any' | 'all'): PublicationRule => ({
  rule,
  filterUrns: [FILTER],
  tagUrns: { cirkwi: [CIRKWI], network: [NETWORK] },
});

describe('the publication rule', () => {
  it.each([
    [[], false, false, null],
    [[FILTER], true, false, 'filter-without-tag'],
    [[CIRKWI], true, false, 'tag-without-filter'],
    [[NETWORK], true, false, 'tag-without-filter'],
    [[CIRKWI, NETWORK], true, false, 'tag-without-filter'],
    [[FILTER, CIRKWI], true, true, null],
    [[FILTER, NETWORK], true, true, null],
    [[FILTER, CIRKWI, NETWORK], true, true, null],
    [['urn:fld:filtcat:01:000002', 'urn:fld:famille'], false, false, null],
  ])('for the ticks %j publishes with any: %p, with all: %p, half ticked: %p', (ticked, any, all, half) => {
    const offer = { state: 'publishable' as const, ticked };

    expect(decidePublication(offer, rules('any'))).toMatchObject({ publish: any, half });
    expect(decidePublication(offer, rules('all'))).toMatchObject({ publish: all, half });
  });

  it('tells the two tags apart, because each shows the offer somewhere else', () => {
    const offer = { state: 'publishable' as const, ticked: [FILTER, NETWORK] };

    expect(decidePublication(offer, rules('any'))).toMatchObject({ tagCirkwi: false, tagNetwork: true });
  });

  it.each(['editing', 'not-publishable', 'archived', 'unknown'] as const)(
    'publishes nothing whose state is %s, however it is ticked',
    (state) => {
      const offer = { state, ticked: [FILTER, CIRKWI, NETWORK] };

      expect(decidePublication(offer, rules('any'))).toMatchObject({ publish: false, ticked: true });
    },
  );

  it('takes any of several urns that bear the same label', () => {
    const rule = { ...rules('all'), filterUrns: [FILTER, 'urn:fld:filtcat:02:000009'] };
    const offer = { state: 'publishable' as const, ticked: ['URN:fld:filtcat:02:000009', CIRKWI] };

    expect(decidePublication(offer, rule).publish).toBe(true);
  });
});
