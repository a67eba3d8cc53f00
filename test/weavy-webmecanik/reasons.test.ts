import { reasonsOf } from '../../mappings/reasons';
import { CrmReason, crmReasons } from '../../mappings/weavy-webmecanik/reasons';

const codes = Object.values(CrmReason);
const isSilent = (code: CrmReason) => crmReasons.weight(code) === 'silent';

describe('the reasons of the pair weavy-webmecanik', () => {
  it.each(codes)('explain %s in full sentences, in French and in English', (code) => {
    const french = crmReasons.text(code, 'fr');
    const english = crmReasons.text(code, 'en');

    for (const sentence of [...Object.values(french), ...Object.values(english)]) {
      expect(sentence).toMatch(/^\p{Lu}.{6,}\.$/u);
    }
    expect(french.what).not.toBe(english.what);
  });

  it.each(codes)('tell %s apart from every other reason', (code) => {
    const same = codes.filter(
      (other) => crmReasons.text(other, 'en').what === crmReasons.text(code, 'en').what,
    );

    expect(same).toEqual([code]);
  });

  it.each(codes.filter((code) => !isSilent(code)))('offer a way out of %s', (code) => {
    const offers = crmReasons.decisions(code);

    expect(offers.length).toBeGreaterThan(0);
    for (const { label, effect } of offers) {
      expect([label.fr, label.en, effect.fr, effect.en].filter((text) => text.trim() === '')).toEqual([]);
    }
  });

  it('raise no item for records out of scope and for records that wait', () => {
    expect(codes.filter(isSilent).sort()).toEqual([
      'busy-elsewhere',
      'changed-since-plan',
      'company-not-yet',
      'create-unsettled',
      'deleted-at-platform',
      'duplicate-key',
      'entrant-alone',
      'not-mapped',
      'not-selected',
      'stopped-by-decision',
    ]);
    expect(codes.filter(isSilent).flatMap((code) => crmReasons.decisions(code))).toEqual([]);
  });

  it.each([
    [CrmReason.counterpartDeleted, 'blocks', ['recreate', 'unlink']],
    [CrmReason.codeTaken, 'blocks', ['retry', 'stop']],
    [CrmReason.mergedInMautic, 'informs', ['acknowledge']],
    [CrmReason.duplicateSet, 'informs', ['acknowledge']],
    [CrmReason.noEmail, 'informs', ['acknowledge']],
    [CrmReason.noKey, 'informs', ['acknowledge']],
    [CrmReason.becameContact, 'informs', ['acknowledge']],
    [CrmReason.fieldAltered, 'informs', ['acknowledge']],
    [CrmReason.fieldAlteredTwice, 'asks', ['resume', 'keep-target']],
    [CrmReason.tieHeld, 'asks', ['take-weavy', 'take-mautic']],
    [CrmReason.emailTaken, 'asks', ['retry', 'acknowledge']],
    [CrmReason.tooLong, 'asks', ['retry', 'acknowledge']],
    [CrmReason.unknownValue, 'asks', ['retry', 'acknowledge']],
    [CrmReason.malformedValue, 'asks', ['retry', 'acknowledge']],
    [CrmReason.fieldGone, 'asks', ['retry', 'acknowledge']],
    [CrmReason.fieldOftenPaused, 'asks', ['retry', 'acknowledge']],
    [CrmReason.missingRight, 'asks', ['retry', 'acknowledge']],
    [CrmReason.targetRefused, 'asks', ['retry', 'stop']],
    [CrmReason.targetFailing, 'asks', ['retry', 'stop']],
    [CrmReason.guardStopped, 'asks', ['allow-once', 'acknowledge']],
    [CrmReason.accessLost, 'asks', ['retry', 'acknowledge']],
  ])('give %s the weight %p and offer exactly %p', (code, weight, expected) => {
    expect(crmReasons.weight(code)).toBe(weight);
    expect(crmReasons.decisions(code).map((offer) => offer.code)).toEqual(expected);
  });

  it('recognise their own codes and no others', () => {
    expect(codes.every(crmReasons.isCode)).toBe(true);
    expect(crmReasons.isCode('toString')).toBe(false);
    expect(() => crmReasons.weight('toString')).toThrow(RangeError);
  });

  it('are found under the name of the pair, where an unknown text speaks for itself', () => {
    const reasons = reasonsOf('weavy-webmecanik');

    expect(reasons.weight(CrmReason.codeTaken)).toBe('blocks');
    expect(reasons.text('from-a-newer-release', 'fr').what).toBe('from-a-newer-release');
  });
});
