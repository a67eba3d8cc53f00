import { judgeCouple } from '../../mappings/weavy-webmecanik/judge-couple';
import { at, carryOut, inputOf, judgeOne, type OneField, pairOf } from './judge-cases';

const OLD = '03 90 00 00 00';
const NEW = '03 90 11 22 33';
const OTHER = '03 90 44 55 66';
const phone = pairOf();

describe('blanks and priorities', () => {
  describe('J13: a later blank on one side', () => {
    const blanked: OneField = { weavy: null, mautic: OLD, base: OLD };

    it('goes to the other side by default, from either side', () => {
      expect(judgeOne(phone, blanked)).toMatchObject({
        rule: 'changed.weavy',
        write: { side: 'mautic', before: OLD, after: null },
      });
      expect(judgeOne(phone, { weavy: OLD, mautic: '', base: OLD })).toMatchObject({
        rule: 'changed.mautic',
        write: { side: 'weavy', after: null },
      });
    });

    it.each([
      ['is switched off', { propagateBlank: false }],
      ['is of the identity', { identity: true }],
      ['is required on the other side', { required: { weavy: false, mautic: true } }],
    ])('is undone where it was made when the field %s', (_why, given) => {
      expect(judgeOne(pairOf(given), blanked)).toMatchObject({
        rule: 'blank-undone.weavy',
        write: { side: 'weavy', before: null, after: OLD },
      });
    });

    it('travels from a side that requires the field to one that does not', () => {
      const pair = pairOf({ required: { weavy: true, mautic: false } });
      expect(judgeOne(pair, blanked).write).toMatchObject({ side: 'mautic', after: null });
    });

    it('is undone even when it is later than an edit on the other side', () => {
      const verdict = judgeOne(pairOf({ propagateBlank: false }), { weavy: null, mautic: NEW, base: OLD });
      expect(verdict).toMatchObject({ rule: 'blank-undone.weavy', write: { side: 'weavy', after: NEW } });
    });

    it('that was there before is simply filled by a later edit', () => {
      const pair = pairOf({ propagateBlank: false });
      expect(judgeOne(pair, { weavy: null, mautic: NEW, base: null })).toMatchObject({
        rule: 'changed.mautic',
        write: { side: 'weavy', after: NEW },
      });
    });

    it('is undone at a master too', () => {
      const pair = pairOf({ direction: 'toMautic', propagateBlank: false });
      expect(judgeOne(pair, blanked)).toMatchObject({
        rule: 'blank-undone.weavy',
        write: { side: 'weavy', after: OLD },
      });
    });
  });

  describe('J14: an only-to-Mautic field edited in Mautic', () => {
    const edited: OneField = { weavy: OLD, mautic: NEW, base: OLD };

    it('is put back, although Mautic is later', () => {
      const verdict = judgeOne(pairOf({ direction: 'toMautic' }), edited, { mauticAt: at(11) });
      expect(verdict).toMatchObject({
        rule: 'enforced.weavy',
        write: { side: 'mautic', before: NEW, after: OLD },
      });
    });

    it('is left until weavy changes when enforce is off', () => {
      const pair = pairOf({ direction: 'toMautic', enforce: false });
      const input = inputOf([[pair, edited]]);
      expect(judgeCouple(input)[0]).toMatchObject({
        rule: 'left.one-way',
        write: null,
        agreed: { weavy: OLD, mautic: NEW },
      });
      const later = carryOut(input, judgeCouple(input));
      expect(judgeCouple(later)[0]?.rule).toBe('agree.unchanged');
      const weavyChanged = { ...later, weavy: { ...later.weavy, fields: { phoneNumber: OTHER } } };
      expect(judgeCouple(weavyChanged)[0]).toMatchObject({
        rule: 'master.weavy',
        write: { side: 'mautic', before: NEW, after: OTHER },
      });
    });

    it('is overwritten by a change in weavy, although Mautic is later', () => {
      const verdict = judgeOne(
        pairOf({ direction: 'toMautic' }),
        { weavy: OTHER, mautic: NEW, base: OLD },
        { mauticAt: at(11) },
      );
      expect(verdict).toMatchObject({ rule: 'master.weavy', write: { side: 'mautic', after: OTHER } });
    });

    it('stays when weavy is blank and never held what Mautic has', () => {
      const base = { weavy: null, mautic: OLD };
      expect(judgeOne(pairOf({ direction: 'toMautic' }), { weavy: null, mautic: NEW, base })).toMatchObject({
        rule: 'left.one-way',
        write: null,
        agreed: { weavy: null, mautic: NEW },
      });
    });

    it('is emptied again when both were blank', () => {
      const field: OneField = { weavy: null, mautic: NEW, base: null };
      expect(judgeOne(pairOf({ direction: 'toMautic' }), field)).toMatchObject({
        rule: 'enforced.weavy',
        write: { side: 'mautic', after: null },
      });
    });

    it('is not emptied by a blank master that may not blank it', () => {
      const pair = pairOf({ direction: 'toMautic', propagateBlank: false });
      expect(judgeOne(pair, { weavy: null, mautic: NEW, base: null })).toMatchObject({
        rule: 'left.one-way',
        write: null,
      });
    });
  });

  it('J15: an only-to-weavy field edited in weavy is put back, although weavy is later', () => {
    const pair = pairOf({ direction: 'toWeavy' });
    expect(judgeOne(pair, { weavy: NEW, mautic: OLD, base: OLD }, { weavyAt: at(11) })).toMatchObject({
      rule: 'enforced.mautic',
      write: { side: 'weavy', before: NEW, after: OLD },
    });
    expect(judgeOne(pair, { weavy: NEW, mautic: OTHER, base: OLD }).rule).toBe('master.mautic');
    expect(judgeOne({ ...pair, enforce: false }, { weavy: NEW, mautic: OLD, base: OLD }).rule).toBe(
      'left.one-way',
    );
  });
});
