import { judgeCouple } from '../../mappings/weavy-webmecanik/judge-couple';
import { correctedTime } from '../../mappings/weavy-webmecanik/later-side';
import { at, carryOut, inputOf, judgeOne, type Keeps, type OneField, pairOf, written } from './judge-cases';

const OLD = '03 90 00 00 00';
const NEW = '03 90 11 22 33';
const OTHER = '03 90 44 55 66';
const phone = pairOf();
const email = pairOf({ weavy: 'email', mautic: 'email', as: 'email', identity: true });
const city = pairOf({ weavy: 'city', mautic: 'city' });

describe('identity, races, clocks and altered values', () => {
  it('J16: an address in another case is the same person, and nothing is written', () => {
    expect(judgeOne(email, { weavy: 'Ana.Roy@Acme.Example', mautic: 'ana.roy@acme.example' })).toMatchObject({
      rule: 'agree.same-value',
      write: null,
    });
  });

  it('J18: an e-mail changed in weavy goes to the linked contact as an update of that field', () => {
    const input = inputOf([[email, { weavy: 'new@b.fr', mautic: 'old@b.fr', base: 'old@b.fr' }]]);
    expect(written(input)).toEqual(['mautic.email = new@b.fr']);
  });

  it('J22: a change that arrives during the run is seen by the next one', () => {
    const before = inputOf([
      [phone, { weavy: NEW, mautic: OLD, base: OLD }],
      [city, { weavy: 'Colmar', mautic: 'Colmar', base: 'Colmar' }],
    ]);
    const after = carryOut(before, judgeCouple(before));
    const edited = {
      ...after,
      weavy: { fields: { phoneNumber: OTHER, city: 'Sélestat' }, modifiedAt: at(10, 1) },
    };
    expect(after.base.phoneNumber).toEqual({ weavy: NEW, mautic: NEW });
    expect(written(edited)).toEqual([`mautic.phone = ${OTHER}`, 'mautic.city = Sélestat']);
  });

  describe('J23: clocks that differ', () => {
    const both: OneField = { weavy: NEW, mautic: OTHER, base: OLD };
    const now = at(12);

    it('a clock that runs ahead does not make its side the later one', () => {
      const weavyAt = correctedTime(at(10, 4), 5 * 60_000, now);
      const mauticAt = correctedTime(at(10), 0, now);
      expect(judgeOne(phone, both, { weavyAt: at(10, 4), mauticAt: at(10) }).rule).toBe('latest.weavy');
      expect(judgeOne(phone, both, { weavyAt, mauticAt }).rule).toBe('latest.mautic');
    });

    it('a time in the future counts as now', () => {
      const weavyAt = correctedTime(at(23), 0, now);
      const mauticAt = correctedTime(now, 0, now);
      expect(judgeOne(phone, both, { weavyAt, mauticAt }).rule).toBe('tie.mautic');
    });

    it('what is left within the tolerance is a tie', () => {
      const times = { weavyAt: at(10, 0, 3), mauticAt: at(10) };
      expect(judgeOne(phone, both, { ...times, tieWithinMs: 3_000 }).tie).toBe(true);
      expect(judgeOne(phone, both, { ...times, tieWithinMs: 2_999 }).rule).toBe('latest.weavy');
    });
  });

  describe('J24: a value that the target alters', () => {
    const cut: Keeps = (_side, _field, value) => (typeof value === 'string' ? value.slice(0, 5) : value);
    const drops: Keeps = (_side, _field, value) => (value === 0 || value === false ? null : value);

    it('is written once, and then agreed as each side holds it', () => {
      const input = inputOf([[city, { weavy: 'Strasbourg', mautic: 'Colmar', base: 'Colmar' }]]);
      const after = carryOut(input, judgeCouple(input), cut);
      expect(after.mautic.fields.city).toBe('Stras');
      expect(judgeCouple(after)[0]).toMatchObject({ rule: 'agree.unchanged', write: null });
    });

    it.each([
      ['number', 0],
      ['boolean', false],
    ] as const)('a %s that Mautic drops is no blank of Mautic', (as, value) => {
      const pair = pairOf({ as });
      const input = inputOf([[pair, { weavy: value, mautic: null }]]);
      const after = carryOut(input, judgeCouple(input), drops);
      expect(after.base.phoneNumber).toEqual({ weavy: value, mautic: null });
      expect(judgeCouple(after)[0]).toMatchObject({ rule: 'agree.unchanged', write: null });
    });

    it('is overwritten by what a person types at the target later', () => {
      const base = { weavy: 'Strasbourg', mautic: 'Stras' };
      expect(judgeOne(city, { weavy: 'Strasbourg', mautic: 'Colmar', base }).write).toMatchObject({
        side: 'weavy',
        after: 'Colmar',
      });
    });
  });
});
