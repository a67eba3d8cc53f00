import {
  decisionsFor,
  isReasonCode,
  ReasonCode,
  reasonText,
  reasonWeight,
} from '../../mappings/planexpo-inwink/reasons';

const codes = Object.values(ReasonCode);

describe('the reasons of this pair', () => {
  it.each(codes)('explain %s in full sentences, in French and in English', (code) => {
    const french = reasonText(code, 'fr');
    const english = reasonText(code, 'en');

    for (const sentence of [...Object.values(french), ...Object.values(english)]) {
      expect(sentence).toMatch(/^\p{Lu}.{6,}\.$/u);
    }
    expect(french.what).not.toBe(english.what);
  });

  it.each(codes)('tell %s apart from every other reason', (code) => {
    const same = codes.filter((other) => reasonText(other, 'en').what === reasonText(code, 'en').what);

    expect(same).toEqual([code]);
  });

  it.each(codes.filter((code) => reasonWeight(code) !== 'silent'))('offer a way out of %s', (code) => {
    const offers = decisionsFor(code);

    expect(offers.length).toBeGreaterThan(0);
    for (const { label, effect } of offers) {
      expect([label.fr, label.en, effect.fr, effect.en].filter((text) => text.trim() === '')).toEqual([]);
    }
  });

  it('offer nothing for what passes by itself', () => {
    expect(decisionsFor(ReasonCode.draft)).toEqual([]);
    expect(decisionsFor(ReasonCode.parentNotThere)).toEqual([]);
    expect(decisionsFor(ReasonCode.changedSincePlan)).toEqual([]);
  });

  it.each([
    [ReasonCode.targetDeleted, ['recreate', 'relink', 'stop']],
    [ReasonCode.participantDeleted, ['recreate', 'relink', 'stop']],
    [ReasonCode.ambiguousTarget, ['relink', 'stop']],
    [ReasonCode.cancelledAfterSync, ['unpublish', 'keep']],
    [ReasonCode.fieldAlteredTwice, ['resume', 'accept']],
    [ReasonCode.productDrift, ['acknowledge']],
  ])('offer for %s exactly %p', (code, expected) => {
    expect(decisionsFor(code).map((offer) => offer.code)).toEqual(expected);
  });

  it('ask for an Inwink id where a person is to point at a record', () => {
    const relink = decisionsFor(ReasonCode.targetDeleted).find((offer) => offer.code === 'relink');

    expect(relink?.argument).toBe('inwink-id');
  });

  it('recognise their own codes and no others', () => {
    expect(codes.every(isReasonCode)).toBe(true);
    expect(isReasonCode('toString')).toBe(false);
  });
});
