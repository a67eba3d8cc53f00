import { judgeCouple } from '../../mappings/weavy-webmecanik/judge-couple';
import { at, carryOut, inputOf, judgeOne, type OneField, pairOf, written } from './judge-cases';

const OLD = '03 90 00 00 00';
const NEW = '03 90 11 22 33';
const OTHER = '03 90 44 55 66';
const phone = pairOf();
const city = pairOf({ weavy: 'city', mautic: 'city' });

describe('what both sides changed since they agreed', () => {
  it('J1: what only weavy changed goes to Mautic', () => {
    const verdict = judgeOne(
      phone,
      { weavy: NEW, mautic: OLD, base: OLD },
      { weavyAt: at(8), mauticAt: at(11) },
    );
    expect(verdict).toMatchObject({
      rule: 'changed.weavy',
      write: { side: 'mautic', field: 'phone', before: OLD, after: NEW },
      agreed: null,
      tie: false,
    });
  });

  it('J2: what only Mautic changed goes to weavy', () => {
    const verdict = judgeOne(phone, { weavy: OLD, mautic: NEW, base: OLD });
    expect(verdict).toMatchObject({
      rule: 'changed.mautic',
      write: { side: 'weavy', field: 'phoneNumber', before: OLD, after: NEW },
    });
  });

  it('J3: both changed to the same value is no write, and the base moves', () => {
    const verdict = judgeOne(pairOf({ as: 'phone' }), { weavy: '0390112233', mautic: NEW, base: OLD });
    expect(verdict).toMatchObject({
      rule: 'agree.same-value',
      write: null,
      agreed: { weavy: '0390112233', mautic: NEW },
    });
  });

  it('J4: both changed and weavy later writes Mautic alone, so the sides never swap', () => {
    const input = inputOf([[phone, { weavy: NEW, mautic: OTHER, base: OLD }]], {
      weavyAt: at(10),
      mauticAt: at(9),
    });
    expect(judgeCouple(input)[0]?.rule).toBe('latest.weavy');
    expect(written(input)).toEqual([`mautic.phone = ${NEW}`]);
    expect(written(carryOut(input, judgeCouple(input)))).toEqual([]);
  });

  it('J5: both changed and Mautic later writes weavy alone', () => {
    const input = inputOf([[phone, { weavy: NEW, mautic: OTHER, base: OLD }]], {
      weavyAt: at(9),
      mauticAt: at(10),
    });
    expect(judgeCouple(input)[0]?.rule).toBe('latest.mautic');
    expect(written(input)).toEqual([`weavy.phoneNumber = ${OTHER}`]);
  });

  describe('J6: both changed in the same second', () => {
    const both: OneField = { weavy: NEW, mautic: OTHER, base: OLD };
    const sameSecond = { weavyAt: at(10, 0, 1), mauticAt: at(10) };

    it('Mautic wins by default, as a tie', () => {
      expect(judgeOne(phone, both, sameSecond)).toMatchObject({
        rule: 'tie.mautic',
        tie: true,
        write: { side: 'weavy', after: OTHER },
      });
    });

    it('weavy wins when the setting says so, as a tie', () => {
      expect(judgeOne(phone, both, { ...sameSecond, tie: 'weavy' })).toMatchObject({
        rule: 'tie.weavy',
        tie: true,
        write: { side: 'mautic', after: NEW },
      });
    });

    it('neither is written when ties are held, and the base stays', () => {
      expect(judgeOne(phone, both, { ...sameSecond, tie: 'hold' })).toMatchObject({
        rule: 'tie.hold',
        tie: true,
        write: null,
        agreed: null,
      });
    });

    it('an unknown time is a tie too', () => {
      expect(judgeOne(phone, both, { mauticAt: null }).rule).toBe('tie.mautic');
      expect(judgeOne(phone, both, { weavyAt: null, tie: 'weavy' }).rule).toBe('tie.weavy');
    });
  });

  it('J7: a newer weavy record does not undo a phone that only Mautic changed', () => {
    const input = inputOf(
      [
        [phone, { weavy: OLD, mautic: NEW, base: OLD }],
        [city, { weavy: 'Colmar', mautic: 'Strasbourg', base: 'Strasbourg' }],
      ],
      { mauticAt: at(10), weavyAt: at(10, 10) },
    );
    expect(written(input)).toEqual([`weavy.phoneNumber = ${NEW}`, 'mautic.city = Colmar']);
  });

  it('J8: changed and changed back is nothing', () => {
    const verdict = judgeOne(phone, { weavy: OLD, mautic: OLD, base: OLD }, { mauticAt: at(11) });
    expect(verdict).toMatchObject({ rule: 'agree.unchanged', write: null });
  });

  it('J9: our own write coming back is nothing', () => {
    const before = inputOf([[phone, { weavy: NEW, mautic: OLD, base: OLD }]]);
    const after = carryOut(before, judgeCouple(before));
    const echo = { ...after, mautic: { ...after.mautic, modifiedAt: at(12) } };
    expect(judgeCouple(echo)[0]).toMatchObject({ rule: 'agree.unchanged', write: null });
  });
});
