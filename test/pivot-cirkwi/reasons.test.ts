import { OfferReason, offerReasons } from '../../mappings/pivot-cirkwi/reasons';

const codes = Object.values(OfferReason);

describe('the reasons of the pair pivot-cirkwi', () => {
  it.each(codes)('explain %s in full sentences, in French and in English', (code) => {
    const french = offerReasons.text(code, 'fr');
    const english = offerReasons.text(code, 'en');

    for (const sentence of [...Object.values(french), ...Object.values(english)]) {
      expect(sentence).toMatch(/^\p{Lu}.{6,}\.$/u);
    }
    expect(french.what).not.toBe(english.what);
  });

  it.each(codes)('tell %s apart from every other reason', (code) => {
    const same = codes.filter(
      (other) => offerReasons.text(other, 'en').what === offerReasons.text(code, 'en').what,
    );

    expect(same).toEqual([code]);
  });

  it.each(codes.filter((code) => offerReasons.weight(code) !== 'silent'))('offer a way out of %s', (code) => {
    const offers = offerReasons.decisions(code);

    expect(offers.length).toBeGreaterThan(0);
    for (const { label, effect } of offers) {
      expect([label.fr, label.en, effect.fr, effect.en].filter((text) => text.trim() === '')).toEqual([]);
    }
  });

  it('offer nothing for what is over by itself', () => {
    const silent = codes.filter((code) => offerReasons.weight(code) === 'silent');

    expect(silent).toContain(OfferReason.unticked);
    expect(silent).toContain(OfferReason.filterWithoutTag);
    expect(silent).not.toContain(OfferReason.leftQuery);
    expect(silent.flatMap((code) => offerReasons.decisions(code))).toEqual([]);
  });

  it.each([
    [OfferReason.leftQuery, 'asks', ['withdraw', 'keep']],
    [OfferReason.trackEdited, 'asks', ['return-track', 'keep-ours']],
    [OfferReason.trackConflict, 'asks', ['return-track', 'keep-ours']],
    [OfferReason.trackReturnHeld, 'asks', ['retry', 'keep-ours']],
    [OfferReason.trackUnpublished, 'asks', ['retry', 'keep-ours']],
    [OfferReason.targetRefused, 'asks', ['retry', 'stop']],
    [OfferReason.guardStopped, 'asks', ['allow-once', 'acknowledge']],
    [OfferReason.unknownCode, 'informs', ['acknowledge']],
    [OfferReason.trackKept, 'informs', ['return-track', 'acknowledge']],
  ])('give %s the weight %p and offer exactly %p', (code, weight, expected) => {
    expect(offerReasons.weight(code)).toBe(weight);
    expect(offerReasons.decisions(code).map((offer) => offer.code)).toEqual(expected);
  });

  it('recognise their own codes and no others', () => {
    expect(codes.every(offerReasons.isCode)).toBe(true);
    expect(offerReasons.isCode('toString')).toBe(false);
    expect(() => offerReasons.weight('toString')).toThrow(RangeError);
  });
});
