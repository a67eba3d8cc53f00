import { matchKeyOf } from '../../mappings/weavy-webmecanik/match-key';
import { at, judgeOne, type OneField, pairOf } from './judge-cases';

const NEW = '03 90 11 22 33';
const OTHER = '03 90 44 55 66';
const phone = pairOf();
const email = pairOf({ weavy: 'email', mautic: 'email', as: 'email', identity: true });

describe('what is found when two records are linked', () => {
  describe('J10: at first link, both filled and different', () => {
    const both: OneField = { weavy: NEW, mautic: OTHER };

    it('the later record wins', () => {
      expect(judgeOne(phone, both, { weavyAt: at(10), mauticAt: at(9) })).toMatchObject({
        rule: 'first.latest-weavy',
        write: { side: 'mautic', after: NEW },
      });
      expect(judgeOne(phone, both, { weavyAt: at(9), mauticAt: at(10) })).toMatchObject({
        rule: 'first.latest-mautic',
        write: { side: 'weavy', after: OTHER },
      });
    });

    it('the side with priority wins, whatever the times', () => {
      const older = { weavyAt: at(8), mauticAt: at(10) };
      const newer = { weavyAt: at(10), mauticAt: at(8) };
      expect(judgeOne(pairOf({ direction: 'toMautic' }), both, older).rule).toBe('first.master-weavy');
      expect(judgeOne(pairOf({ direction: 'toWeavy' }), both, newer)).toMatchObject({
        rule: 'first.master-mautic',
        write: { side: 'weavy', after: OTHER },
      });
    });

    it.each([
      ['mautic', 'first.tie-mautic', 'weavy'],
      ['weavy', 'first.tie-weavy', 'mautic'],
      ['hold', 'first.tie-hold', undefined],
    ] as const)('a tie with the setting %s is %s', (tie, rule, side) => {
      const verdict = judgeOne(phone, both, { weavyAt: at(9), mauticAt: at(9), tie });
      expect(verdict).toMatchObject({ rule, tie: true });
      expect(verdict.write?.side).toBe(side);
    });

    it('the same in two spellings is agreed without a write', () => {
      const country = pairOf({ weavy: 'generictype_ID_country', mautic: 'country', as: 'country' });
      expect(judgeOne(country, { weavy: 'FR', mautic: 'France' })).toMatchObject({
        rule: 'agree.same-value',
        write: null,
        agreed: { weavy: 'FR', mautic: 'France' },
      });
    });
  });

  describe('J11: at first link, one side blank', () => {
    it.each([
      ['weavy', { weavy: '', mautic: NEW }, 'first.filled-mautic', 'weavy'],
      ['Mautic', { weavy: NEW, mautic: null }, 'first.filled-weavy', 'mautic'],
    ] as const)(
      'the filled value wins over a blank in %s, whatever the dates',
      (_side, field, rule, side) => {
        for (const times of [{ weavyAt: at(8) }, { weavyAt: at(11) }, { weavyAt: null }])
          expect(judgeOne(phone, field, times)).toMatchObject({ rule, write: { side, after: NEW } });
      },
    );

    it('a blank master erases nothing, whatever the direction', () => {
      const blankMaster = judgeOne(pairOf({ direction: 'toMautic' }), { weavy: null, mautic: NEW });
      expect(blankMaster).toMatchObject({
        rule: 'first.filled-mautic',
        write: { side: 'weavy', after: NEW },
      });
      expect(judgeOne(pairOf({ direction: 'toWeavy' }), { weavy: NEW, mautic: '' }).rule).toBe(
        'first.filled-weavy',
      );
    });

    it('a master that is not enforced is not filled from the other side either', () => {
      const entrant = pairOf({ direction: 'toWeavy', enforce: false });
      expect(judgeOne(entrant, { weavy: NEW, mautic: null })).toMatchObject({
        rule: 'left.one-way',
        write: null,
        agreed: { weavy: NEW, mautic: null },
      });
    });
  });

  it('J12: a blank key matches no other blank key', () => {
    const mapping = { companies: null, contacts: null, inbounds: null };
    for (const blank of [null, '', '  ', '\u00A0'])
      expect(matchKeyOf({ kind: 'mautic/contact', fields: { email: blank } }, mapping)).toBeNull();
  });

  it('J12: a key that was blanked on one side is filled again from the other', () => {
    const verdict = judgeOne(email, { weavy: null, mautic: 'a@b.fr', base: 'a@b.fr' });
    expect(verdict).toMatchObject({ rule: 'blank-undone.weavy', write: { side: 'weavy', after: 'a@b.fr' } });
  });
});
